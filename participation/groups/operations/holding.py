"""What changes of memberships have in common: one at a time in a group, and what follows from each."""

from django.utils.translation import gettext_lazy as _

from ...core.clock import now
from ...core.errors import Refusal
from ...events.kinds import Kind
from ...events.record import record
from ..models import Group, Membership
from ..states import JOINABLE, LIFECYCLE, MEMBERSHIP_LIFECYCLE, GroupState, MembershipState, Role

ENOUGH = 3  # members with whom a group is active


class Over(Refusal):
    """Nobody joins a group that is closed."""

    message = _("This group is closed or was not founded, so nothing changes in it any more. Nothing was changed.")


class LastCoordinator(Refusal):
    """A group is not left without coordination."""

    message = _(
        "This is the group's only coordination. Please make somebody else coordinator first, then try again. "
        "Nothing was changed."
    )


def hold(group):
    """Hold the row of a group at work until the transaction ends, so that two at once are counted. Raises Over."""
    if not Group.objects.filter(pk=group.pk, state__in=JOINABLE).update(updated_at=now()):
        raise Over
    group.refresh_from_db(fields=["state", "way_in"])


def check_not_last(row):
    """Raise LastCoordinator where nobody else coordinates the group of ``row``; call it while the group is held."""
    others = Membership.objects.present().filter(group=row.group_id, role=Role.COORDINATOR).exclude(pk=row.pk)
    if row.role == Role.COORDINATOR and not others.exists():
        raise LastCoordinator


def settle(group, *, has_met=False):
    """What follows once somebody joined, got another role or the group met; call it while the group is held."""
    members = Membership.objects.present().filter(group=group)
    if group.state == GroupState.CONSTITUTED and (has_met or members.count() >= ENOUGH):
        LIFECYCLE.advance(group, GroupState.ACTIVE)
        record(Kind.GROUP_ACTIVE, case=group.case, group=group.pk)
    coordinators = members.filter(role=Role.COORDINATOR)
    if coordinators.filter(interim=False).exists():
        MEMBERSHIP_LIFECYCLE.advance_all(
            coordinators.filter(interim=True), MembershipState.MEMBER, MembershipState.LEFT, ended_at=now()
        )
