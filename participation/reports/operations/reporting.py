"""Reports come in and are decided; whoever reported is told the outcome."""

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ...actors.queries import role_of
from ...core.authority import require
from ...core.clock import now
from ...core.errors import Refusal
from ...core.hiding import Reason
from ...core.personal import nameless
from ...events.cases import close_case, open_case
from ...events.kinds import CaseKind, Kind
from ...events.record import record
from ...promises.models import Promise
from ...promises.operations import fulfil, make_promise
from ...region.queries import the_alliance
from ..models import TIME_TO_OBJECT, Report
from ..queries import about, belongs_to, is_readable, standing
from ..states import LIFECYCLE, Decision
from .restricting import hide_thing

SERIES = "M"
BATCH = 200


class NotThere(Refusal):
    """What is reported cannot be read by everybody."""

    message = _("This can no longer be read by everybody, so there is nothing to report. Thank you all the same.")


class OnesOwn(Refusal):
    """Nobody reports themselves."""

    message = _("This is your own. You can change or remove it yourself; as a co-author you can leave the idea.")


class Nameless(Refusal):
    """Name and address are missing."""

    message = _("Please give your name and your e-mail address; the law asks for them. Only the office sees them.")


def report_thing(thing, text, *, reason, page, submission, name="", email="", language="de", by=None):
    """Tell the office in good faith that ``thing`` is out of place here, and promise an answer.

    Everybody may, also without an account (``by=None``): then with name and address, except for the abuse of children.
    ``submission`` (a UUID) names the sending of the form: the same one gives the same report.
    Raises NotThere, OnesOwn, Nameless. Rule: Art. 16 DSA.
    """
    known = Report.objects.filter(submission=submission).first()
    if known:
        return known
    if by is not None and belongs_to(thing, by):
        raise OnesOwn
    if by is None and reason != Reason.CHILDREN and not (name and email):
        raise Nameless
    if not is_readable(thing):
        raise NotThere
    words = {"text": text, "reason": reason, "page": page, "name": name, "email": email, "language": language}
    try:
        return _store(thing, submission=submission, reporter=by, **words)
    except IntegrityError:  # the second click was as fast as the first
        return Report.objects.get(submission=submission)


@transaction.atomic
def _store(thing, *, reporter, **fields):
    path = reverse("office_reports") + "{reference}/"
    case = open_case(CaseKind.REPORT, title=fields["page"][:200], path=path, series=SERIES, owner=reporter)
    report = Report.objects.create(case=case, reporter=reporter, **about(thing), **fields)
    make_promise(case, Promise.Subject.REPORT, the_alliance().answer_days)
    record(Kind.REPORT_RECEIVED, by=reporter, case=case, report=report.pk)
    return report


@transaction.atomic
def uphold_report(report, *, reason, facts, by, rule="", text="", version=None):
    """Agree with ``report`` and hide what it is about; ``text`` is for whoever reported it.

    ``reason``, ``facts`` and ``rule`` are the statement for the person concerned; ``version`` is that of the words
    that were read. What is hidden already stays so, and what its author took away needs no statement.
    Raises WrongState, Outdated, NoRule.
    """
    require(by, "participation.decide_report", report)
    thing = report.thing
    statement = standing(thing) if thing else None
    if statement is None and thing and is_readable(thing):
        words = {"reason": reason, "facts": facts, "rule": rule, "version": version}
        statement = hide_thing(thing, by=by, was_reported=True, **words)
    return _decide(report, Decision.UPHELD, Kind.REPORT_UPHELD, by=by, text=text, statement=statement)


@transaction.atomic
def reject_report(report, *, text, by):
    """Leave what was reported as it is, and say why. Raises WrongState, Outdated."""
    require(by, "participation.decide_report", report)
    return _decide(report, Decision.REJECTED, Kind.REPORT_REJECTED, by=by, text=text)


def _decide(report, to, kind, *, by, text, statement=None):
    LIFECYCLE.advance(report, to, decided_at=now(), decided_by=by, answer=text, statement=statement)
    fulfil(report.case)
    close_case(report.case)
    record(kind, by=by, case=report.case, role=role_of(by), report=report.pk)
    return report


def forget_reporters(*, limit=BATCH):
    """Scrub names and addresses, in the words as well, of reports that were decided too long ago for any objection.

    Up to ``limit`` at a time; returns how many.
    """
    old = Report.objects.filter(decided_at__lt=now() - TIME_TO_OBJECT).exclude(email="", name="")
    rows = list(old.order_by("pk")[:limit])
    for row in rows:
        text, answer = (nameless(words, row.email, row.name) for words in (row.text, row.answer))
        Report.objects.filter(pk=row.pk).update(name="", email="", text=text, answer=answer)
    return len(rows)
