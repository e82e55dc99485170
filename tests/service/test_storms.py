"""The broker stops, freezes or forgets, the mail server refuses: people notice nothing, letters come a little later.

Two portals meet their storms side by side, since much of it is waiting; the verdicts below judge what happened.
The machine does other things meanwhile, which only ever adds to a time. So a storm in which something seemed slow
blows again, and the shorter time counts: what the storm itself costs shows each time.
"""

import os
import signal
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from participation.core.breaker import REST

from .callers import Caller, make_accounts, slowest
from .processes import Up, until
from .storms import Broker, MailServer
from .visitor import HASTE

pytestmark = [
    pytest.mark.service,
    pytest.mark.skipif(sys.platform != "linux", reason="the tests look for processes in /proc"),
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="runs once, with SQLite and a broker of its own"),
]

LONGER = 1  # second that an answer may take more than usual
LATEST = 120  # seconds after the storm; then all letters are there
A_STORM = 6  # people it takes at most
CALLERS = 18  # one address may register and ask for a password twenty times an hour
TRIES = 5  # wrong passwords for one address, as ACCOUNT_RATE_LIMITS says

one_watch = threading.Lock()  # one portal after the other is timed: there may be two cores only


@dataclass
class Storm:
    """What people met while it blew, and whose letter was late afterwards."""

    name: str
    times: dict
    late: set
    patience: float  # seconds from its end to the last letter


class Portal:
    """The portal's real processes, a broker and a mail server that obey us, and people with open forms."""

    def __init__(self, folder):
        self.broker = Broker(folder / "broker")
        self.mail = MailServer()
        self.up = Up(folder / "data", REDIS_URL=self.broker.url, EMAIL_URL=self.mail.url)
        self.awaited = set()
        self.guesses = []

    def open(self):
        """Start, and get everybody ready."""
        self.up.start()
        callers = [Caller(self.up.site, f"caller-{number}") for number in range(CALLERS)]
        make_accounts(self.up, callers)
        time.sleep(HASTE)  # real processes: their clock cannot be frozen from here
        self.callers = callers

    def close(self):
        """End everything that we started."""
        self.broker.thaw()
        self.up.stop()
        self.mail.close()
        self.broker.end()

    def ask(self, people=2):
        """So many people do everything; the longest time for each thing."""
        asking = [self.callers.pop() for _ in range(people)]
        with one_watch:
            times = slowest(asking)
        self.awaited |= {address for caller in asking for address in caller.awaits}
        return times

    def after(self, name, times):
        """The storm is over this moment: wait for its letters, and until everybody trusts the broker again."""
        over = time.monotonic()
        late = self.mail.waiting(self.awaited, until=over + LATEST)
        self.awaited = set()
        storm = Storm(name, times, late, time.monotonic() - over)
        time.sleep(max(0, over + REST + 1 - time.monotonic()))  # real processes: they left it alone for so long
        return storm


def calm(house):
    """Nothing happens; this is how long things take."""
    return house.after("calm", house.ask(3))


def broker_stopped(house):
    """Killed, and back at the same address."""
    house.broker.stop()
    times = house.ask()
    house.guesses = guess(house.callers.pop())
    house.broker.start()
    return house.after("broker stopped", times)


def broker_frozen(house):
    """It takes connections and answers nothing."""
    house.broker.freeze()
    times = house.ask()
    house.broker.thaw()
    return house.after("broker frozen", times)


def broker_emptied(house):
    """It forgets what it was to pass on; a worker that had heard of it forgets it, too."""
    worker = house.up.children("worker")[0]  # only the one that listens: those who write may hold SQLite's lock
    os.kill(worker, signal.SIGSTOP)
    times = house.ask()
    assert house.broker.empty() > 0
    os.kill(worker, signal.SIGKILL)
    return house.after("broker emptied", times)


def mail_refused(house):
    """The mail server is away, then it hangs, then it refuses each recipient for now."""
    house.mail.close()
    times = [house.ask()]
    house.mail.hang()
    times.append(house.ask())
    house.mail.refuse()
    times.append(house.ask())
    until(lambda: house.mail.refusals, 30, "a letter is refused")
    house.mail.open()
    return house.after("mail refused", {thing: max(each[thing] for each in times) for thing in times[0]})


COURSES = [[calm, broker_stopped, broker_frozen, broker_emptied], [calm, mail_refused]]


def guess(caller):
    """Where wrong passwords lead, and then the right one."""
    return [caller.sign_in("falsch geraten") for _ in range(TRIES)] + [caller.sign_in()]


@pytest.fixture
def weather(tmp_path_factory):
    """Two portals and their storms by name; nothing of them is left afterwards."""
    portals = [Portal(tmp_path_factory.mktemp("storms")) for _ in COURSES]
    try:
        with ThreadPoolExecutor() as pool:
            list(pool.map(Portal.open, portals))
            yield Weather(portals, list(pool.map(weathered, portals, COURSES)))
    finally:
        for each in portals:
            each.close()


def weathered(house, course):
    """One storm after the other; one that seemed slow again."""
    calm, *storms = course
    before = calm(house)
    return [before, *(blown(house, storm, before.times) for storm in storms)]


def blown(house, storm, usual):
    """What people met in ``storm``; where something took longer than ``usual``, in the best of several."""
    met = storm(house)
    while slow(met.times, usual) and len(house.callers) >= A_STORM:
        again = storm(house)
        met.times = {thing: min(seconds, again.times[thing]) for thing, seconds in met.times.items()}
        met.late |= again.late
    return met


def slow(times, usual):
    """The things of ``times`` that took more than a second longer than ``usual``."""
    return [thing for thing, seconds in times.items() if seconds > usual[thing] + LONGER]


@dataclass
class Weather:
    """What the verdicts judge."""

    portals: list
    reports: list

    def storms(self):
        """Each storm, and the calm before it."""
        return [(storm, calm) for calm, *storms in self.reports for storm in storms]


def each_answer_takes_as_long_as_ever(weather):
    found = [
        f"{storm.name}: {thing} took {storm.times[thing]:.1f} s instead of {calm.times[thing]:.1f} s"
        for storm, calm in weather.storms()
        for thing in slow(storm.times, calm.times)
    ]

    assert found == []


def the_letters_arrive_soon_after_the_storm(weather):
    late = {storm.name: storm.late for storms in weather.reports for storm in storms if storm.late}

    assert late == {}


def no_letter_comes_twice(weather):
    for house in weather.portals:
        names = [name for _moment, _address, name in house.mail.taken]

        assert len(names) == len(set(names))


def wrong_passwords_are_counted_without_the_broker(weather):
    house = weather.portals[0]

    assert [address.partition(house.up.site)[2] for address in house.guesses] == ["/konto/login/"] * (TRIES + 1)


VERDICTS = [
    each_answer_takes_as_long_as_ever,
    the_letters_arrive_soon_after_the_storm,
    no_letter_comes_twice,
    wrong_passwords_are_counted_without_the_broker,
]


def test_a_storm_costs_people_nothing_but_a_little_patience(weather, subtests):
    for verdict in VERDICTS:
        with subtests.test(verdict.__name__):
            verdict(weather)
