"""Who hears of working groups and of belonging to them."""

from dataclasses import replace

from participation.actors.models import Actor
from participation.discussion.models import Comment
from participation.events.kinds import Kind
from participation.groups.lift_models import Ride
from participation.groups.meeting_models import Meeting
from participation.groups.meeting_queries import circle_of, comers_to
from participation.groups.models import Group, Membership
from participation.groups.poll_queries import who_answered
from participation.groups.queries import has_coordination
from participation.groups.states import LEADING
from participation.groups.task_models import Task

from .audiences import Recipient, _present, crowd_of, office


def proposer(event):
    """Whoever proposed the group, as long as the account is there."""
    return _present(Group.objects.filter(case=event.case_id).values("proposer_id"))


def group_office(event):
    """Managers and moderators in office today, except whoever proposed the group: they get the receipt."""
    return (one for one in office(event) if one.actor_id != event.by_id)


def requester(event):
    """Whoever asked to join."""
    return _present(_membership(event).values("actor_id"))


def request_office(event):
    """Managers and moderators in office today, except whoever asks; at once where nobody coordinates the group."""
    row = _membership(event).select_related("group").get()
    if event.kind == Kind.MEMBERSHIP_REQUESTED and has_coordination(row.group):
        return []
    return (one for one in office(event) if one.actor_id != row.actor_id)


def coordination(event):
    """Whoever coordinates the group or stands in for them; whoever did it knows."""
    rows = Membership.objects.leading().filter(group__case=event.case_id)
    return _present(rows.exclude(actor=event.by_id).values("actor_id"))


def invited(event):
    """Whoever is asked to join, at the bare address, in the language of the person who asks."""
    for row in _membership(event).exclude(email="").select_related("invited_by"):
        yield Recipient(row.invited_by.language, None, row.email)


def former_member(event):
    """Whoever was removed from the group."""
    return _present(_membership(event).values("actor_id"))


def member(event):
    """Whoever got another role, unless they took it themselves."""
    return _present(_membership(event).exclude(actor=event.by_id).values("actor_id"))


def members(event):
    """Whoever belongs to the group, those who coordinate it too, each once; whoever did it knows."""
    rows = Membership.objects.present().filter(group__case=event.case_id)
    return crowd_of(Actor.objects.filter(pk__in=rows.values("actor_id")).exclude(pk=event.by_id))


def poll_members(event):
    """The same; who has answered is not reminded that answers end soon."""
    crowd = members(event)
    if event.kind != Kind.POLL_CLOSING:
        return crowd
    return replace(crowd, rows=crowd.rows.exclude(pk__in=who_answered(event.facts["poll"])))


def talkers(event):
    """Whoever belongs to the group, but for who wrote it and those who are called: they hear it at once."""
    crowd = members(event)
    return replace(crowd, rows=crowd.rows.exclude(pk__in=event.facts["mentioned"]))


def mentioned(event):
    """Whoever is called by name and belongs to the group."""
    rows = Membership.objects.present().filter(group__case=event.case_id, actor__in=event.facts["mentioned"])
    return _present(rows.exclude(actor=event.by_id).values("actor_id"))


def meeting_circle(event):
    """Whom the meeting concerns: the group, and guests who (perhaps) come; whoever did it knows, and nobody is
    reminded who said no.
    """
    meeting = Meeting.objects.get(pk=event.facts["meeting"])
    rows = comers_to(meeting) if event.kind == Kind.MEETING_SOON else circle_of(meeting)
    return crowd_of(rows.exclude(pk=event.by_id))


def other_of_ride(event):
    """The other one of the two whom a lift concerns."""
    for ride in Ride.objects.filter(pk=event.facts["ride"]):
        yield from _present({ride.driver_id, ride.rider_id} - {event.by_id})


def task_people(event):
    """Who is to do it: the one to whom it was given now, or, of what is due, whoever does it; of what is overdue and
    of what nobody does the coordination too. Whoever did it knows.
    """
    if "to" in event.facts:
        return _present({event.facts["to"]} - {None, event.by_id})
    task = Task.objects.get(pk=event.facts["task"])
    members = Membership.objects.present().filter(group=task.group_id)
    people = set(members.filter(actor=task.assignee_id).values_list("actor_id", flat=True))
    if event.kind == Kind.TASK_OVERDUE or not people:
        people |= set(members.filter(role__in=LEADING).values_list("actor_id", flat=True))
    return _present(people)


def writer(event):
    """Whoever wrote the post, unless they did it themselves."""
    rows = Comment.objects.filter(pk=event.facts["comment"])
    return _present(rows.exclude(author=event.by_id).values("author_id"))


def _membership(event):
    return Membership.objects.filter(pk=event.facts["membership"])
