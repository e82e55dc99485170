# Django's and our own checks on settings like those of docker-compose.yml.
set -eu
cd "$(dirname "$0")/.."
export SITE_URL=https://portal.example DATABASE_URL=postgres://portal@database:5432/portal TRUSTED_PROXY_COUNT=1
export REDIS_URL=redis://broker:6379/0 EMAIL_URL=smtp+tls://portal@mail.example DEBUG=0 DEMO=0 HASHED_STATIC=1
SECRET_KEY="$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(48))')"
export SECRET_KEY
exec .venv/bin/python manage.py check --deploy --fail-level WARNING
