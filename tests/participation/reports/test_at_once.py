"""Several people at the same report, thing or objection at the same moment, with real threads."""

from uuid import uuid4

import pytest

from participation.actors.models import Actor
from participation.actors.operations import appoint
from participation.core.clock import today
from participation.events.kinds import Kind
from participation.events.models import Event
from participation.ideas.models import Idea
from participation.reports.models import Objection, Report, Statement
from participation.reports.operations.objecting import object_to, reject_objection, uphold_objection
from participation.reports.operations.reporting import reject_report
from participation.reports.operations.restricting import block_actor
from tests.factories import (
    ActorFactory,
    IdeaFactory,
)
from tests.participation.actors.test_at_once import at_once
from tests.report_factories import ObjectionFactory, ReportFactory

from .conftest import FACTS, hide, report, uphold

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_decide_about_a_report_exactly_one_wins(max, mia):
    for _round in range(20):
        row = ReportFactory()
        first, second = (Report.objects.select_related("case").get(pk=row.pk) for _ in range(2))

        refusals = at_once(
            lambda first=first: uphold(first, max), lambda second=second: reject_report(second, text="Nein.", by=mia)
        )

        assert len(refusals) == 1
        row.refresh_from_db()
        kinds = [Kind.REPORT_UPHELD] if row.is_upheld else [Kind.REPORT_REJECTED]
        assert list(Event.objects.filter(case=row.case).values_list("kind", flat=True)) == kinds
        assert Idea.objects.get(pk=row.idea_id).is_hidden == row.is_upheld
        assert Statement.objects.filter(idea=row.idea).count() == row.is_upheld


def test_of_two_who_hide_exactly_one_wins(max, mia):
    for _round in range(5):
        idea = IdeaFactory()
        first, second = (Idea.objects.get(pk=idea.pk) for _ in range(2))

        refusals = at_once(lambda first=first: hide(first, max), lambda second=second: hide(second, mia))

        assert (len(refusals), Statement.objects.filter(idea=idea).count()) == (1, 1)


def test_of_two_who_decide_about_an_objection_exactly_one_wins(max, mia):
    for _round in range(5):
        statement = hide(IdeaFactory(), ActorFactory(posts=["moderator"]))
        row = ObjectionFactory(statement=statement)
        first, second = (Objection.objects.select_related("case", "statement").get(pk=row.pk) for _ in range(2))

        refusals = at_once(
            lambda first=first: uphold_objection(first, text="Ja.", by=max),
            lambda second=second: reject_objection(second, text="Nein.", by=mia),
        )

        assert len(refusals) == 1
        row.refresh_from_db()
        statement.refresh_from_db()
        assert statement.is_in_force != row.is_upheld


def test_two_objections_at_once_are_one(max):
    statement = hide(IdeaFactory(), max)

    refusals = at_once(lambda: object_to(statement, "Das war ein Zitat."), lambda: object_to(statement, "Nein!"))

    assert (len(refusals), Objection.objects.count()) == (1, 1)


def test_two_clicks_are_one_report():
    idea, submission = IdeaFactory(), uuid4()

    refusals = at_once(*[lambda: report(idea, submission=submission)] * 4)

    assert (refusals, Report.objects.count()) == ([], 1)


def test_nobody_is_appointed_while_being_blocked(max, mia):
    for _round in range(5):
        person = ActorFactory()

        refusals = at_once(
            lambda person=person: block_actor(person, reason="rude", facts=FACTS, by=max),
            lambda person=person: appoint(person, "intern", by=mia, since=today()),
        )

        person = Actor.objects.get(pk=person.pk)
        assert len(refusals) == 1
        assert person.is_active == person.appointments.exists()
