"""Issues of the newsletter: put together, tried out, sent once."""

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from ...actors.queries import role_of
from ...core.authority import require
from ...core.clock import now
from ...core.errors import Outdated, Refusal
from ...core.markup import rendered
from ...events.kinds import Kind
from ...events.record import record
from ..newsletter_models import Issue, IssueItem
from ..newsletter_queries import OUTCOME, items_of, proposed
from ..states import ISSUE_LIFECYCLE, IssueState

PREPARE = "participation.prepare_newsletter"
SEND = "participation.send_newsletter"


class Empty(Refusal):
    """There is nothing to read in it."""

    message = _("This issue tells of nothing yet. Please choose at least one outcome or answer, or write something.")


def begin_issue(*, by, subject):
    """A new issue with all there is to tell since the last one. There is one draft at a time; it is gone on with."""
    require(by, PREPARE)
    drafts = Issue.objects.filter(state=IssueState.DRAFT)
    try:
        return drafts.first() or _begin(by, subject)
    except IntegrityError:  # the second click was as fast as the first
        return drafts.get()


@transaction.atomic
def _begin(by, subject):
    moment = now()
    issue = Issue.objects.create(subject=subject, author=by, created_at=moment, updated_at=moment)
    _choose(issue, [item.key for item in proposed()])
    return issue


@transaction.atomic
def change_issue(issue, *, version, by, subject, intro, keys):
    """Change a draft; ``keys`` are what it tells of, in their order. Raises Outdated."""
    require(by, PREPARE, issue)
    rows = Issue.objects.filter(pk=issue.pk, state=IssueState.DRAFT, version=version)
    changes = {"subject": subject, "intro": intro, "html": rendered(intro, links=True), "updated_at": now()}
    if not rows.update(version=version + 1, **changes):
        raise Outdated
    issue.refresh_from_db()
    _choose(issue, keys)
    return issue


@transaction.atomic
def discard_issue(issue, *, version, by):
    """Throw a draft away. Raises Outdated where it was changed or sent meanwhile."""
    require(by, PREPARE, issue)
    if not Issue.objects.filter(pk=issue.pk, state=IssueState.DRAFT, version=version).delete()[0]:
        raise Outdated


@transaction.atomic
def try_issue(issue, *, by):
    """Send the issue to whoever asks for that, and to nobody else."""
    require(by, PREPARE, issue)
    record(Kind.NEWSLETTER_TRIED, by=by, role=role_of(by), issue=issue.pk)


@transaction.atomic
def send_issue(issue, *, version, by):
    """Send the issue to all who want it, once, and show it in the archive. Raises Empty, WrongState, Outdated."""
    require(by, SEND, issue)
    if not (issue.intro or items_of(issue)):
        raise Empty
    number = (Issue.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    ISSUE_LIFECYCLE.advance(
        issue, IssueState.SENT, guard={"version": version}, number=number, sent_by=by, sent_at=now()
    )
    record(Kind.NEWSLETTER_SENT, by=by, role=role_of(by), issue=issue.pk)
    return issue


def _choose(issue, keys):
    IssueItem.objects.filter(issue=issue).delete()
    IssueItem.objects.bulk_create(
        IssueItem(issue=issue, position=position, **_thing(key)) for position, key in enumerate(keys, start=1)
    )


def _thing(key):
    kind, _dash, number = key.partition("-")
    return {"outcome_id" if kind == OUTCOME else "answer_id": int(number)}
