"""What the tests of barrier reports share."""

import uuid

import pytest
import time_machine

MORNING = "2026-11-03T09:00:00+01:00"


@pytest.fixture
def morning():
    """Tuesday, 3 November 2026, nine o'clock; ``morning.shift(…)`` lets time pass."""
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def filled(morning):
    """``filled(text="…")`` is what a browser sends after somebody took a minute to type."""

    from participation.core.stamps import new_stamp  # Django must be loaded first

    def fields(**changes):
        stamp = new_stamp()
        morning.shift(60)
        typed = {"page": "/allianz/", "text": "Der Knopf ist zu klein.", "email": "leser@post.example", "website": ""}
        return {**typed, "stamp": stamp, **changes}

    return fields


@pytest.fixture
def report(db):
    """A report that waits for an answer."""
    from participation.accessibility.operations import report_barrier  # Django must be loaded first

    return report_barrier(
        "Der Knopf ist zu klein.", page="/allianz/", email="leser@post.example", submission=uuid.uuid4()
    )
