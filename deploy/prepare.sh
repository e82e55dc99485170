# Find a Python that can prepare the portal, or say in one sentence what is missing. Used by the Makefile.
fits='import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 15))'
for python in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11; do
    if "$python" -c "$fits" 2>/dev/null; then
        exec "$python" deploy/prepare.py "$@"
    fi
done
echo "The portal needs Python 3.11 to 3.14 with venv, on Debian: apt install make python3-venv" >&2
exit 1
