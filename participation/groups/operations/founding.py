"""How a group comes about: somebody proposes it, the office founds it with a mandate or says why not."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from ...actors.queries import role_of
from ...core.authority import require
from ...core.clock import now
from ...core.errors import Outdated, Refusal
from ...core.markup import rendered
from ...core.slugs import free_slug
from ...events.cases import close_case, move_case, open_case, publish_case, retitle_case
from ...events.kinds import CaseKind, Kind
from ...events.record import record
from ...promises.models import Promise
from ...promises.operations import fulfil, make_promise
from ...region.queries import the_alliance
from ..models import Group, Membership
from ..states import LIFECYCLE, GroupState, MembershipState, Role
from .inviting import invite

SERIES = "G"
TAKEN = {"vorschlagen", "einladung", "aufgaben"}
DOUBLE_CLICK = timedelta(minutes=1)
WORDS = ("title", "question", "expected", "field", "whole_alliance", "looking_for", "way_in", "offers_to_coordinate")
TIMES = ("starts_on", "ends_on", "report_due_on")


class NoReason(Refusal):
    """A group that is not founded is told why."""

    message = _("Please say why the group is not founded. Whoever proposed it reads it.")


class NoOffer(Refusal):
    """Nobody is made a coordinator unasked."""

    message = _("Whoever proposed the group did not offer to coordinate it. Please invite somebody by e-mail instead.")


@transaction.atomic
def propose_group(*, by, municipalities=(), **words):
    """Propose a group; the office promises an answer. ``words``: see ``WORDS``.

    The same words twice within a minute are one proposal, which is returned.
    """
    require(by, "participation.propose_group")
    said = _said(words)
    moment = now()
    recent = Group.objects.filter(proposer=by, created_at__gt=moment - DOUBLE_CLICK)
    if known := recent.filter(**{name: said[name] for name in ("title", "question", "expected")}).first():
        return known
    case = open_case(CaseKind.GROUP, title=said["title"], path="", series=SERIES, owner=by)
    slug = free_slug(Group, _sluggish(said["title"]))  # nobody takes it: the reference's counter is ours until the end
    move_case(case, reverse("group", args=[slug]))
    group = Group.objects.create(
        case=case, slug=slug, proposer=by, created_at=moment, updated_at=moment, **said
    )  # fmt: skip
    group.municipalities.set(municipalities)
    make_promise(case, Promise.Subject.GROUP, the_alliance().answer_days)
    record(Kind.GROUP_PROPOSED, by=by, case=case, group=group.pk)
    return group


@transaction.atomic
def found_group(group, *, version, by, times, proposer_coordinates=False, coordinator_email=""):
    """Found ``group`` for the ``times`` (see ``TIMES``); everybody can read about it from now on.

    Its proposer coordinates it, if that was offered, or whoever reads ``coordinator_email`` is invited to.
    Raises NoOffer, WrongState, Outdated.
    """
    require(by, "participation.found_group", group)
    if proposer_coordinates and not (group.offers_to_coordinate and group.proposer_id):
        raise NoOffer
    LIFECYCLE.advance(
        group, GroupState.CONSTITUTED, guard={"version": version}, decided_by=by, decided_at=now(),
        **{name: times[name] for name in TIMES},
    )  # fmt: skip
    publish_case(group.case)
    fulfil(group.case)
    record(Kind.GROUP_CONSTITUTED, by=by, case=group.case, role=role_of(by), group=group.pk)
    if proposer_coordinates:
        Membership.objects.create(
            group=group, actor=group.proposer, role=Role.COORDINATOR, state=MembershipState.MEMBER, since=now(),
            joined_at=now(), decided_by=by,
        )  # fmt: skip
    if coordinator_email:
        invite(group, coordinator_email, role=Role.COORDINATOR, inviter=by)
    return group


@transaction.atomic
def decline_group(group, *, version, because, by):
    """Do not found ``group``, and say why. Raises NoReason, WrongState, Outdated."""
    require(by, "participation.found_group", group)
    if not because:
        raise NoReason
    LIFECYCLE.advance(
        group, GroupState.DECLINED, guard={"version": version}, decided_by=by, decided_at=now(),
        declined_because=because,
    )  # fmt: skip
    close_case(group.case)
    fulfil(group.case)
    record(Kind.GROUP_DECLINED, by=by, case=group.case, role=role_of(by), group=group.pk)
    return group


@transaction.atomic
def change_mandate(group, *, version, by, times=None, municipalities=(), **words):
    """Put another wording of the mandate in place. Raises Outdated where somebody else was faster, or it is closed."""
    require(by, "participation.change_mandate", group)
    said = _said(words) | ({name: times[name] for name in TIMES} if times else {})
    _write(group, said, version=version)
    group.municipalities.set(municipalities)
    retitle_case(group.case, group.title)
    record(Kind.GROUP_CHANGED, by=by, case=group.case, role=role_of(by), group=group.pk)
    return group


@transaction.atomic
def describe_group(group, *, version, by, way_in, looking_for):
    """Say who may join and whom the group looks for. Raises Outdated as above."""
    require(by, "participation.describe_group", group)
    _write(group, {"way_in": way_in, "looking_for": looking_for}, version=version)
    record(Kind.GROUP_CHANGED, by=by, case=group.case, role=role_of(by), group=group.pk)
    return group


def _sluggish(title):
    """``title``, unless its address would be one of another page."""
    return f"Gruppe {title}" if slugify(title) in TAKEN else title


def _write(group, changes, *, version):
    rows = Group.objects.filter(pk=group.pk, version=version)
    rows = rows.exclude(state__in=[GroupState.DECLINED, GroupState.CLOSED])
    if not rows.update(**changes, version=version + 1, updated_at=now()):
        raise Outdated
    group.refresh_from_db()


def _said(words):
    said = {name: words[name] for name in WORDS if name in words}
    return said | {"html": rendered(said["expected"], links=True)}
