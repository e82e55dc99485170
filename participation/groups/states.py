"""The way of a working group, and that of a membership."""

from django.db import models
from django.utils.translation import pgettext_lazy

from ..core.lifecycle import Lifecycle


class GroupState(models.TextChoices):
    """Where a working group stands."""

    PROPOSED = "proposed", pgettext_lazy("working group", "proposed")
    DECLINED = "declined", pgettext_lazy("working group", "not founded")
    CONSTITUTED = "constituted", pgettext_lazy("working group", "founded")
    ACTIVE = "active", pgettext_lazy("working group", "active")
    DORMANT = "dormant", pgettext_lazy("working group", "dormant")
    REPORTING = "reporting", pgettext_lazy("working group", "writes its report")
    CLOSED = "closed", pgettext_lazy("working group", "closed")


S = GroupState
PUBLIC = (S.CONSTITUTED, S.ACTIVE, S.DORMANT, S.REPORTING, S.CLOSED)
JOINABLE = (S.CONSTITUTED, S.ACTIVE, S.DORMANT, S.REPORTING)
AT_WORK = (S.CONSTITUTED, S.ACTIVE, S.REPORTING)  # on the front page
ENDED = (S.DECLINED, S.CLOSED)
TONES = dict.fromkeys((S.CONSTITUTED, S.ACTIVE), "go") | dict.fromkeys(
    (S.PROPOSED, S.REPORTING), "time"
)  # of badge.html

LIFECYCLE = Lifecycle(
    {
        S.PROPOSED: {S.CONSTITUTED, S.DECLINED},
        S.CONSTITUTED: {S.ACTIVE},
        S.ACTIVE: {S.DORMANT, S.REPORTING},
        S.DORMANT: {S.ACTIVE, S.CLOSED},
        S.REPORTING: {S.CLOSED, S.ACTIVE},
    }
)


class MembershipState(models.TextChoices):
    """Where a membership stands."""

    REQUESTED = "requested", pgettext_lazy("membership", "asked for")
    INVITED = "invited", pgettext_lazy("membership", "invited")
    MEMBER = "member", pgettext_lazy("membership", "member")
    REFUSED = "refused", pgettext_lazy("membership", "refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("membership", "withdrawn")
    EXPIRED = "expired", pgettext_lazy("membership", "expired")
    LEFT = "left", pgettext_lazy("membership", "left")
    REMOVED = "removed", pgettext_lazy("membership", "removed")


M = MembershipState
OPEN = (M.REQUESTED, M.INVITED)

MEMBERSHIP_LIFECYCLE = Lifecycle(
    {
        M.REQUESTED: {M.MEMBER, M.REFUSED, M.WITHDRAWN},
        M.INVITED: {M.MEMBER, M.REFUSED, M.EXPIRED},
        M.MEMBER: {M.LEFT, M.REMOVED},
    }
)


class Role(models.TextChoices):
    """As what somebody belongs to a working group."""

    COORDINATOR = "coordinator", pgettext_lazy("working group", "coordination")
    DEPUTY = "deputy", pgettext_lazy("working group", "deputy coordination")
    MEMBER = "member", pgettext_lazy("working group", "member")
    OBSERVER = "observer", pgettext_lazy("working group", "observer")


LEADING = (Role.COORDINATOR, Role.DEPUTY)
VOTING = (Role.COORDINATOR, Role.DEPUTY, Role.MEMBER)
