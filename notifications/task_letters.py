"""What letters about tasks of working groups say: given, due soon, overdue."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from participation.core.web import absolute
from participation.events.kinds import Kind
from participation.groups.models import Membership
from participation.groups.task_models import Task

from .group_letters import about, leads, named
from .unwanted import NO_LONGER, Unwanted

# What happened → the subject of the letter, and what it says first.
NEWS = {
    Kind.TASK_GIVEN: (
        gettext_lazy("A task for you"),
        gettext_lazy("In the working group “%(title)s” you are to do this:"),
    ),
    Kind.TASK_CHANGED: (
        gettext_lazy("A task for you"),
        gettext_lazy("In the working group “%(title)s” you are to do this:"),
    ),
    Kind.TASK_NEAR: (
        gettext_lazy("Due soon"),
        gettext_lazy("In the working group “%(title)s” this is due soon:"),
    ),
    Kind.TASK_OVERDUE: (
        gettext_lazy("Overdue"),
        gettext_lazy("In the working group “%(title)s” this is overdue:"),
    ),
}
OF_COORDINATION = (Kind.TASK_NEAR, Kind.TASK_OVERDUE)


def task(delivery):
    """For whoever does it; of what waits for the coordination too: what, and until when."""
    event, reader = delivery.event, delivery.recipient_id
    row = Task.objects.whole().get(pk=event.facts["task"])
    if not row.is_open:
        raise Unwanted(gettext_noop("the task was done or dropped"))
    is_mine = row.assignee_id == reader
    concerns = is_mine or (event.kind in OF_COORDINATION and leads(reader, row.group))
    if not concerns or not Membership.objects.present().filter(group=row.group, actor=reader).exists():
        raise Unwanted(NO_LONGER)
    headline, first = NEWS[event.kind]
    return {
        **about(delivery, row.group),
        "task": row,
        "person": "" if is_mine or not row.assignee else named(row.assignee),
        "is_mine": is_mine,
        "headline": headline,
        "first": first % {"title": row.group.title},
        "url": absolute(row.get_absolute_url()),
        "reason": _reason(is_mine=is_mine),
    }


def _reason(*, is_mine):
    if is_mine:
        return _("You receive this letter because you do this task.")
    return _("You receive this letter because you coordinate this working group, or stand in for whoever does.")
