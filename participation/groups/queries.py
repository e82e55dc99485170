"""Questions about working groups and who belongs to them."""

from collections import defaultdict

from django.core.signing import Signer
from django.db.models import BooleanField, Count, ExpressionWrapper, F, Max, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from ..core.authority import may
from ..core.clock import now
from ..core.memo import once
from ..events.kinds import Kind
from ..events.models import Event
from ..promises.models import Promise
from .meeting_models import Meeting
from .models import Group, Membership, Prolongation
from .states import ENDED, GroupState, MembershipState, Role
from .task_models import Task

INVITATION = Signer(salt="participation.group_member")
# No life signs: the portal asks, or reminds.
QUESTIONS = (
    Kind.GROUP_ASKED, Kind.GROUP_SILENT, Kind.REQUEST_OVERDUE, Kind.MEETING_SOON, Kind.POLL_CLOSING, Kind.POLL_DUE,
    Kind.TASK_NEAR, Kind.TASK_OVERDUE,
)  # fmt: skip


def invitation_path(row):
    """The signed address at which the invited person answers."""
    return reverse("member_invitation", args=[INVITATION.sign(row.pk)])


def groups_for(actor):
    """The groups whose page ``actor`` may see, with their cases and fields."""
    in_office = may(actor, "participation.view_all_groups")
    return Group.objects.visible_to(actor, in_office=in_office).select_related("case", "field")


def membership_of(actor, group):
    """The Membership by which ``actor`` belongs to ``group`` now, or None; asked once a page."""
    if not actor.is_authenticated:
        return None
    return once(("membership", actor.pk, group.pk), lambda: Membership.objects.of(actor).filter(group=group).first())


def open_request_of(actor, group):
    """The request of ``actor`` to join ``group`` that waits for an answer, or None."""
    if not actor.is_authenticated:
        return None
    return Membership.objects.filter(group=group, actor_id=actor.pk, state=MembershipState.REQUESTED).first()


def has_coordination(group):
    """Whether somebody coordinates ``group`` now."""
    return Membership.objects.leading().filter(group=group).exists()


def members_of(group):
    """Who belongs to ``group`` now, coordination first, then by the day they joined; with their actors."""
    rows = Membership.objects.present().filter(group=group).select_related("actor__municipality")
    order = list(Role)
    return sorted(rows, key=lambda row: (order.index(Role(row.role)), row.joined_at, row.pk))


def requests_to(group):
    """The requests to join ``group`` that wait, the oldest first."""
    rows = Membership.objects.requested().filter(group=group).select_related("actor__municipality")
    return rows.order_by("answer_by", "pk")


def invitations_to(group):
    """The invitations to ``group`` that wait for an answer, the first one first."""
    return Membership.objects.invited().filter(group=group).order_by("since", "pk")


def together_with(actor):
    """Where ``actor`` belongs or asked to, and the invitations to answer: two lists of rows with their groups."""
    mine = Membership.objects.filter(actor_id=actor.pk, state__in=[MembershipState.MEMBER, MembershipState.REQUESTED])
    rows = mine | Membership.objects.invited().filter(email=actor.email.lower())
    rows = list(rows.select_related("group__case", "group__field", "invited_by").order_by("-since", "-pk"))
    invitations = [row for row in rows if row.is_for(actor) and row.group.is_joinable]
    return [row for row in rows if row.actor_id == actor.pk], invitations


def requests_for(memberships):
    """The requests that wait for whoever has the ``memberships`` and leads some of their groups, the oldest first."""
    led = [row.group_id for row in memberships if row.is_leading]
    if not led:
        return []
    rows = Membership.objects.requested().filter(group__in=led).select_related("group", "actor")
    return list(rows.order_by("answer_by", "pk"))


def counted(groups):
    """``groups`` as a list, each with ``members``, how many belong to it now; one query more."""
    rows = list(groups)
    numbers = Membership.objects.present().filter(group__in=rows).order_by().values("group")
    by_group = dict(numbers.annotate(number=Count("pk")).values_list("group", "number"))
    for row in rows:
        row.members = by_group.get(row.pk, 0)
    return rows


def places_of(groups):
    """Number of each of ``groups`` → its municipalities by name; one query."""
    through = Group.municipalities.through.objects.filter(group__in=groups).select_related("municipality")
    found = defaultdict(list)
    for row in through.order_by("municipality__name"):
        found[row.group_id].append(row.municipality)
    return found


def looking_for_people(number):
    """Up to ``number`` groups at work that look for somebody, those that were founded last first."""
    rows = Group.objects.at_work().exclude(looking_for="").select_related("case", "field")
    return rows.order_by("-decided_at", "-pk")[:number]


def prolongations_of(group):
    """How ``group`` was prolonged, the first time first."""
    return Prolongation.objects.filter(group=group).order_by("at", "pk")


def with_life_signs(groups):
    """``groups`` (a query), each with ``stirred_at``: when something happened in it last."""
    happened = Event.objects.filter(case=OuterRef("case")).exclude(kind__in=QUESTIONS).order_by()
    last = happened.values("case").annotate(at=Max("at")).values("at")
    return groups.annotate(stirred_at=Coalesce(Subquery(last), "created_at"))


def silent_since(moment):
    """Groups that are active and in which nothing has happened since ``moment``."""
    return with_life_signs(Group.objects.filter(state=GroupState.ACTIVE)).filter(stirred_at__lt=moment)


def proposals():
    """Proposed groups that wait for the office, the oldest promise first, each with ``due_at``."""
    promises = Promise.objects.open().filter(case=OuterRef("case")).values("due_at")[:1]
    rows = Group.objects.filter(state=GroupState.PROPOSED).annotate(due_at=Subquery(promises))
    return rows.select_related("case").order_by("due_at", "pk")


def groups_for_office():
    """All groups for the office's overview, each with ``stirred_at``, ``due_at`` (of a proposal), ``members``,
    ``requests``, ``late_requests``, ``late_tasks``, ``meets_at`` (when it meets next) and ``leaders``.
    """
    promises = Promise.objects.open().filter(case=OuterRef("case")).values("due_at")[:1]
    is_present = Q(memberships__state=MembershipState.MEMBER, memberships__actor__is_active=True)
    is_waiting = Q(memberships__state=MembershipState.REQUESTED, memberships__actor__is_active=True)
    leaders = Membership.objects.leading().select_related("actor").order_by("role", "joined_at")
    late = Task.objects.overdue().filter(group=OuterRef("pk")).order_by().values("group")
    ahead = Meeting.objects.ahead().filter(group=OuterRef("pk")).order_by("starts_at")
    rows = with_life_signs(Group.objects.all()).annotate(
        due_at=Subquery(promises),
        late_tasks=Coalesce(Subquery(late.annotate(number=Count("pk")).values("number")), 0),
        meets_at=Subquery(ahead.values("starts_at")[:1]),
        members=Count("memberships", filter=is_present, distinct=True),
        requests=Count("memberships", filter=is_waiting, distinct=True),
        late_requests=Count("memberships", filter=is_waiting & Q(memberships__answer_by__lt=now()), distinct=True),
    )
    rows = rows.select_related("case", "field").prefetch_related(
        Prefetch("memberships", queryset=leaders, to_attr="leaders")
    )
    is_ended = ExpressionWrapper(Q(state__in=ENDED), output_field=BooleanField())
    return rows.annotate(is_ended=is_ended).order_by("is_ended", F("due_at").asc(nulls_last=True), "stirred_at", "pk")
