"""Public ideas with all that their pages show beside their words, for programs; a flat number of queries."""

from collections import defaultdict

from django.contrib.auth.models import AnonymousUser
from django.db.models import Max, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce, Greatest

from ..attachments.models import Attachment
from ..attachments.states import FileState
from ..discussion.queries import comment_counts
from ..events.kinds import Kind
from ..events.models import Event
from ..events.trail import SENTENCES
from ..region.models import Municipality
from .coauthor_models import CoAuthor
from .coauthor_queries import names_of
from .models import Answer, Merger
from .states import AnswerState

NOBODY = AnonymousUser()
CHANGES = [
    *SENTENCES, Kind.COAUTHOR_ACCEPTED, Kind.COAUTHOR_LEFT, Kind.ATTACHMENT_HIDDEN, Kind.ATTACHMENT_SHOWN_AGAIN,
]  # fmt: skip


def with_changes(ideas):
    """``ideas`` (a query), each with ``changed_at``: when something happened to it last that its page shows.

    Supporters and comments do not count: they come and go, and have numbers and a list of their own.
    """
    events = Event.objects.filter(case=OuterRef("case"), kind__in=CHANGES).order_by()
    last = events.values("case").annotate(last=Max("at")).values("last")
    return ideas.annotate(changed_at=Greatest("moved_at", Coalesce(Subquery(last), "moved_at")))


def with_places(ideas):
    """``ideas`` (a query) with case, field and author, and with municipalities in the order of their names."""
    places = Prefetch("municipalities", queryset=Municipality.objects.order_by("name"))
    return ideas.select_related("case", "field", "author").prefetch_related(places)


def whole(ideas):
    """The rows ``ideas`` as a list, each with ``authors``, ``took_in``, ``shown_answers``, ``shown_files`` and
    ``comment_count``, as somebody without an account reads them; five queries.
    """
    mergers = _by(Merger.objects.in_force().filter(target__in=ideas).order_by("at", "pk")
                  .select_related("source__case", "source__author"), "target_id")  # fmt: skip
    sources = [merger.source_id for rows in mergers.values() for merger in rows]
    coauthors = _coauthors([*(idea.pk for idea in ideas), *sources])
    answers = _by(_answers(ideas), "idea_id")
    files = _by(_files(ideas), "folder_id")
    comments = comment_counts([idea.case for idea in ideas])
    for idea in ideas:
        idea.authors = names_of(idea.author, coauthors[idea.pk], reader=NOBODY)
        idea.took_in = [_taken(merger.source, coauthors) for merger in mergers[idea.pk]]
        idea.shown_answers = answers[idea.pk]
        idea.shown_files = files[idea.folder_id] if idea.folder_id else []
        idea.comment_count = comments.get(idea.case_id, 0)
    return ideas


def _taken(source, coauthors):
    names = names_of(source.author, coauthors[source.pk], reader=NOBODY)
    return {"reference": source.reference, "authors": names}


def _coauthors(numbers):
    rows = CoAuthor.objects.accepted().filter(idea__in=numbers).select_related("actor")
    return _by(rows.order_by("answered_at", "pk"), "idea_id")


def _answers(ideas):
    rows = Answer.objects.filter(idea__in=ideas, state=AnswerState.PUBLISHED)
    return rows.order_by("published_at", "pk")


def _files(ideas):
    folders = [idea.folder_id for idea in ideas if idea.folder_id]
    return Attachment.objects.filter(folder__in=folders, state=FileState.READY).order_by("position")


def _by(rows, column):
    found = defaultdict(list)
    for row in rows:
        found[getattr(row, column)].append(row)
    return found
