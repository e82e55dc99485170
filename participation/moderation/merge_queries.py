"""Which ideas can be merged, and with which others."""

from ..core.text import clean_line
from ..ideas import search
from ..ideas.coauthor_models import CoAuthor
from ..ideas.models import Idea
from ..ideas.states import LIFECYCLE, IdeaState
from .queries import ideas_in_office

MOST = 10


def is_mergeable(idea):
    """Whether ``idea`` can be merged as it stands, or is merged already, which can be undone."""
    return idea.is_merged or LIFECYCLE.may_follow(idea.state, IdeaState.MERGED)


def targets_for(idea, words, *, by):
    """At most MOST public ideas that may stand for ``idea``, none of ``by``'s own.

    By reference or by words; without words those most alike.
    """
    rows = Idea.objects.public().exclude(pk=idea.pk).exclude(author_id=by.pk).select_related("case")
    rows = rows.exclude(pk__in=CoAuthor.objects.of(by).values("idea_id"))
    if not words:
        return list(rows.filter(pk__in=[one.pk for one in search.similar(idea.title)]))
    named = list(rows.filter(case__reference=words))
    found = search.matching(words)
    if named or found is None:
        return named
    return list(rows.filter(pk__in=found).order_by("-support_count", "-pk")[:MOST])


def chosen(data):
    """The submitted idea that the form ``data`` names, in a list, however it stands; an empty one without."""
    reference = clean_line(data.get("into", "")) if data else ""
    return list(ideas_in_office().filter(case__reference=reference)) if reference else []
