"""Who may do what with working groups. Nobody decides about their own request."""

import rules

from ..actors.models import Post
from ..actors.rules import holds
from .queries import has_coordination, membership_of
from .states import VOTING, Role


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
def may_come(actor, meeting):
    """The meeting is one of the actor's group, or one to which everybody may come."""
    return meeting is not None and (meeting.public or membership_of(actor, meeting.group) is not None)


@rules.predicate
def belongs_to_its_group(actor, meeting):
    """The meeting is one of a group in which the actor is."""
    return meeting is not None and membership_of(actor, meeting.group) is not None


@rules.predicate
def is_one_of_two(actor, ride):
    """The actor drives or rides."""
    return ride is not None and actor.pk in {ride.driver_id, ride.rider_id}


@rules.predicate
def did_not_ask(actor, ride):
    """The other one of the two asked."""
    return ride is not None and ride.asked_by_id != actor.pk


@rules.predicate
def works_in(actor, group):
    """The actor is in the group and does more than observe."""
    row = membership_of(actor, group) if group is not None else None
    return row is not None and row.role in VOTING


@rules.predicate
def is_everywhere(actor, group):
    """No group in particular is meant."""
    return group is None


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
    "participation.plan_meeting": (leads | MODERATORS) & is_at_work,
    "participation.answer_poll": belongs & is_at_work & is_confirmed,
    "participation.work_on_tasks": (works_in | MODERATORS) & is_at_work,
    "participation.write_notes": (works_in | MODERATORS) & is_at_work,
    "participation.reply_to_meeting": may_come & is_confirmed,
    "participation.share_lifts": belongs_to_its_group & is_confirmed,
    "participation.answer_ride": is_one_of_two & did_not_ask,
    "participation.end_ride": is_one_of_two,
    "participation.subscribe_calendar": (is_everywhere | belongs) & is_confirmed,
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
