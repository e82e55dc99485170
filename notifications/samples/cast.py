"""Who and what sample letters are about: people, cases and ideas that were never saved. None of them is real."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from participation.actors.models import Actor
from participation.core.clock import now
from participation.core.markup import rendered
from participation.core.web import absolute
from participation.events.models import Case
from participation.ideas.models import Idea
from participation.ideas.states import IdeaState

NOBODY = 0  # the number of rows that do not exist
YEAR = "2026"


def reader():
    """Whoever reads the letter."""
    return "Anna Beispiel"


def other():
    """Whoever did something."""
    return Actor(pk=NOBODY, display_name="Jonas Muster", email="jonas.muster@post.example")


def in_days(days):
    """A moment so many days from now."""
    return now() + timedelta(days=days)


def case(number, **fields):
    """A case with the reference ``number``."""
    return Case(pk=-1, reference=number, **fields)  # 0 would count as none


def idea(state=IdeaState.PUBLISHED, **fields):
    """Most samples are about this one."""
    title = _("Ride-sharing benches between the villages")
    return Idea(pk=NOBODY, case=case(f"{YEAR}-0042", title=title), title=title, state=state, **fields)


def other_idea():
    """The one with which it was merged."""
    title = _("An evening bus on call")
    return Idea(pk=NOBODY, case=case(f"{YEAR}-0017", title=title), title=title, state=IdeaState.PUBLISHED)


def page_of(one, page="idea"):
    """The full address of the ``page`` of an idea."""
    return absolute(reverse(page, args=[one.reference]))


def html(text):
    """``text`` as it would be stored."""
    return rendered(text, links=True)
