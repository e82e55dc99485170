"""What letters about reports, hidden things, blocked accounts and objections say.

Letters to whoever reported never repeat what was reported: the address may be somebody else's. Statements of reasons
go to the bare address, so that they arrive although the account is blocked.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from participation.core.web import absolute
from participation.promises.models import Extension, Promise
from participation.reports.models import Objection, Report, Statement
from participation.reports.queries import receipt_path, statement_path, words_of

from .event_letters import is_crowded
from .unwanted import Unwanted


def receipt(delivery):
    """For whoever reported: it has arrived, and until when the office answers."""
    if is_crowded(delivery):
        raise Unwanted(gettext_noop("its mailbox had three letters within the hour"))
    report = _report(delivery)
    return {**_for_reporter(report), "due_at": _promised(delivery)}


def to_decide(delivery):
    """For the office: what was reported, and until when an answer is owed."""
    report = _report(delivery)
    if not report.is_open:
        raise Unwanted(gettext_noop("the report is decided"))
    return {"report": report, **_for_office(delivery, report), "due_at": _promised(delivery)}


def outcome(delivery):
    """For whoever reported: what the office decided, with its words."""
    return _for_reporter(_report(delivery))


def statement(delivery):
    """For the person concerned: what was done, the facts, the rule, and how to object."""
    row = _statement(delivery)
    if not row.is_in_force:
        raise Unwanted(gettext_noop("the decision was taken back"))
    return _for_person(row)


def lifted(delivery):
    """For the person concerned: what was hidden or blocked no longer is, and why."""
    return _for_person(_statement(delivery))


def objection_receipt(delivery):
    """For the person concerned: the objection has arrived, another person looks at it, and until when."""
    row = _objection(delivery)
    return {"objection": row, **_for_person(row.statement), "due_at": _promised(delivery)}


def objection_to_decide(delivery):
    """For those of the office who have not decided before."""
    row = _objection(delivery)
    if not row.is_open:
        raise Unwanted(gettext_noop("the objection is decided"))
    return {"objection": row, **_for_office(delivery, row), "due_at": _promised(delivery)}


def objection_outcome(delivery):
    """For the person concerned: what the other person of the office decided, and why."""
    row = _objection(delivery)
    return {"objection": row, **_for_person(row.statement)}


def extension(delivery):
    """For whoever reported or objected: the office needs longer, why, and until when."""
    row = Extension.objects.select_related("promise__case").get(pk=delivery.event.facts["extension"])
    if not row.promise.is_open or row.promise.due_at != row.due_at:
        raise Unwanted(gettext_noop("another day is promised, or the answer was given"))
    report = Report.objects.filter(case=delivery.event.case_id).select_related("case", "reporter").first()
    if report:
        return {**_for_reporter(report), "extension": row, "reference": report.case.reference}
    objection = Objection.objects.select_related("case", "statement__addressee").get(case=delivery.event.case_id)
    return {**_for_person(objection.statement), "extension": row, "reference": objection.case.reference}


def _report(delivery):
    return Report.objects.select_related("case", "reporter").get(pk=delivery.event.facts["report"])


def _statement(delivery):
    rows = Statement.objects.select_related("idea__case", "comment", "attachment", "profile", "addressee")
    return rows.get(pk=delivery.event.facts["statement"])


def _objection(delivery):
    rows = Objection.objects.select_related("case", "statement__idea__case", "statement__addressee")
    return rows.get(pk=delivery.event.facts["objection"])


def _for_reporter(report):
    return {
        "report": report,
        "name": report.reporter.display_name if report.reporter else "",
        "url": absolute(receipt_path(report)),
        "reason": _("You receive this letter because this address was given with a report."),
    }


def _for_person(row):
    if row.addressee is None or row.addressee.erased_at:
        raise Unwanted(gettext_noop("the account is gone"))
    return {
        "statement": row,
        "words": words_of(row.thing),
        "name": row.addressee.display_name,
        "url": absolute(statement_path(row)),
        "reason": _("You receive this letter because the decision is about something of yours."),
    }


def _for_office(delivery, row):
    return {
        "name": delivery.recipient.display_name if delivery.recipient else "",
        "url": absolute(row.get_absolute_url()),
        "reason": _("You receive this letter because you hold a post of the office."),
    }


def _promised(delivery):
    """Until when the office answers, put off since or not."""
    return Promise.objects.filter(case=delivery.event.case_id).latest("made_at").due_at
