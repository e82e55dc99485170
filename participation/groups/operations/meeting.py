"""Meetings of a group: planned, changed, cancelled, held, and who comes."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ...actors.queries import role_of
from ...core.authority import require
from ...core.clock import now
from ...core.errors import Outdated, Refusal
from ...core.markup import rendered
from ...events.kinds import Kind
from ...events.record import record
from ..meeting_models import Attendance, Meeting, MeetingReply
from ..meeting_states import MEETING_LIFECYCLE, MeetingState
from .holding import hold, settle

PLAN = "participation.plan_meeting"
DOUBLE_CLICK = timedelta(minutes=1)
AHEAD = timedelta(days=2)
KNOWN_FOR = timedelta(days=1)  # whoever was invited yesterday needs no reminder
MOVED_BY = ("starts_at", "ends_at", "place", "link")


class InThePast(Refusal):
    """A meeting lies ahead."""

    message = _("This moment has passed. Please choose one in the future.")


class NotPlanned(Refusal):
    """What was held or cancelled stays as it is."""

    message = _("This meeting took place or was cancelled, so it stays as it is. Nothing was changed.")


class Begun(Refusal):
    """What people are at is not cancelled."""

    message = _("This meeting has begun. Please write down who was there instead.")


class NotBegun(Refusal):
    """Who was there is known afterwards."""

    message = _("This meeting has not begun yet. Please write down who was there once it is over.")


class NoReason(Refusal):
    """Whoever wanted to come reads why it is cancelled."""

    message = _("Please say in a few words why the meeting is cancelled.")


class TooLate(Refusal):
    """Nobody comes to what is over."""

    message = _("This meeting is over or was cancelled, so nobody can say any more whether they come.")


@transaction.atomic
def plan_meeting(group, *, by, title, starts_at, ends_at, place="", link="", agenda="", public=False):
    """Plan a meeting of ``group`` and invite its members; the same twice within a minute is one, which is returned.

    Raises Over, InThePast.
    """
    require(by, PLAN, group)
    hold(group)
    moment = now()
    if starts_at <= moment:
        raise InThePast
    recent = Meeting.objects.filter(group=group, planned_by=by, created_at__gt=moment - DOUBLE_CLICK)
    if known := recent.filter(title=title, starts_at=starts_at, state=MeetingState.PLANNED).first():
        return known
    meeting = Meeting.objects.create(
        group=group, title=title, starts_at=starts_at, ends_at=ends_at, place=place, link=link, agenda=agenda,
        html=rendered(agenda, links=True), public=public, planned_by=by, created_at=moment, updated_at=moment,
    )  # fmt: skip
    record(Kind.MEETING_PLANNED, by=by, case=group.case, role=role_of(by), meeting=meeting.pk)
    return meeting


@transaction.atomic
def change_meeting(meeting, *, version, by, **words):
    """Change what stands in the form of ``meeting``; calendars take it over, and whoever is concerned hears of it.

    ``words``: as for ``plan_meeting``. Nothing different is nothing done.
    Raises Over, NotPlanned, InThePast, Outdated where somebody else changed it meanwhile.
    """
    require(by, PLAN, meeting.group)
    hold(meeting.group)
    if not meeting.is_planned:
        raise NotPlanned
    changes = {name: value for name, value in words.items() if getattr(meeting, name) != value}
    if not changes and meeting.version == version:
        return meeting
    if "starts_at" in changes and changes["starts_at"] <= now():
        raise InThePast
    is_moved = any(name in changes for name in MOVED_BY)
    if "agenda" in changes:
        changes["html"] = rendered(changes["agenda"], links=True)
    if is_moved:
        changes["moved_at"], changes["reminded_at"] = now(), None
    rows = Meeting.objects.filter(pk=meeting.pk, version=version, state=MeetingState.PLANNED)
    if not rows.update(**changes, version=version + 1, sequence=meeting.sequence + 1, updated_at=now()):
        raise Outdated
    meeting.refresh_from_db()
    record(
        Kind.MEETING_CHANGED, by=by, case=meeting.group.case, role=role_of(by), meeting=meeting.pk,
        sequence=meeting.sequence, moved=is_moved,
    )  # fmt: skip
    return meeting


@transaction.atomic
def cancel_meeting(meeting, because, *, version, by):
    """The meeting does not take place, for a reason that all whom it concerns read.

    Raises Over, NoReason, Begun, NotPlanned, Outdated.
    """
    require(by, PLAN, meeting.group)
    hold(meeting.group)
    if not because:
        raise NoReason
    if not meeting.is_planned:
        raise NotPlanned
    if meeting.has_begun:
        raise Begun
    MEETING_LIFECYCLE.advance(
        meeting, MeetingState.CANCELLED, guard={"version": version}, cancelled_because=because, version=version + 1,
        sequence=meeting.sequence + 1,
    )  # fmt: skip
    record(Kind.MEETING_CANCELLED, by=by, case=meeting.group.case, role=role_of(by), meeting=meeting.pk)
    return meeting


@transaction.atomic
def hold_meeting(meeting, *, present, others, by):
    """Write down that the meeting took place, who of ``present`` (actors) was there, and how many ``others``.

    A group that was only founded is at work after its first one. Raises Over, NotBegun, NotPlanned, Outdated.
    """
    require(by, PLAN, meeting.group)
    hold(meeting.group)
    if not meeting.is_planned:
        raise NotPlanned
    if not meeting.has_begun:
        raise NotBegun
    MEETING_LIFECYCLE.advance(meeting, MeetingState.HELD, held_at=now(), others=others)
    _write_down(meeting, present)
    record(Kind.MEETING_HELD, by=by, case=meeting.group.case, role=role_of(by), meeting=meeting.pk)
    settle(meeting.group, has_met=True)
    return meeting


@transaction.atomic
def correct_attendance(meeting, *, present, others, by):
    """Write down anew who was at a meeting that was held. Raises Over, NotBegun."""
    require(by, PLAN, meeting.group)
    hold(meeting.group)
    if not Meeting.objects.filter(pk=meeting.pk, state=MeetingState.HELD).update(others=others, updated_at=now()):
        raise NotBegun
    Attendance.objects.filter(meeting=meeting).delete()
    _write_down(meeting, present)
    return meeting


@transaction.atomic
def reply_to_meeting(meeting, *, answer, by, guests=0):
    """Say whether one comes, and with how many others; another answer replaces the former one. Raises TooLate."""
    require(by, "participation.reply_to_meeting", meeting)
    if not Meeting.objects.filter(pk=meeting.pk, state=MeetingState.PLANNED, ends_at__gt=now()).exists():
        raise TooLate
    said = {"answer": answer, "guests": guests, "at": now()}
    return MeetingReply.objects.update_or_create(meeting=meeting, actor=by, defaults=said)[0]


def remind_of_meetings():
    """Once for each meeting of the next two days that was known before: whoever did not say no is reminded."""
    moment = now()
    rows = Meeting.objects.filter(
        state=MeetingState.PLANNED, starts_at__gt=moment, starts_at__lte=moment + AHEAD,
        created_at__lt=moment - KNOWN_FOR, reminded_at=None,
    )  # fmt: skip
    for meeting in rows.select_related("group__case"):
        with transaction.atomic():
            there = Meeting.objects.filter(pk=meeting.pk, state=MeetingState.PLANNED, reminded_at=None)
            if there.update(reminded_at=moment):
                record(Kind.MEETING_SOON, case=meeting.group.case, meeting=meeting.pk)


def _write_down(meeting, present):
    Attendance.objects.bulk_create(Attendance(meeting=meeting, actor=actor) for actor in present)
