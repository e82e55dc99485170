"""Workers are killed at random moments while letters leave: none is lost, hardly one comes twice.

The short version runs with the others; ``pytest -m slow tests/service/test_killed_senders.py -s`` kills twenty times
while 5,000 letters leave. Each prints its counts.
"""

import os
import random
import signal
import subprocess
import sys
from collections import Counter
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
import pytest

from bench.sink import Sink

from .processes import ROOT, everybody, free_port, is_alive, parent_of, until
from .storms import Broker

HELPERS = 2
PATIENCE = 240  # seconds; a letter in the hand of a lost sender is free again after three minutes
FOLLOWED = "import sys; from bench import letters; letters.ready(); letters.followed_idea(int(sys.argv[1]))"
WAKE = "import django; django.setup(); from notifications.tasks import sweep; sweep()"

ON_SQLITE = pytest.mark.skipif("DATABASE_URL" in os.environ, reason="runs with the other database")
ON_POSTGRES = pytest.mark.skipif("DATABASE_URL" not in os.environ, reason="DATABASE_URL names no PostgreSQL")

pytestmark = [
    pytest.mark.service,
    pytest.mark.skipif(sys.platform != "linux", reason="the tests look for processes in /proc"),
]


class House:
    """A database, a broker, a mail server and one worker with two helpers, which is started again after each end."""

    def __init__(self, folder, database):
        self.sink = Sink(free_port())
        self.broker = Broker(folder / "broker")
        self.log = (folder / "worker.log").open("ab")
        self.environment = {
            "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "portal.settings",
            "DATA_DIR": str(folder / "data"), "DEMO": "0",
            "SITE_URL": "http://127.0.0.1:8000", "REDIS_URL": self.broker.url, "EMAIL_URL": self.sink.url,
        } | database  # fmt: skip
        (folder / "data").mkdir()
        self.worker = None

    def run(self, *words):
        """Run Python with ``words`` to its end."""
        subprocess.run([sys.executable, *words], cwd=ROOT, env=self.environment, check=True)

    def start(self):
        """Start the worker, and wake it as the beat does."""
        options = ["--concurrency", str(HELPERS), "--hostname", "up@kill", "--without-gossip", "--without-mingle"]
        command = [sys.executable, "-m", "celery", "--quiet", "--app", "portal", "worker", "--queues", "celery,urgent"]
        self.worker = subprocess.Popen(
            [*command, *options], cwd=ROOT, env=self.environment, stdout=self.log, stderr=self.log,
            start_new_session=True,
        )  # fmt: skip

    def wake(self):
        """What the beat does a few times a minute."""
        self.run("-c", WAKE)

    def helpers(self):
        """The processes that do the work."""
        return [pid for pid in everybody() if parent_of(pid) == self.worker.pid]

    def kill_everything(self):
        """SIGKILL to the worker and all its helpers."""
        os.killpg(self.worker.pid, signal.SIGKILL)
        self.worker.wait()
        self.start()

    def kill_one_helper(self, chance):
        """SIGKILL to one of those that do the work; the worker puts another in its place."""
        helpers = self.helpers()
        if not helpers:
            return self.kill_everything()
        victim = chance.choice(helpers)
        os.kill(victim, signal.SIGKILL)
        until(lambda: not is_alive(victim), 10, "it is gone")
        return None

    def close(self):
        """End what we started."""
        os.killpg(self.worker.pid, signal.SIGKILL)
        self.worker.wait()
        self.log.close()
        self.broker.end()
        self.sink.end()


@contextmanager
def postgres():
    """A database of our own on the given server."""
    given = urlsplit(os.environ["DATABASE_URL"])
    name = f"{given.path.strip('/')}_kill_{os.getpid()}"
    with psycopg.connect(given._replace(path="/postgres").geturl(), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield {"DATABASE_URL": given._replace(path=f"/{name}").geturl()}
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def sqlite():
    """The database in the data folder."""
    yield {}


@pytest.mark.parametrize(
    ("people", "kills"),
    [pytest.param(600, 4, id="short"), pytest.param(5000, 20, id="long", marks=pytest.mark.slow)],
)
@pytest.mark.parametrize("database", [pytest.param(sqlite, marks=ON_SQLITE), pytest.param(postgres, marks=ON_POSTGRES)])
def test_killed_at_random_nothing_is_lost_and_hardly_anything_comes_twice(database, people, kills, tmp_path):
    chance = random.Random()
    with database() as environment:
        house = House(tmp_path, environment)
        try:
            taken = letters_despite(house, people, kills, chance)
        finally:
            house.close()

    copies = Counter(to for to, _number in taken)
    numbers = {(to, number) for to, number in taken}
    twice = sum(copies.values()) - len(copies)
    lost = {f"actor-{number}@post.example" for number in range(people)} - set(copies)
    print(f"{database.__name__}: {people} letters, {kills} kills, never sent {len(lost)}, sent twice {twice}")  # noqa: T201
    assert lost == set()
    assert twice <= kills * HELPERS
    assert len(numbers) == len(copies), "a letter that comes twice has the same Message-ID"


def letters_despite(house, people, kills, chance):
    """What the mail server took in, (recipient, Message-ID), while workers were killed after so many letters."""
    house.run("manage.py", "migrate", "--no-input", "-v0")
    house.run("-c", FOLLOWED, str(people))
    house.start()
    house.wake()
    for number, moment in enumerate(sorted(chance.randrange(people) for _ in range(kills))):
        until(lambda: len(house.sink.letters()) >= moment, PATIENCE, f"{moment} letters")  # noqa: B023
        if number % 2:
            house.kill_everything()
        else:
            house.kill_one_helper(chance)
        house.wake()
    until(lambda: woken(house, people), PATIENCE, "all letters")
    return house.sink.letters()


def woken(house, people):
    """Whether everybody has a letter; the beat looks again."""
    if len({to for to, _number in house.sink.letters()}) > people:
        return True
    house.wake()
    return False
