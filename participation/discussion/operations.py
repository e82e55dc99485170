"""What is done with comments: written, changed within the quarter of an hour, removed. The slice above says where."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..core.authority import require
from ..core.clock import now
from ..core.errors import Outdated, Refusal
from ..core.markup import rendered
from ..events.kinds import Kind
from ..events.record import record
from .models import Comment


class TooLate(Refusal):
    """The time for changes is over."""

    message = _("A comment can be changed for a quarter of an hour. You can remove it, or write another one.")


class OutOfSight(Refusal):
    """The office has hidden the comment."""

    message = _("The office has hidden this comment, so nobody can reply to it or change it. Nothing was changed.")


class Gone(Refusal):
    """The comment was removed meanwhile."""

    message = _("This comment was removed in the meantime. Nothing was changed.")


@transaction.atomic
def write_comment(case, text, *, by, parent=None, in_office=False, links=True, kind=Kind.COMMENT_WRITTEN, **facts):
    """Say something about ``case``, or in reply to ``parent`` (a reply to a reply joins its talk).

    It is recorded as ``kind`` with ``facts``.

    Raises Gone where ``parent`` was removed or belongs to another case, OutOfSight where it is hidden.
    """
    require(by, "participation.write_comment", case)
    if parent is not None and not Comment.objects.filter(pk=parent.pk, case=case, removed_at=None).exists():
        raise Gone
    if parent is not None and parent.is_hidden:
        raise OutOfSight
    thread = (parent.parent or parent) if parent else None
    comment = Comment.objects.create(
        case=case, parent=thread, author=by, in_office=in_office, text=text, html=rendered(text, links=links),
        posted_at=now(),
    )  # fmt: skip
    record(kind, by=by, case=case, comment=comment.pk, **facts)
    return comment


@transaction.atomic
def edit_comment(comment, text, *, by, links=True):
    """Change the words of ``comment``. Raises TooLate, Gone, OutOfSight, Outdated (it was changed meanwhile)."""
    require(by, "participation.edit_comment", comment)
    if comment.is_removed:
        raise Gone
    if comment.is_hidden:
        raise OutOfSight
    if not comment.is_fresh:
        raise TooLate
    _change(comment, text=text, html=rendered(text, links=links), edited_at=now())


@transaction.atomic
def withdraw_comment(comment, *, by):
    """Remove one's own ``comment``; a line stays. Raises Gone."""
    require(by, "participation.withdraw_comment", comment)
    if comment.is_removed:
        raise Gone
    _change(comment, text="", html="", removed_at=now())
    record(Kind.COMMENT_REMOVED, by=by, case=comment.case, comment=comment.pk)


def carry_talk(case, to):
    """Move all comments on ``case`` to the case ``to``; return their numbers. The caller has asked for the right."""
    rows = Comment.objects.filter(case=case)
    numbers = list(rows.order_by("pk").values_list("pk", flat=True))
    rows.update(case=to)
    return numbers


def give_talk_back(numbers, case):
    """Move the comments with these ``numbers`` back to ``case``, with all replies that they got meanwhile."""
    Comment.objects.filter(Q(pk__in=numbers) | Q(parent__in=numbers)).update(case=case)


def _change(comment, **changes):
    """One guarded UPDATE: of two changes at once only one wins."""
    seen = {"version": comment.version, "hidden_at": comment.hidden_at}
    rows = Comment.objects.filter(pk=comment.pk, **seen)
    changes["version"] = comment.version + 1
    if not rows.update(**changes):
        raise Outdated
    for name, value in changes.items():
        setattr(comment, name, value)
