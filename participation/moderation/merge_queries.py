"""Which ideas another one could be merged with."""

from ..core.text import clean_line
from ..ideas import search
from ..ideas.models import Idea
from .queries import ideas_in_office

MOST = 10


def targets_for(idea, words):
    """At most MOST public ideas that may stand for ``idea``: by reference, by words, without any those most alike."""
    rows = Idea.objects.public().exclude(pk=idea.pk).select_related("case")
    if not words:
        return [target for target in search.similar(idea.title) if target.pk != idea.pk]
    named = list(rows.filter(case__reference=words))
    found = search.matching(words)
    if named or found is None:
        return named
    return list(rows.filter(pk__in=found).order_by("-support_count", "-pk")[:MOST])


def chosen(reference):
    """The submitted idea with this reference in a list, however it stands; an empty one without."""
    return list(ideas_in_office().filter(case__reference=clean_line(reference or "")))
