# Make what docker-compose.yml needs and does not bring: .env and the secrets. What is there stays.
set -eu
cd "$(dirname "$0")/.."
mkdir -p deploy/secrets
chmod 700 deploy/secrets  # the files themselves are read by the containers' own users

new_secret() {
    if [ ! -e "deploy/secrets/$1" ]; then
        head -c 48 /dev/urandom | base64 | tr -d '\n=' | tr '+/' '-_' > "deploy/secrets/$1"
        chmod 444 "deploy/secrets/$1"
    fi
}

new_secret secret_key
new_secret database_password
[ -e deploy/secrets/email_password ] || { : > deploy/secrets/email_password && chmod 644 deploy/secrets/email_password; }
[ -e .env ] || cp .env.example .env

echo "Now write SITE_URL, EMAIL_URL and MAIL_FROM into .env and the mail server's password into"
echo "deploy/secrets/email_password, then:"
echo "  docker compose up --build --detach"
echo "  docker compose exec web python manage.py createoffice"
