"""Letters a minute, where the mail server bears no more."""

from datetime import timedelta

import pytest

from notifications import outbox, pace, tasks
from notifications.models import Pace
from tests.notifications.due import START, a_letter

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _three_a_minute(settings, clock):
    settings.LETTERS_PER_MINUTE = 3


def letters(number):
    """So many letters that are due."""
    for at in range(number):
        a_letter(f"reader{at}@post.example")


def counts():
    """Minute → letters taken in hand."""
    return dict(Pace.objects.values_list("minute", "letters"))


def test_a_minute_takes_no_more_than_its_limit_and_the_next_one_goes_on(clock):
    letters(8)

    taken = [len(outbox.claim(2)), len(outbox.claim(2)), len(outbox.claim(2))]
    clock.shift(MINUTE)
    taken += [len(outbox.claim()), len(outbox.claim())]

    assert taken == [2, 1, 0, 3, 0]
    assert counts() == {START: 3, START + MINUTE: 3}


def test_without_a_limit_everything_goes_and_nothing_is_counted(settings):
    settings.LETTERS_PER_MINUTE = 0
    letters(8)

    assert len(outbox.claim()) == 8
    assert counts() == {}
    assert pace.reserve(1000)


def test_what_another_sender_reserved_this_moment_is_not_taken_as_well(monkeypatch):
    """The other one is faster between looking and reserving."""
    letters(3)
    monkeypatch.setattr(outbox, "allowance", lambda limit: limit)
    pace.reserve(2)

    assert outbox.claim() == []
    assert counts() == {START: 2}


def test_a_reservation_leaves_other_minutes_as_they_were(clock):
    assert pace.reserve(1)
    clock.shift(MINUTE)
    assert pace.reserve(2)

    assert counts() == {START: 1, START + MINUTE: 2}


def test_a_reservation_is_whole_or_not_at_all():
    assert pace.reserve(2)
    assert not pace.reserve(2)
    assert pace.reserve(1)

    assert counts() == {START: 3}


def test_where_the_limit_was_lowered_meanwhile_nothing_more_is_taken(settings):
    pace.reserve(3)
    settings.LETTERS_PER_MINUTE = 2

    assert pace.allowance(100) == 0


def test_counts_of_long_past_minutes_are_forgotten_and_others_are_not(clock):
    pace.reserve(1)
    clock.shift(MINUTE)
    pace.reserve(1)
    clock.shift(pace.KEPT)

    tasks.tidy()

    assert counts() == {START + MINUTE: 1}
