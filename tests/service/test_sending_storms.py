"""Bad weather while a letter goes to many: everybody who can be reached is, and the pages stay as quick as they were.

Takes a quarter of an hour: ``pytest -m slow tests/service/test_sending_storms.py -s`` prints what each storm cost.
"""

import os
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import contextmanager
from statistics import quantiles
from urllib.parse import urlsplit

import psycopg
import pytest

from .processes import ROOT, Up, until
from .storms import Broker, MailServer

PEOPLE = 400
PATIENCE = 420  # seconds; a letter in the hand of a lost sender is free again after three minutes
A_STORM = 12  # seconds
HANGING = 60
FLOOR = 0.05  # second; below it nobody notices a page that is twice as slow
FOLLOWED = (
    "import sys; from bench import letters; letters.ready(); letters.followed_idea(int(sys.argv[1]), sys.argv[2])"
)
PAGES = ("/", "/ideen/", "/allianz/")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.service,
    pytest.mark.skipif(sys.platform != "linux", reason="the tests look for processes in /proc"),
]


class Reader:
    """Somebody who reads one page after the other; ``p95`` is their patience in seconds."""

    def __init__(self, site):
        self.site, self.times, self.is_over = site, [], threading.Event()
        self.thread = threading.Thread(target=self._read)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.is_over.set()
        self.thread.join()

    @property
    def p95(self):
        """Of all pages read."""
        return quantiles(self.times, n=20)[-1]

    def _read(self):
        while not self.is_over.wait(0.05):
            for page in PAGES:
                began = time.monotonic()
                with urllib.request.urlopen(f"{self.site}{page}", timeout=30) as answer:
                    answer.read()
                self.times.append(time.monotonic() - began)


class House:
    """A portal with a broker and a mail server that obey us."""

    def __init__(self, folder, database):
        self.broker, self.mail = Broker(folder / "broker"), MailServer()
        self.up = Up(folder / "data", REDIS_URL=self.broker.url, EMAIL_URL=self.mail.url, **database).start()
        self.database = database

    def close(self):
        """End everything."""
        self.broker.thaw()
        self.up.stop()
        self.mail.close()
        self.broker.end()

    def answer_an_idea_of(self, crowd):
        """An official answer to an idea that a crowd of that name follows; their addresses."""
        environment = {**self.up.environment, "PYTHONPATH": str(ROOT), "SITE_URL": self.up.site}
        command = [sys.executable, "-c", FOLLOWED, str(PEOPLE), crowd]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
        return {f"{crowd}-{number}@post.example" for number in range(PEOPLE)}


def calm(house, people):
    """Nothing happens."""


def broker_stopped(house, people):
    """It is gone, and comes back without memory."""
    house.broker.stop()
    time.sleep(A_STORM)  # real processes: their clock cannot be moved from here
    house.broker.start()


def broker_frozen(house, people):
    """It takes connections and answers nothing."""
    house.broker.freeze()
    time.sleep(A_STORM)
    house.broker.thaw()


def broker_emptied(house, people):
    """It forgets what it was to pass on, again and again."""
    for _ in range(A_STORM):
        house.broker.empty()
        time.sleep(1)


def mail_gone(house, people):
    """Nobody listens."""
    house.mail.close()
    time.sleep(A_STORM)
    house.mail.open()


def mail_hanging(house, people):
    """The server takes the connection and says nothing."""
    house.mail.hang()
    time.sleep(HANGING)
    house.mail.open()


def mail_hanging_up(house, people):
    """The server closes in the middle of each letter."""
    house.mail.hang_up()
    time.sleep(A_STORM)
    house.mail.open()


def mail_refusing(house, people):
    """451 to everybody."""
    house.mail.refuse()
    until(lambda: house.mail.refusals, 60, "somebody is refused")
    house.mail.open()


def one_unknown(house, people):
    """550 to one of many, who is nobody's loss."""
    lost = min(people)
    house.mail.unknown.add(lost)
    people.discard(lost)


def database_restarted(house, people):
    """Every connection ends, and for some seconds there is no new one."""
    given = urlsplit(house.database["DATABASE_URL"])
    name = given.path.strip("/")
    with psycopg.connect(given._replace(path="/postgres").geturl(), autocommit=True) as server:
        server.execute(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS false')
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        time.sleep(3)
        server.execute(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS true')


STORMS = [
    calm, broker_stopped, broker_frozen, broker_emptied, mail_gone, mail_hanging, mail_hanging_up, mail_refusing,
    one_unknown,
]  # fmt: skip


@contextmanager
def database_of_our_own():
    """On the given PostgreSQL."""
    given = urlsplit(os.environ["DATABASE_URL"])
    name = f"{given.path.strip('/')}_storm_{os.getpid()}"
    with psycopg.connect(given._replace(path="/postgres").geturl(), autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield {"DATABASE_URL": given._replace(path=f"/{name}").geturl()}
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """One portal for all storms."""
    house = House(tmp_path_factory.mktemp("storms"), {})
    yield house
    house.close()


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="runs once, with SQLite")
def test_everybody_is_reached_and_the_pages_stay_quick(house):
    usual = None
    slow, lost = {}, {}
    for storm in STORMS:
        people = house.answer_an_idea_of(storm.__name__.replace("_", "-"))
        with Reader(house.up.site) as reader:
            storm(house, people)
            began = time.monotonic()
            missing = house.mail.waiting(people, until=began + PATIENCE)
        usual = usual or max(reader.p95, FLOOR)
        print(  # noqa: T201
            f"{storm.__name__}: never sent {len(missing)} of {len(people)}, all there {time.monotonic() - began:.0f} s "
            f"after it, pages' p95 {reader.p95 * 1000:.0f} ms"
        )
        lost |= {storm.__name__: missing} if missing else {}
        slow |= {storm.__name__: reader.p95} if reader.p95 > 2 * usual else {}

    assert lost == {}
    assert slow == {}, f"usually {usual:.3f} s"


@pytest.mark.skipif("DATABASE_URL" not in os.environ, reason="DATABASE_URL names no PostgreSQL")
def test_a_database_that_restarts_costs_no_letter(tmp_path):
    with database_of_our_own() as database:
        house = House(tmp_path, database)
        try:
            people = house.answer_an_idea_of("restart")
            until(lambda: len(house.mail.taken) > PEOPLE // 10, 120, "sending has begun")
            database_restarted(house, people)
            missing = house.mail.waiting(people, until=time.monotonic() + PATIENCE)
        finally:
            house.close()

    assert missing == set()
