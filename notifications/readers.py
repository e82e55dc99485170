"""What a reader of letters may read of cases: hidden or withdrawn ideas keep their titles to themselves."""

from participation.events.kinds import CaseKind
from participation.groups.queries import groups_for
from participation.ideas.models import Idea
from participation.ideas.queries import ideas_for
from participation.ideas.states import IdeaState


def readable(actor, cases):
    """Number of the case → its idea or working group, of those among ``cases`` that ``actor`` may read.

    An idea that was public until it was merged counts as well: its title is no secret, and its page leads on.
    """
    groups = [case.pk for case in cases if case.kind == CaseKind.GROUP]
    found = _ideas(actor, [case.pk for case in cases if case.kind != CaseKind.GROUP])
    if groups:
        found |= {group.case_id: group for group in groups_for(actor).filter(case__in=groups)}
    return found


def may_read(actor, case):
    """Whether ``actor`` may read what ``case`` is about."""
    things = groups_for(actor) if case.kind == CaseKind.GROUP else ideas_for(actor)
    return things.filter(case=case).exists()


def _ideas(actor, cases):
    merged = Idea.objects.filter(state=IdeaState.MERGED, hidden_at=None, published_at__isnull=False)
    rows = [*merged.filter(case__in=cases).select_related("case"), *ideas_for(actor).filter(case__in=cases)]
    return {idea.case_id: idea for idea in rows}
