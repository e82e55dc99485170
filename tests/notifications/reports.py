"""Events about reports, statements and objections: for each letter an example with its rows."""

from datetime import timedelta

from participation.core.clock import now
from participation.events.kinds import Kind
from participation.promises.models import Extension, Promise
from tests.factories import (
    EventFactory,
    IdeaFactory,
)
from tests.report_factories import ObjectionFactory, ReportFactory, StatementFactory

REPORT_LETTERS = {
    "report_received": Kind.REPORT_RECEIVED,
    "report_to_decide": Kind.REPORT_RECEIVED,
    "report_upheld": Kind.REPORT_UPHELD,
    "report_rejected": Kind.REPORT_REJECTED,
    "report_delayed": Kind.PROMISE_EXTENDED,
    "content_hidden": Kind.IDEA_HIDDEN,
    "account_blocked": Kind.ACTOR_BLOCKED,
    "decision_lifted": Kind.IDEA_SHOWN_AGAIN,
    "objection_received": Kind.OBJECTION_RECEIVED,
    "objection_to_decide": Kind.OBJECTION_RECEIVED,
    "objection_upheld": Kind.OBJECTION_UPHELD,
    "objection_rejected": Kind.OBJECTION_REJECTED,
}


def a_report_event(letter, actor):
    """The event that brings ``letter``, about an idea of the actor's; for "account_blocked" about the account."""
    blocked = letter == "account_blocked"
    thing = actor if blocked else IdeaFactory(author=actor, title="Mitfahrbank", case__reference="2026-0042")
    lifted = {"lifted": True, "lifted_because": "Ein Irrtum."} if letter == "decision_lifted" else {}
    statement = StatementFactory(thing=thing, measure="blocked" if blocked else "hidden", **lifted)
    facts = {"statement": statement.pk}
    if letter.startswith("objection"):
        objection = ObjectionFactory(statement=statement, case__reference="BE-2026-0007")
        if letter in ("objection_upheld", "objection_rejected"):
            _decide(objection, letter)
        return EventFactory(kind=REPORT_LETTERS[letter], case=objection.case, facts={"objection": objection.pk})
    if letter.startswith("report"):
        report = ReportFactory(thing=thing, case__reference="M-2026-0007", rejected=letter == "report_rejected")
        facts = {"report": report.pk, "extension": _extension(report.case).pk}
        return EventFactory(kind=REPORT_LETTERS[letter], case=report.case, facts=facts)
    return EventFactory(kind=REPORT_LETTERS[letter], case=None if blocked else thing.case, facts=facts)


def _decide(objection, letter):
    state = letter.removeprefix("objection_")
    type(objection).objects.filter(pk=objection.pk).update(state=state, answer="Das war ein Zitat.", decided_at=now())


def _extension(case):
    promise = Promise.objects.get(case=case)
    former = promise.due_at - timedelta(days=1)
    return Extension.objects.create(
        promise=promise, former_due_at=former, due_at=promise.due_at, reason="Urlaub", at=now()
    )
