"""Outcomes become public, at once or in time, and are withdrawn; of several at once only one wins."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from participation.core.clock import now, travel_to
from participation.core.errors import NotAllowed, Outdated, WrongState
from participation.core.hiding import hide
from participation.core.personal import erase
from participation.events.kinds import CaseKind, Kind
from participation.events.models import Event
from participation.events.queries import led_to
from participation.events.trail import trail_of
from participation.newsroom.models import Outcome, OutcomeVersion
from participation.newsroom.operations.publishing import (
    LATEST,
    NoReason,
    NotAhead,
    _publish_in_time,
    publish_due,
    publish_outcome,
    schedule_outcome,
    unschedule_outcome,
    withdraw_outcome,
)
from participation.newsroom.operations.writing import begin_outcome, change_outcome
from participation.newsroom.states import LIFECYCLE, OutcomeState
from participation.tasks import publish_outcomes
from tests.factories import IdeaFactory
from tests.house.world import snapshot
from tests.newsroom_factories import OutcomeFactory

LATER = timedelta(hours=3)
NOT_PUBLISHERS = ["ivo", "ada", "eva", "otto", "ale", "root", "fritz"]


@pytest.fixture
def idea(ada):
    return IdeaFactory(author=ada)


@pytest.fixture
def draft(ivo, idea):
    return begin_outcome(by=ivo, title="Die Bänke stehen", text="Seit heute.", cases=[idea.case])


@pytest.fixture
def scheduled(draft, max):
    schedule_outcome(draft, now() + LATER, version=1, by=max)
    return draft


def kinds():
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))


def fresh(outcome):
    return Outcome.objects.get(pk=outcome.pk)


@pytest.mark.parametrize(("state", "to"), [(state, to) for state in OutcomeState for to in OutcomeState])
def test_the_table_of_states(state, to):
    moves = {
        ("draft", "scheduled"), ("draft", "published"), ("scheduled", "draft"), ("scheduled", "published"),
        ("published", "withdrawn"),
    }  # fmt: skip

    assert LIFECYCLE.may_follow(state, to) == ((state, to) in moves)


class TestNow:
    def test_it_gets_number_address_version_and_links(self, draft, idea, max):
        publish_outcome(draft, version=1, by=max)

        outcome = fresh(draft)
        assert (outcome.state, outcome.slug, outcome.released_by) == ("published", "die-baenke-stehen", max)
        assert outcome.reference == f"E-{outcome.published_at.year}-0001"
        case = outcome.case
        assert (case.kind, case.title, case.path, case.public) == (
            "outcome", "Die Bänke stehen", "/ergebnisse/die-baenke-stehen/", True
        )  # fmt: skip
        version = OutcomeVersion.objects.get()
        assert (version.number, version.text, version.note, version.by) == (1, "Seit heute.", "", max)
        assert list(led_to(idea.case, CaseKind.OUTCOME)) == [case]

    def test_the_trail_of_the_idea_tells_it(self, draft, idea, max):
        publish_outcome(draft, version=1, by=max)

        assert [line.kind for line in trail_of(idea.case)] == [Kind.OUTCOME_LINKED]
        rows = Event.objects.order_by("pk").values_list("kind", "case", "by", "role", "facts")
        assert list(rows) == [
            (Kind.OUTCOME_LINKED, idea.case_id, max.pk, "moderator", {"outcome": draft.pk, "version": 1}),
            (Kind.OUTCOME_PUBLISHED, draft.case_id, max.pk, "moderator", {"outcome": draft.pk}),
        ]

    def test_two_of_one_title_have_two_addresses(self, draft, ivo, max):
        other = begin_outcome(by=max, title="Die Bänke stehen", text="Auch hier.")

        for outcome in (draft, other):
            publish_outcome(outcome, version=1, by=max)

        assert [fresh(one).slug for one in (draft, other)] == ["die-baenke-stehen", "die-baenke-stehen-2"]

    def test_an_idea_that_is_no_longer_public_is_not_told_of(self, draft, idea, max):
        hide(idea, "rude")

        publish_outcome(draft, version=1, by=max)

        assert kinds() == [Kind.OUTCOME_PUBLISHED]
        assert list(led_to(idea.case, CaseKind.OUTCOME)) == []

    @pytest.mark.parametrize("who", NOT_PUBLISHERS)
    def test_only_managers_and_moderators_release_and_withdraw(self, who, request, draft, idea):
        person, public = request.getfixturevalue(who), OutcomeFactory()
        scheduled = OutcomeFactory(state="scheduled")
        before = snapshot()

        for attempt in (
            lambda: publish_outcome(draft, version=1, by=person),
            lambda: schedule_outcome(draft, now() + LATER, version=1, by=person),
            lambda: unschedule_outcome(scheduled, by=person),
            lambda: withdraw_outcome(public, reason="x", by=person),
        ):
            with pytest.raises(NotAllowed):
                attempt()

        assert snapshot() == before

    def test_what_was_changed_meanwhile_is_not_released_unseen(self, draft, ivo, max):
        seen = fresh(draft)
        change_outcome(draft, version=1, by=ivo, title="Anders", text="Anders.")
        before = snapshot()

        with pytest.raises(Outdated):
            publish_outcome(seen, version=1, by=max)
        with pytest.raises(Outdated):
            schedule_outcome(seen, now() + LATER, version=1, by=max)

        assert snapshot() == before

    @pytest.mark.parametrize("state", ["published", "withdrawn"])
    def test_not_twice_and_never_again(self, state, max):
        outcome = OutcomeFactory(state=state)
        before = snapshot()

        with pytest.raises(WrongState):
            publish_outcome(outcome, version=1, by=max)
        with pytest.raises(WrongState):
            schedule_outcome(outcome, now() + LATER, version=1, by=max)

        assert snapshot() == before


class TestInTime:
    def test_nothing_before_once_at_its_time_and_nothing_after(self, scheduled, idea, max):
        assert publish_due() == 0
        assert fresh(scheduled).is_scheduled

        with travel_to(scheduled.publish_at):
            assert [publish_due(), publish_due()] == [1, 0]

        outcome = fresh(scheduled)
        assert (outcome.is_public, outcome.publish_at, outcome.released_by) == (True, None, max)
        assert kinds() == [Kind.OUTCOME_SCHEDULED, Kind.OUTCOME_LINKED, Kind.OUTCOME_PUBLISHED]
        assert Event.objects.get(kind=Kind.OUTCOME_PUBLISHED).by == max

    def test_a_minute_before_its_time_it_waits(self, scheduled):
        with travel_to(scheduled.publish_at - timedelta(minutes=1)):
            assert publish_due() == 0
        assert fresh(scheduled).is_scheduled

        with travel_to(scheduled.publish_at):
            assert publish_due() == 1
        assert fresh(scheduled).is_public

    def test_the_task_of_each_minute_does_it(self, scheduled):
        with travel_to(scheduled.publish_at):
            publish_outcomes()

        assert fresh(scheduled).is_public

    def test_a_missed_minute_or_day_loses_nothing(self, scheduled):
        with travel_to(scheduled.publish_at + timedelta(days=2)):
            assert publish_due() == 1

    def test_somebody_who_left_meanwhile_is_not_named(self, scheduled, max):
        erase(max)

        with travel_to(scheduled.publish_at):
            assert publish_due() == 1

        event = Event.objects.get(kind=Kind.OUTCOME_PUBLISHED)
        assert (event.by, event.role, fresh(scheduled).released_by) == (None, "", None)

    def test_what_somebody_published_first_is_left_alone(self, scheduled, max):
        seen = fresh(scheduled)
        publish_outcome(scheduled, version=1, by=max)

        assert _publish_in_time(seen) is False
        assert kinds().count(Kind.OUTCOME_PUBLISHED) == 1

    @pytest.mark.parametrize("away", [timedelta(0), -timedelta(minutes=1), LATEST + timedelta(minutes=1)])
    def test_the_time_lies_ahead_within_a_year(self, away, draft, max):
        with travel_to(now()):
            before = snapshot()

            with pytest.raises(NotAhead):
                schedule_outcome(draft, now() + away, version=1, by=max)

            assert snapshot() == before
            schedule_outcome(draft, now() + LATEST, version=1, by=max)

    def test_it_can_be_a_draft_again_and_is_not_published(self, scheduled, mia):
        unschedule_outcome(scheduled, by=mia)

        outcome = fresh(scheduled)
        assert (outcome.state, outcome.publish_at, outcome.released_by) == ("draft", None, None)
        with travel_to(now() + LATER * 2):
            assert publish_due() == 0
        assert kinds() == [Kind.OUTCOME_SCHEDULED, Kind.OUTCOME_UNSCHEDULED]

    @pytest.mark.parametrize("state", ["draft", "published", "withdrawn"])
    def test_only_what_has_a_time_loses_it(self, state, mia):
        outcome = OutcomeFactory(state=state)
        before = snapshot()

        with pytest.raises(WrongState):
            unschedule_outcome(outcome, by=mia)

        assert snapshot() == before


class TestWithdrawing:
    def test_its_words_go_out_of_sight_and_the_reason_stands_there(self, draft, idea, max):
        publish_outcome(draft, version=1, by=max)

        withdraw_outcome(draft, reason="Die Bank steht nicht mehr.", by=max)

        outcome = fresh(draft)
        assert (outcome.state, outcome.withdrawn_reason) == ("withdrawn", "Die Bank steht nicht mehr.")
        assert not outcome.case.public
        assert list(led_to(idea.case, CaseKind.OUTCOME)) == []
        assert [line.kind for line in trail_of(idea.case)] == [Kind.OUTCOME_LINKED, Kind.OUTCOME_UNLINKED]
        assert kinds()[-1] == Kind.OUTCOME_WITHDRAWN
        assert OutcomeVersion.objects.count() == 1

    def test_not_without_a_reason(self, max):
        outcome = OutcomeFactory()
        before = snapshot()

        with pytest.raises(NoReason):
            withdraw_outcome(outcome, reason="", by=max)

        assert snapshot() == before

    @pytest.mark.parametrize("state", ["draft", "scheduled", "withdrawn"])
    def test_only_what_is_public(self, state, max):
        outcome = OutcomeFactory(state=state)
        before = snapshot()

        with pytest.raises(WrongState):
            withdraw_outcome(outcome, reason="x", by=max)

        assert snapshot() == before


@pytest.mark.django_db(transaction=True)
def test_of_workers_at_once_each_outcome_is_published_by_one(max):
    for _number in range(4):
        OutcomeFactory(state="scheduled", released_by=max)
    start, counts = threading.Barrier(3), []

    def work():
        start.wait(timeout=10)
        try:
            counts.append(publish_due())
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert sum(counts) == 4
    assert kinds().count(Kind.OUTCOME_PUBLISHED) == 4
    assert Outcome.objects.filter(state="published").count() == OutcomeVersion.objects.count() == 4
