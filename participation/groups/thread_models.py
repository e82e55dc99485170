"""Talk in the room of a working group: threads, who has read what, and what was hidden there and why."""

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..core.hiding import Reason
from ..discussion.models import Comment
from .models import PERSON, Group


class ThreadQuerySet(models.QuerySet):
    """Questions to the table of threads."""

    def whole(self):
        """Threads with their group, their opening and whoever wrote it."""
        return self.select_related("group__case", "group__field", "opening__author")

    def as_read_by(self, actor):
        """Threads, each with ``seen_at``: when ``actor`` was there last."""
        visits = Visit.objects.filter(thread=OuterRef("pk"), actor=actor).values("at")
        return self.annotate(seen_at=Subquery(visits))


class Thread(models.Model):
    """A talk among the members of a group: its opening, and what was said since as replies to that."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="threads")
    opening = models.OneToOneField(Comment, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=120)
    pinned_at = models.DateTimeField(null=True, blank=True)
    last_at = models.DateTimeField(help_text="When something was said last.")
    posts = models.PositiveIntegerField(default=1, help_text="How many stand there, removed and hidden ones aside.")

    objects = ThreadQuerySet.as_manager()

    class Meta:
        app_label = "participation"
        indexes = [
            models.Index(fields=["group", "-last_at", "-id"], name="thread_newest", condition=Q(pinned_at=None)),
            models.Index(fields=["group", "-pinned_at"], name="thread_pinned", condition=Q(pinned_at__isnull=False)),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """Its page."""
        return reverse("thread", args=[self.group.slug, self.pk])

    @property
    def is_pinned(self):
        """Whether it stands on top."""
        return self.pinned_at is not None

    @property
    def is_unread(self):
        """Whether something was said since the reader (``as_read_by``) was there."""
        return self.seen_at is None or self.last_at > self.seen_at


class Visit(models.Model):
    """Until when somebody has read a thread."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        app_label = "participation"
        constraints = [models.UniqueConstraint(fields=["thread", "actor"], name="visit_once")]

    def __str__(self):
        return f"{self.thread_id} {self.actor_id}"


class Hiding(models.Model):
    """That a post was hidden from the group, by whom and why; ``ended_at``: it is shown again. Never deleted."""

    post = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    at = models.DateTimeField()
    reason = models.CharField(max_length=20, choices=Reason.choices)
    words = models.TextField(_("in your own words"), max_length=1000)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "participation"
        constraints = [
            models.UniqueConstraint(fields=["post"], condition=Q(ended_at=None), name="hiding_once_at_a_time"),
        ]

    def __str__(self):
        return f"{self.post_id} {self.reason}"
