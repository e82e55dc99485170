"""Promises: made, kept, released, put off in public, and the daily word about what is overdue."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from participation.core.clock import travel_to
from participation.core.errors import NotAllowed, Outdated
from participation.events.kinds import Kind
from participation.events.models import Event
from participation.promises.calendar import end_of
from participation.promises.models import Follow, Promise
from participation.promises.operations import (
    NotLater,
    extend,
    follow,
    fulfil,
    make_promise,
    release,
    remind_of_overdue,
    reopen,
    unfollow,
)
from participation.promises.queries import extensions_of, follows, promise_of, promises_of, record_of
from tests.factories import ActorFactory, CaseFactory

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ANSWER = Promise.Subject.ANSWER


@pytest.fixture
def promise():
    with travel_to(MONDAY):
        return make_promise(CaseFactory(opened_at=MONDAY), ANSWER, 10)


def at(day):
    return travel_to(MONDAY + timedelta(days=day))


class TestTakingAnAnswerBack:
    def test_the_promise_is_open_again_and_due_when_it_was(self, promise):
        with at(1):
            fulfil(promise.case)
            reopen(promise.case)

        open_again = promise_of(promise.case)
        assert (open_again, open_again.is_open, open_again.due_at) == (promise, True, promise.due_at)

    def test_where_nothing_was_answered_it_is_refused(self, promise):
        with pytest.raises(Outdated):
            reopen(promise.case)


class TestMaking:
    def test_it_names_the_end_of_the_day(self, promise):
        assert promise.due_at == end_of(date(2026, 12, 7))
        assert promise.is_open
        assert promise.was_kept is None

    def test_a_case_has_one_open_promise(self, promise):
        with at(1), pytest.raises(IntegrityError), transaction.atomic():
            make_promise(promise.case, ANSWER, 5)

    def test_after_an_answer_there_may_be_another(self, promise):
        with at(1):
            fulfil(promise.case)
            second = make_promise(promise.case, Promise.Subject.SECOND_ANSWER, 5)

        assert promise_of(promise.case) == second
        assert promises_of([promise.case]) == {promise.case_id: second}


class TestKeeping:
    @pytest.mark.parametrize(("day", "kept"), [(14, True), (15, False)])
    def test_the_last_second_of_the_day_counts(self, promise, day, kept):
        with at(day):
            fulfil(promise.case)

        promise.refresh_from_db()
        assert promise.was_kept is kept

    def test_twice_is_told(self, promise):
        with at(1):
            fulfil(promise.case)
            with pytest.raises(Outdated):
                fulfil(promise.case)

    def test_a_released_promise_does_not_count(self, promise):
        with at(1):
            release(promise.case)
            release(promise.case)

            assert record_of(MONDAY) == {"kept": 0, "all": 0, "days": None}
        promise.refresh_from_db()
        assert not promise.is_open
        assert promise.was_kept is None

    def test_the_record_counts_what_is_overdue_as_not_kept(self, promise):
        with travel_to(MONDAY):
            quick = make_promise(CaseFactory(opened_at=MONDAY), ANSWER, 10)
        with at(2):
            fulfil(quick.case)
        with at(20):
            assert record_of(MONDAY) == {"kept": 1, "all": 2, "days": 2.0}


class TestPuttingOff:
    def test_with_a_public_reason(self, promise, max):
        with at(3):
            extension = extend(promise, date(2026, 12, 18), reason="Wir fragen die Gemeinde.", by=max)

        promise.refresh_from_db()
        assert promise.due_at == end_of(date(2026, 12, 18))
        assert list(extensions_of(promise)) == [extension]
        event = Event.objects.get(kind=Kind.PROMISE_EXTENDED)
        assert (event.case, event.facts) == (promise.case, {"extension": extension.pk})

    @pytest.mark.parametrize("day", [date(2026, 12, 7), date(2026, 12, 1)])
    def test_only_to_a_later_day(self, promise, max, day):
        with at(3), pytest.raises(NotLater):
            extend(promise, day, reason="So.", by=max)

    def test_an_overdue_one_not_into_the_past(self, promise, max):
        with at(30), pytest.raises(NotLater):
            extend(promise, date(2026, 12, 20), reason="So.", by=max)

    def test_not_once_it_is_fulfilled(self, promise, max):
        with at(3):
            fulfil(promise.case)
            with pytest.raises(Outdated):
                extend(promise, date(2026, 12, 18), reason="So.", by=max)

    def test_of_two_at_once_one_wins(self, promise, max):
        seen = Promise.objects.get(pk=promise.pk)
        with at(3):
            extend(promise, date(2026, 12, 18), reason="So.", by=max)
            with pytest.raises(Outdated):
                extend(seen, date(2026, 12, 20), reason="Anders.", by=max)

        assert Event.objects.filter(kind=Kind.PROMISE_EXTENDED).count() == 1

    @pytest.mark.parametrize("person", ["ada", "ivo", "eva", "otto", "ale", "root", "fritz"])
    def test_only_managers_and_moderators(self, promise, person, request):
        with at(3), pytest.raises(NotAllowed):
            extend(promise, date(2026, 12, 18), reason="So.", by=request.getfixturevalue(person))

    def test_nobody_puts_off_what_they_wait_for_themselves_superusers_included(self, promise):
        owner = ActorFactory(posts=["manager"], is_staff=True, is_superuser=True)
        promise.case.owner = owner
        promise.case.save(update_fields=["owner"])

        with at(3), pytest.raises(NotAllowed):
            extend(promise, date(2026, 12, 18), reason="So.", by=owner)
        assert not Event.objects.filter(kind=Kind.PROMISE_EXTENDED).exists()


class TestReminding:
    def test_once_a_day_while_something_is_overdue(self, promise):
        with at(14):
            assert remind_of_overdue() is None
        with at(15):
            assert remind_of_overdue()
            assert remind_of_overdue() is None
        with at(16):
            assert remind_of_overdue()

    def test_not_once_it_is_answered(self, promise):
        with at(15):
            fulfil(promise.case)

            assert remind_of_overdue() is None


class TestFollowing:
    def test_twice_is_once_and_it_can_be_ended(self, ada, olga):
        case = CaseFactory()
        follow(case, ada)
        follow(case, ada)

        assert Follow.objects.count() == 1
        assert (follows(ada, case), follows(olga, case)) == (True, False)

        unfollow(case, ada)
        assert not follows(ada, case)


def test_late_is_what_is_open_past_its_moment(promise):
    with at(14):
        assert not promise.is_late
    with at(15):
        assert promise.is_late
        assert list(Promise.objects.overdue()) == [promise]
