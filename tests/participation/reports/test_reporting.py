"""Anybody reports; the office decides once, with reasons; nobody about what is their own."""

from datetime import timedelta
from uuid import uuid4

import pytest

from participation.actors.models import Actor
from participation.core.clock import now, travel_to
from participation.core.errors import NotAllowed, Outdated, WrongState
from participation.core.hiding import Reason
from participation.discussion.operations import withdraw_comment
from participation.events.kinds import CaseKind, Kind
from participation.events.models import Case, Event
from participation.ideas.operations.writing import withdraw_idea
from participation.promises.models import Promise
from participation.promises.queries import promise_of
from participation.reports.models import Report, Statement
from participation.reports.operations.reporting import Nameless, NotThere, OnesOwn, reject_report
from participation.reports.operations.restricting import NoRule
from participation.reports.queries import is_readable, owner_of, reports_for
from participation.reports.states import Decision
from participation.tasks import tidy
from tests.factories import AppointmentFactory, CommentFactory, IdeaFactory

from .conftest import FACTS, hide, report, uphold

pytestmark = pytest.mark.django_db


def everything():
    """What a refusal must leave alone."""
    tables = (Report, Statement, Case, Event, Promise, Actor)
    return [list(model.objects.order_by("pk").values()) for model in tables]


class TestReporting:
    def test_a_stranger_gets_a_reference_and_a_promise(self, thing):
        row = report(thing)

        assert row.case.reference.startswith("M-")
        assert (row.case.kind, row.case.public, row.case.owner) == (CaseKind.REPORT, False, None)
        assert (row.thing, row.state, row.name) == (thing, Decision.OPEN, "Rita Reporter")
        assert row.case.path == row.get_absolute_url()
        assert promise_of(row.case).subject == Promise.Subject.REPORT
        event = Event.objects.get(kind=Kind.REPORT_RECEIVED)
        assert (event.by, event.case, event.facts) == (None, row.case, {"report": row.pk})

    def test_who_is_signed_in_needs_no_name(self, comment, ada):
        row = report(comment, by=ada)

        assert (row.reporter, row.email, row.case.owner) == (ada, "", ada)

    def test_a_double_click_is_one_report(self, idea):
        submission = uuid4()

        assert report(idea, submission=submission) == report(idea, submission=submission)
        assert Report.objects.count() == 1

    @pytest.mark.parametrize("missing", ["name", "email"])
    def test_a_stranger_gives_name_and_address(self, idea, missing):
        before = everything()

        with pytest.raises(Nameless):
            report(idea, **{missing: ""})

        assert everything() == before

    def test_the_abuse_of_children_is_reported_without_a_name(self, idea):
        assert report(idea, reason=Reason.CHILDREN, name="", email="").pk

    def test_nobody_reports_themselves(self, thing):
        before = everything()

        with pytest.raises(OnesOwn):
            report(thing, by=Actor.objects.get(pk=owner_of(thing)))

        assert everything() == before

    def test_what_nobody_can_read_is_not_reported(self, ada):
        with pytest.raises(NotThere):
            report(IdeaFactory(state="submitted"))
        with pytest.raises(NotThere):
            report(ada)  # shows nothing
        assert not Report.objects.exists()


