"""The portal on one machine with one command: real processes and real signals."""

import os
import signal
import sys
import threading
import time
from urllib.error import URLError
from urllib.parse import urlsplit

import psycopg
import pytest

from .processes import Up, is_alive, until
from .storms import MailServer
from .visitor import HASTE, Visitor

pytestmark = [
    pytest.mark.service,
    pytest.mark.skipif(sys.platform != "linux", reason="the tests look for processes in /proc"),
]

SERVERS = "DATABASE_URL" in os.environ
LONGEST_GAP = 3
ARRIVAL = 120  # seconds
SOON = 60  # seconds; a claim of which nobody knows that its sender is dead lasts for three minutes

embedded = pytest.mark.skipif(SERVERS, reason="runs once, with SQLite and the embedded broker")


class Reader(threading.Thread):
    """Opens the start page again and again and notes for how long it failed at a stretch."""

    def __init__(self, portal):
        super().__init__(daemon=True)
        self.portal = portal
        self.longest = 0
        self.pages = 0
        self.done = threading.Event()

    def run(self):
        """Read until told to stop."""
        last = time.monotonic()
        while not self.done.wait(0.1):
            if self.portal.answers("/", timeout=LONGEST_GAP):
                self.pages += 1
                self.longest = max(self.longest, time.monotonic() - last)
                last = time.monotonic()

    def __exit__(self, *_):
        self.done.set()
        self.join()

    def __enter__(self):
        self.start()
        return self


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """The portal, started once for all tests of this module."""
    up = Up(tmp_path_factory.mktemp("up") / "data").start()
    yield up
    assert up.stop() == []


@embedded
def test_it_prints_its_address_and_keeps_its_data_to_itself(portal):
    said = portal.said()

    assert f"The portal answers at {portal.site}" in said
    assert "Traceback" not in said
    assert {path.stat().st_mode & 0o077 for path in portal.data_dir.iterdir()} == {0}


@embedded
def test_two_starts_on_one_data_folder_are_told_so(portal):
    second = Up(portal.data_dir)

    with pytest.raises(AssertionError, match="already runs on"):
        second.start()

    assert "Traceback" not in second.said()
    assert portal.answers("/")


@embedded
def test_a_taken_port_is_told(portal, tmp_path):
    second = Up(tmp_path / "data", PORT=str(portal.port))

    with pytest.raises(AssertionError, match=f"Port {portal.port} cannot be used"):
        second.start()


@pytest.mark.alone
@embedded
def test_each_process_is_killed_in_turn_and_nobody_notices(portal):
    victims = [("web", 0), ("web", 1), ("web", 0), ("worker", 0), ("urgent", 0), ("beat", 0), ("broker", 0)]
    visitors = [Visitor(portal.site) for _ in victims]
    forms = [visitor.signup_form() for visitor in visitors]
    addresses = [f"ada-{number}-{name}@actor.example" for number, (name, _) in enumerate(victims)]
    time.sleep(HASTE)  # real processes: their clock cannot be frozen from here

    with Reader(portal) as reader:
        for (name, nth), visitor, form, address in zip(victims, visitors, forms, addresses, strict=True):
            before = portal.children(name)
            os.kill(before[nth], signal.SIGKILL)
            send_patiently(visitor, form, address)
            until(lambda: len(portal.children(name)) >= len(before), 20, f"{name} starts again")  # noqa: B023
            assert before[nth] not in portal.children(name)
        until(lambda: all(map(portal.letters, addresses)), ARRIVAL, "all letters")

    assert reader.longest < LONGEST_GAP
    assert [len(portal.letters(address)) for address in addresses] == [1] * len(victims)


def send_patiently(visitor, form, address):
    """Like a person: when the line breaks, open the form again and fill it in once more."""
    try:
        visitor.send_signup(form, address)
    except (ConnectionError, URLError):
        visitor.register(address)


@pytest.fixture
def mail():
    """A mail server that obeys us."""
    server = MailServer()
    yield server
    server.close()


@embedded
def test_a_letter_in_the_hand_of_a_killed_worker_leaves_with_the_next_one(tmp_path, mail):
    mail.hang()
    up = Up(tmp_path / "data", EMAIL_URL=mail.url).start()
    Visitor(up.site).register("ada@actor.example")
    assert mail.is_called(seconds=30), "the worker has the letter in hand"

    workers, urgent = up.children("worker"), up.children("urgent")
    os.kill(workers[0], signal.SIGKILL)
    os.kill(urgent[0], signal.SIGKILL)
    killed = workers + urgent
    until(lambda: not any(map(is_alive, killed)), 20, "its helpers are gone, too")
    mail.open()

    assert mail.waiting({"ada@actor.example"}, until=time.monotonic() + SOON) == set()
    assert up.stop() == []


@embedded
def test_ctrl_c_ends_everything(tmp_path):
    up = Up(tmp_path / "data").start()
    assert {name: len(up.children(name)) for name in ("broker", "beat")} == {"broker": 1, "beat": 1}

    left = up.stop(signal.SIGINT)

    assert left == []
    assert up.process.returncode == 0
    assert not (up.data_dir / "broker.path").exists()
    assert not list(up.data_dir.glob("*.sock"))


@embedded
def test_nothing_lingers_when_the_command_itself_is_killed(tmp_path):
    up = Up(tmp_path / "data").start()
    family = up.family()

    up.stop(signal.SIGKILL)

    until(lambda: not any(map(is_alive, family)), 30, "all children end")


@pytest.fixture
def servers():
    """A database of our own on the given PostgreSQL, and the given Redis, as environment."""
    given = urlsplit(os.environ["DATABASE_URL"])
    name = f"{given.path.strip('/')}_up_{os.getpid()}"
    admin = given._replace(path="/postgres").geturl()
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    yield {
        "DATABASE_URL": given._replace(path=f"/{name}").geturl(),
        "REDIS_URL": os.environ["REDIS_URL"],
        "CACHE_PREFIX": name,
        "QUEUE_PREFIX": f"{name}:",
    }
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.skipif(not SERVERS, reason="DATABASE_URL names no PostgreSQL")
def test_it_runs_on_postgresql_and_redis(tmp_path, servers):
    up = Up(tmp_path / "data", **servers).start()

    Visitor(up.site).register("ada@actor.example")

    until(lambda: up.letters("ada@actor.example"), 90, "the letter")
    assert up.children("broker") == []
    assert not (up.data_dir / "portal.sqlite3").exists()
    assert up.stop() == []
