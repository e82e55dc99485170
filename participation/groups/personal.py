"""Which personal fields of working groups are kept, scrubbed and exported."""

from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _

from ..core.personal import nameless, register
from .lift_models import Lift, Ride
from .meeting_models import Attendance, CalendarKey, Meeting, MeetingReply
from .models import Group, Membership, Prolongation
from .notes_models import MeetingNotes
from .poll_models import DatePoll, DateVote
from .task_models import Task
from .thread_models import Hiding, Visit

PUBLIC_RECORD = _("What the group was asked to do and what came of it stays in the public record, without your name.")
OFFICE_RECORD = _("What the office decided stays in the record; it no longer names you.")
MET = _("That a working group met stays in the record, without your name.")
BELONGED = _("That the group had a member stays in the record, by “former actor”.")


def _unless_theirs(field):
    """What replaces the person in ``field``: nobody, unless it is another person than the one who leaves."""
    return lambda row: None if getattr(row, field) == row.whose else getattr(row, field)


def _memberships(actor):
    """Where ``actor`` belongs or belonged, whom they invited or decided about, and invitations to their address."""
    theirs = Q(actor_id=actor.pk) | Q(invited_by_id=actor.pk) | Q(decided_by_id=actor.pk)
    if actor.confirmed_at:
        theirs |= ~Q(email="") & Q(email__iexact=actor.email)
    return Membership.objects.filter(theirs).annotate(whose=Value(actor.pk)).select_related("actor")


def _own_words(field):
    """Words about somebody who leaves are gone with them; those about others stay."""
    return lambda row: "" if row.actor_id == row.whose else getattr(row, field)


def _groups(actor):
    theirs = Q(proposer_id=actor.pk) | Q(decided_by_id=actor.pk)
    return Group.objects.filter(theirs).annotate(whose=Value(actor.pk)).select_related("proposer")


def _without_name(field):
    def words(row):
        text = getattr(row, field)
        if row.proposer_id != row.whose:
            return text
        return nameless(text, row.proposer.email, row.proposer.display_name)

    return words


