"""Belonging to a group: roles, leaving, removing, and the office that steps in."""

from django.db import transaction

from ...actors.queries import role_of
from ...core.authority import require
from ...core.clock import now
from ...core.errors import Outdated
from ...events.kinds import Kind
from ...events.record import record
from ..models import Membership
from ..states import MEMBERSHIP_LIFECYCLE as LIFECYCLE
from ..states import MembershipState, Role
from .holding import check_not_last, hold, settle
from .joining import NoReason


@transaction.atomic
def leave_group(row, *, by):
    """Belong to the group no more. Raises LastCoordinator, WrongState, Outdated."""
    require(by, "participation.leave_group", row)
    if row.group.is_joinable:
        hold(row.group)
        check_not_last(row)
    LIFECYCLE.advance(row, MembershipState.LEFT, guard={"role": row.role}, ended_at=now())
    record(Kind.MEMBER_LEFT, by=by, case=row.group.case, membership=row.pk)
    return row


@transaction.atomic
def remove_member(row, *, because, by):
    """Let somebody belong no more, for a reason that they read. Raises NoReason, LastCoordinator, Over, Outdated."""
    require(by, "participation.remove_member", row)
    if not because:
        raise NoReason
    hold(row.group)
    check_not_last(row)
    LIFECYCLE.advance(
        row, MembershipState.REMOVED, guard={"role": row.role}, ended_at=now(), refused_because=because, decided_by=by
    )
    record(Kind.MEMBER_REMOVED, by=by, case=row.group.case, role=role_of(by), membership=row.pk)
    return row


@transaction.atomic
def give_role(row, role, *, by):
    """Let a member belong as ``role`` from now on. Raises LastCoordinator, Over, Outdated."""
    require(by, "participation.give_role", row)
    hold(row.group)
    if row.role == role:
        return row
    if role != Role.COORDINATOR:
        check_not_last(row)
    there = Membership.objects.filter(pk=row.pk, state=MembershipState.MEMBER, role=row.role)
    if not there.update(role=role, interim=False):
        raise Outdated
    row.role, row.interim = role, False
    record(Kind.MEMBER_GOT_ROLE, by=by, case=row.group.case, role=role_of(by), membership=row.pk, to=str(role))
    settle(row.group)
    return row


@transaction.atomic
def show_myself(row, shown, *, by):
    """Let everybody see that one belongs to the group, or only its members."""
    require(by, "participation.leave_group", row)
    Membership.objects.filter(pk=row.pk).update(shown=shown)
    row.shown = shown
    return row


@transaction.atomic
def step_in(group, *, by):
    """Coordinate ``group`` for the office until it has found somebody; twice is once. Raises Over, Outdated."""
    require(by, "participation.step_in", group)
    hold(group)
    row = Membership.objects.of(by).filter(group=group).first()
    if row and row.role == Role.COORDINATOR:
        return row
    moment = now()
    if row:
        Membership.objects.filter(pk=row.pk).update(role=Role.COORDINATOR)
        row.role = Role.COORDINATOR
    else:
        own = Membership.objects.filter(group=group, actor=by, state=MembershipState.REQUESTED)
        LIFECYCLE.advance_all(
            own, MembershipState.REQUESTED, MembershipState.WITHDRAWN, answer_by=None, ended_at=moment
        )
        row = Membership.objects.create(
            group=group, actor=by, role=Role.COORDINATOR, interim=True, state=MembershipState.MEMBER, since=moment,
            joined_at=moment,
        )  # fmt: skip
    record(Kind.OFFICE_STEPPED_IN, by=by, case=group.case, role=role_of(by), membership=row.pk)
    return row
