"""The environment is read with types, and nonsense is refused with a sentence."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal import env

ROOT = Path(__file__).resolve().parents[2]
READERS = re.compile(
    r'(?:env\.|\b)(?:text|flag|number|folder|web_address|secret|database|broker|mailer|choice)\("([A-Z_]+)"'
)

READ_ELSEWHERE = {"WEB_CONCURRENCY", "OFFICE_PASSWORD"}  # by Gunicorn and by manage.py createoffice


@pytest.fixture
def given(monkeypatch):
    """``given(value)`` sets the variable THING."""
    return lambda value: monkeypatch.setenv("THING", value)


def test_a_missing_variable_keeps_its_default():
    assert env.text("THING") == ""
    assert env.text("THING", "so") == "so"
    assert env.flag("THING", default=True) is True
    assert env.number("THING", 7) == 7
    assert env.folder("THING", "/a/b") == Path("/a/b")
    assert env.choice("THING", "INFO", ["INFO"]) == "INFO"


def test_an_empty_variable_counts_as_missing(given):
    given("  ")

    assert env.text("THING", "so") == "so"
    assert env.flag("THING") is False
    assert env.number("THING", 7) == 7


@pytest.mark.parametrize(
    ("value", "meaning"), [("1", True), ("YES", True), ("on", True), ("0", False), ("False", False)]
)
def test_a_flag_is_yes_or_no(given, value, meaning):
    given(value)

    assert env.flag("THING", default=not meaning) is meaning


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("maybe", env.flag),
        ("ten", lambda name: env.number(name, 1)),
        ("-1", lambda name: env.number(name, 1)),
        ("70000", lambda name: env.number(name, 1, most=65535)),
        ("portal.example", env.web_address),
        ("ftp://portal.example", env.web_address),
        ("https://portal.example/path", env.web_address),
        ("https://portal.example?x=1", env.web_address),
        ("https://", env.web_address),
        ("mysql://localhost/x", lambda name: env.database(name, "")),
        ("gopher://localhost", lambda name: env.mailer(name, "")),
        ("amqp://localhost", lambda name: env.broker(name, Path("/nowhere"))),
        ("LOUD", lambda name: env.choice(name, "INFO", ["INFO", "ERROR"])),
    ],
)
def test_nonsense_is_refused_by_name(given, value, read):
    given(value)

    with pytest.raises(ImproperlyConfigured, match="THING"):
        read("THING")


def test_an_address_loses_its_trailing_slash(given):
    given("https://portal.example/")

    assert env.web_address("THING") == "https://portal.example"


def test_a_value_may_come_from_a_file(monkeypatch, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("from the file\n")
    monkeypatch.setenv("THING_FILE", str(secret))

    assert env.text("THING") == "from the file"


def test_variable_and_file_together_are_refused(monkeypatch, tmp_path, given):
    given("a")
    monkeypatch.setenv("THING_FILE", str(tmp_path / "secret"))

    with pytest.raises(ImproperlyConfigured, match="not both"):
        env.text("THING")


def test_a_file_that_cannot_be_read_is_said(monkeypatch, tmp_path):
    monkeypatch.setenv("THING_FILE", str(tmp_path / "missing"))

    with pytest.raises(ImproperlyConfigured, match="THING_FILE cannot be read"):
        env.text("THING")


def test_a_secret_is_made_once_and_is_nobody_elses_business(tmp_path):
    path = tmp_path / "new" / "secret-key"

    first, second = env.secret("THING", path), env.secret("THING", path)

    assert first == second
    assert len(first) >= 50
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_a_given_secret_wins_and_nothing_is_stored(given, tmp_path):
    given("mine")

    assert env.secret("THING", tmp_path / "secret-key") == "mine"
    assert list(tmp_path.iterdir()) == []


def test_without_a_place_no_secret_is_made():
    assert env.secret("THING", None) == ""


def test_databases(given, monkeypatch):
    assert env.database("THING", "sqlite:////var/a%20b/x.sqlite3") == {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": "/var/a b/x.sqlite3",
    }
    given("postgres://ada:p%40ss@db.example:5433/portal?sslmode=require")

    found = env.database("THING", "")

    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"]) == ("ada", "p@ss", "db.example", "5433")
    assert found["OPTIONS"] == {"connect_timeout": "5", "sslmode": "require"}
    monkeypatch.setenv("DATABASE_PASSWORD", "apart")
    assert env.database("THING", "")["PASSWORD"] == "apart"


def test_mailers(given, monkeypatch):
    monkeypatch.setenv("EMAIL_PASSWORD", "apart")
    assert env.mailer("THING", "file:///var/a%20b")["EMAIL_FILE_PATH"] == "/var/a b"
    given("smtps://ada@mail.example")

    found = env.mailer("THING", "")

    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_HOST_USER"]) == ("mail.example", 465, "ada")
    assert (found["EMAIL_USE_SSL"], found["EMAIL_USE_TLS"]) == (True, False)
    assert found["EMAIL_HOST_PASSWORD"] == "apart"


def test_the_embedded_brokers_note_is_read_unless_an_address_is_given(given, tmp_path):
    note = tmp_path / "broker.path"
    assert env.broker("THING", note) == "redis://127.0.0.1:6379/0"
    note.write_text("/tmp/a b/broker.sock\n")

    assert env.broker("THING", note) == "unix:///tmp/a%20b/broker.sock"

    given("rediss://broker.example/1")
    assert env.broker("THING", note) == "rediss://broker.example/1"


def test_the_example_documents_every_variable_and_no_other():
    read = {name for path in (ROOT / "portal").rglob("*.py") for name in READERS.findall(path.read_text("utf-8"))}
    documented = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE))

    assert len(read) > 20
    assert documented - READ_ELSEWHERE == read


def test_compose_asks_for_documented_variables_only():
    asked = set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text("utf-8")))
    documented = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE))

    assert asked <= documented


def test_nothing_else_reads_the_environment():
    readers = {
        path.relative_to(ROOT).as_posix()
        for folder in ("portal", "participation", "notifications")
        for path in (ROOT / folder).rglob("*.py")
        if re.search(r"environ(\.get\(|\[)|getenv\(", path.read_text("utf-8"))
    }

    assert readers == {"portal/env.py", "participation/management/commands/createoffice.py"}
