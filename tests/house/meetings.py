"""Meetings of working groups for the rows of the permission table."""

from participation.groups.meeting_models import Meeting
from participation.groups.meeting_queries import KEYS
from participation.groups.operations.calendar_keys import make_calendar_key
from participation.groups.states import Role
from tests.factories import ActorFactory
from tests.group_factories import (
    GroupFactory,
    LiftFactory,
    MeetingFactory,
    MembershipFactory,
    NotesFactory,
    PollFactory,
    RideFactory,
    TaskFactory,
)


def meeting(role=None, state="member", **words):
    """A thing: a meeting of a group to which the owner belongs as ``role`` (None: not at all)."""

    def make(world, owner):
        group = GroupFactory(field=world.field, coordinator=ActorFactory())
        if role:
            MembershipFactory(group=group, actor=owner or world.other, role=role, state=state)
        return {"slug": group.slug, "pk": MeetingFactory(group=group, **words).pk}

    return make


def notes(role=None, state="member", *, notes_state="draft", mine=False):
    """A thing: the notes of such a meeting, in ``notes_state``; ``mine``: the owner has the pen."""

    def make(world, owner):
        found = meeting(role, state, days=-1)(world, owner)
        writer = (owner or world.other) if mine else None
        NotesFactory(meeting=Meeting.objects.get(pk=found["pk"]), state=notes_state, writer=writer)
        return found

    return make


def poll(role=None, state="member"):
    """A thing: such a group looks for a date."""

    def make(world, owner):
        group = GroupFactory(field=world.field, coordinator=ActorFactory())
        if role:
            MembershipFactory(group=group, actor=owner or world.other, role=role, state=state)
        return {"slug": group.slug, "pk": PollFactory(group=group).pk}

    return make


def task(role=None, state="member"):
    """A thing: something that is to be done in such a group."""

    def make(world, owner):
        group = GroupFactory(field=world.field, coordinator=ActorFactory())
        if role:
            MembershipFactory(group=group, actor=owner or world.other, role=role, state=state)
        return {"slug": group.slug, "pk": TaskFactory(group=group).pk}

    return make


def lift(role=None, state="member"):
    """A thing: somebody needs a lift to such a meeting; the owner has a seat."""

    def make(world, owner):
        found = meeting(role, state)(world, owner)
        row = Meeting.objects.get(pk=found["pk"])
        LiftFactory(meeting=row, actor=owner or world.other)
        said = LiftFactory(meeting=row, kind="needed", actor=MembershipFactory(group=row.group).actor)
        return {**found, "lift": said.pk}

    return make


def ride(role=None, *, mine=False):
    """A thing: somebody asks somebody to ride along, with ``mine`` the owner."""

    def make(world, owner):
        found = meeting(role)(world, owner)
        row = Meeting.objects.get(pk=found["pk"])
        driver = (owner or world.other) if mine else MembershipFactory(group=row.group).actor
        LiftFactory(meeting=row, actor=driver)
        rider = LiftFactory(meeting=row, kind="needed", actor=MembershipFactory(group=row.group).actor).actor
        return {**found, "ride": RideFactory(meeting=row, driver=driver, rider=rider).pk}

    return make


def calendar(world, owner):
    """A thing: the secret address of somebody's calendar."""
    key = make_calendar_key(by=owner or world.other)
    return {"token": KEYS.sign(f"{key.pk}-{key.nonce}")}


MEETINGS = {
    "meeting": meeting(),
    "public meeting": meeting(public=True),
    "meeting of a group I coordinate": meeting(Role.COORDINATOR),
    "meeting of a group whose deputy I am": meeting(Role.DEPUTY),
    "meeting of a group I am in": meeting(Role.MEMBER),
    "meeting of a group I observe": meeting(Role.OBSERVER),
    "meeting of a group I left": meeting(Role.COORDINATOR, "left"),
    "past meeting": meeting(days=-1),
    "past meeting of a group I coordinate": meeting(Role.COORDINATOR, days=-1),
    "past meeting of a group I am in": meeting(Role.MEMBER, days=-1),
    "notes": notes(),
    "published notes": notes(notes_state="published"),
    "notes of a group I coordinate": notes(Role.COORDINATOR),
    "notes of a group I am in": notes(Role.MEMBER),
    "notes of a group I observe": notes(Role.OBSERVER),
    "notes of a group I left": notes(Role.COORDINATOR, "left"),
    "notes I write": notes(Role.MEMBER, mine=True),
    "approved notes": notes(notes_state="approved"),
    "approved notes of a group I coordinate": notes(Role.COORDINATOR, notes_state="approved"),
    "date poll": poll(),
    "date poll of a group I coordinate": poll(Role.COORDINATOR),
    "date poll of a group I am in": poll(Role.MEMBER),
    "date poll of a group I observe": poll(Role.OBSERVER),
    "date poll of a group I left": poll(Role.COORDINATOR, "left"),
    "task": task(),
    "task of a group I coordinate": task(Role.COORDINATOR),
    "task of a group I am in": task(Role.MEMBER),
    "task of a group I observe": task(Role.OBSERVER),
    "task of a group I left": task(Role.COORDINATOR, "left"),
    "lift to a meeting": lift(),
    "lift to a meeting of a group I am in": lift(Role.MEMBER),
    "lift to a meeting of a group I left": lift(Role.MEMBER, "left"),
    "ride": ride(),
    "ride that I am asked for": ride(Role.MEMBER, mine=True),
    "ride of others in a group I coordinate": ride(Role.COORDINATOR),
    "calendar": calendar,
}
