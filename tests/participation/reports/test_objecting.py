"""The person concerned objects once, within six months; another person decides; what was done is taken back, or not."""

from datetime import UTC, datetime, timedelta

import pytest

from participation.actors.models import Actor
from participation.core.clock import now, travel_to
from participation.core.errors import NotAllowed, WrongState
from participation.events.kinds import CaseKind, Kind
from participation.events.models import Case, Event
from participation.ideas.models import Idea
from participation.promises.models import Promise
from participation.promises.queries import promise_of
from participation.reports.models import Objection, Statement
from participation.reports.operations.objecting import (
    NoObjection,
    ObjectedBefore,
    object_to,
    reject_objection,
    uphold_objection,
)
from participation.reports.operations.restricting import block_actor
from participation.reports.queries import objections_for, owner_of
from participation.reports.states import Decision
from tests.factories import (
    AppointmentFactory,
)
from tests.report_factories import StatementFactory

from .conftest import FACTS, hide, objected

pytestmark = pytest.mark.django_db


def everything():
    tables = (Objection, Statement, Case, Event, Promise, Idea)
    return [list(model.objects.order_by("pk").values()) for model in tables]


class TestObjecting:
    def test_an_objection_has_a_reference_and_a_promise(self, thing, max):
        statement = hide(thing, max)

        objection = objected(statement)

        assert objection.case.reference.startswith("BE-")
        assert (objection.case.kind, objection.case.owner) == (CaseKind.OBJECTION, statement.addressee)
        assert objection.case.path == objection.get_absolute_url()
        assert promise_of(objection.case).subject == Promise.Subject.OBJECTION
        event = Event.objects.get(kind=Kind.OBJECTION_RECEIVED)
        assert (event.by, event.facts) == (statement.addressee, {"objection": objection.pk})

    def test_once(self, idea, max):
        statement = hide(idea, max)
        objected(statement)
        before = everything()

        with pytest.raises(ObjectedBefore):
            object_to(statement, "Und noch etwas.")

        assert everything() == before

    def test_a_double_click_is_one_objection(self, idea, max):
        statement = hide(idea, max)

        assert objected(statement) == objected(statement)

    def test_at_least_six_months_long(self, idea, max):
        with travel_to(datetime(2026, 8, 31, 22, 30, tzinfo=UTC)):  # 1 September in Berlin
            statement = hide(idea, max)
        until = datetime(2027, 3, 4, 22, 59, 59, tzinfo=UTC)  # the end of 4 March in Berlin

        assert statement.objection_until == until
        with travel_to(until + timedelta(seconds=1)), pytest.raises(NoObjection):
            objected(statement)
        with travel_to(until):
            assert objected(statement).pk

    def test_not_once_it_was_taken_back_nor_in_nobodys_name(self):
        with pytest.raises(NoObjection):
            objected(StatementFactory(lifted=True))
        statement = StatementFactory()
        statement.addressee = None
        with pytest.raises(NoObjection):
            objected(statement)


class TestDeciding:
    def test_what_is_upheld_can_be_read_again(self, thing, max, mia):
        statement = hide(thing, max)
        objection = objected(statement)

        uphold_objection(objection, text="Sie haben recht.", by=mia)

        thing.refresh_from_db()
        statement.refresh_from_db()
        assert (thing.is_hidden, thing.hidden_reason) == (False, "")
        assert (statement.is_in_force, bool(statement.lifted_at)) == (False, True)
        assert (objection.state, objection.answer, objection.decided_by) == (Decision.UPHELD, "Sie haben recht.", mia)
        assert promise_of(objection.case).was_kept
        assert Case.objects.get(pk=objection.case_id).closed_at
        kinds = list(Event.objects.order_by("pk").values_list("kind", flat=True))[-2:]
        assert kinds == [Kind.OBJECTION_UPHELD, f"{statement.kind}_shown_again"]

    def test_who_was_blocked_may_come_in(self, ada, as_, max, mia):
        statement = block_actor(ada, reason="rude", facts=FACTS, by=max)

        uphold_objection(objected(statement), text="Das war ein Irrtum.", by=mia)

        ada.refresh_from_db()
        assert (ada.is_active, ada.blocked_at) == (True, None)
        assert as_(ada).get("/meine/").status_code == 200
        assert Event.objects.filter(kind=Kind.ACTOR_UNBLOCKED).count() == 1

    def test_what_is_rejected_stays_hidden(self, thing, max, mia):
        statement = hide(thing, max)
        objection = objected(statement)

        reject_objection(objection, text="Es bleibt dabei.", by=mia)

        thing.refresh_from_db()
        statement.refresh_from_db()
        assert (thing.is_hidden, statement.is_in_force, objection.state) == (True, True, Decision.REJECTED)
        assert promise_of(objection.case).was_kept

    @pytest.mark.parametrize("who", ["max", "ada", "olga", "ivo", "eva", "otto", "ale", "root", "fritz"])
    def test_neither_whoever_decided_first_nor_others(self, request, idea, max, who):
        objection, person = objected(hide(idea, max)), request.getfixturevalue(who)
        before = everything()

        for decide in (uphold_objection, reject_objection):
            with pytest.raises(NotAllowed):
                decide(objection, text="Nein.", by=person)

        assert everything() == before

    def test_nobody_decides_about_their_own(self, thing, max):
        owner = Actor.objects.get(pk=owner_of(thing))
        AppointmentFactory(actor=owner, post="manager")
        objection = objected(hide(thing, max))

        with pytest.raises(NotAllowed):
            uphold_objection(objection, text="Ja.", by=owner)

        assert not objections_for(owner).exists()
        assert objections_for(max).get() == objection

    def test_not_twice(self, idea, max, mia):
        objection = objected(hide(idea, max))
        reject_objection(objection, text="Nein.", by=mia)
        before = everything()

        with pytest.raises(WrongState):
            uphold_objection(objection, text="Doch.", by=mia)

        assert everything() == before

    def test_after_an_objection_was_upheld_it_can_be_hidden_anew(self, idea, max, mia):
        uphold_objection(objected(hide(idea, max)), text="Ja.", by=mia)
        idea.refresh_from_db()

        assert hide(idea, max).objection_until > now()
