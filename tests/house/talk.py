"""Talk in working groups for the rows of the permission table."""

from participation.core.clock import now
from participation.groups.states import Role
from participation.groups.thread_models import Hiding
from tests.factories import ActorFactory
from tests.group_factories import GroupFactory, MembershipFactory, PostFactory, ThreadFactory


def thread(role=None, state="member"):
    """A thing: a talk in a group to which the owner belongs as ``role`` (None: not at all)."""

    def make(world, owner):
        row = _thread(world, owner, role, state)
        return {"slug": row.group.slug, "pk": row.pk}

    return make


def post(role=None, *, own=False, hidden=False):
    """A thing: a post in such a talk, the owner's own one or somebody else's; ``hidden`` from the group."""

    def make(world, owner):
        row = _thread(world, owner, role)
        marks = {"hidden_at": now(), "hidden_reason": "rude"} if hidden else {}
        said = PostFactory(thread=row, author=(owner or world.other) if own else ActorFactory(), **marks)
        if hidden:
            Hiding.objects.create(post=said, at=now(), reason="rude", words="Bitte freundlich.")
        return {"slug": row.group.slug, "pk": row.pk, "post": said.pk}

    return make


def _thread(world, owner, role, state="member"):
    group = GroupFactory(field=world.field, coordinator=ActorFactory())
    if role:
        MembershipFactory(group=group, actor=owner or world.other, role=role, state=state)
    return ThreadFactory(group=group)


TALK = {
    "talk": thread(),
    "talk of a group I coordinate": thread(Role.COORDINATOR),
    "talk of a group I am in": thread(Role.MEMBER),
    "talk of a group I observe": thread(Role.OBSERVER),
    "talk of a group I left": thread(Role.COORDINATOR, "left"),
    "post": post(),
    "post in a group I coordinate": post(Role.COORDINATOR),
    "post in a group whose deputy I am": post(Role.DEPUTY),
    "post in a group I am in": post(Role.MEMBER),
    "post of mine": post(Role.MEMBER, own=True),
    "post of mine in a group I coordinate": post(Role.COORDINATOR, own=True),
    "post of mine in a group I left": post(own=True),
    "hidden post": post(hidden=True),
    "hidden post in a group I coordinate": post(Role.COORDINATOR, hidden=True),
    "hidden post in a group I am in": post(Role.MEMBER, hidden=True),
}
