"""The way of a case in plain sentences, made from its events. Posts are named, people never."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from .kinds import Kind
from .models import Event


@dataclass(frozen=True)
class Line:
    """Something that happened, as everybody may read it; ``facts`` as they were recorded."""

    at: datetime
    kind: str
    text: str
    facts: dict = field(default_factory=dict)


SENTENCES = {
    Kind.IDEA_SUBMITTED: _("The idea was submitted."),
    Kind.IDEA_RESUBMITTED: _("The author corrected the idea and sent it again."),
    Kind.IDEA_RETURNED: _("The office asked the author a question."),
    Kind.IDEA_WARNED: _("The office reminded the author of its question."),
    Kind.IDEA_PUBLISHED: _("The office published the idea."),
    Kind.IDEA_DECLINED: _("The office decided not to publish the idea."),
    Kind.IDEA_WITHDRAWN: _("The author withdrew the idea."),
    Kind.IDEA_MERGED: _("The office merged the idea with another one that asks for the same."),
    Kind.IDEA_UNMERGED: _("The office undid that. The idea stands on its own again."),
    Kind.IDEA_TOOK_IN: _("The office merged another idea that asks for the same with this one."),
    Kind.IDEA_GAVE_BACK: _("The office undid that. The other idea stands on its own again."),
    Kind.IDEA_ANSWERED: _("The office answered."),
    Kind.IDEA_CONSIDERED: _("The office answered: the idea is under consideration."),
    Kind.IDEA_DEFERRED: _("The office answered: the idea was put off until later."),
    Kind.IDEA_ADOPTED: _("The office answered: the idea was adopted."),
    Kind.IDEA_NOT_ADOPTED: _("The office answered: the idea was not adopted."),
    Kind.IDEA_IN_PROGRESS: _("The work on the idea began."),
    Kind.IDEA_REALISED: _("The idea was realised."),
    Kind.IDEA_NOT_REALISED: _("The idea could not be realised."),
    Kind.IDEA_HIDDEN: _("The office hid the idea."),
    Kind.IDEA_SHOWN_AGAIN: _("The office lets everybody read the idea again."),
    Kind.PROMISE_EXTENDED: _("The office put off its promised answer and said why."),
    Kind.OUTCOME_LINKED: _("The office reported what has come of it."),
    Kind.OUTCOME_UNLINKED: _("The office took its report on what has come of it back."),
    Kind.GROUP_PROPOSED: _("The working group was proposed."),
    Kind.GROUP_CONSTITUTED: _("The office founded the working group."),
    Kind.GROUP_DECLINED: _("The office decided not to found the working group."),
    Kind.GROUP_CHANGED: _("The mandate of the working group was changed."),
    Kind.GROUP_ACTIVE: _("The working group began its work."),
    Kind.GROUP_ALIVE: _("The working group said that it goes on."),
    Kind.GROUP_DORMANT: _("The working group rests for the time being."),
    Kind.GROUP_WOKE: _("The working group took its work up again."),
    Kind.GROUP_REPORTING: _("The working group began its closing report."),
    Kind.GROUP_PROLONGED: _("The office prolonged the working group."),
    Kind.GROUP_CLOSED: _("The working group published its closing report and has done its work."),
    Kind.NOTES_PUBLISHED: _("The working group published the notes of a meeting."),
    Kind.OFFICE_STEPPED_IN: _("The office coordinates the working group for the time being."),
}  # Kinds that are not listed, such as handing a case over within the office, are nobody else's business.


def trail_of(case):
    """What happened to ``case``, the oldest first; one query."""
    rows = Event.objects.filter(case=case, kind__in=list(SENTENCES)).order_by("at", "pk")
    return [
        Line(at, kind, str(SENTENCES[Kind(kind)]), facts) for kind, at, facts in rows.values_list("kind", "at", "facts")
    ]
