"""Questions about reports, statements and objections."""

import re

from django.core.signing import Signer
from django.db.models import OuterRef, Subquery
from django.urls import Resolver404, resolve, reverse

from ..actors.models import Actor
from ..attachments.models import Attachment
from ..attachments.queries import ready_files
from ..attachments.states import FileState
from ..core.web import is_local
from ..discussion.models import Comment
from ..ideas.coauthor_models import CoAuthor
from ..ideas.coauthor_queries import is_coauthor
from ..ideas.models import Idea
from ..ideas.queries import ideas_for
from ..promises.models import Promise
from .models import Objection, Report, Statement
from .states import StatementState

RECEIPT = Signer(salt="participation.report")
WRITTEN_TOGETHER = ("idea", "attachment")  # what co-authors have in common; a comment is one person's
STATEMENT = Signer(salt="participation.statement")
PLACE = re.compile(r"(comment|file)-(\d{1,18})")


def receipt_path(report):
    """The signed address where whoever reported sees what became of ``report``."""
    return reverse("report_received", args=[RECEIPT.sign(report.pk)])


def statement_path(statement):
    """The signed address where the person concerned reads ``statement`` and objects, also with a blocked account."""
    return reverse("statement", args=[STATEMENT.sign(statement.pk)])


def owner_of(thing):
    """The key of whoever wrote or attached ``thing``, or whose profile it is; None after they left."""
    if isinstance(thing, Actor):
        return thing.pk
    return thing.owner_id if isinstance(thing, Attachment) else thing.author_id


def belongs_to(thing, actor):
    """Whether ``thing`` is ``actor``'s own: written, an idea or its picture also as co-author, or the profile."""
    if owner_of(thing) == actor.pk:
        return True
    idea = Idea.objects.filter(folder=thing.folder_id).first() if isinstance(thing, Attachment) else thing
    return isinstance(idea, Idea) and is_coauthor(actor, idea)


def words_of(thing):
    """What ``thing`` says: the title of an idea, the words of a comment or below a file, the name of an actor."""
    if isinstance(thing, Comment):
        return thing.text
    if isinstance(thing, Attachment):
        return thing.alt or thing.name
    return thing.title if isinstance(thing, Idea) else thing.display_name


def is_readable(thing):
    """Whether everybody may read ``thing`` now, a comment or a file as far as it lies with itself and not its idea."""
    if isinstance(thing, Idea):
        return thing.is_public
    if isinstance(thing, Comment):
        return not (thing.is_removed or thing.is_hidden)
    if isinstance(thing, Attachment):
        return thing.is_ready and not thing.is_hidden
    return Actor.objects.offering_publicly().filter(pk=thing.pk).exists()


def thing_at(address, actor):
    """What ``actor`` may read at ``address``, a path with its fragment; None where nothing can be reported."""
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
    """The idea, or what ``fragment`` names on its page; what is hidden or removed is not there."""
    idea = ideas_for(actor).filter(case__reference=reference).first()
    if idea is None or not idea.is_public:
        return None
    place = PLACE.fullmatch(fragment)
    return ON_THE_PAGE[place[1]](idea).filter(pk=int(place[2])).first() if place else idea


def _comments_on(idea):
    rows = Comment.objects.filter(case=idea.case_id, removed_at=None, hidden_at=None)
    return rows.select_related("author", "case")


def _files_of(idea):
    return ready_files(idea.folder_id).filter(hidden_at=None)


ON_THE_PAGE = {"comment": _comments_on, "file": _files_of}


def _file_at(actor, fragment, *, key, name):
    """The file of a public idea; what is hidden is not there."""
    public = Idea.objects.public().filter(folder__isnull=False).values("folder")
    return Attachment.objects.filter(folder__in=public, key=key, state=FileState.READY, hidden_at=None).first()


def _profile_at(actor, fragment, *, pk):
    return Actor.objects.offering_publicly().filter(pk=pk).first()


FINDERS = {"idea": _idea_at, "attachment": _file_at, "actor": _profile_at}


def about(thing):
    """``thing`` as the fields of an ``About`` row."""
    if isinstance(thing, Actor):
        return {"kind": "profile", "profile": thing}
    if isinstance(thing, Idea):
        return {"kind": "idea", "idea": thing}
    if isinstance(thing, Attachment):
        return {"kind": "attachment", "attachment": thing, "idea": Idea.objects.get(folder=thing.folder_id)}
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
    rows = rows.exclude(kind__in=WRITTEN_TOGETHER, idea__in=_coauthored(actor))
    rows = rows.exclude(attachment__owner_id=actor.pk).exclude(profile_id=actor.pk).annotate(due_at=_promised())
    return rows.select_related(
        "case", "idea__case", "idea__author", "comment__author", "attachment", "profile", "statement"
    )


def objections_for(actor):
    """The objections that ``actor`` of the office may read: all but their own. Each with its due_at."""
    rows = Objection.objects.exclude(statement__addressee_id=actor.pk).annotate(due_at=_promised())
    rows = rows.exclude(statement__kind__in=WRITTEN_TOGETHER, statement__idea__in=_coauthored(actor))
    return rows.select_related(
        "case", "statement__idea__case", "statement__comment", "statement__attachment", "statement__profile",
        "statement__addressee", "statement__by",
    )  # fmt: skip


def _coauthored(actor):
    return CoAuthor.objects.of(actor).values("idea_id")


def statements_for(actor):
    """The decisions in force that ``actor`` of the office may read, the newest first: all but those about their own."""
    rows = Statement.objects.filter(state=StatementState.IN_FORCE).exclude(addressee_id=actor.pk)
    rows = rows.exclude(kind__in=WRITTEN_TOGETHER, idea__in=_coauthored(actor))
    rows = rows.select_related("idea__case", "comment", "attachment", "profile", "addressee", "by", "objection__case")
    return rows.order_by("-at", "-pk")


def _promised():
    return Subquery(Promise.objects.open().filter(case=OuterRef("case")).values("due_at")[:1])


def objection_to(statement):
    """The objection to ``statement``, or None."""
    return Objection.objects.filter(statement=statement).select_related("case").first()


def with_other_reports(report):
    """How many other reports about the same thing wait for a decision."""
    return Report.objects.open().filter(**about(report.thing)).exclude(pk=report.pk).count() if report.thing else 0
