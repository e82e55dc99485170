"""Writing the notes of a meeting together: whose turn it is, what is kept, approved and published."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ...actors.queries import role_of
from ...core.authority import require
from ...core.clock import now
from ...core.errors import Outdated, Refusal
from ...core.markup import rendered
from ...events.kinds import Kind
from ...events.record import record
from ..meeting_states import NOTES_LIFECYCLE, NotesState
from ..notes_models import SILENCE, MeetingNotes
from .holding import hold
from .meeting import PLAN, NotBegun

WRITE = "participation.write_notes"


class SomebodyWrites(Refusal):
    """One after the other."""

    message = _("Somebody else is writing these notes at the moment. Please wait a little, or take over.")


class TakenOver(Refusal):
    """The pen is with somebody else now."""

    message = _("Somebody else writes these notes now. What you wrote is still here; put it in once they are done.")


class NotDraft(Refusal):
    """What was approved stays as it is."""

    message = _("These notes were approved, so they stay as they are. Nothing was changed.")


class NoWords(Refusal):
    """Nothing cannot be approved."""

    message = _("There is nothing in these notes yet.")


@transaction.atomic
def take_pen(meeting, *, by, insist=False):
    """Write the notes of ``meeting`` from now on; ``insist``: take over from whoever writes. Returns the MeetingNotes.

    Raises NotBegun, NotDraft, SomebodyWrites (not with ``insist``), and Outdated where somebody was faster.
    """
    require(by, WRITE, meeting.group)
    if meeting.is_cancelled or not meeting.has_begun:
        raise NotBegun
    notes = MeetingNotes.objects.get_or_create(meeting=meeting, defaults={"updated_at": now()})[0]
    if not notes.is_draft:
        raise NotDraft
    moment = now()
    rows = MeetingNotes.objects.filter(pk=notes.pk, state=NotesState.DRAFT)
    taken = {"writer": by, "touched_at": moment, "taken_from": None, "taken_at": None}
    if notes.is_being_written and notes.writer_id != by.pk:
        if not insist:
            raise SomebodyWrites
        rows = rows.filter(writer=notes.writer_id)
        taken |= {"taken_from": notes.writer_id, "taken_at": moment}
    else:
        rows = rows.filter(_free_for(by))
    if not rows.update(**taken):
        raise Outdated
    notes.refresh_from_db()
    return notes


@transaction.atomic
def keep_pen(notes, *, by):
    """Give a sign that one is still writing; says whether one still has the pen."""
    require(by, WRITE, notes.meeting.group)
    mine = MeetingNotes.objects.filter(pk=notes.pk, writer=by, state=NotesState.DRAFT)
    return bool(mine.update(touched_at=now()))


@transaction.atomic
def put_pen_down(notes, *, by):
    """Let others write; whoever does not write changes nothing."""
    require(by, WRITE, notes.meeting.group)
    MeetingNotes.objects.filter(pk=notes.pk, writer=by).update(writer=None, touched_at=None)


@transaction.atomic
def save_notes(notes, text, *, version, by):
    """Keep ``text``; the pen stays where it is. Nothing different is nothing done.

    Raises TakenOver where somebody else has the pen, NotDraft, and Outdated where ``version`` was not the last text.
    """
    require(by, WRITE, notes.meeting.group)
    hold(notes.meeting.group)
    notes.refresh_from_db()
    if not notes.is_draft:
        raise NotDraft
    if notes.is_being_written and notes.writer_id != by.pk:
        raise TakenOver
    if notes.version == version and notes.text == text:
        return notes
    moment = now()
    rows = MeetingNotes.objects.filter(pk=notes.pk, version=version, state=NotesState.DRAFT).filter(_free_for(by))
    changes = {"text": text, "html": rendered(text, links=True), "version": version + 1}
    if not rows.update(**changes, writer=by, touched_at=moment, updated_at=moment):
        raise Outdated
    notes.refresh_from_db()
    if version == 0:
        record(Kind.NOTES_BEGUN, by=by, case=notes.meeting.group.case, meeting=notes.meeting_id)
    return notes


@transaction.atomic
def approve_notes(notes, *, version, by):
    """Stand by the notes; nobody writes in them any more. Raises NoWords, SomebodyWrites, WrongState, Outdated."""
    require(by, PLAN, notes.meeting.group)
    hold(notes.meeting.group)
    if not notes.text:
        raise NoWords
    if notes.is_being_written and notes.writer_id != by.pk:
        raise SomebodyWrites
    NOTES_LIFECYCLE.advance(
        notes, NotesState.APPROVED, guard={"version": version}, approved_by=by, approved_at=now(), writer=None,
        touched_at=None,
    )  # fmt: skip
    record(
        Kind.NOTES_APPROVED, by=by, case=notes.meeting.group.case, role=role_of(by), meeting=notes.meeting_id
    )  # fmt: skip
    return notes


@transaction.atomic
def reopen_notes(notes, *, by):
    """Let the notes be written once more before they are published. Raises WrongState, Outdated."""
    require(by, PLAN, notes.meeting.group)
    hold(notes.meeting.group)
    NOTES_LIFECYCLE.advance(notes, NotesState.DRAFT, approved_by=None, approved_at=None)
    record(
        Kind.NOTES_REOPENED, by=by, case=notes.meeting.group.case, role=role_of(by), meeting=notes.meeting_id
    )  # fmt: skip
    return notes


@transaction.atomic
def publish_notes(notes, *, by):
    """Let everybody read the notes, and when the meeting was. Raises WrongState, Outdated."""
    require(by, PLAN, notes.meeting.group)
    hold(notes.meeting.group)
    NOTES_LIFECYCLE.advance(notes, NotesState.PUBLISHED, published_at=now())
    record(
        Kind.NOTES_PUBLISHED, by=by, case=notes.meeting.group.case, role=role_of(by), meeting=notes.meeting_id
    )  # fmt: skip
    return notes


def _free_for(actor):
    """Rows in which nobody but ``actor`` writes."""
    return Q(writer=None) | Q(writer=actor) | Q(touched_at__lte=now() - SILENCE)
