"""Who may do what with working groups. Nobody decides about their own request."""

import rules

from ..actors.models import Post
from ..actors.rules import holds
from .queries import has_coordination, membership_of
from .states import Role


@rules.predicate
def is_confirmed(actor):
    """The actor has confirmed the address."""
    return actor.confirmed_at is not None


@rules.predicate
def leads(actor, group):
    """The actor coordinates the group or stands in for whoever does."""
    row = membership_of(actor, group) if group is not None else None
    return row is not None and row.is_leading


@rules.predicate
def belongs(actor, group):
    """The actor is in the group, as whatever."""
    return group is not None and membership_of(actor, group) is not None


@rules.predicate
def is_at_work(actor, group):
    """The group was founded and is not closed."""
    return group is not None and group.is_joinable


@rules.predicate
def leads_its_group(actor, row):
    """The membership belongs to a group that the actor leads."""
    return row is not None and leads(actor, row.group)


@rules.predicate
def coordinates_its_group(actor, row):
    """The membership belongs to a group that the actor coordinates."""
    own = membership_of(actor, row.group) if row is not None else None
    return own is not None and own.role == Role.COORDINATOR


@rules.predicate
def waits_too_long(actor, row):
    """The coordination did not answer the request in time, or there is none."""
    return row is not None and (row.is_late or not has_coordination(row.group))


@rules.predicate
def is_own(actor, row):
    """The membership is the actor's."""
    return row is not None and row.actor_id == actor.pk


MODERATORS = holds(Post.MANAGER, Post.MODERATOR)
OFFICE = holds(Post.MANAGER, Post.MODERATOR, Post.INTERN)

PERMISSIONS = {
    "participation.propose_group": is_confirmed,
    "participation.view_all_groups": OFFICE,
    "participation.found_group": MODERATORS,
    "participation.change_mandate": MODERATORS,
    "participation.describe_group": leads | MODERATORS,
    "participation.join_group": is_confirmed,
    "participation.enter_group": belongs | OFFICE,
    "participation.talk_in_group": (belongs | OFFICE) & is_at_work & is_confirmed,
    "participation.look_after_room": leads | MODERATORS,
    "participation.answer_request": (leads_its_group | (MODERATORS & waits_too_long)) & ~is_own,
    "participation.invite_member": (leads | MODERATORS) & is_at_work,
    "participation.take_member_invitation_back": leads_its_group | MODERATORS,
    "participation.answer_member_invitation": is_confirmed,
    "participation.withdraw_request": is_own,
    "participation.leave_group": is_own,
    "participation.remove_member": (leads_its_group | MODERATORS) & ~is_own,
    "participation.give_role": coordinates_its_group | MODERATORS,
    "participation.step_in": MODERATORS & is_at_work,
    "participation.say_alive": leads | MODERATORS,
    "participation.rest_group": leads | MODERATORS,
    "participation.report_group": leads | MODERATORS,
    "participation.prolong_group": MODERATORS,
    "participation.close_group": leads | MODERATORS,
}

for name, predicate in PERMISSIONS.items():
    rules.add_perm(name, predicate)
