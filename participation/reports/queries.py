"""Questions about reports, statements and objections."""

import re

from django.core.signing import Signer
from django.db.models import OuterRef, Subquery
from django.urls import Resolver404, resolve, reverse

from ..actors.models import Actor
from ..core.web import is_local
from ..discussion.models import Comment
from ..ideas.models import Idea
from ..ideas.queries import ideas_for
from ..promises.models import Promise
from .models import Objection, Report, Statement
from .states import StatementState

RECEIPT = Signer(salt="participation.report")
STATEMENT = Signer(salt="participation.statement")
COMMENT = re.compile(r"comment-(\d{1,18})")


def receipt_path(report):
    """The signed address where whoever reported sees what became of ``report``."""
    return reverse("report_received", args=[RECEIPT.sign(report.pk)])


def statement_path(statement):
    """The signed address where the person concerned reads ``statement`` and objects, also with a blocked account."""
    return reverse("statement", args=[STATEMENT.sign(statement.pk)])


def owner_of(thing):
    """The key of whoever wrote the idea or comment ``thing``, or whose profile it is; None after they left."""
    return thing.pk if isinstance(thing, Actor) else thing.author_id


def words_of(thing):
    """What ``thing`` says: the title of an idea, the words of a comment, the name of an actor."""
    if isinstance(thing, Comment):
        return thing.text
    return thing.title if isinstance(thing, Idea) else thing.display_name


def is_readable(thing):
    """Whether everybody may read ``thing`` now."""
    if isinstance(thing, Idea):
        return thing.is_public
    if isinstance(thing, Comment):
        return not (thing.is_removed or thing.is_hidden)
    return Actor.objects.offering_publicly().filter(pk=thing.pk).exists()


def thing_at(address, actor):
    """What ``actor`` may read at ``address``, a path with its fragment: an idea, a comment, an actor; else None."""
    path, _sign, fragment = address.partition("#")
    if not is_local(path):
        return None
    try:
        match = resolve(path.partition("?")[0])
    except Resolver404:
        return None
    find = FINDERS.get(match.view_name)
    return find(actor, fragment, **match.kwargs) if find else None


def _idea_at(actor, fragment, *, reference):
    """The idea, or the comment on it that ``fragment`` names; what is hidden or removed is not there."""
    idea = ideas_for(actor).filter(case__reference=reference).first()
    if idea is None or not idea.is_public:
        return None
    number = COMMENT.fullmatch(fragment)
    if number is None:
        return idea
    rows = Comment.objects.filter(case=idea.case_id, removed_at=None, hidden_at=None).select_related("author", "case")
    return rows.filter(pk=int(number[1])).first()


def _profile_at(actor, fragment, *, pk):
    return Actor.objects.offering_publicly().filter(pk=pk).first()


FINDERS = {"idea": _idea_at, "actor": _profile_at}


def about(thing):
    """``thing`` as the fields of an ``About`` row."""
    if isinstance(thing, Actor):
        return {"kind": "profile", "profile": thing}
    if isinstance(thing, Idea):
        return {"kind": "idea", "idea": thing}
    return {"kind": "comment", "comment": thing, "idea": Idea.objects.get(case=thing.case_id)}


def standing(thing):
    """The statement because of which ``thing`` is hidden, or None."""
    rows = Statement.objects.filter(measure=Statement.Measure.HIDDEN, state=StatementState.IN_FORCE, **about(thing))
    return rows.order_by("-at", "-pk").first()


def open_to_objection(actor):
    """The statements to ``actor`` to which they may still object, the newest first."""
    rows = Statement.objects.filter(addressee_id=actor.pk, state=StatementState.IN_FORCE, objection=None)
    return [row for row in rows.order_by("-at", "-pk") if row.may_be_objected_to]


def reports_for(actor):
    """The reports that ``actor`` of the office may read: all but those about their own things. Each with its due_at."""
    rows = Report.objects.exclude(kind="idea", idea__author_id=actor.pk).exclude(comment__author_id=actor.pk)
    rows = rows.exclude(profile_id=actor.pk).annotate(due_at=_promised())
    return rows.select_related("case", "idea__case", "idea__author", "comment__author", "profile", "statement")


def objections_for(actor):
    """The objections that ``actor`` of the office may read: all but their own. Each with its due_at."""
    rows = Objection.objects.exclude(statement__addressee_id=actor.pk).annotate(due_at=_promised())
    return rows.select_related(
        "case", "statement__idea__case", "statement__comment", "statement__profile", "statement__addressee",
        "statement__by",
    )  # fmt: skip


def _promised():
    return Subquery(Promise.objects.open().filter(case=OuterRef("case")).values("due_at")[:1])


def objection_to(statement):
    """The objection to ``statement``, or None."""
    return Objection.objects.filter(statement=statement).select_related("case").first()


def with_other_reports(report):
    """How many other reports about the same thing wait for a decision."""
    return Report.objects.open().filter(**about(report.thing)).exclude(pk=report.pk).count() if report.thing else 0
