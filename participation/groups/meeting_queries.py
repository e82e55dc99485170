"""Questions about the meetings of working groups."""

from django.core.signing import BadSignature, Signer
from django.db.models import Q
from django.urls import reverse

from ..actors.models import Actor
from ..core.authority import may
from .meeting_models import Attendance, CalendarKey, Meeting, MeetingReply
from .meeting_states import NotesState
from .models import Membership
from .notes_models import MeetingNotes
from .queries import groups_for
from .states import PUBLIC

KEYS = Signer(salt="participation.calendar")
COMING = (MeetingReply.Answer.YES, MeetingReply.Answer.MAYBE)


def meetings_for(actor):
    """The meetings of which ``actor`` may read, with their groups."""
    in_office = may(actor, "participation.view_all_groups")
    return Meeting.objects.visible_to(actor, in_office=in_office).whole()


def meetings_of(group, actor):
    """Those of them that belong to ``group``."""
    return meetings_for(actor).filter(group=group)


def next_meeting(group, actor):
    """The meeting of ``group`` that comes next, as far as ``actor`` may know, or None."""
    return meetings_of(group, actor).ahead().order_by("starts_at", "pk").first()


def public_meetings(number=None):
    """The meetings ahead of which everybody may read, the first one first, at most ``number``."""
    rows = Meeting.objects.public().ahead().whole().order_by("starts_at", "pk")
    return rows[:number] if number else rows


def replies_to(meeting):
    """Who said what, each with the actor, in the order of the answers."""
    return MeetingReply.objects.filter(meeting=meeting).select_related("actor").order_by("at", "pk")


def reply_of(actor, meeting):
    """What ``actor`` said, or None."""
    return MeetingReply.objects.filter(meeting=meeting, actor_id=actor.pk).first() if actor.is_authenticated else None


def attendances_of(meeting):
    """Who was there, by name."""
    return Attendance.objects.filter(meeting=meeting).select_related("actor").order_by("actor__display_name", "pk")


def circle_of(meeting):
    """The actors whom ``meeting`` concerns: who is in the group, and guests who said that they (perhaps) come."""
    members = Membership.objects.present().filter(group=meeting.group_id)
    guests = MeetingReply.objects.filter(meeting=meeting, answer__in=COMING) if meeting.public else None
    found = Q(pk__in=members.values("actor"))
    if guests is not None:
        found |= Q(pk__in=guests.values("actor"))
    return Actor.objects.filter(found, is_active=True)


def comers_to(meeting):
    """Those of them who did not say no."""
    stays_away = MeetingReply.objects.filter(meeting=meeting, answer=MeetingReply.Answer.NO)
    return circle_of(meeting).exclude(pk__in=stays_away.values("actor"))


def candidates_for(meeting):
    """Who may have been there: the group, and whoever replied and did not say no; by name."""
    replied = MeetingReply.objects.filter(meeting=meeting, answer__in=COMING).values("actor")
    members = Membership.objects.present().filter(group=meeting.group_id).values("actor")
    rows = Actor.objects.filter(Q(pk__in=members) | Q(pk__in=replied) | Q(pk__in=meeting.attendances.values("actor")))
    return rows.order_by("display_name", "pk")


def calendar_path(key):
    """The secret address of ``key``."""
    return reverse("calendar_feed", args=[KEYS.sign(f"{key.pk}-{key.nonce}")])


def key_behind(token):
    """The CalendarKey that ``token`` names, as long as its person may see the calendar; else None."""
    try:
        number, _sign, nonce = KEYS.unsign(token).partition("-")
    except BadSignature:
        return None
    key = CalendarKey.objects.filter(pk=number, nonce=nonce, actor__is_active=True).select_related("actor", "group")
    key = key.first()
    is_there = key and (key.group is None or Membership.objects.of(key.actor).filter(group=key.group).exists())
    return key if is_there else None


def keys_of(actor):
    """Number of a group, or None for all of them → the CalendarKey of ``actor``."""
    return {row.group_id: row for row in CalendarKey.objects.filter(actor=actor)}


def groups_with_calendar(actor):
    """The groups in which ``actor`` is, by title."""
    return groups_for(actor).filter(pk__in=Membership.objects.of(actor).values("group")).order_by("title", "pk")


def meetings_behind(key):
    """The meetings that the calendar of ``key`` holds: of its group, or of all groups of its person, and those
    public ones elsewhere to which the person wants to go.
    """
    mine = Meeting.objects.filter(group__in=Membership.objects.of(key.actor).values("group"))
    if key.group_id:
        return mine.filter(group=key.group_id).whole()
    goes = MeetingReply.objects.filter(actor=key.actor, answer__in=COMING).values("meeting")
    return (mine | Meeting.objects.public().filter(pk__in=goes)).whole()


def notes_for(actor):
    """The notes that ``actor`` may read, with their meetings: published ones, those of one's own groups, and for the
    office all.
    """
    rows = MeetingNotes.objects.select_related("meeting__group__case", "meeting__group__field", "writer", "taken_from")
    if may(actor, "participation.view_all_groups"):
        return rows
    seen = Q(state=NotesState.PUBLISHED, meeting__group__state__in=PUBLIC)
    if actor.is_authenticated:
        seen |= Q(meeting__group__in=Membership.objects.of(actor).values("group"))
    return rows.filter(seen)


def notes_of(meeting, actor):
    """The notes of ``meeting`` that ``actor`` may read, or None."""
    return notes_for(actor).filter(meeting=meeting).first()


def published_notes(group):
    """The published notes of ``group``, those of the last meeting first."""
    rows = MeetingNotes.objects.filter(meeting__group=group, state=NotesState.PUBLISHED)
    return rows.select_related("meeting__group").order_by("-meeting__starts_at", "-pk")
