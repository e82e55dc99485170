"""Samples of letters about tasks of working groups."""

from django.utils.translation import gettext as _

from participation.core.web import absolute
from participation.events.kinds import Kind
from participation.groups.states import GroupState
from participation.groups.task_models import Task

from ..task_letters import NEWS
from .cast import NOBODY, in_days
from .groups import a_group, about


def near():
    """A task is due soon."""
    group = a_group(GroupState.ACTIVE)
    row = Task(
        pk=NOBODY, group=group, title=_("Ask the building yard about foundations"), due_on=in_days(3).date(),
        words=_("What does it cost, and who lends the machine?"),
    )  # fmt: skip
    headline, first = NEWS[Kind.TASK_NEAR]
    return {
        **about(group, _("You receive this letter because you do this task.")),
        "task": row, "person": "", "is_mine": True, "headline": headline, "first": first % {"title": group.title},
        "url": absolute(row.get_absolute_url()),
    }  # fmt: skip


SAMPLES = {"task": near}
