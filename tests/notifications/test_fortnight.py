"""Two fortnights with a change of the clocks: people in several zones, hours without a sweep, sweeps that come twice.

What must come, and when, is worked out from the scenario alone, by walking
along the clocks of the people in quarters of an hour.
"""

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from notifications.models import Habits, Preference
from notifications.states import Rhythm
from participation.core.clock import travel_to
from tests.factories import ActorFactory, AllianceFactory
from tests.notifications.news import REFERENCE, news, sweep

pytestmark = pytest.mark.django_db

BERLIN = "Europe/Berlin"
# Name → rhythm, hour, weekday (0 is Monday), zone. On the last Sundays of March and October, Berlin's clocks skip the
# hour from two to three, and have it twice; New York has its hour from one to two twice on 1 November.
PEOPLE = {
    "ada": (Rhythm.DAILY, 7, 0, BERLIN),
    "olga": (Rhythm.DAILY, 2, 0, BERLIN),
    "rosa": (Rhythm.DAILY, 0, 0, BERLIN),
    "paul": (Rhythm.WEEKLY, 2, 6, BERLIN),
    "nora": (Rhythm.DAILY, 1, 0, "America/New_York"),
    "kenji": (Rhythm.WEEKLY, 23, 2, "Asia/Tokyo"),
}
QUARTER, HOUR, DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    "start", [datetime(2026, 3, 22, 0, 5, tzinfo=UTC), datetime(2026, 10, 19, 0, 5, tzinfo=UTC)], ids=["spring", "fall"]
)
def test_each_person_gets_each_item_once_in_the_first_digest_after_it(start):
    AllianceFactory()
    people = {name: person(name) for name in PEOPLE}
    chance = random.Random(start.month)
    happenings = [start + chance.random() * 14 * DAY for _ in range(30)]
    sweeps = sorted(beats(start, chance))

    found, letters = live_through(people, happenings, sweeps)

    assert found == expected(happenings, sweeps)
    assert all(REFERENCE.search(text) for text in letters)
    assert len(letters) < len(found)  # they came together


def person(name):
    rhythm, hour, weekday, zone = PEOPLE[name]
    actor = ActorFactory(email=f"{name}@post.example", display_name=name.title())
    Habits.objects.create(actor=actor, hour=hour, weekday=weekday, zone=zone)
    Preference.objects.create(actor=actor, topic="followed", channel="email", rhythm=rhythm, since=actor.joined_at)
    return actor


def beats(start, chance):
    """When sweeps come: each hour, but three in ten are missed, two in ten doubled, and one night is missed whole.

    A week later, when all has been told, every third hour is enough.
    """
    night = range(3 * 24 + 20, 4 * 24 + 4)
    for hour in [*range(15 * 24), *range(15 * 24, 22 * 24, 3)]:
        if chance.random() < 0.7 and hour not in night:
            yield from [start + hour * HOUR] * (2 if chance.random() < 0.2 else 1)


def live_through(people, happenings, sweeps):
    """Let it all happen; return who was told of what when, and the texts of all letters."""
    found, letters = {}, []
    steps = [(moment, f"2026-{number:04}") for number, moment in enumerate(happenings)]
    for moment, reference in sorted(steps + [(moment, "") for moment in sweeps]):
        with travel_to(moment):
            if reference:
                news(reference, *people.values())
            else:
                sweep()
        for one in mail.outbox:
            for item in set(REFERENCE.findall(one.body)):
                found.setdefault((one.to[0].partition("@")[0], item), []).append(moment)
            letters.append(one.body)
        mail.outbox.clear()
    return found, letters


def expected(happenings, sweeps):
    """Each person hears of each thing once: with the first sweep after their hour that follows it."""
    return {
        (name, f"2026-{number:04}"): [next(beat for beat in sweeps if beat >= digest_hour(name, moment))]
        for name in PEOPLE
        for number, moment in enumerate(happenings)
    }


def digest_hour(name, moment):
    """The first moment after ``moment`` at which a day of the person reaches the hour; by looking at the clock."""
    rhythm, hour, weekday, zone = PEOPLE[name]
    clock, reached = ZoneInfo(zone), None
    step = moment.replace(hour=0, minute=0, second=0, microsecond=0) - 2 * DAY
    while True:
        here = step.astimezone(clock)
        if here.hour >= hour and reached != here.date():
            reached = here.date()
            if step > moment and (rhythm == Rhythm.DAILY or here.weekday() == weekday):
                return step
        step += QUARTER
