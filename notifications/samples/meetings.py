"""Samples of letters about meetings of working groups."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from participation.core.web import absolute
from participation.events.kinds import Kind
from participation.groups.meeting_models import Meeting
from participation.groups.meeting_states import NotesState
from participation.groups.notes_models import MeetingNotes
from participation.groups.poll_models import DateOption, DatePoll
from participation.groups.states import GroupState

from ..meeting_letters import NEWS
from ..member_letters import because_of_membership
from ..poll_letters import NEWS as POLL_NEWS
from .cast import NOBODY, html, in_days, other
from .groups import SLUG, a_group, about


def news():
    """A meeting is planned."""
    meeting = _meeting(in_days(12))
    headline, first = NEWS[Kind.MEETING_PLANNED]
    return {
        **about(meeting.group, because_of_membership()),
        "meeting": meeting,
        "headline": headline,
        "first": first % {"title": meeting.group.title},
        "url": absolute(meeting.get_absolute_url()),
        "ics_url": absolute(reverse("meeting_ics", args=[SLUG, NOBODY])),
    }


def notes():
    """The notes of a meeting are approved."""
    meeting = _meeting(in_days(-3))
    words = _("**Agreed**: the first bench stands at the town hall.\n\n- Kim asks the building yard until Christmas.")
    row = MeetingNotes(meeting=meeting, text=words, html=html(words), state=NotesState.APPROVED)
    address = reverse("meeting_notes", args=[SLUG, NOBODY])
    return {**about(meeting.group, because_of_membership()), "meeting": meeting, "notes": row, "url": absolute(address)}


def _meeting(begins):
    agenda = _("- What the building yards say\n- Places in Krombach and Geiselbach\n- Who paints the signs?")
    return Meeting(
        pk=NOBODY, group=a_group(GroupState.ACTIVE), title=_("Places for the first three benches"), starts_at=begins,
        ends_at=begins + timedelta(hours=2), place=_("Town hall Krombach, first floor"),
        link="https://treffen.allianz.example/mitfahrbaenke", agenda=agenda, html=html(agenda), public=True,
    )  # fmt: skip


def asked():
    """Somebody asks to ride along."""
    meeting = _meeting(in_days(5))
    return {
        **about(meeting.group, _("You receive this letter because you said how you get to this meeting.")),
        "meeting": meeting, "person": other().display_name, "origin": "Geiselbach", "drives": True, "was_agreed": False,
        "url": absolute(reverse("meeting_lifts", args=[SLUG, NOBODY])),
    }  # fmt: skip


def agreed():
    """It is agreed."""
    return {**asked(), "drives": False, "was_agreed": True}


def poll():
    """Which times suit the members?"""
    one, options = _poll()
    headline, first = POLL_NEWS[Kind.POLL_OPENED]
    return {
        **about(one.group, because_of_membership()), "poll": one, "options": options, "headline": headline,
        "first": first % {"title": one.group.title}, "url": absolute(one.get_absolute_url()),
    }  # fmt: skip


def poll_due():
    """A date can be chosen."""
    one, _options = _poll()
    reason = _("You receive this letter because you coordinate this working group, or stand in for whoever does.")
    return {**about(one.group, reason), "poll": one, "url": absolute(one.get_absolute_url())}


def _poll():
    one = DatePoll(
        pk=NOBODY, group=a_group(GroupState.ACTIVE), title=_("Places for the first three benches"), place="Krombach",
        closes_on=in_days(7).date(),
    )  # fmt: skip
    times = [in_days(days) for days in (14, 15, 21)]
    return one, [DateOption(starts_at=begin, ends_at=begin + timedelta(hours=2)) for begin in times]


SAMPLES = {
    "poll_news": poll, "poll_due": poll_due,
    "meeting_news": news, "notes_approved": notes, "ride_asked": asked, "ride_agreed": agreed, "ride_ended": agreed,
}  # fmt: skip
