"""An unsafe start is refused with a sentence; a fresh checkout on a loopback address is not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from gunicorn.arbiter import Arbiter

from portal import checks

ROOT = Path(__file__).resolve().parents[2]
SECRET = "a-random-text-of-more-than-fifty-signs-for-this-test-only"


@pytest.fixture
def production(settings):
    """Settings as docker-compose.yml makes them."""
    settings.SECRET_KEY = SECRET
    settings.LOOPBACK = settings.DEBUG = settings.DEMO = settings.SQLITE = settings.SINGLE_HOST = False
    settings.HTTPS = settings.SITE_URL_GIVEN = True
    return settings


def found(*, server=True):
    return [danger.id for danger in checks.dangers(server=server)]


def test_production_may_start(production):
    assert found() == []
    checks.refuse_unsafe_start()


@pytest.mark.parametrize(
    ("name", "value", "danger"),
    [
        ("SECRET_KEY", "short", "portal.E001"),
        ("SECRET_KEY", "", "portal.E001"),
        ("SECRET_KEY", f"django-insecure-{SECRET}", "portal.E001"),
        ("DEMO", True, "portal.E003"),
        ("SQLITE", True, "portal.E004"),
        ("HTTPS", False, "portal.E005"),
        ("SITE_URL_GIVEN", False, "portal.E006"),
    ],
)
def test_each_danger_alone_refuses_the_start(production, capsys, name, value, danger):
    setattr(production, name, value)

    assert found() == [danger]
    with pytest.raises(SystemExit, match=str(Arbiter.WORKER_BOOT_ERROR)):
        checks.refuse_unsafe_start()
    assert "does not start" in capsys.readouterr().err


def test_debug_refuses_the_start_of_every_server(production):
    production.DEBUG = True
    assert found() == ["portal.E002", "portal.E007"]

    production.LOOPBACK = True
    assert found() == ["portal.E007"]
    assert found(server=False) == []


def test_sqlite_serves_a_single_host(production):
    production.SQLITE = production.SINGLE_HOST = True

    assert found() == []


def test_a_fresh_checkout_on_a_loopback_address_passes(production):
    production.LOOPBACK = production.SQLITE = production.DEMO = True
    production.HTTPS = production.SITE_URL_GIVEN = False

    assert found(server=False) == []
    assert found() == ["portal.E006"]


def test_django_reports_them_as_errors(production):
    production.DEMO = True
    production.SITE_URL_GIVEN = False

    assert [error.id for error in checks.nothing_unsafe(None)] == ["portal.E003"]
    assert [error.id for error in checks.safe_to_serve(None)] == ["portal.E006"]


@pytest.mark.parametrize("door", ["portal.wsgi", "portal.asgi"])
def test_the_doors_for_web_servers_refuse(tmp_path, door):
    ended = run([sys.executable, "-c", f"import {door}"], tmp_path, SITE_URL="http://portal.example", SECRET_KEY=SECRET)

    assert ended.returncode == Arbiter.WORKER_BOOT_ERROR
    assert "SITE_URL must begin with https://" in ended.stderr


def test_gunicorn_gives_up_instead_of_trying_for_ever(tmp_path):
    command = [sys.executable, "-m", "gunicorn", "--bind", f"unix:{tmp_path}/web.sock", "portal.wsgi"]

    ended = run(command, tmp_path, SITE_URL="http://portal.example", SECRET_KEY=SECRET)

    assert ended.returncode == Arbiter.WORKER_BOOT_ERROR


@pytest.mark.parametrize("role", [["worker", "--concurrency", "1"], ["beat"]])
def test_worker_and_beat_refuse(tmp_path, role):
    command = [sys.executable, "-m", "celery", "--app", "portal", *role]

    ended = run(command, tmp_path, SITE_URL="https://portal.example", SECRET_KEY=SECRET)

    assert ended.returncode == Arbiter.WORKER_BOOT_ERROR
    assert "DATABASE_URL" in ended.stderr


def run(command, data_dir, **environment):
    """Run ``command`` with nothing but ``environment`` and end it after a minute."""
    base = {"PATH": os.environ["PATH"], "DATA_DIR": str(data_dir), "REDIS_URL": f"unix://{data_dir}/none.sock"}
    return subprocess.run(
        command, cwd=ROOT, env=base | environment, capture_output=True, text=True, timeout=60, check=False
    )
