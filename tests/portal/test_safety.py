"""What every answer carries so that browsers help, and what the settings of a public portal insist on."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from tests.factories import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
POLICY = {
    "default-src 'self'", "img-src 'self' data:", "object-src 'none'", "base-uri 'none'", "form-action 'self'",
    "frame-ancestors 'none'",
}  # fmt: skip
ASKED = [
    "ALLOWED_HOSTS", "CSRF_COOKIE_SECURE", "DEBUG", "SECURE_HSTS_SECONDS", "SECURE_PROXY_SSL_HEADER",
    "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE",
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/konto/login/", "/gibt-es-nicht/", "/api/v1/", "/health/live"])
def test_browsers_run_and_load_nothing_foreign(sam, path):
    headers = sam.get(path).headers

    assert set(headers["Content-Security-Policy"].split("; ")) == POLICY
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/konto/signup/"])
def test_another_host_gets_nothing(path):
    assert Client(HTTP_HOST="evil.example").get(path).status_code == 400


@pytest.mark.django_db
def test_there_are_two_cookies_and_no_script_reads_the_session(ada):
    client = Client()
    client.get("/konto/login/")
    client.post("/sprache/", {"language": "en"})
    client.post("/konto/login/", {"login": ada.email, "password": PASSWORD})
    client.post("/meine/bedingungen/")

    assert set(client.cookies) == {"sessionid", "csrftoken"}
    assert client.cookies["sessionid"]["httponly"]
    assert {client.cookies[name]["samesite"] for name in client.cookies} == {"Lax"}


def settings_of(tmp_path, **environment):
    """The settings that such an environment makes."""
    words = (
        f"import json; from django.conf import settings as s; print(json.dumps({{n: getattr(s, n) for n in {ASKED}}}))"
    )
    base = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "portal.settings", "DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", words], cwd=ROOT, env=base | environment, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_a_public_portal_insists_on_encryption_and_its_own_name(tmp_path):
    found = settings_of(tmp_path, SITE_URL="https://portal.example", SECRET_KEY="x" * 50, TRUSTED_PROXY_COUNT="1")

    assert found == {
        "ALLOWED_HOSTS": ["portal.example"],
        "CSRF_COOKIE_SECURE": True,
        "DEBUG": False,
        "SECURE_HSTS_SECONDS": 31536000,
        "SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"],
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_SECURE": True,
    }


def test_without_a_proxy_nobody_is_believed_to_come_by_https(tmp_path):
    found = settings_of(tmp_path, SITE_URL="https://portal.example", SECRET_KEY="x" * 50)

    assert found["SECURE_PROXY_SSL_HEADER"] is None
    assert found["SESSION_COOKIE_SECURE"]
