"""Tasks of a group: given, changed, done, dropped, taken up again; whoever does them is reminded."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ...actors.queries import role_of
from ...core.authority import require
from ...core.clock import now, today
from ...core.errors import Outdated, Refusal
from ...events.kinds import Kind
from ...events.record import record
from ..models import Membership
from ..task_models import Task
from ..task_states import TASK_LIFECYCLE, TaskState
from .holding import hold

WORK = "participation.work_on_tasks"
DOUBLE_CLICK = timedelta(minutes=1)
BEFORE = timedelta(days=3)


class NotHere(Refusal):
    """Tasks are for members."""

    message = _("This person does not belong to the group any more. Please choose somebody else.")


class PastDay(Refusal):
    """Nobody can do something until yesterday."""

    message = _("This day is past. Please choose one that lies ahead.")


class Ended(Refusal):
    """What is done stays as it is."""

    message = _("This task is done or was dropped, so it stays as it is. You can take it up again first.")


@transaction.atomic
def give_task(group, *, by, title, due_on, words="", assignee=None, thread=None, meeting=None):
    """Write down that ``assignee`` (None: nobody yet) does something until the end of ``due_on``; they hear of it.

    ``thread`` or ``meeting``: where it comes from. The same twice within a minute is one, which is returned.
    Raises Over, PastDay, NotHere.
    """
    require(by, WORK, group)
    hold(group)
    _check(group, assignee, due_on)
    moment = now()
    recent = Task.objects.filter(group=group, created_by=by, created_at__gt=moment - DOUBLE_CLICK)
    if known := recent.filter(title=title, assignee=assignee, due_on=due_on).first():
        return known
    task = Task.objects.create(
        group=group, title=title, words=words, assignee=assignee, due_on=due_on, thread=thread, meeting=meeting,
        created_by=by, created_at=moment, updated_at=moment,
    )  # fmt: skip
    record(Kind.TASK_GIVEN, by=by, case=group.case, role=role_of(by), task=task.pk, to=assignee and assignee.pk)
    return task


@transaction.atomic
def change_task(task, *, version, by, title, due_on, words, assignee):
    """Change what stands in the form; somebody else who is to do it hears of it. Nothing different is nothing done.

    Raises Over, Ended, PastDay (a day that stays may be past), NotHere, Outdated.
    """
    require(by, WORK, task.group)
    hold(task.group)
    if not task.is_open:
        raise Ended
    said = {"title": title, "due_on": due_on, "words": words, "assignee": assignee}
    changes = {name: value for name, value in said.items() if getattr(task, name) != value}
    if not changes and task.version == version:
        return task
    _check(task.group, changes.get("assignee"), changes.get("due_on"))
    if "due_on" in changes:
        changes |= {"reminded_at": None, "told_at": None}
    rows = Task.objects.filter(pk=task.pk, version=version, state=TaskState.OPEN)
    if not rows.update(**changes, version=version + 1, updated_at=now()):
        raise Outdated
    task.refresh_from_db()
    to = assignee.pk if "assignee" in changes and assignee else None
    record(Kind.TASK_CHANGED, by=by, case=task.group.case, role=role_of(by), task=task.pk, to=to)
    return task


@transaction.atomic
def finish_task(task, *, by):
    """It is done. Raises Over, WrongState, Outdated."""
    _end(task, TaskState.DONE, Kind.TASK_DONE, by)


@transaction.atomic
def drop_task(task, *, by):
    """It need not be done any more. Raises Over, WrongState, Outdated."""
    _end(task, TaskState.DROPPED, Kind.TASK_DROPPED, by)


@transaction.atomic
def reopen_task(task, *, by):
    """It is to be done after all. Raises Over, WrongState, Outdated."""
    require(by, WORK, task.group)
    hold(task.group)
    TASK_LIFECYCLE.advance(task, TaskState.OPEN, ended_by=None, ended_at=None, reminded_at=None, told_at=None)
    record(Kind.TASK_REOPENED, by=by, case=task.group.case, role=role_of(by), task=task.pk)


def remind_of_tasks():
    """Three days before, and once the day is past, whoever does it is told, each once."""
    open_ones = Task.objects.open().select_related("group__case")
    for task in open_ones.filter(due_on__gte=today(), due_on__lte=today() + BEFORE, reminded_at=None):
        if task.created_at < now() - BEFORE:  # whoever was given it just now knows
            _tell(task, Kind.TASK_NEAR, "reminded_at")
    for task in open_ones.filter(due_on__lt=today(), told_at=None):
        _tell(task, Kind.TASK_OVERDUE, "told_at")


def _end(task, state, kind, by):
    require(by, WORK, task.group)
    hold(task.group)
    TASK_LIFECYCLE.advance(task, state, ended_by=by, ended_at=now())
    record(kind, by=by, case=task.group.case, role=role_of(by), task=task.pk)


@transaction.atomic
def _tell(task, kind, mark):
    if Task.objects.filter(pk=task.pk, state=TaskState.OPEN, **{mark: None}).update(**{mark: now()}):
        record(kind, case=task.group.case, task=task.pk)


def _check(group, assignee, due_on):
    if due_on and due_on < today():
        raise PastDay
    if assignee and not Membership.objects.present().filter(group=group, actor=assignee).exists():
        raise NotHere
