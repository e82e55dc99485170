"""Folders and the files in them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..core.hiding import Hideable, hidden_for_a_reason
from .states import FileState

MOST = 5  # files in a folder


class Folder(models.Model):
    """What is attached to one thing; the thing (an idea) points to it.

    ``changed_at`` is when a file came, went or was prepared; it is written first, as a lock.
    """

    changed_at = models.DateTimeField()

    class Meta:
        app_label = "participation"

    def __str__(self):
        return str(self.pk)


class Problem(models.TextChoices):
    """Why a file was not taken, and what to do."""

    BROKEN = "broken", _("This file is not complete or not readable. Please save it again and attach it anew.")
    TOO_MANY_PIXELS = (
        "pixels",
        _("This picture has more than 80 megapixels. Please make it smaller and attach it anew."),
    )
    TOO_HARD = "too_hard", _("We could not prepare this file. Please save it smaller or simpler and attach it anew.")
    LOCKED = "locked", _("This document is protected by a password. Please save it without one and attach it anew.")


class Attachment(Hideable):
    """A file somebody attached. ``key`` is its address and its name on the disk."""

    class Kind(models.TextChoices):
        """What it is, by its content."""

        PICTURE = "picture", _("picture")
        PDF = "pdf", _("document")

    folder = models.ForeignKey(Folder, on_delete=models.CASCADE, related_name="files")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    key = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(_("file name"), max_length=120)
    alt = models.CharField(_("what can be seen"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64, help_text="Of what was sent: a double click attaches once.")
    state = models.CharField(max_length=10, choices=FileState.choices, default=FileState.WAITING)
    problem = models.CharField(max_length=20, blank=True, help_text="A value of Problem.")
    attempts = models.PositiveSmallIntegerField(default=0)
    media_type = models.CharField(max_length=40, blank=True)
    size = models.PositiveIntegerField(help_text="Bytes: as sent while it waits, as handed out afterwards.")
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        app_label = "participation"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=FileState.values), name="attachment_state"),
            models.CheckConstraint(condition=Q(position__gte=1, position__lte=MOST), name="attachment_five_at_most"),
            models.UniqueConstraint(fields=["folder", "position"], name="attachment_one_each_place"),
            models.UniqueConstraint(fields=["folder", "digest"], name="attachment_each_file_once"),
            models.CheckConstraint(
                condition=Q(state="refused") & ~Q(problem="") | ~Q(state="refused") & Q(problem=""),
                name="attachment_refused_with_problem",
            ),
            models.CheckConstraint(
                condition=Q(state="ready") & ~Q(media_type="") | ~Q(state="ready") & Q(media_type=""),
                name="attachment_ready_with_media_type",
            ),
            hidden_for_a_reason("attachment_hidden_for_a_reason"),
        ]
        indexes = [models.Index(fields=["attempts", "id"], name="attachment_waiting", condition=Q(state="waiting"))]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """Where it is handed out to those who may see what it belongs to."""
        return reverse("attachment", args=[self.key, self.name])

    @property
    def is_picture(self):
        """Shown in the page; everything else is downloaded."""
        return self.kind == self.Kind.PICTURE

    @property
    def is_ready(self):
        """It can be handed out."""
        return self.state == FileState.READY

    @property
    def what_to_do(self):
        """Why it was not taken and what helps; nothing where it was."""
        return Problem(self.problem).label if self.problem else ""

    @property
    def is_waiting(self):
        """A worker has not got to it yet."""
        return self.state == FileState.WAITING
