"""What a reader of letters may read of ideas: hidden or withdrawn ones keep their titles to themselves."""

from participation.ideas.models import Idea
from participation.ideas.queries import ideas_for
from participation.ideas.states import IdeaState


def readable_ideas(actor, cases):
    """Number of the case → its idea, of those among ``cases`` that ``actor`` may read.

    An idea that was public until it was merged counts as well: its title is no secret, and its page leads on.
    """
    cases = list(cases)
    merged = Idea.objects.filter(state=IdeaState.MERGED, hidden_at=None, published_at__isnull=False)
    rows = [*merged.filter(case__in=cases).select_related("case"), *ideas_for(actor).filter(case__in=cases)]
    return {idea.case_id: idea for idea in rows}


def may_read(actor, case):
    """Whether ``actor`` may read what ``case`` is about."""
    return ideas_for(actor).filter(case=case).exists()
