"""Tasks of a group: who does what until when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..core.clock import today
from .meeting_models import Meeting
from .models import PERSON, Group
from .states import JOINABLE
from .task_states import TASK_TONES, TaskState
from .thread_models import Thread


class TaskQuerySet(models.QuerySet):
    """Questions to the table of tasks."""

    def whole(self):
        """Tasks with their group, whoever does them, and where they come from."""
        return self.select_related("group__case", "group__field", "assignee", "thread__group", "meeting__group")

    def open(self):
        """Those that are to be done, in groups at work."""
        return self.filter(state=TaskState.OPEN, group__state__in=JOINABLE)

    def overdue(self):
        """Those whose day is past."""
        return self.open().filter(due_on__lt=today())


class Task(models.Model):
    """Something that somebody of the group (``assignee``; None: nobody yet) does until the end of ``due_on``."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="tasks")
    title = models.CharField(_("title"), max_length=160)
    words = models.TextField(_("in more words"), max_length=1000, blank=True)
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    due_on = models.DateField(_("until"))
    thread = models.ForeignKey(Thread, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks")
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks")

    state = models.CharField(max_length=10, choices=TaskState.choices, default=TaskState.OPEN)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    ended_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, help_text="When somebody was told that it is due soon.")
    told_at = models.DateTimeField(null=True, blank=True, help_text="When somebody was told that it is overdue.")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = TaskQuerySet.as_manager()

    class Meta:
        app_label = "participation"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=TaskState.values), name="task_state"),
            models.CheckConstraint(
                condition=Q(state="open", ended_at=None) | (~Q(state="open") & Q(ended_at__isnull=False)),
                name="task_ended_with_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["group", "due_on"], name="task_open", condition=Q(state="open")),
            models.Index(fields=["group", "-updated_at", "-id"], name="task_ended", condition=~Q(state="open")),
            models.Index(fields=["assignee"], name="task_of_actor", condition=Q(state="open")),
            models.Index(fields=["due_on"], name="task_due", condition=Q(state="open")),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """Its page."""
        return reverse("task", args=[self.group.slug, self.pk])

    @property
    def is_open(self):
        """It is to be done."""
        return self.state == TaskState.OPEN

    @property
    def is_late(self):
        """Its day is past."""
        return self.is_open and self.due_on < today()

    @property
    def tone(self):
        """How ``components/badge.html`` paints its state."""
        return "bad" if self.is_late else TASK_TONES.get(self.state, "")

    @property
    def source(self):
        """The talk or the meeting from which it comes, or None."""
        return self.thread or self.meeting