register(
    Group,
    rows=_groups,
    title=_("Working groups you proposed or decided about"),
    scrub={
        "proposer": _unless_theirs("proposer_id"),
        "decided_by": _unless_theirs("decided_by_id"),
        **{name: _without_name(name) for name in ("title", "question", "expected", "html", "looking_for")},
    },
    keep=dict.fromkeys(
        (
            "id", "case", "slug", "field", "whole_alliance", "starts_on", "ends_on", "report_due_on", "way_in", "state",
            "version", "offers_to_coordinate", "decided_at", "declined_because", "asked_at", "told_at", "report",
            "report_html", "closed_at", "created_at", "updated_at",
        ),
        PUBLIC_RECORD,
    ),
    export=("case__reference", "title", "question", "expected", "looking_for", "state", "created_at"),
)  # fmt: skip
register(
    Membership,
    rows=_memberships,
    title=_("Working groups you belong to, and invitations"),
    scrub={
        "email": "",
        "actor": _unless_theirs("actor_id"),
        "invited_by": _unless_theirs("invited_by_id"),
        "decided_by": _unless_theirs("decided_by_id"),
        "reason": _own_words("reason"),
        "refused_because": _own_words("refused_because"),
    },
    keep=dict.fromkeys(
        ("id", "group", "role", "interim", "shown", "state", "since", "answer_by", "told_at", "joined_at", "ended_at"),
        BELONGED,
    ),
    export=("group__case__reference", "role", "state", "reason", "refused_because", "since", "joined_at", "ended_at"),
)
register(
    Prolongation,
    rows=lambda actor: Prolongation.objects.filter(by_id=actor.pk),
    title=_("Working groups you prolonged in your post"),
    scrub={"by": None},
    keep=dict.fromkeys(("id", "group", "former_ends_on", "ends_on", "report_due_on", "reason", "at"), OFFICE_RECORD),
    export=("group__case__reference", "ends_on", "reason", "at"),
)
register(
    Visit,
    rows=lambda actor: Visit.objects.filter(actor_id=actor.pk),
    title=_("Until when you have read talks in working groups"),
    delete=True,
    export=("thread__title", "at"),
)
register(
    Hiding,
    rows=lambda actor: Hiding.objects.filter(Q(by_id=actor.pk) | Q(ended_by_id=actor.pk)).annotate(
        whose=Value(actor.pk)
    ),
    title=_("Posts in working groups that you hid or showed again"),
    scrub={"by": _unless_theirs("by_id"), "ended_by": _unless_theirs("ended_by_id")},
    keep=dict.fromkeys(("id", "post", "at", "reason", "words", "ended_at"), OFFICE_RECORD),
    export=("at", "reason", "words", "ended_at"),
)
register(
    Meeting,
    rows=lambda actor: Meeting.objects.filter(planned_by_id=actor.pk),
    title=_("Meetings of working groups you planned"),
    scrub={"planned_by": None},
    keep=dict.fromkeys(
        (
            "id", "group", "uid", "title", "starts_at", "ends_at", "place", "link", "agenda", "html", "public", "state",
            "version", "sequence", "cancelled_because", "moved_at", "reminded_at", "held_at", "others", "created_at",
            "updated_at",
        ),
        MET,
    ),
    export=("group__case__reference", "title", "starts_at", "place", "created_at"),
)  # fmt: skip
register(
    MeetingReply,
    rows=lambda actor: MeetingReply.objects.filter(actor_id=actor.pk),
    title=_("Whether you come to meetings"),
    delete=True,
    export=("meeting__title", "meeting__starts_at", "answer", "guests", "at"),
)
register(
    Attendance,
    rows=lambda actor: Attendance.objects.filter(actor_id=actor.pk),
    title=_("Meetings at which you were"),
    scrub={"actor": None},
    keep=dict.fromkeys(("id", "meeting"), MET),
    export=("meeting__title", "meeting__starts_at"),
)
register(
    CalendarKey,
    rows=lambda actor: CalendarKey.objects.filter(actor_id=actor.pk),
    title=_("Addresses of your calendars"),
    delete=True,
    export=("group__title", "made_at"),
)
register(
    MeetingNotes,
    rows=lambda actor: MeetingNotes.objects.filter(
        Q(writer_id=actor.pk) | Q(taken_from_id=actor.pk) | Q(approved_by_id=actor.pk)
    ).annotate(whose=Value(actor.pk)),
    title=_("Notes of meetings you write or approved"),
    scrub={name: _unless_theirs(f"{name}_id") for name in ("writer", "taken_from", "approved_by")},
    keep=dict.fromkeys(
        ("id", "meeting", "text", "html", "state", "version", "touched_at", "taken_at", "approved_at", "published_at",
         "updated_at"), MET,
    ),
    export=("meeting__title", "meeting__starts_at", "state", "updated_at"),
)  # fmt: skip
register(
    Lift,
    rows=lambda actor: Lift.objects.filter(actor_id=actor.pk),
    title=_("How you get to meetings"),
    delete=True,
    export=("meeting__title", "meeting__starts_at", "kind", "seats", "origin", "contact"),
)
register(
    Ride,
    rows=lambda actor: Ride.objects.filter(Q(driver_id=actor.pk) | Q(rider_id=actor.pk)),
    title=_("Lifts to meetings you agreed upon or asked for"),
    delete=True,
    export=("meeting__title", "meeting__starts_at", "asked_at", "agreed_at", "ended_at"),
)
register(
    DatePoll,
    rows=lambda actor: DatePoll.objects.filter(asked_by_id=actor.pk),
    title=_("Searches for a date you began"),
    scrub={"asked_by": None},
    keep=dict.fromkeys(
        (
            "id", "group", "title", "place", "link", "closes_on", "state", "meeting", "dropped_because", "reminded_at",
            "told_at", "created_at", "updated_at",
        ),
        MET,
    ),
    export=("group__case__reference", "title", "closes_on", "created_at"),
)  # fmt: skip
register(
    DateVote,
    rows=lambda actor: DateVote.objects.filter(actor_id=actor.pk),
    title=_("Which dates suited you"),
    delete=True,
    export=("option__poll__title", "option__starts_at", "answer", "at"),
)
register(
    Task,
    rows=lambda actor: Task.objects.filter(
        Q(assignee_id=actor.pk) | Q(created_by_id=actor.pk) | Q(ended_by_id=actor.pk)
    ).annotate(whose=Value(actor.pk)),
    title=_("Tasks of working groups you do, wrote down or ended"),
    scrub={name: _unless_theirs(f"{name}_id") for name in ("assignee", "created_by", "ended_by")},
    keep=dict.fromkeys(
        (
            "id", "group", "title", "words", "due_on", "thread", "meeting", "state", "version", "ended_at",
            "reminded_at", "told_at", "created_at", "updated_at",
        ),
        MET,
    ),
    export=("group__case__reference", "title", "words", "due_on", "state"),
)  # fmt: skip
