"""Promises to answer, their extensions, and who follows a case."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..core.clock import now
from ..events.models import Case


class PromiseQuerySet(models.QuerySet):
    """Questions to the table of promises."""

    def open(self):
        """Promises that are neither fulfilled nor released."""
        return self.filter(fulfilled_at=None, released_at=None)

    def overdue(self):
        """Open promises whose moment has passed."""
        return self.open().filter(due_at__lt=now())


class Promise(models.Model):
    """The office's word to answer by a moment. Open until fulfilled, or released since nobody waits any more."""

    class Subject(models.TextChoices):
        """What was promised."""

        ANSWER = "answer", _("answer to an idea")
        SECOND_ANSWER = "second_answer", _("answer to a corrected idea")
        REPORT = "report", _("answer to a report")
        OBJECTION = "objection", _("answer to an objection")
        GROUP = "group", _("answer to the proposal of a working group")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=20, choices=Subject.choices)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="The last moment that still counts.")
    fulfilled_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        app_label = "participation"
        constraints = [
            models.CheckConstraint(
                condition=Q(fulfilled_at__isnull=True) | Q(released_at__isnull=True),
                name="promise_fulfilled_or_released",
            ),
            models.CheckConstraint(condition=Q(due_at__gt=F("made_at")), name="promise_due_after_it_was_made"),
            models.UniqueConstraint(
                fields=["case"], name="promise_one_open_a_case",
                condition=Q(fulfilled_at__isnull=True, released_at__isnull=True),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["due_at"], name="promise_open", condition=Q(fulfilled_at__isnull=True, released_at__isnull=True)
            ),
            models.Index(fields=["case"], name="promise_case"),
        ]

    def __str__(self):
        return f"{self.case_id} {self.due_at:%Y-%m-%d}"

    @property
    def is_open(self):
        """Whether somebody still waits."""
        return self.fulfilled_at is None and self.released_at is None

    @property
    def is_late(self):
        """Whether the promised moment has passed without an answer."""
        return self.is_open and self.due_at < now()

    @property
    def was_kept(self):
        """Whether the answer came in time; None while it is open, and where it was released."""
        return None if self.fulfilled_at is None else self.fulfilled_at <= self.due_at


class Extension(models.Model):
    """A promise was put off, for a reason that everybody may read."""

    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="extensions")
    former_due_at = models.DateTimeField()
    due_at = models.DateTimeField()
    reason = models.CharField(_("public reason"), max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        app_label = "participation"
        constraints = [
            models.CheckConstraint(condition=Q(due_at__gt=F("former_due_at")), name="extension_is_later"),
            models.CheckConstraint(condition=~Q(reason=""), name="extension_has_a_reason"),
        ]

    def __str__(self):
        return f"{self.promise_id} {self.due_at:%Y-%m-%d}"


class Follow(models.Model):
    """Somebody wants to hear what becomes of a case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()

    class Meta:
        app_label = "participation"
        constraints = [models.UniqueConstraint(fields=["case", "actor"], name="follow_once")]
        indexes = [models.Index(fields=["actor"], name="follow_actor")]

    def __str__(self):
        return f"{self.case_id} {self.actor_id}"
