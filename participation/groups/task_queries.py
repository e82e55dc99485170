"""Questions about the tasks of working groups."""

from django.db.models import F

from ..actors.models import Actor
from .models import Membership
from .task_models import Task
from .task_states import TaskState


def open_tasks(group):
    """The tasks of ``group`` that are to be done, the most urgent first."""
    return Task.objects.whole().filter(group=group, state=TaskState.OPEN).order_by("due_on", "pk")


def ended_tasks(group):
    """Those that were done or dropped, without an order."""
    return Task.objects.whole().filter(group=group).exclude(state=TaskState.OPEN)


def tasks_of(actor):
    """What ``actor`` is to do in groups at work to which they belong, the most urgent first."""
    mine = Membership.objects.of(actor).values("group")
    rows = Task.objects.open().filter(assignee=actor, group__in=mine).select_related("group", "assignee")
    return rows.order_by("due_on", "pk")


def overdue_tasks():
    """The tasks of all groups whose day is past, the longest overdue first."""
    return Task.objects.overdue().whole().order_by("due_on", "pk")


def doers_in(group):
    """Who can be given a task: whoever is in the group, by name."""
    members = Membership.objects.present().filter(group=group).values("actor")
    return Actor.objects.filter(pk__in=members).order_by(F("display_name"), "pk")


def tasks_from(*, thread=None, meeting=None):
    """The tasks that come from a talk or a meeting, open ones first."""
    rows = Task.objects.whole().filter(thread=thread) if thread else Task.objects.whole().filter(meeting=meeting)
    return sorted(rows, key=lambda task: (not task.is_open, task.due_on, task.pk))
