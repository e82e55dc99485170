"""The person concerned objects once; another person of the office decides.

Rule: Art. 20 DSA.
"""

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ...actors.queries import role_of
from ...core.authority import require
from ...core.clock import now
from ...core.errors import Refusal
from ...events.cases import close_case, open_case
from ...events.kinds import CaseKind, Kind
from ...events.record import record
from ...promises.models import Promise
from ...promises.operations import fulfil, make_promise
from ...region.queries import the_alliance
from ..models import Objection
from ..queries import objection_to
from ..states import LIFECYCLE, Decision
from .restricting import lift

SERIES = "BE"


class NoObjection(Refusal):
    """The time is over, or nothing is hidden or blocked any more."""

    message = _("An objection is no longer possible: six months have passed, or the decision was taken back already.")


class ObjectedBefore(Refusal):
    """One may object once."""

    message = _("You have objected to this decision already; that is possible once.")


def object_to(statement, text):
    """Object to ``statement``; whoever holds its signed address is the person concerned, also with a blocked account.

    The same words twice are one objection, which is returned. Raises NoObjection, ObjectedBefore.
    """
    if not statement.may_be_objected_to:
        raise NoObjection
    try:
        return _store(statement, text)
    except IntegrityError:
        known = objection_to(statement)
        if known.text == text:
            return known
        raise ObjectedBefore from None


@transaction.atomic
def _store(statement, text):
    path, person = reverse("office_objections") + "{reference}/", statement.addressee
    case = open_case(CaseKind.OBJECTION, title=statement.path, path=path, series=SERIES, owner=person)
    objection = Objection.objects.create(case=case, statement=statement, text=text)
    make_promise(case, Promise.Subject.OBJECTION, the_alliance().answer_days)
    record(Kind.OBJECTION_RECEIVED, by=person, case=case, objection=objection.pk)
    return objection


@transaction.atomic
def uphold_objection(objection, *, text, by):
    """Take the decision back: what was hidden is read again, who was blocked comes in. Raises WrongState, Outdated."""
    require(by, "participation.decide_objection", objection)
    _decide(objection, Decision.UPHELD, Kind.OBJECTION_UPHELD, by=by, text=text)
    lift(objection.statement, by=by)


@transaction.atomic
def reject_objection(objection, *, text, by):
    """Let the decision stand, and say why. Raises WrongState, Outdated."""
    require(by, "participation.decide_objection", objection)
    _decide(objection, Decision.REJECTED, Kind.OBJECTION_REJECTED, by=by, text=text)


def _decide(objection, to, kind, *, by, text):
    LIFECYCLE.advance(objection, to, decided_at=now(), decided_by=by, answer=text)
    fulfil(objection.case)
    close_case(objection.case)
    record(kind, by=by, case=objection.case, role=role_of(by), objection=objection.pk)
