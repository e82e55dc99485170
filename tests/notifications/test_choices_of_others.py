"""A choice moves the letters it is about: not those of others, of other topics and cases, or that have ended."""

from datetime import date

import pytest

from notifications.choices import MUTED, SWITCHED_OFF
from notifications.models import Delivery, Mute, Preference
from notifications.preferences import choose, chosen_by, has_muted, mute, muted_by, set_habits, unmute
from notifications.states import UNFINISHED, Rhythm, State
from notifications.stopping import DIGEST
from notifications.topics import Topic
from participation.core.clock import now, travel_to
from participation.events.kinds import Kind
from tests.factories import AllianceFactory, CaseFactory, EventFactory
from tests.letter_factories import DeliveryFactory
from tests.notifications.due import START
from tests.notifications.news import news, sweep

pytestmark = pytest.mark.django_db

EMAIL, INBOX = "email", "inbox"
LETTER = {Topic.FOLLOWED: "idea_news", Topic.COMMENTS: "idea_commented"}
FRIDAY = date(2026, 11, 27)


@pytest.fixture(autouse=True)
def _in_the_morning():
    with travel_to(START):
        yield


@pytest.fixture
def case():
    return CaseFactory()


@pytest.fixture
def other_case():
    return CaseFactory()


def row(actor, state, *, topic=Topic.FOLLOWED, case, **fields):
    """A letter to ``actor`` about ``topic`` in this state."""
    rhythm = Rhythm.DAILY if state in (State.HELD, State.BUNDLED) else Rhythm.AT_ONCE
    end = {} if state in UNFINISHED else {"finished_at": now()}
    return DeliveryFactory(
        recipient=actor, letter=LETTER[topic], state=state, rhythm=rhythm,
        event=EventFactory(kind=Kind.IDEA_ANSWERED, case=case), **end, **fields,
    )  # fmt: skip


def rows_in_each_state(actor, case):
    return {state: row(actor, state, case=case) for state in State if state != State.RECORDED}


def as_it_is(*ignored):
    """Everything that is stored of letters, ``ignored`` left out."""
    numbers = [one.pk for one in ignored]
    return list(Delivery.objects.exclude(pk__in=numbers).order_by("pk").values())


def now_of(delivery):
    delivery.refresh_from_db()
    return delivery.state, delivery.reason


def test_muting_ends_what_one_s_digest_would_say_of_this_case(ada, olga, case, other_case):
    mine = rows_in_each_state(ada, case)
    rows_in_each_state(olga, case)
    row(ada, State.HELD, case=other_case)
    before = as_it_is(mine[State.HELD])

    mute(ada, case)

    assert now_of(mine[State.HELD]) == (State.SUPPRESSED, "the recipient wants to hear nothing more of this case")
    assert as_it_is(mine[State.HELD]) == before


def test_mutes_are_one_s_own_and_of_one_case(ada, olga, case, other_case):
    for actor, muted in ((ada, case), (ada, other_case), (olga, case), (olga, other_case)):
        mute(actor, muted)
    mute(ada, case)

    unmute(ada, case)

    assert [entry.case for entry in muted_by(ada)] == [other_case]
    assert {entry.case for entry in muted_by(olga)} == {case, other_case}
    assert not has_muted(ada, case)
    assert has_muted(ada, other_case)
    assert has_muted(olga, case)
    assert Mute.objects.count() == 3


def test_muting_one_case_is_not_muting_another(ada, olga, case, other_case):
    mute(ada, case)

    assert not has_muted(ada, other_case)
    assert not has_muted(olga, case)


@pytest.mark.parametrize("rhythm", [Rhythm.OFF, Rhythm.WEEKLY])
def test_another_rhythm_moves_what_is_held_of_this_topic(ada, olga, case, rhythm):
    mine = rows_in_each_state(ada, case)
    rows_in_each_state(olga, case)
    row(ada, State.HELD, topic=Topic.COMMENTS, case=case)
    before = as_it_is(mine[State.HELD])

    choose(ada, Topic.FOLLOWED, EMAIL, rhythm)

    held = Delivery.objects.get(pk=mine[State.HELD].pk)
    if rhythm == Rhythm.OFF:
        assert (held.state, held.reason) == (State.SUPPRESSED, "switched off by the recipient")
    else:
        assert (held.state, held.rhythm) == (State.HELD, Rhythm.WEEKLY)
        assert held.not_before > START
    assert as_it_is(mine[State.HELD]) == before


def test_what_lies_in_the_inbox_is_no_matter_of_letters(ada, case):
    rows_in_each_state(ada, case)
    before = as_it_is()

    choose(ada, Topic.FOLLOWED, INBOX, Rhythm.OFF)

    assert as_it_is() == before


