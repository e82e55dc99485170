"""What everybody may do with a public idea: support it and talk about it."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from ...actors.models import Post
from ...actors.queries import role_of, second_factor_missing
from ...core.authority import require
from ...core.clock import now
from ...core.errors import Refusal
from ...discussion.models import Comment
from ...discussion.operations import write_comment
from ..models import Idea, Support
from ..queries import has_published
from ..states import OPEN_TO_ALL

SPEAK_FOR_THE_OFFICE = {Post.MANAGER, Post.MODERATOR}
DOUBLE_CLICK = timedelta(minutes=1)


class Closed(Refusal):
    """The idea can be read, not supported or discussed."""

    message = _("This idea is closed, so it can no longer be supported or discussed. You can still read everything.")


def support_idea(idea, *, by):
    """Stand behind ``idea``; twice is once. Raises Closed, and NotAllowed on one's own."""
    require(by, "participation.support_idea", idea)
    try:
        with transaction.atomic():
            _count(idea, +1)  # first the row of the idea, then what hangs on it: nobody waits in a circle
            Support.objects.create(idea=idea, actor=by, at=now())
    except IntegrityError:  # the second click
        return


@transaction.atomic
def end_support(idea, *, by):
    """Stand behind ``idea`` no more. Raises Closed."""
    require(by, "participation.support_idea", idea)
    _count(idea, 0)
    if Support.objects.filter(idea=idea, actor=by).delete()[0]:
        _count(idea, -1)


@transaction.atomic
def comment_on(idea, text, *, by, parent=None, in_office=False):
    """Say something about ``idea``; the same words twice within a minute are one comment, which is returned.

    ``in_office`` lets a manager or moderator speak for the office; for others it means nothing.
    Raises Closed, and Gone where the comment one replies to was removed.
    """
    require(by, "participation.comment_idea", idea)
    _count(idea, 0)  # asks the database whether it is open, and makes the second of two clicks wait for the first
    known = _said_just_now(idea, text, by=by, parent=parent)
    if known:
        return known
    return write_comment(
        idea.case, text, by=by, parent=parent, in_office=in_office and _speaks_for_the_office(by),
        links=has_published(by),
    )  # fmt: skip


def _said_just_now(idea, text, *, by, parent):
    thread = parent and (parent.parent_id or parent.pk)
    rows = Comment.objects.filter(case=idea.case, author=by, parent=thread, text=text, removed_at=None)
    return rows.filter(posted_at__gt=now() - DOUBLE_CLICK).first()


def _speaks_for_the_office(actor):
    return role_of(actor) in SPEAK_FOR_THE_OFFICE and not second_factor_missing(actor)


def _count(idea, by_how_many):
    rows = Idea.objects.filter(pk=idea.pk, state__in=OPEN_TO_ALL, hidden_at=None)
    if not rows.update(support_count=F("support_count") + by_how_many):
        raise Closed
