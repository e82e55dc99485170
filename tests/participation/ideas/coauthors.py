"""Steps that the tests of co-authors share."""

import pytest

from participation.core.errors import Refusal
from participation.events.models import Event
from participation.ideas.coauthor_models import CoAuthor
from participation.ideas.models import Idea, Support
from participation.ideas.states import ENDED, IdeaState

OLGA = "olga@allianz.example"
OPEN = [state for state in IdeaState if state not in ENDED]


def again(row):
    """The same row in another tab."""
    return CoAuthor.objects.select_related("idea__case").get(pk=row.pk)


def rows():
    """All that an operation could have changed."""
    tables = (CoAuthor, Event, Support, Idea)
    return [list(model.objects.order_by("pk").values()) for model in tables]


def refused(refusal, step, *args, **words):
    """Run ``step`` and see that it is refused and that no row is different."""
    before = rows()
    with pytest.raises(Refusal) as met:
        step(*args, **words)
    assert type(met.value) is refusal
    assert rows() == before


def kinds():
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))
