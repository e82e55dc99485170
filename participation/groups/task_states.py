"""The way of a task."""

from django.db import models
from django.utils.translation import pgettext_lazy

from ..core.lifecycle import Lifecycle


class TaskState(models.TextChoices):
    """Where a task stands."""

    OPEN = "open", pgettext_lazy("task", "open")
    DONE = "done", pgettext_lazy("task", "done")
    DROPPED = "dropped", pgettext_lazy("task", "dropped")


S = TaskState
TASK_TONES = {S.OPEN: "time", S.DONE: "go"}

TASK_LIFECYCLE = Lifecycle({S.OPEN: {S.DONE, S.DROPPED}, S.DONE: {S.OPEN}, S.DROPPED: {S.OPEN}})
