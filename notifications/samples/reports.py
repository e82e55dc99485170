"""Samples of letters about reports, decisions, blocked accounts and objections."""

from django.urls import reverse
from django.utils.translation import gettext as _

from participation.core.hiding import Reason
from participation.core.web import absolute
from participation.promises.models import Extension
from participation.reports.models import Objection, Report, Statement
from participation.reports.queries import receipt_path, statement_path
from participation.reports.states import Decision, StatementState

from .cast import NOBODY, YEAR, case, idea, in_days, reader


def received():
    """A report has arrived."""
    return {**_for_reporter(_report()), "due_at": in_days(14)}


def to_decide():
    """A report waits for the office."""
    report = _report()
    return {"report": report, **_for_office(report), "due_at": in_days(14)}


def upheld():
    """The office agrees with a report."""
    return _for_reporter(_report(state=Decision.UPHELD, answer=_("Thank you for telling us. We hid the comment.")))


def rejected():
    """The office leaves what was reported."""
    words = _("The comment is sharp in tone, but it is about the matter and insults nobody.")
    return _for_reporter(_report(state=Decision.REJECTED, answer=words))


def delayed():
    """The office needs longer to decide."""
    report = _report()
    words = _("We still wait for a word of the legal department.")
    extension = Extension(former_due_at=in_days(1), due_at=in_days(8), reason=words)
    return {**_for_reporter(report), "extension": extension, "reference": report.case.reference}


def hidden():
    """Something was hidden."""
    return _for_person(_statement())


def blocked():
    """An account was blocked."""
    facts = _("In three comments of last week you called other people names, although we had asked you not to.")
    statement = _statement(
        kind=Statement.Kind.PROFILE, measure=Statement.Measure.BLOCKED, reason=Reason.RUDE, facts=facts, idea=None
    )
    return {**_for_person(statement), "words": reader()}


def lifted():
    """A decision was taken back."""
    words = _("The person shown has agreed meanwhile.")
    return _for_person(_statement(state=StatementState.LIFTED, lifted_because=words))


def objection_received():
    """An objection has arrived."""
    return {"objection": _objection(), **_for_person(_statement()), "due_at": in_days(14)}


def objection_to_decide():
    """An objection waits for the office."""
    objection = _objection()
    return {"objection": objection, **_for_office(objection), "due_at": in_days(14)}


def objection_upheld():
    """An objection was right."""
    words = _("You are right: the number is that of the town hall and stands on its website.")
    return _decided(Decision.UPHELD, words)


def objection_rejected():
    """A decision stands after an objection."""
    words = _("The number is private, and its owner has told us that she did not agree.")
    return _decided(Decision.REJECTED, words)


def _decided(state, answer):
    return {"objection": _objection(state=state, answer=answer), **_for_person(_statement())}


def _report(**fields):
    page = f"/ideen/{YEAR}-0042/#comment-7"
    return Report(
        pk=NOBODY, case=case(f"M-{YEAR}-0007"), kind=Report.Kind.COMMENT, page=page, reason=Reason.RUDE, **fields
    )


def _statement(**fields):
    facts = _("Your text names a private phone number. Its owner has told us that she did not agree to that.")
    known = {
        "kind": Statement.Kind.IDEA, "measure": Statement.Measure.HIDDEN, "idea": idea(), "reason": Reason.PRIVATE,
        "facts": facts, "was_reported": True, "at": in_days(0),
    }  # fmt: skip
    return Statement(pk=NOBODY, **{**known, **fields})


def _objection(**fields):
    return Objection(pk=NOBODY, case=case(f"BE-{YEAR}-0007"), statement=_statement(), **fields)


def _for_reporter(report):
    return {
        "report": report,
        "name": reader(),
        "url": absolute(receipt_path(report)),
        "reason": _("You receive this letter because this address was given with a report."),
    }


def _for_person(statement):
    return {
        "statement": statement,
        "words": idea().title,
        "name": reader(),
        "url": absolute(statement_path(statement)),
        "reason": _("You receive this letter because the decision is about something of yours."),
    }


def _for_office(row):
    page = "office_report" if isinstance(row, Report) else "office_objection"
    return {
        "name": reader(),
        "url": absolute(reverse(page, args=[row.case.reference])),
        "reason": _("You receive this letter because you hold a post of the office."),
    }


SAMPLES = {
    "report_received": received,
    "report_to_decide": to_decide,
    "report_upheld": upheld,
    "report_rejected": rejected,
    "report_delayed": delayed,
    "content_hidden": hidden,
    "account_blocked": blocked,
    "decision_lifted": lifted,
    "objection_received": objection_received,
    "objection_to_decide": objection_to_decide,
    "objection_upheld": objection_upheld,
    "objection_rejected": objection_rejected,
}
