"""What only the office reads: notes, and text blocks for what it often writes."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..events.models import Case
from ..ideas.models import Review
from ..ideas.states import IdeaState


class Note(models.Model):
    """An internal word about a case. Never public, never in a letter."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(_("internal note"), max_length=2000)
    at = models.DateTimeField()

    class Meta:
        app_label = "participation"
        indexes = [models.Index(fields=["case", "at"], name="note_case")]

    def __str__(self):
        return f"{self.case_id} {self.at:%Y-%m-%d}"


class TextBlock(models.Model):
    """Words the office often writes, with placeholders; once inserted they are the writer's own."""

    class Purpose(models.TextChoices):
        """What is written with it; the names are those of the forms."""

        ASK = "ask", _("asking the author something")
        DECLINE = "decline", _("not publishing")
        PUBLISH = "publish", _("a word on publishing")
        ANSWER = "answer", _("an official answer")

    title = models.CharField(_("title"), max_length=100)
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose.choices)
    reason = models.CharField(_("reason"), max_length=20, choices=Review.Reason.choices, blank=True)
    leads_to = models.CharField(_("where the idea goes"), max_length=20, choices=IdeaState.choices, blank=True)
    text = models.TextField(_("text"), max_length=3000)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        app_label = "participation"
        constraints = [
            models.UniqueConstraint(fields=["purpose", "title"], name="text_block_title_once"),
            models.CheckConstraint(
                condition=models.Q(reason="") | models.Q(purpose="decline"), name="text_block_reason_when_declining"
            ),
            models.CheckConstraint(
                condition=models.Q(leads_to="") | models.Q(purpose="answer"), name="text_block_leads_with_an_answer"
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def belongs_to(self):
        """The reason or the state it is meant for, in words; nothing where it fits any."""
        return self.get_reason_display() or self.get_leads_to_display()
