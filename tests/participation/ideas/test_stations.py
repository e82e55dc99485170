"""The way of an idea, drawn from its state and its trail."""

from datetime import UTC, datetime, timedelta

import pytest

from participation.events.kinds import Kind
from participation.events.trail import SENTENCES, Line
from participation.ideas.models import Idea
from participation.ideas.states import IdeaState
from participation.ideas.stations import DAYS, stations

S = IdeaState
FIRST = datetime(2026, 3, 1, 12, tzinfo=UTC)
SUBMITTED, PUBLISHED, CONSIDERED = Kind.IDEA_SUBMITTED, Kind.IDEA_PUBLISHED, Kind.IDEA_CONSIDERED
ADOPTED = (SUBMITTED, PUBLISHED, CONSIDERED, Kind.IDEA_ADOPTED)
BEGUN = (*ADOPTED, Kind.IDEA_IN_PROGRESS)

# State, what happened until then, and the way: + walked, > here, - ahead.
WAYS = [
    (
        S.SUBMITTED, [SUBMITTED],
        "+Eingereicht >submitted -published -under_consideration -adopted -in_progress -realised",
    ),
    (
        S.SUBMITTED, [SUBMITTED, Kind.IDEA_DECLINED, Kind.IDEA_RESUBMITTED],
        "+Eingereicht >submitted -published -under_consideration -adopted -in_progress -realised",
    ),
    (
        S.RETURNED, [SUBMITTED, Kind.IDEA_RETURNED],
        "+Eingereicht >returned -published -under_consideration -adopted -in_progress -realised",
    ),
    (S.DECLINED, [SUBMITTED, Kind.IDEA_DECLINED], "+Eingereicht >declined"),
    (S.WITHDRAWN, [SUBMITTED, Kind.IDEA_WITHDRAWN], "+Eingereicht >withdrawn"),
    (S.WITHDRAWN, [SUBMITTED, PUBLISHED, Kind.IDEA_WITHDRAWN], "+Eingereicht +published >withdrawn"),
    (S.MERGED, [SUBMITTED, Kind.IDEA_MERGED], "+Eingereicht >merged"),
    (S.MERGED, [SUBMITTED, PUBLISHED, Kind.IDEA_MERGED], "+Eingereicht +published >merged"),
    (
        S.PUBLISHED, [SUBMITTED, PUBLISHED, Kind.IDEA_MERGED, Kind.IDEA_UNMERGED],
        "+Eingereicht >published -under_consideration -adopted -in_progress -realised",
    ),
    (
        S.PUBLISHED, [SUBMITTED, PUBLISHED],
        "+Eingereicht >published -under_consideration -adopted -in_progress -realised",
    ),
    (
        S.UNDER_CONSIDERATION, [SUBMITTED, PUBLISHED, CONSIDERED],
        "+Eingereicht +published >under_consideration -adopted -in_progress -realised",
    ),
    (
        S.DEFERRED, [SUBMITTED, PUBLISHED, CONSIDERED, Kind.IDEA_DEFERRED],
        "+Eingereicht +published +under_consideration >deferred -adopted -in_progress -realised",
    ),
    (
        S.UNDER_CONSIDERATION, [SUBMITTED, PUBLISHED, CONSIDERED, Kind.IDEA_DEFERRED, CONSIDERED],
        "+Eingereicht +published >under_consideration -adopted -in_progress -realised",
    ),
    (S.NOT_ADOPTED, [SUBMITTED, PUBLISHED, Kind.IDEA_NOT_ADOPTED], "+Eingereicht +published >not_adopted"),
    (
        S.NOT_ADOPTED, [SUBMITTED, PUBLISHED, CONSIDERED, Kind.IDEA_NOT_ADOPTED],
        "+Eingereicht +published +under_consideration >not_adopted",
    ),
    (S.ADOPTED, ADOPTED, "+Eingereicht +published +under_consideration >adopted -in_progress -realised"),
    (S.IN_PROGRESS, BEGUN, "+Eingereicht +published +under_consideration +adopted >in_progress -realised"),
    (
        S.REALISED, [*BEGUN, Kind.IDEA_REALISED],
        "+Eingereicht +published +under_consideration +adopted +in_progress >realised",
    ),
    (
        S.NOT_REALISED, [*BEGUN, Kind.IDEA_NOT_REALISED],
        "+Eingereicht +published +under_consideration +adopted +in_progress >not_realised",
    ),
]  # fmt: skip


def way_of(state, kinds):
    """The stations of an idea in ``state`` to which one thing of ``kinds`` happened each day."""
    lines = [Line(FIRST + timedelta(days=day), kind, "") for day, kind in enumerate(kinds)]
    return stations(Idea(state=state), lines)


def label(name):
    """How a station is called on the page."""
    text = str(S(name).label) if name in S.values else name
    return text[:1].upper() + text[1:]


@pytest.mark.parametrize(("state", "kinds", "way"), WAYS)
def test_each_state_has_its_way(state, kinds, way):
    signs = {"+": "done", ">": "here", "-": ""}

    drawn = [(station["label"], station["state"]) for station in way_of(state, kinds)]
    assert drawn == [(label(step[1:]), signs[step[0]]) for step in way.split()]


@pytest.mark.parametrize(("state", "kinds", "way"), WAYS)
def test_what_was_walked_bears_its_day_and_what_lies_ahead_none(state, kinds, way):
    for station in way_of(state, kinds)[:-1]:
        is_waiting = station["label"] == label("submitted")
        assert bool(station["note"]) == (bool(station["state"]) and not is_waiting)


def test_every_state_after_the_draft_is_told_of():
    assert {state for state, *_ in WAYS} == set(S) - {S.DRAFT}


def test_of_what_happened_twice_the_last_day_counts():
    kinds = [SUBMITTED, PUBLISHED, CONSIDERED, Kind.IDEA_DEFERRED, CONSIDERED]

    assert way_of(S.UNDER_CONSIDERATION, kinds)[2]["note"] == "5. März 2026"


def test_the_day_is_the_one_in_the_region_not_in_greenwich():
    line = Line(datetime(2026, 3, 1, 23, 30, tzinfo=UTC), SUBMITTED, "")

    assert stations(Idea(state=S.SUBMITTED), [line])[0]["note"] == "2. März 2026"


def test_each_station_stands_in_the_trail_as_well():
    assert set(DAYS.values()) <= set(SENTENCES)
