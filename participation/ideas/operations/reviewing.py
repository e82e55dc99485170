"""The office's side before publication: taken, asked back, declined, published. Of two at once only one wins."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ...actors.queries import role_of
from ...core.authority import may, require
from ...core.clock import now, today
from ...core.errors import Outdated, Refusal
from ...core.markup import rendered
from ...events.cases import close_case, publish_case
from ...events.kinds import Kind
from ...events.record import record
from ...promises.operations import fulfil
from ..models import Idea, Review
from ..search import index
from ..states import LIFECYCLE, WAITING, IdeaState

TIME_TO_REPLY = timedelta(days=60)
WARNED_BEFORE = timedelta(days=14)


class StillTime(Refusal):
    """The author may still answer the question."""

    message = _("The author still has time to answer the question. It can be declined when the 60 days are over.")


class NotAModerator(Refusal):
    """The case can only be handed to somebody who may decide about it."""

    message = _("This person cannot decide about this idea. Please choose somebody else.")


@transaction.atomic
def take_idea(idea, *, by):
    """Look after ``idea`` from now on. Raises Outdated where somebody else took it meanwhile."""
    require(by, "participation.take_idea", idea)
    _give(idea, by)
    record(Kind.CASE_TAKEN, by=by, case=idea.case, role=role_of(by), idea=idea.pk)


@transaction.atomic
def hand_over_idea(idea, *, to, by):
    """Let ``to`` look after ``idea``. Raises NotAModerator, Outdated."""
    require(by, "participation.take_idea", idea)
    if not may(to, "participation.take_idea", idea):
        raise NotAModerator
    _give(idea, to)
    record(Kind.CASE_HANDED_OVER, by=by, case=idea.case, role=role_of(by), idea=idea.pk, to=to.pk)


@transaction.atomic
def publish_idea(idea, *, version, by, text=""):
    """Show ``idea`` to everybody, with a word to the author if there is one. Raises WrongState, Outdated."""
    require(by, "participation.review_idea", idea)
    moment = now()
    LIFECYCLE.advance(
        idea, IdeaState.PUBLISHED, guard={"version": version}, published_at=moment, moved_at=moment,
        html=rendered(idea.text, links=True),
    )  # fmt: skip
    publish_case(idea.case)
    index(idea)
    _conclude(idea, Review.Outcome.PUBLISHED, Kind.IDEA_PUBLISHED, by=by, text=text)


@transaction.atomic
def return_idea(idea, *, version, question, by):
    """Ask the author something; they have 60 days. Raises WrongState, Outdated."""
    require(by, "participation.review_idea", idea)
    LIFECYCLE.advance(
        idea, IdeaState.RETURNED, guard={"version": version}, reply_by=today() + TIME_TO_REPLY, warned_at=None,
        moved_at=now(),
    )  # fmt: skip
    _conclude(idea, Review.Outcome.RETURNED, Kind.IDEA_RETURNED, by=by, text=question)


@transaction.atomic
def decline_idea(idea, *, version, reason, text, by):
    """Do not publish ``idea``, with a reason of the list and in words.

    A returned idea can be declined when its author was warned and the 60 days
    are over. Raises StillTime, WrongState, Outdated.
    """
    require(by, "participation.review_idea", idea)
    was_returned = idea.is_returned
    if was_returned and not (idea.warned_at and idea.reply_by < today()):
        raise StillTime
    LIFECYCLE.advance(idea, IdeaState.DECLINED, guard={"version": version}, reply_by=None, moved_at=now())
    close_case(idea.case)
    _conclude(
        idea, Review.Outcome.DECLINED, Kind.IDEA_DECLINED, by=by, text=text, reason=reason, promised=not was_returned
    )


def warn_of_open_questions():
    """Remind authors, two weeks before the 60 days end, that the office waits for them; each once."""
    due = Idea.objects.filter(state=IdeaState.RETURNED, warned_at=None, reply_by__lte=today() + WARNED_BEFORE)
    for idea in due.select_related("case"):
        with transaction.atomic():
            if Idea.objects.filter(pk=idea.pk, state=IdeaState.RETURNED, warned_at=None).update(warned_at=now()):
                record(Kind.IDEA_WARNED, case=idea.case, idea=idea.pk)


def _conclude(idea, outcome, kind, *, by, text, reason="", promised=True):
    """Write down what was decided; the words to the author are the answer that was promised."""
    review = Review.objects.create(
        idea=idea, outcome=outcome, reason=reason, text=text, version=idea.version, by=by, at=now()
    )
    if promised:
        fulfil(idea.case)
    record(kind, by=by, case=idea.case, role=role_of(by), idea=idea.pk, review=review.pk)


def _give(idea, person):
    rows = Idea.objects.filter(pk=idea.pk, moderator=idea.moderator_id, state__in=[*WAITING, idea.state])
    if not rows.update(moderator=person):
        raise Outdated
    idea.moderator = person
