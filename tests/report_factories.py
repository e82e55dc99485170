"""Rows about reports, statements and objections for tests; see ``factories``."""

import factory
from factory.django import DjangoModelFactory

from participation.core.clock import now
from participation.events.kinds import CaseKind
from participation.reports.models import Objection, Report, Statement
from participation.reports.queries import about, owner_of
from participation.reports.states import Decision, StatementState
from tests.factories import ActorFactory, CaseFactory, IdeaFactory, PromiseFactory


class AboutFactory(DjangoModelFactory):
    """Rows about ``thing``: an idea, a comment or an actor; a public idea where none is given."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, thing=None, **fields):
        thing = thing or IdeaFactory()
        return super()._create(model_class, *args, **about(thing), **cls._concerning(thing), **fields)

    @classmethod
    def _concerning(cls, thing):
        return {}


class StatementFactory(AboutFactory):
    """Why something is hidden; the mark itself is not made."""

    class Meta:
        model = Statement

    class Params:
        lifted = factory.Trait(state=StatementState.LIFTED, lifted_at=factory.LazyFunction(now))

    measure = Statement.Measure.HIDDEN
    reason = "rude"
    facts = "Der Text nennt den Bürgermeister einen Gauner."
    at = factory.LazyFunction(now)
    by = factory.SubFactory(ActorFactory)

    @classmethod
    def _concerning(cls, thing):
        return {"addressee_id": owner_of(thing)}


class ReportFactory(AboutFactory):
    """Something that was reported and waits, with its promise; ``rejected=True``: it was left as it is."""

    class Meta:
        model = Report
        skip_postgeneration_save = True

    class Params:
        rejected = factory.Trait(
            state=Decision.REJECTED, answer="Das ist eine zulässige Meinung.", decided_at=factory.LazyFunction(now)
        )

    case = factory.SubFactory(CaseFactory, kind=CaseKind.REPORT, path="/geschaeftsstelle/meldungen/x/")
    page = "/ideen/1999-0001/"
    reason = "rude"
    text = "Das beleidigt unseren Bürgermeister."
    name = "Rita Reporter"
    email = "rita@post.example"

    @factory.post_generation
    def promised(self, create, extracted, **_):
        PromiseFactory(case=self.case, subject="report", fulfilled_at=None if self.is_open else now())


class ObjectionFactory(DjangoModelFactory):
    """Somebody does not agree, and waits."""

    class Meta:
        model = Objection
        skip_postgeneration_save = True

    case = factory.SubFactory(CaseFactory, kind=CaseKind.OBJECTION, path="/geschaeftsstelle/beschwerden/x/")
    statement = factory.SubFactory(StatementFactory)
    text = "Das war ein Zitat aus der Zeitung."

    @factory.post_generation
    def promised(self, create, extracted, **_):
        PromiseFactory(case=self.case, subject="objection")
