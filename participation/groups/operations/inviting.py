"""Members by invitation: the coordination asks an address, whoever reads it answers."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ...actors.queries import actor_by_email
from ...core.authority import require
from ...core.clock import now
from ...core.errors import Refusal
from ...events.kinds import Kind
from ...events.record import record
from ..models import TIME_TO_ACCEPT, Membership
from ..states import MEMBERSHIP_LIFECYCLE as LIFECYCLE
from ..states import MembershipState, Role
from .holding import hold, settle


class ThereAlready(Refusal):
    """Once is enough."""

    message = _("This person belongs to the group already.")


class HasAsked(Refusal):
    """Whoever asks to join waits for an answer, not for an invitation."""

    message = _("This person has asked to join the group. Please answer the request instead.")


class NotInvited(Refusal):
    """The invitation went to another address."""

    message = _(
        "This invitation went to another e-mail address than that of your account. Please sign in with the account to "
        "whose address it was sent."
    )


class Expired(Refusal):
    """Too late."""

    message = _("This invitation is no longer valid. Please ask the group's coordination for a new one.")


@transaction.atomic
def invite_member(group, email, *, by, role=Role.MEMBER):
    """Ask whoever reads ``email`` to belong to ``group`` as ``role``; returns the invitation.

    The same address twice is one invitation and one letter, as long as it is open.
    Raises Over, ThereAlready, HasAsked.
    """
    require(by, "participation.invite_member", group)
    hold(group)
    return invite(group, email, role=role, inviter=by)


def invite(group, email, *, role, inviter):
    """The same; the caller has asked for the right and holds the group."""
    address = email.lower()
    known = Membership.objects.filter(group=group, state=MembershipState.INVITED, email=address).first()
    if known and known.can_be_accepted and known.role == role:
        return known
    if known:
        _end(known)
    _check_not_there(group, actor_by_email(address))
    row = Membership.objects.create(
        group=group, email=address, role=role, state=MembershipState.INVITED, since=now(), invited_by=inviter
    )
    record(Kind.MEMBER_INVITED, by=inviter, case=group.case, membership=row.pk)
    return row


@transaction.atomic
def accept_invitation(row, *, by, shown=False):
    """Belong to the group; a request that still waited is answered by it. Raises NotInvited, Expired, Over,
    ThereAlready, and Outdated where it was taken back meanwhile.
    """
    require(by, "participation.answer_member_invitation", row)
    if row.is_member and row.actor_id == by.pk:  # the second click of two
        return row
    if not row.is_for(by):
        raise NotInvited
    if not row.can_be_accepted:
        raise Expired
    hold(row.group)
    if Membership.objects.of(by).filter(group=row.group).exists():
        raise ThereAlready
    own = Membership.objects.filter(group=row.group, actor=by, state=MembershipState.REQUESTED)
    LIFECYCLE.advance_all(own, MembershipState.REQUESTED, MembershipState.WITHDRAWN, answer_by=None, ended_at=now())
    LIFECYCLE.advance(row, MembershipState.MEMBER, actor=by, email="", shown=shown, joined_at=now())
    record(Kind.MEMBER_JOINED, by=by, case=row.group.case, membership=row.pk)
    settle(row.group)
    return row


@transaction.atomic
def decline_invitation(row, *, by):
    """Say no; the address is forgotten. Raises NotInvited, WrongState, Outdated."""
    require(by, "participation.answer_member_invitation", row)
    if not row.is_for(by):
        raise NotInvited
    LIFECYCLE.advance(row, MembershipState.REFUSED, email="", ended_at=now())
    record(Kind.MEMBER_DECLINED, by=by, case=row.group.case, membership=row.pk)
    return row


@transaction.atomic
def take_invitation_back(row, *, by):
    """Undo an invitation that was not answered yet; the address is forgotten. Raises WrongState, Outdated."""
    require(by, "participation.take_member_invitation_back", row)
    _end(row)
    return row


def purge_expired_invitations():
    """End what nobody answered in time, and forget the addresses; returns how many."""
    old = Membership.objects.filter(since__lte=now() - TIME_TO_ACCEPT)
    return LIFECYCLE.advance_all(old, MembershipState.INVITED, MembershipState.EXPIRED, email="", ended_at=now())


def _end(row):
    LIFECYCLE.advance(row, MembershipState.EXPIRED, email="", ended_at=now())


def _check_not_there(group, actor):
    if actor is None:
        return
    states = set(Membership.objects.filter(group=group, actor=actor).values_list("state", flat=True))
    if MembershipState.MEMBER in states:
        raise ThereAlready
    if MembershipState.REQUESTED in states:
        raise HasAsked
