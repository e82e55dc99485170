"""Official answers: drafted, changed, published; a published one may lead the idea on."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ...actors.queries import role_of
from ...core.authority import require
from ...core.clock import now, today
from ...core.errors import Outdated, Refusal, WrongState
from ...core.markup import rendered
from ...events.cases import close_case
from ...events.kinds import Kind
from ...events.record import record
from ..models import Answer
from ..states import ANSWER_LEADS_TO, ANSWER_LIFECYCLE, ENDED, LIFECYCLE, NEEDS_BODY, AnswerState, IdeaState

KINDS = {
    IdeaState.UNDER_CONSIDERATION: Kind.IDEA_CONSIDERED,
    IdeaState.DEFERRED: Kind.IDEA_DEFERRED,
    IdeaState.ADOPTED: Kind.IDEA_ADOPTED,
    IdeaState.NOT_ADOPTED: Kind.IDEA_NOT_ADOPTED,
    IdeaState.IN_PROGRESS: Kind.IDEA_IN_PROGRESS,
    IdeaState.REALISED: Kind.IDEA_REALISED,
    IdeaState.NOT_REALISED: Kind.IDEA_NOT_REALISED,
    "": Kind.IDEA_ANSWERED,
}


class NobodyDecided(Refusal):
    """A decision needs the body and the day."""

    message = _("Please say who decided this and on which day, today at the latest.")


@transaction.atomic
def draft_answer(idea, text, *, by, leads_to="", body="", decided_on=None):
    """Prepare an official answer to a public idea, which only the office sees. Raises WrongState, NobodyDecided."""
    require(by, "participation.draft_answer", idea)
    _check(idea, leads_to, body, decided_on)
    return Answer.objects.create(
        idea=idea, text=text, html=rendered(text, links=True), leads_to=leads_to, body=body, decided_on=decided_on,
        drafted_by=by, drafted_at=now(),
    )  # fmt: skip


@transaction.atomic
def change_answer(answer, text, *, version, by, leads_to="", body="", decided_on=None):
    """Change a drafted answer; whoever changes it has drafted it. Raises Outdated where it was changed meanwhile."""
    require(by, "participation.draft_answer", answer.idea)
    _check(answer.idea, leads_to, body, decided_on)
    changes = {
        "text": text, "html": rendered(text, links=True), "leads_to": leads_to, "body": body,
        "decided_on": decided_on, "drafted_by": by, "drafted_at": now(), "version": version + 1,
    }  # fmt: skip
    if not Answer.objects.filter(pk=answer.pk, state=AnswerState.DRAFT, version=version).update(**changes):
        raise Outdated
    answer.refresh_from_db()
    return answer


@transaction.atomic
def discard_answer(answer, *, by):
    """Throw a drafted answer away. Raises Outdated where it was published meanwhile."""
    require(by, "participation.draft_answer", answer.idea)
    if not Answer.objects.filter(pk=answer.pk, state=AnswerState.DRAFT).delete()[0]:
        raise Outdated


@transaction.atomic
def publish_answer(answer, *, version, by):
    """Show the answer to everybody, and let the idea go where it leads. Raises WrongState, Outdated."""
    require(by, "participation.publish_answer", answer)
    idea = answer.idea
    _check(idea, answer.leads_to, answer.body, answer.decided_on)
    ANSWER_LIFECYCLE.advance(
        answer, AnswerState.PUBLISHED, guard={"version": version}, published_by=by, published_at=now()
    )
    if answer.leads_to:
        LIFECYCLE.advance(idea, IdeaState(answer.leads_to), moved_at=now())
        if idea.state in ENDED:
            close_case(idea.case)
    record(KINDS[answer.leads_to], by=by, case=idea.case, role=role_of(by), idea=idea.pk, answer=answer.pk)
    return answer


def _check(idea, leads_to, body, decided_on):
    if not idea.is_public or (leads_to and leads_to not in ANSWER_LEADS_TO.get(idea.state, ())):
        raise WrongState
    if leads_to in NEEDS_BODY and not (body and decided_on and decided_on <= today()):
        raise NobodyDecided
