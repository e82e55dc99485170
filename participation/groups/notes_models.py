"""The notes of a meeting: one text that members write together, one after the other."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from ..core.clock import now
from .meeting_models import Meeting
from .meeting_states import NOTES_TONES, NotesState
from .models import PERSON

SILENCE = timedelta(minutes=5)  # after which somebody else may write


class MeetingNotes(models.Model):
    """What a meeting came to. ``version`` counts the texts; ``writer`` has the pen, for ``SILENCE`` after
    ``touched_at``.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField(_("notes"), max_length=30000, blank=True)
    html = models.TextField(blank=True, editable=False)
    state = models.CharField(max_length=10, choices=NotesState.choices, default=NotesState.DRAFT)
    version = models.PositiveIntegerField(default=0)
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    touched_at = models.DateTimeField(null=True, blank=True, help_text="When the writer gave the last sign.")
    taken_from = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    taken_at = models.DateTimeField(null=True, blank=True, help_text="When the writer took over from somebody.")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    approved_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        app_label = "participation"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=NotesState.values), name="notes_state"),
            models.CheckConstraint(
                condition=Q(state="draft", approved_at=None) | (~Q(state="draft") & Q(approved_at__isnull=False)),
                name="notes_approved_with_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="published", published_at__isnull=False)
                | (~Q(state="published") & Q(published_at=None)),
                name="notes_published_with_moment",
            ),
            models.CheckConstraint(condition=Q(state="draft") | ~Q(text=""), name="notes_approved_with_words"),
        ]

    def __str__(self):
        return f"{self.meeting_id} {self.state}"

    def get_absolute_url(self):
        """Their page."""
        return reverse("meeting_notes", args=[self.meeting.group.slug, self.meeting_id])

    @property
    def shown(self):
        """The notes as HTML, made by ``core.markup.rendered`` when they were written."""
        return mark_safe(self.html)  # noqa: S308 - nothing else gets in there

    @property
    def tone(self):
        """How ``components/badge.html`` paints their state."""
        return NOTES_TONES.get(self.state, "")

    @property
    def is_draft(self):
        """They can still be written."""
        return self.state == NotesState.DRAFT

    @property
    def is_approved(self):
        """The coordination stands by them."""
        return self.state == NotesState.APPROVED

    @property
    def is_published(self):
        """Everybody may read them."""
        return self.state == NotesState.PUBLISHED

    @property
    def is_being_written(self):
        """Somebody has the pen and was heard of within ``SILENCE``."""
        return self.writer_id is not None and self.touched_at > now() - SILENCE

    def is_written_by(self, actor):
        """Whether ``actor`` has the pen."""
        return self.is_being_written and self.writer_id == actor.pk
