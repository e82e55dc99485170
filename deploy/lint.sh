# Order in the house: style, imports, templates, migrations, catalogues, lock files. “make lint” runs it.
set -eu
cd "$(dirname "$0")/.."
bin=.venv/bin

$bin/python -m ruff check .
$bin/python -m ruff format --check .
find templates -name '*.html' -exec $bin/djade --check --target-version 5.2 {} +
$bin/lint-imports
$bin/python -m pip --disable-pip-version-check check  # the lock files name all that each package needs
$bin/python manage.py makemigrations --check --dry-run
if grep -nE 'file:|https?:' requirements.lock requirements-test.lock package-lock.json; then
    echo "A lock file names an address: see CONTRIBUTING.md for how to make it." >&2
    exit 1
fi
if command -v msgfmt >/dev/null; then
    find portal/locale -name '*.po' -exec msgfmt --check --output-file=/dev/null {} +
fi
echo "Everything is in order."
