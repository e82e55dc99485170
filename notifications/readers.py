"""What a reader of letters may read of cases: hidden or withdrawn ideas keep their titles to themselves."""

from participation.events.kinds import CaseKind
from participation.groups.queries import groups_for
from participation.ideas.models import Idea
from participation.ideas.queries import ideas_for
from participation.ideas.states import IdeaState
from participation.newsroom.queries import published


def readable(actor, cases):
    """Number of the case → its thing (idea, working group, outcome), of those among ``cases`` that ``actor`` may read.

    An idea that was public until it was merged counts as well: its title is no secret, and its page leads on.
    """
    merged = Idea.objects.filter(state=IdeaState.MERGED, hidden_at=None, published_at__isnull=False)
    found = _found(merged.select_related("case"), [case for case in cases if case.kind == CaseKind.IDEA])
    for kind, things_for in THINGS.items():
        found |= _found(things_for(actor), [case for case in cases if case.kind == kind])
    return found


def may_read(actor, case):
    """Whether ``actor`` may read what ``case`` is about."""
    return case.kind in THINGS and THINGS[case.kind](actor).filter(case=case).exists()


def _found(things, cases):
    return {thing.case_id: thing for thing in things.filter(case__in=cases)} if cases else {}


# Kind of the case → what somebody may read of that kind.
THINGS = {
    CaseKind.IDEA: ideas_for,
    CaseKind.GROUP: groups_for,
    CaseKind.OUTCOME: lambda actor: published(),
}
