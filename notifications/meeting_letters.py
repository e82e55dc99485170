"""What letters about meetings of working groups say: invited, changed, cancelled, soon, written down."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from participation.core.clock import now
from participation.core.web import absolute
from participation.events.kinds import Kind
from participation.groups.meeting_models import Meeting
from participation.groups.meeting_queries import circle_of
from participation.groups.models import Membership
from participation.groups.notes_models import MeetingNotes

from .member_letters import because_of_membership
from .unwanted import Unwanted

# What happened → the subject of the letter, and what it says first.
NEWS = {
    Kind.MEETING_PLANNED: (
        gettext_lazy("Invitation to a meeting"),
        gettext_lazy("The working group “%(title)s” meets, and you are invited."),
    ),
    Kind.MEETING_CHANGED: (
        gettext_lazy("A meeting has changed"),
        gettext_lazy("A meeting of the working group “%(title)s” has changed. This is how it stands now:"),
    ),
    Kind.MEETING_CANCELLED: (
        gettext_lazy("A meeting does not take place"),
        gettext_lazy("A meeting of the working group “%(title)s” is cancelled."),
    ),
    Kind.MEETING_SOON: (
        gettext_lazy("A meeting is near"),
        gettext_lazy("The working group “%(title)s” meets soon."),
    ),
}


def news(delivery):
    """For all whom the meeting concerns: when and where it is, as long as it lies ahead; or why it is cancelled."""
    event = delivery.event
    meeting = _still_news(event)
    headline, first = NEWS[event.kind]
    return {
        "group": meeting.group,
        "meeting": meeting,
        "headline": headline,
        "first": first % {"title": meeting.group.title},
        "url": absolute(meeting.get_absolute_url()),
        "ics_url": absolute(reverse("meeting_ics", args=[meeting.group.slug, meeting.pk])),
    }


def why_in_circle(deliveries):
    """Why each of the actors hears of the meeting, by number; whom it no longer concerns is not in it."""
    event, people = deliveries[0].event, {row.recipient_id for row in deliveries}
    circle = circle_of(Meeting.objects.get(pk=event.facts["meeting"])).filter(pk__in=people)
    members = Membership.objects.present().filter(group__case=event.case_id, actor__in=people)
    wanted = _("You receive this letter because you said that you (perhaps) come to this meeting.")
    reasons = dict.fromkeys(circle.values_list("pk", flat=True), wanted)
    return reasons | dict.fromkeys(members.values_list("actor_id", flat=True), because_of_membership())


def _still_news(event):
    meeting = Meeting.objects.whole().get(pk=event.facts["meeting"])
    if event.kind == Kind.MEETING_CANCELLED:
        return meeting
    if meeting.is_cancelled:
        raise Unwanted(gettext_noop("the meeting was cancelled"))
    if meeting.ends_at <= now():
        raise Unwanted(gettext_noop("the meeting is over"))
    if event.facts.get("sequence", meeting.sequence) != meeting.sequence:
        raise Unwanted(gettext_noop("the meeting was changed again"))
    return meeting


def notes(delivery):
    """For the members: the notes of a meeting are approved, and where they are read."""
    rows = MeetingNotes.objects.select_related("meeting__group__case").exclude(approved_at=None)
    row = rows.filter(meeting=delivery.event.facts["meeting"]).first()
    if row is None:
        raise Unwanted(gettext_noop("the notes are written once more"))
    return {"group": row.meeting.group, "meeting": row.meeting, "notes": row, "url": absolute(row.get_absolute_url())}