def test_a_choice_is_one_s_own_of_one_topic_and_one_channel(ada, olga):
    for actor in (ada, olga):
        choose(actor, Topic.FOLLOWED, EMAIL, Rhythm.WEEKLY)
        choose(actor, Topic.COMMENTS, EMAIL, Rhythm.WEEKLY)
        choose(actor, Topic.FOLLOWED, INBOX, Rhythm.OFF)

    choose(ada, Topic.FOLLOWED, EMAIL, Rhythm.AT_ONCE)

    rows = Preference.objects.values_list("actor", "topic", "channel", "rhythm")
    assert set(rows) == {
        (ada.pk, "followed", EMAIL, "at_once"), (ada.pk, "comments", EMAIL, "weekly"),
        (ada.pk, "followed", INBOX, "off"),
        (olga.pk, "followed", EMAIL, "weekly"), (olga.pk, "comments", EMAIL, "weekly"),
        (olga.pk, "followed", INBOX, "off"),
    }  # fmt: skip
    assert chosen_by(olga)[Topic.FOLLOWED, EMAIL] == Rhythm.WEEKLY


@pytest.mark.parametrize("neighbour", ["another rhythm of another person", "of another topic", "of another channel"])
def test_what_was_chosen_already_keeps_its_first_moment_and_a_neighbour_s_choice_is_none(ada, olga, neighbour):
    other = {
        "another rhythm of another person": (olga, Topic.FOLLOWED, EMAIL),
        "of another topic": (ada, Topic.COMMENTS, EMAIL),
        "of another channel": (ada, Topic.FOLLOWED, INBOX),
    }[neighbour]
    choose(*other, Rhythm.OFF)
    choose(ada, Topic.FOLLOWED, EMAIL, Rhythm.OFF)
    with travel_to(START.replace(hour=12)):
        choose(ada, Topic.FOLLOWED, EMAIL, Rhythm.OFF)

    mine = Preference.objects.get(actor=ada, topic=Topic.FOLLOWED, channel=EMAIL)
    assert (mine.rhythm, mine.since) == (Rhythm.OFF, START)


def test_a_pause_holds_back_what_is_due_and_nothing_else(ada, olga, case):
    mine = rows_in_each_state(ada, case)
    owed = DeliveryFactory(letter="password_changed", recipient=ada)
    rows_in_each_state(olga, case)
    before = as_it_is(mine[State.DUE], mine[State.HELD])

    set_habits(ada, paused_until=FRIDAY)

    assert now_of(mine[State.DUE])[0] == State.HELD
    assert now_of(owed)[0] == State.DUE
    assert as_it_is(mine[State.DUE], mine[State.HELD]) == before


def test_a_pause_takes_one_s_own_waiting_digest_apart(ada, olga, case):
    mine, sending, others = (digest(ada, case), digest(ada, case, State.SENDING), digest(olga, case))
    before = as_it_is(mine, *mine.items.all())

    set_habits(ada, paused_until=FRIDAY)

    assert now_of(mine) == (State.SUPPRESSED, "the recipient pauses; what it carried waits")
    assert not mine.items.exists()
    assert [one.items.count() for one in (sending, others)] == [1, 1]
    assert [one["state"] for one in as_it_is() if one["letter"] == LETTER[Topic.FOLLOWED]].count(State.HELD) == 1
    taken = [row["id"] for row in before]
    assert [row for row in as_it_is() if row["id"] in taken] == before


def test_what_came_to_an_end_in_a_digest_does_not_wait_again_after_a_pause(ada, case):
    letter = digest(ada, case)
    ended = row(ada, State.SUPPRESSED, case=case, bundle=letter)

    set_habits(ada, paused_until=FRIDAY)

    assert now_of(ended)[0] == State.SUPPRESSED


@pytest.mark.usefixtures("all_at_once")
def test_of_letters_that_leave_together_each_reader_is_asked(ada, olga, max):
    """Once they are written Ada wants none of them, Olga none about one idea, and Max all."""
    AllianceFactory()
    first, _second = news("2026-0001", ada, olga, max), news("2026-0002", ada, olga, max)
    choose(ada, Topic.FOLLOWED, EMAIL, Rhythm.OFF)
    mute(olga, first.case)

    sweep()

    rows = Delivery.objects.filter(letter="idea_news").select_related("recipient", "event__case")
    assert {(row.recipient, row.event.case.reference): (row.state, row.reason) for row in rows} == {
        (ada, "2026-0001"): (State.SUPPRESSED, SWITCHED_OFF), (ada, "2026-0002"): (State.SUPPRESSED, SWITCHED_OFF),
        (olga, "2026-0001"): (State.SUPPRESSED, MUTED), (olga, "2026-0002"): (State.SENT, ""),
        (max, "2026-0001"): (State.SENT, ""), (max, "2026-0002"): (State.SENT, ""),
    }  # fmt: skip


def digest(actor, case, state=State.DUE):
    """A digest to ``actor`` with one item."""
    letter = DeliveryFactory(letter=DIGEST, recipient=actor, state=state)
    row(actor, State.BUNDLED, case=case, bundle=letter)
    return letter
