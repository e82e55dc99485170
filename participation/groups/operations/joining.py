"""Becoming a member of one's own accord: at once, or on request with a reason."""

from datetime import datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ...actors.queries import role_of
from ...core.authority import require
from ...core.clock import now, today
from ...core.errors import Refusal
from ...events.kinds import Kind
from ...events.record import record
from ..models import TIME_TO_ANSWER, Membership
from ..states import MEMBERSHIP_LIFECYCLE as LIFECYCLE
from ..states import MembershipState, Role
from .holding import hold, settle


class ByInvitation(Refusal):
    """The group chooses whom it asks."""

    message = _("This group takes people in by invitation only. Please write to its coordination or to the office.")


class NoReason(Refusal):
    """A request and a refusal have a reason."""

    message = _("Please give a reason in a few words.")


@transaction.atomic
def join_group(group, *, by, reason="", shown=False, observing=False):
    """Become a member, or ask to; ``observing``: to read and talk along without a vote. Returns the Membership.

    Twice is once. Raises Over, ByInvitation, NoReason.
    """
    require(by, "participation.join_group", group)
    hold(group)
    waiting = [MembershipState.REQUESTED, MembershipState.MEMBER]
    if known := Membership.objects.filter(group=group, actor=by, state__in=waiting).first():
        return known
    role = Role.OBSERVER if observing else Role.MEMBER
    moment = now()
    if group.is_open_to_all:
        row = Membership.objects.create(
            group=group, actor=by, role=role, shown=shown, state=MembershipState.MEMBER, since=moment, joined_at=moment
        )
        record(Kind.MEMBER_JOINED, by=by, case=group.case, membership=row.pk)
        settle(group)
        return row
    if not group.takes_requests:
        raise ByInvitation
    if not reason:
        raise NoReason
    row = Membership.objects.create(
        group=group, actor=by, role=role, shown=shown, reason=reason, state=MembershipState.REQUESTED, since=moment,
        answer_by=_answer_by(),
    )  # fmt: skip
    record(Kind.MEMBERSHIP_REQUESTED, by=by, case=group.case, membership=row.pk)
    return row


@transaction.atomic
def accept_request(row, *, by):
    """Take whoever asked into the group. Raises Over, WrongState, Outdated."""
    require(by, "participation.answer_request", row)
    hold(row.group)
    LIFECYCLE.advance(row, MembershipState.MEMBER, answer_by=None, joined_at=now(), decided_by=by)
    record(Kind.MEMBERSHIP_ACCEPTED, by=by, case=row.group.case, role=role_of(by), membership=row.pk)
    settle(row.group)
    return row


@transaction.atomic
def refuse_request(row, *, because, by):
    """Say no, and why. Raises NoReason, WrongState, Outdated."""
    require(by, "participation.answer_request", row)
    if not because:
        raise NoReason
    LIFECYCLE.advance(
        row, MembershipState.REFUSED, answer_by=None, ended_at=now(), refused_because=because, decided_by=by
    )
    record(Kind.MEMBERSHIP_REFUSED, by=by, case=row.group.case, role=role_of(by), membership=row.pk)
    return row


@transaction.atomic
def withdraw_request(row, *, by):
    """Ask no longer. Raises WrongState, Outdated."""
    require(by, "participation.withdraw_request", row)
    LIFECYCLE.advance(row, MembershipState.WITHDRAWN, answer_by=None, ended_at=now())
    record(Kind.MEMBERSHIP_WITHDRAWN, by=by, case=row.group.case, membership=row.pk)
    return row


def tell_of_late_requests():
    """Once for each request that the coordination did not answer in time: the office decides now."""
    for row in Membership.objects.late().filter(told_at=None).select_related("group__case"):
        with transaction.atomic():
            if Membership.objects.late().filter(pk=row.pk, told_at=None).update(told_at=now()):
                record(Kind.REQUEST_OVERDUE, case=row.group.case, membership=row.pk)


def _answer_by():
    """The last second of the seventh day after today, in Europe/Berlin."""
    return datetime.combine(today() + TIME_TO_ANSWER, time(23, 59, 59), tzinfo=timezone.get_default_timezone())
