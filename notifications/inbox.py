"""What lies in somebody's inbox in the portal: what happened, about which case, and where it is read."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from participation.accessibility.models import BarrierReport
from participation.accessibility.queries import receipt_path as barrier_path
from participation.core.authority import may
from participation.core.clock import now
from participation.events.kinds import CaseKind, Kind
from participation.groups.lift_models import Ride
from participation.groups.meeting_models import Meeting
from participation.groups.notes_models import MeetingNotes
from participation.groups.poll_models import DatePoll
from participation.groups.task_models import Task
from participation.groups.thread_queries import place_of_post
from participation.ideas.states import IdeaState
from participation.newsroom.models import Outcome
from participation.reports.models import Report
from participation.reports.queries import receipt_path as report_path

from .catalogue import BY_NAME
from .headlines import headline_of, next_step_of
from .models import InboxItem
from .office_letters import page_in_office
from .readers import readable
from .states import Urgency

MOST_SHOWN = 99


def _lifts_of(event):
    ride = Ride.objects.select_related("meeting__group").filter(pk=event.facts["ride"]).first()
    return reverse("meeting_lifts", args=[ride.meeting.group.slug, ride.meeting_id]) if ride else ""


def _poll_of(event):
    return DatePoll.objects.whole().get(pk=event.facts["poll"])


def _notes_of(event):
    return MeetingNotes.objects.select_related("meeting__group").get(meeting=event.facts["meeting"])


# Letters that lead to a place of their own: name → its path.
PLACES = {
    "barrier_received": lambda event: barrier_path(BarrierReport(pk=event.facts["report"])),
    "barrier_answered": lambda event: barrier_path(BarrierReport(pk=event.facts["report"])),
    "report_received": lambda event: report_path(Report(pk=event.facts["report"])),
    "report_upheld": lambda event: report_path(Report(pk=event.facts["report"])),
    "report_rejected": lambda event: report_path(Report(pk=event.facts["report"])),
    "report_delayed": lambda event: report_path(Report.objects.get(case=event.case_id)),
    "post_written": lambda event: place_of_post(event.facts["comment"]),
    "mentioned": lambda event: place_of_post(event.facts["comment"]),
    "post_hidden": lambda event: place_of_post(event.facts["comment"]),
    "post_shown_again": lambda event: place_of_post(event.facts["comment"]),
    "meeting_news": lambda event: Meeting.objects.whole().get(pk=event.facts["meeting"]).get_absolute_url(),
    "notes_approved": lambda event: _notes_of(event).get_absolute_url(),
    "poll_news": lambda event: _poll_of(event).get_absolute_url(),
    "poll_due": lambda event: _poll_of(event).get_absolute_url(),
    "task": lambda event: Task.objects.whole().get(pk=event.facts["task"]).get_absolute_url(),
    "ride_asked": _lifts_of,
    "ride_agreed": _lifts_of,
    "ride_ended": _lifts_of,
    "appointment_made": lambda event: reverse("my_page"),
    "appointment_ended": lambda event: reverse("my_page"),
}


@dataclass(frozen=True)
class Entry:
    """One message; ``title`` and ``url`` are empty where the reader may not, or no longer, read the thing."""

    pk: int
    at: datetime
    text: str
    next_step: str
    reference: str
    title: str
    url: str
    is_unread: bool


@dataclass(frozen=True)
class Unread:
    """How many messages somebody has not read."""

    count: int

    @property
    def label(self):
        """The number as it is shown."""
        return str(self.count) if self.count <= MOST_SHOWN else f"{MOST_SHOWN}+"


def items_of(actor, reference=""):
    """What lies in the inbox of ``actor``, about all or about one case."""
    items = InboxItem.objects.filter(recipient=actor)
    return items.filter(case__reference=reference) if reference else items


def unread_of(actor):
    """How many messages ``actor`` has not read; asks nothing where the account came ``with_unread``."""
    known = getattr(actor, "unread_messages", None)
    return Unread(items_of(actor).filter(read_at=None).count() if known is None else known)


def with_unread(actors):
    """The queryset ``actors``, each with its number of ``unread_messages``."""
    unread = InboxItem.objects.filter(recipient=OuterRef("pk"), read_at=None).order_by().values("recipient")
    return actors.annotate(unread_messages=Coalesce(Subquery(unread.annotate(n=Count("pk")).values("n")), 0))


def mark_read(items):
    """``items`` are read from now on; what was read before keeps its moment."""
    return items.filter(read_at=None).update(read_at=now())


def entries_of(actor, items):
    """``items``, with their events and cases at hand, as ``actor`` reads them."""
    things = readable(actor, {item.case for item in items if item.case})
    in_office = may(actor, "participation.enter_office")
    return [_entry(item, things.get(item.case_id), in_office=in_office) for item in items]


def _entry(item, thing, *, in_office):
    return Entry(
        pk=item.pk,
        at=item.created_at,
        text=str(headline_of(item.letter, item.event.kind)),
        next_step=str(next_step_of(item.letter)),
        reference=item.case.reference if item.case else "",
        title=thing.title if thing else "",
        url=_place(item, thing, in_office=in_office),
        is_unread=item.read_at is None,
    )


def _place(item, thing, *, in_office):
    letter = BY_NAME.get(item.letter)
    if letter and letter.urgency == Urgency.OFFICE:
        return _office_place(item) if in_office else ""
    if item.letter in PLACES:
        return PLACES[item.letter](item.event)
    if thing and thing.state != IdeaState.MERGED:
        comment = item.event.facts.get("comment") if item.event.kind == Kind.COMMENT_WRITTEN else None
        return thing.get_absolute_url() + (f"#comment-{comment}" if comment else "")
    return WITHOUT_PAGE[item.case.kind](item.case, thing) if item.case and item.case.kind in WITHOUT_PAGE else ""


def _trail(case, thing):
    """The way of an idea that was merged, hidden or withdrawn, where everybody or this reader may see it."""
    return reverse("trail", args=[case.reference]) if case.public or thing else ""


def _office_place(item):
    if item.event.kind == Kind.OUTCOME_OFFERED:
        draft = Outcome.objects.filter(pk=item.event.facts["outcome"]).first()
        return reverse("office_outcome", args=[draft.pk]) if draft else reverse("office_outcomes")
    if item.case is None:
        return reverse("office_ideas")
    if item.case.kind == CaseKind.BARRIER:
        return reverse("office_barrier", args=[item.event.facts["report"]])
    return page_in_office(item.case)


# Kind of the case → where it is read of what the reader may not, or no longer, read itself.
WITHOUT_PAGE = {
    CaseKind.IDEA: _trail,
    CaseKind.OUTCOME: lambda case, thing: case.path,  # it was withdrawn, and its page says why
}
