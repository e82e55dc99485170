"""What is done with barrier reports: they are written, and they are answered."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.urls import reverse

from ..actors.queries import role_of
from ..core.authority import require
from ..core.clock import now
from ..events.cases import close_case, open_case
from ..events.kinds import CaseKind, Kind
from ..events.record import record
from .models import BarrierReport
from .queries import answer_day
from .states import LIFECYCLE, ReportState

SERIES = "B"
KEPT = timedelta(days=30)


def report_barrier(text, *, submission, page="", email="", language="de", by=None):
    """Write down the barrier somebody met and promise an answer; everybody may, also without an account (``by=None``).

    ``submission`` (a UUID) names the sending of the form: the same one gives the
    same report, so a double click makes one.
    Rule: § 12b BGG asks for an answer within a month.
    """
    known = BarrierReport.objects.filter(submission=submission).first()
    if known:
        return known
    try:
        return _store(text=text, submission=submission, page=page, email=email, language=language, reporter=by)
    except IntegrityError:  # the second click was as fast as the first
        return BarrierReport.objects.get(submission=submission)


@transaction.atomic
def _store(*, reporter, **fields):
    case = open_case(CaseKind.BARRIER, title=fields["page"][:200], path=reverse("office_barriers"), series=SERIES)
    report = BarrierReport.objects.create(case=case, reporter=reporter, answer_due_on=answer_day(), **fields)
    case.path = report.get_absolute_url()
    case.save(update_fields=["path"])
    record(Kind.BARRIER_REPORTED, by=reporter, case=case, report=report.pk)
    return report


@transaction.atomic
def answer_barrier(report, answer, *, by):
    """Answer ``report`` and close its case.

    Raises NotAllowed, or Outdated and WrongState where somebody answered before.
    """
    require(by, "participation.answer_barrier", report)
    LIFECYCLE.advance(report, ReportState.ANSWERED, answer=answer, answered_at=now())
    close_case(report.case)
    record(Kind.BARRIER_ANSWERED, by=by, case=report.case, role=role_of(by), report=report.pk)
    return report


def forget_addresses():
    """Scrub the addresses of reports that were answered a month ago: the answer has arrived or never will."""
    old = BarrierReport.objects.filter(state=ReportState.ANSWERED, answered_at__lt=now() - KEPT)
    return old.exclude(email="").update(email="")
