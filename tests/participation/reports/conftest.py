"""A public idea of Ada's with a comment of Olga's, and how people in these tests report, hide and object."""

from uuid import uuid4

import pytest

from participation.actors.models import Actor
from participation.core.hiding import Reason
from participation.ideas.models import Idea
from participation.reports.operations.objecting import object_to
from participation.reports.operations.reporting import report_thing, uphold_report
from participation.reports.operations.restricting import hide_thing
from tests.factories import AllianceFactory, CommentFactory, IdeaFactory
from tests.files import AttachmentFactory

FACTS = "Der Text nennt den Bürgermeister einen Gauner."


def report(thing, *, by=None, **words):
    """Report ``thing``; a stranger gives name and address."""
    words = {"reason": Reason.RUDE, "page": "/ideen/1999-0001/", "submission": uuid4(), **words}
    if by is None:
        words = {"name": "Rita Reporter", "email": "rita@post.example", **words}
    return report_thing(thing, "Das beleidigt jemanden.", by=by, **words)


def uphold(row, by, **words):
    """Agree with the report ``row``."""
    return uphold_report(row, by=by, **{"reason": Reason.RUDE, "facts": FACTS, **words})


def hide(thing, by, **words):
    """Hide ``thing`` without a report."""
    return hide_thing(thing, by=by, **{"reason": Reason.RUDE, "facts": FACTS, **words})


def objected(statement):
    """The objection to ``statement``."""
    return object_to(statement, "Das war ein Zitat.")


@pytest.fixture(autouse=True)
def _alliance(db):
    AllianceFactory()


@pytest.fixture
def idea(ada):
    return IdeaFactory(author=ada)


@pytest.fixture
def comment(idea, olga):
    return CommentFactory(case=idea.case, author=olga)


@pytest.fixture
def profile(olga):
    """Olga, who shows everybody what she can do."""
    Actor.objects.filter(pk=olga.pk).update(skills="Backen", visible_to="public")
    olga.refresh_from_db()
    return olga


@pytest.fixture
def picture(idea):
    """A picture of the idea."""
    row = AttachmentFactory(owner=idea.author, alt="Eine Bank am Weg")
    Idea.objects.filter(pk=idea.pk).update(folder=row.folder)
    idea.refresh_from_db()
    return row


@pytest.fixture(params=["idea", "comment", "picture", "profile"])
def thing(request):
    """An idea, a comment, a picture and a profile in turn."""
    return request.getfixturevalue(request.param)
