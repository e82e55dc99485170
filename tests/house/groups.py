"""Working groups for the rows of the permission table."""

from datetime import timedelta

from participation.core.clock import now
from participation.groups.queries import INVITATION
from participation.groups.states import Role
from tests.factories import ActorFactory
from tests.group_factories import GroupFactory, MembershipFactory


def group(state="active", **fields):
    """A thing: a group in ``state`` that somebody else coordinates."""

    def make(world, owner):
        return {"slug": _group(world, state, **fields).slug}

    return make


def proposal(world, owner):
    """A group that the owner proposed."""
    return {"slug": _group(world, "proposed", proposer=owner or world.other).slug}


def group_as(role, state="active", **fields):
    """A thing: a group in ``state`` to which the owner belongs as ``role``."""

    def make(world, owner):
        row = _group(world, state, **fields)
        MembershipFactory(group=row, actor=owner or world.other, role=role)
        return {"slug": row.slug}

    return make


def group_left(world, owner):
    """A group that the owner coordinated until they left, beside another one that they coordinate."""
    row = _group(world, "active")
    MembershipFactory(group=row, actor=owner or world.other, role=Role.COORDINATOR, state="left")
    MembershipFactory(group=_group(world, "active"), actor=owner or world.other, role=Role.COORDINATOR)
    return {"slug": row.slug}


def asked_to_join(world, owner):
    """A group that the owner asked to join."""
    row = _group(world, "active")
    MembershipFactory(group=row, actor=owner or world.other, state="requested")
    return {"slug": row.slug}


def somebody_in(lead=False, **fields):
    """A thing: a membership (``fields``) of somebody in a group; with ``lead`` in one that the owner coordinates."""

    def make(world, owner):
        row = _group(world, "active")
        if lead:
            MembershipFactory(group=row, actor=owner or world.other, role=Role.COORDINATOR)
        return {"slug": row.slug, "pk": MembershipFactory(group=row, actor=ActorFactory(), **fields).pk}

    return make


def invited_to(role=Role.COORDINATOR):
    """A thing: an invitation in a group that the owner belongs to as ``role``."""

    def make(world, owner):
        row = _group(world, "active")
        MembershipFactory(group=row, actor=owner or world.other, role=role)
        return {"slug": row.slug, "pk": MembershipFactory(group=row, state="invited", email="x@post.example").pk}

    return make


def invitation(world, owner):
    """An invitation for the owner."""
    email = owner.email if owner else "nobody@post.example"
    return {"token": INVITATION.sign(MembershipFactory(group=_group(world, "active"), state="invited", email=email).pk)}


def _group(world, state, **fields):
    coordinator = ActorFactory() if state not in {"proposed", "declined"} else None
    return GroupFactory(**{"state": state, "field": world.field, "coordinator": coordinator, **fields})


LATE = {"state": "requested", "since": now() - timedelta(days=9)}

GROUPS = {
    "group": group(),
    "open group": group(way_in="open"),
    "group by invitation": group(way_in="invitation"),
    "group without coordination": group(coordinator=None),
    "reporting group": group("reporting"),
    "closed group": group("closed"),
    "proposed group": group("proposed"),
    "declined group": group("declined"),
    "proposal": proposal,
    "group I coordinate": group_as(Role.COORDINATOR),
    "group I coordinate alone": group_as(Role.COORDINATOR, coordinator=None),
    "group whose deputy I am": group_as(Role.DEPUTY),
    "group I am in": group_as(Role.MEMBER),
    "group I observe": group_as(Role.OBSERVER),
    "reporting group I coordinate": group_as(Role.COORDINATOR, "reporting"),
    "reporting group I am in": group_as(Role.MEMBER, "reporting"),
    "group I left": group_left,
    "group I asked to join": asked_to_join,
    "request to my group": somebody_in(lead=True, state="requested"),
    "request to a group": somebody_in(state="requested"),
    "late request to a group": somebody_in(**LATE),
    "member of my group": somebody_in(lead=True),
    "member of a group": somebody_in(),
    "invitation to my group": invited_to(),
    "invitation to a group I am in": invited_to(Role.MEMBER),
    "invitation to a group": invitation,
}
