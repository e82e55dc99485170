"""Co-authors come by invitation: the author asks, the invited person answers, and may leave."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from ...core.authority import require
from ...core.clock import now
from ...core.errors import Refusal
from ...events.kinds import Kind
from ...events.record import record
from ..coauthor_models import VALID, CoAuthor
from ..models import Idea, Support
from ..states import COAUTHOR_LIFECYCLE as LIFECYCLE
from ..states import ENDED, CoAuthorState

MOST = 5


class OnesOwnAddress(Refusal):
    """Nobody invites themselves."""

    message = _("This is your own address. You are the author already.")


class Full(Refusal):
    """There are as many as an idea can have."""

    message = _(
        "An idea has at most five co-authors, open invitations included. Please take an invitation back before you "
        "send another one."
    )


class Over(Refusal):
    """The idea is closed or hidden, so nobody joins it any more."""

    message = _("This idea is closed, so nobody can become its co-author any more. Nothing was changed.")


class NotInvited(Refusal):
    """The invitation went to another address."""

    message = _(
        "This invitation went to another e-mail address than that of your account. Please sign in with the account to "
        "whose address it was sent."
    )


class Expired(Refusal):
    """Too late."""

    message = _("This invitation is no longer valid. Please ask the author for a new one.")


class ThereAlready(Refusal):
    """Once is enough."""

    message = _("You are a co-author of this idea already. You can decline this invitation.")


@transaction.atomic
def invite_coauthor(idea, email, *, by):
    """Ask whoever reads ``email`` to be co-author of ``idea``; returns the invitation.

    The same address twice is one invitation and one letter, as long as it is open.
    Raises OnesOwnAddress, Over, Full.
    """
    require(by, "participation.invite_coauthor", idea)
    address = email.lower()
    if address == by.email.lower():
        raise OnesOwnAddress
    _hold(idea)
    known = CoAuthor.objects.filter(idea=idea, state=CoAuthorState.INVITED, email=address).first()
    if known and known.is_open:
        return known
    if known:
        LIFECYCLE.advance(known, CoAuthorState.TAKEN_BACK, email="", answered_at=now())
    if _number_of(idea) >= MOST:
        raise Full
    row = CoAuthor.objects.create(idea=idea, email=address, invited_at=now(), invited_by=by)
    _record(Kind.COAUTHOR_INVITED, row, by=by)
    return row


@transaction.atomic
def accept_invitation(row, *, by):
    """Stand beside the author of the idea; whoever supported it stands behind it as co-author now.

    Raises NotInvited, Expired, Over, ThereAlready, and Outdated where it was taken back meanwhile.
    """
    require(by, "participation.answer_invitation", row)
    if row.is_accepted and row.actor_id == by.pk:  # the second click of two
        return row
    _check_addressee(row, by)
    if not row.is_open:
        raise Expired
    _hold(row.idea)
    if CoAuthor.objects.of(by).filter(idea=row.idea).exists():
        raise ThereAlready
    LIFECYCLE.advance(row, CoAuthorState.ACCEPTED, actor=by, email="", answered_at=now())
    if Support.objects.filter(idea=row.idea, actor=by).delete()[0]:
        Idea.objects.filter(pk=row.idea_id).update(support_count=F("support_count") - 1)
    _record(Kind.COAUTHOR_ACCEPTED, row, by=by)
    return row


@transaction.atomic
def decline_invitation(row, *, by):
    """Say no; the address is forgotten. Raises NotInvited, Outdated."""
    require(by, "participation.answer_invitation", row)
    _check_addressee(row, by)
    LIFECYCLE.advance(row, CoAuthorState.DECLINED, email="", answered_at=now())
    _record(Kind.COAUTHOR_DECLINED, row, by=by)
    return row


@transaction.atomic
def take_invitation_back(row, *, by):
    """Undo an invitation that was not answered yet; the address is forgotten. Raises WrongState, Outdated."""
    require(by, "participation.take_invitation_back", row)
    LIFECYCLE.advance(row, CoAuthorState.TAKEN_BACK, email="", answered_at=now())
    return row


@transaction.atomic
def leave_idea(row, *, by):
    """Be co-author no more. Raises WrongState, Outdated."""
    require(by, "participation.leave_idea", row)
    LIFECYCLE.advance(row, CoAuthorState.LEFT)
    _record(Kind.COAUTHOR_LEFT, row, by=by)
    return row


def purge_expired_invitations():
    """Take back what nobody answered in time, and forget the addresses; returns how many."""
    old = CoAuthor.objects.filter(invited_at__lte=now() - VALID)
    return LIFECYCLE.advance_all(old, CoAuthorState.INVITED, CoAuthorState.TAKEN_BACK, email="", answered_at=now())


def _hold(idea):
    """Hold the row of an idea that somebody can still join, so that two at once are counted. Raises Over."""
    rows = Idea.objects.filter(pk=idea.pk, hidden_at=None).exclude(state__in=ENDED)
    if not rows.update(version=F("version")):
        raise Over


def _number_of(idea):
    rows = CoAuthor.objects.filter(idea=idea)
    return rows.open().count() + rows.accepted().exclude(actor=None).count()


def _check_addressee(row, actor):
    if not row.is_for(actor):
        raise NotInvited


def _record(kind, row, *, by):
    record(kind, by=by, case=row.idea.case, coauthor=row.pk)