class TestDeciding:
    def test_what_is_upheld_is_hidden_with_a_statement(self, thing, max):
        row = report(thing)

        uphold(row, max, text="Danke.")

        thing.refresh_from_db()
        statement = Statement.objects.get()
        assert thing.is_hidden
        assert thing.hidden_reason == Reason.RUDE
        assert not is_readable(thing)
        assert (row.state, row.statement, row.answer, row.decided_by) == (Decision.UPHELD, statement, "Danke.", max)
        assert (statement.thing, statement.facts, statement.by) == (thing, FACTS, max)
        assert (statement.addressee_id, statement.was_reported) == (owner_of(thing), True)
        assert promise_of(row.case).was_kept
        assert Case.objects.get(pk=row.case_id).closed_at
        kinds = [Kind.REPORT_RECEIVED, f"{statement.kind}_hidden", Kind.REPORT_UPHELD]
        assert list(Event.objects.order_by("pk").values_list("kind", flat=True)) == kinds
        assert Event.objects.get(kind=Kind.REPORT_UPHELD).role == "moderator"

    def test_what_is_rejected_stays_as_it_is(self, thing, max):
        row = report(thing)

        reject_report(row, text="Das ist erlaubt.", by=max)

        thing.refresh_from_db()
        assert (row.state, row.answer, row.statement) == (Decision.REJECTED, "Das ist erlaubt.", None)
        assert not thing.is_hidden
        assert promise_of(row.case).was_kept
        assert Event.objects.get(kind=Kind.REPORT_REJECTED).facts == {"report": row.pk}

    @pytest.mark.parametrize("who", ["ada", "ivo", "eva", "otto", "ale", "root", "fritz"])
    def test_others_decide_nothing(self, request, comment, who):
        row, person = report(comment), request.getfixturevalue(who)
        before = everything()

        for decide in (uphold, lambda row, by: reject_report(row, text="Nein.", by=by)):
            with pytest.raises(NotAllowed):
                decide(row, person)

        assert everything() == before

    def test_nobody_decides_about_their_own(self, thing, root):
        owner = Actor.objects.get(pk=owner_of(thing))
        AppointmentFactory(actor=owner, post="manager")
        Actor.objects.filter(pk=owner.pk).update(is_superuser=True)
        row = report(thing)
        before = everything()

        for decide in (uphold, lambda row, by: reject_report(row, text="Nein.", by=by)):
            with pytest.raises(NotAllowed):
                decide(row, owner)

        assert everything() == before
        assert not reports_for(owner).exists()

    def test_nobody_decides_about_their_own_report(self, idea, max, mia):
        row = report(idea, by=max)

        with pytest.raises(NotAllowed):
            uphold(row, max)

        assert uphold(row, mia).is_upheld

    def test_nothing_is_decided_twice(self, idea, max, mia):
        row = report(idea)
        uphold(row, max)
        before = everything()

        with pytest.raises(WrongState):
            reject_report(row, text="Nein.", by=mia)
        with pytest.raises(WrongState):
            uphold(row, mia)

        assert everything() == before

    def test_other_words_than_those_that_were_read_are_not_hidden(self, comment, max):
        row = report(comment)
        before = everything()

        with pytest.raises(Outdated):
            uphold(row, max, version=2)

        comment.refresh_from_db()
        assert not comment.is_hidden
        assert everything() == before

    def test_a_breach_of_law_names_the_law(self, idea, max):
        row = report(idea)
        before = everything()

        for reason in (Reason.UNLAWFUL, Reason.OTHER):
            with pytest.raises(NoRule):
                uphold(row, max, reason=reason)
        assert everything() == before

        uphold(row, max, reason=Reason.UNLAWFUL, rule="§ 185 StGB")
        assert Statement.objects.get().ground == "§ 185 StGB"

    def test_a_second_report_joins_the_statement(self, idea, max, mia):
        first, second = report(idea), report(idea)
        uphold(first, max)
        second = reports_for(mia).get(pk=second.pk)

        uphold(second, mia)

        assert (second.statement, Statement.objects.count()) == (first.statement, 1)

    def test_what_its_author_took_away_needs_no_statement(self, idea, comment, max):
        on_idea, on_comment = report(idea), report(comment)
        withdraw_comment(comment, by=comment.author)
        withdraw_idea(idea, by=idea.author)

        for row in reports_for(max):
            assert uphold(row, max).is_upheld

        assert {on_idea.pk, on_comment.pk} == set(Report.objects.filter(statement=None).values_list("pk", flat=True))
        assert not Statement.objects.exists()

    def test_the_office_reads_all_but_its_own(self, idea, max):
        own = CommentFactory(case=idea.case, author=max)
        others = [report(idea), report(CommentFactory(case=idea.case))]
        report(own)

        assert set(reports_for(max)) == set(others)


class TestForgetting:
    def test_names_go_when_nobody_can_object_any_more(self, idea, max):
        decided, waiting = report(idea), report(idea)
        reject_report(decided, text="Nein.", by=max)

        with travel_to(now() + timedelta(days=183)):
            tidy()
        assert set(Report.objects.values_list("email", flat=True)) == {"rita@post.example"}

        with travel_to(now() + timedelta(days=184, minutes=1)):
            tidy()
        rows = {row.pk: (row.name, row.email) for row in Report.objects.all()}
        assert rows == {decided.pk: ("", ""), waiting.pk: ("Rita Reporter", "rita@post.example")}

    def test_a_hidden_thing_stays_hidden_when_another_report_is_rejected(self, idea, max):
        hide(idea, max)
        row = Report.objects.create(
            case=Case.objects.create(reference="M-1", kind="report", opened_at=now()), idea=idea, kind="idea",
            page="/", reason="rude", text="x",
        )  # fmt: skip
        Promise.objects.create(case=row.case, subject="report", made_at=now(), due_at=now() + timedelta(days=9))

        reject_report(row, text="Nein.", by=max)

        idea.refresh_from_db()
        assert idea.is_hidden
