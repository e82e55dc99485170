"""The way of a meeting, that of its notes, and that of the search for a date."""

from django.db import models
from django.utils.translation import pgettext_lazy

from ..core.lifecycle import Lifecycle


class MeetingState(models.TextChoices):
    """Where a meeting stands."""

    PLANNED = "planned", pgettext_lazy("meeting", "planned")
    HELD = "held", pgettext_lazy("meeting", "took place")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "cancelled")


S = MeetingState
TONES = {S.PLANNED: "time", S.HELD: "go", S.CANCELLED: "bad"}  # of badge.html

MEETING_LIFECYCLE = Lifecycle({S.PLANNED: {S.HELD, S.CANCELLED}})


class NotesState(models.TextChoices):
    """Where the notes of a meeting stand."""

    DRAFT = "draft", pgettext_lazy("meeting notes", "draft")
    APPROVED = "approved", pgettext_lazy("meeting notes", "approved")
    PUBLISHED = "published", pgettext_lazy("meeting notes", "published")


N = NotesState
NOTES_TONES = {N.DRAFT: "time", N.APPROVED: "go", N.PUBLISHED: "go"}

NOTES_LIFECYCLE = Lifecycle({N.DRAFT: {N.APPROVED}, N.APPROVED: {N.DRAFT, N.PUBLISHED}})


class PollState(models.TextChoices):
    """Where the search for a date stands."""

    OPEN = "open", pgettext_lazy("date poll", "open")
    DECIDED = "decided", pgettext_lazy("date poll", "date found")
    DROPPED = "dropped", pgettext_lazy("date poll", "dropped")


P = PollState
POLL_TONES = {P.OPEN: "time", P.DECIDED: "go"}

POLL_LIFECYCLE = Lifecycle({P.OPEN: {P.DECIDED, P.DROPPED}})
