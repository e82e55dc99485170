"""What waits for the office, how long it still has, and what the page of a case shows."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery, prefetch_related_objects
from django.utils.timezone import localdate

from ..actors.models import Actor, Appointment, Post
from ..core.clock import now, today
from ..events.models import Event
from ..ideas.coauthor_models import CoAuthor
from ..ideas.models import Answer, Idea, IdeaVersion, Review
from ..ideas.states import PUBLIC, AnswerState, IdeaState
from ..promises.calendar import end_of
from ..promises.models import Promise
from ..promises.queries import promise_of
from .models import Note

DECIDERS = (Post.MANAGER, Post.MODERATOR)
SHOWN_EVENTS = 12
NOBODY, MINE, ALL = "niemand", "ich", ""


@dataclass(frozen=True)
class TimeLeft:
    """How long a promise still runs, in days of the calendar."""

    due_at: datetime

    @property
    def is_late(self):
        """Whether its moment has passed."""
        return self.due_at < now()

    @property
    def days_left(self):
        """Days until the promised one."""
        return max((localdate(self.due_at) - today()).days, 0)

    @property
    def days_late(self):
        """Days since the promised one, at least one."""
        return max((today() - localdate(self.due_at)).days, 1)


def ideas_in_office():
    """All ideas that were ever submitted, with the people and things a page of the office names."""
    rows = Idea.objects.exclude(state=IdeaState.DRAFT)
    return rows.select_related("case", "field", "author__municipality", "moderator").prefetch_related("municipalities")


def queue():
    """Ideas that wait for the office, the oldest promise first; each with ``due_at`` and ``has_draft``.

    Submitted ones, returned ones whose author let the day pass, and public ones with a drafted answer.
    """
    drafts = Answer.objects.filter(idea=OuterRef("pk"), state=AnswerState.DRAFT)
    promises = Promise.objects.open().filter(case=OuterRef("case")).values("due_at")[:1]
    rows = ideas_in_office().annotate(due_at=Subquery(promises), has_draft=Exists(drafts))
    waiting = (
        Q(state=IdeaState.SUBMITTED)
        | Q(state=IdeaState.RETURNED, reply_by__lt=today())
        | Q(state__in=PUBLIC, has_draft=True)
    )
    return rows.filter(waiting).order_by(F("due_at").asc(nulls_last=True), "moved_at", "pk")


def queue_of(actor, whose):
    """The part of the queue that ``actor`` looks after (``MINE``), nobody does (``NOBODY``), or all of it."""
    if whose == MINE:
        return queue().filter(moderator_id=actor.pk)
    return queue().filter(moderator=None) if whose == NOBODY else queue()


def queue_counts(actor):
    """How many ideas wait: ``all`` of them, ``mine``, and those ``free`` to be taken."""
    return (
        queue()
        .order_by()
        .aggregate(
            all=Count("pk"),
            mine=Count("pk", filter=Q(moderator_id=actor.pk)),
            free=Count("pk", filter=Q(moderator=None)),
        )
    )


def with_time_left(ideas):
    """``ideas`` of the queue, each with ``left``: a TimeLeft, or None where nothing was promised."""
    for idea in ideas:
        idea.left = time_left_until(idea.due_at)
    return ideas


def time_left_until(due_at):
    """How long a promise to ``due_at`` runs; None where nothing was promised."""
    return TimeLeft(due_at) if due_at else None


def time_left(promise):
    """How long ``promise`` still runs; None where it is not open."""
    return TimeLeft(promise.due_at) if promise and promise.is_open else None


def day_of_ideas(days=7):
    """What the day's figures count: the queue (``open``), what is to ``review``, promises ``late`` and ``due``.

    Name → queryset. Due is what was promised for the next ``days`` days.
    """
    soon = (now(), end_of(today() + timedelta(days=days)))
    return {
        "open": queue(),
        "review": queue().filter(state=IdeaState.SUBMITTED),
        "late": Promise.objects.overdue(),
        "due": Promise.objects.open().filter(due_at__range=soon),
    }


def with_promise(idea):
    """``idea`` with ``promise``: the one in force for its case, or None."""
    idea.promise = promise_of(idea.case)
    if idea.promise:
        idea.promise.case = idea.case
    return idea


def deciders(idea):
    """Who may decide about ``idea``: present managers and moderators who did not write it."""
    posts = Appointment.objects.running(today()).filter(post__in=DECIDERS)
    rows = Actor.objects.present().filter(pk__in=posts.values("actor"))
    wrote_too = CoAuthor.objects.accepted().filter(idea=idea, actor__isnull=False).values("actor")
    return rows.exclude(pk=idea.author_id or 0).exclude(pk__in=wrote_too).order_by("display_name", "pk")


def notes_of(case):
    """The internal notes about ``case``, the newest first."""
    return Note.objects.filter(case=case).select_related("author").order_by("-at", "-pk")


def history_of(case):
    """The last events of ``case``, the newest first, each with ``post``: in which post somebody acted."""
    events = list(Event.objects.filter(case=case).order_by("-at", "-pk")[:SHOWN_EVENTS])
    for event in events:
        event.post = Post(event.role).label if event.role in Post.values else ""
    return events


def decided(idea):
    """What the office decided about ``idea`` so far, the first time first; ``idea.reviews`` remembers it."""
    rows = Review.objects.select_related("by").order_by("at", "pk")
    prefetch_related_objects([idea], Prefetch("reviews", rows))
    return list(idea.reviews.all())


def answers_to(idea):
    """The official answers to ``idea``, published ones and drafts, the first one first."""
    return idea.answers.select_related("drafted_by").order_by("drafted_at", "pk")


def with_words(rows):
    """The ideas ``rows``, each with what its author says about the last change (``corrected``) and its moment."""
    words = IdeaVersion.objects.filter(idea=OuterRef("pk"), number=OuterRef("version"))
    return rows.annotate(corrected=Subquery(words.values("corrected")[:1]), written_at=Subquery(words.values("at")[:1]))
