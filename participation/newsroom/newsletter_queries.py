"""Questions about the newsletter: who gets it, what there is to tell, and how it reads."""

from dataclasses import dataclass, field
from datetime import datetime

from django.core.signing import Signer
from django.db.models import Max
from django.urls import reverse

from ..ideas.models import Answer, Idea
from ..ideas.states import AnswerState
from .models import Outcome
from .newsletter_models import Issue, IssueItem, Subscription
from .queries import with_pictures
from .states import IssueState

CONFIRM = Signer(salt="participation.newsletter.confirm")
END = Signer(salt="participation.newsletter.end")
MOST = 40  # things of a kind that are offered for one issue
OUTCOME, ANSWER = "outcome", "answer"


@dataclass
class Item:
    """Something an issue tells of; ``key`` names it in forms, ``state`` is where the answered idea went."""

    kind: str
    key: str
    title: str
    html: str
    path: str
    at: datetime
    reference: str = ""
    state: str = ""
    picture: object = field(default=None, repr=False)

    @property
    def is_outcome(self):
        """An outcome, and not an answer."""
        return self.kind == OUTCOME


def readers():
    """All who get the newsletter, by their number."""
    return Subscription.objects.confirmed().order_by("pk")


def confirm_path(subscription):
    """The signed address at which the double opt-in ends."""
    return reverse("confirm_newsletter", args=[CONFIRM.sign(subscription.pk)])


def end_path(subscription):
    """The signed address at which a subscription ends."""
    return reverse("end_newsletter", args=[END.sign(subscription.pk)])


def sent_issues():
    """The archive, without an order."""
    return Issue.objects.filter(state=IssueState.SENT)


def last_sent_at():
    """When the last issue was sent, or None."""
    return sent_issues().aggregate(at=Max("sent_at"))["at"]


def proposed():
    """What there is to tell since the last issue: outcomes, then answers, the newest first."""
    return _outcomes(_since(Outcome.objects.public())) + _answers(_since(_public_answers()))


def offered(issue):
    """What can be chosen for ``issue``: its own things in their order, then what else there is to tell."""
    chosen = items_of(issue)
    known = {item.key for item in chosen}
    return chosen, [item for item in proposed() if item.key not in known]


def items_of(issue):
    """What ``issue`` tells of and everybody may still read, in its order."""
    rows = list(IssueItem.objects.filter(issue=issue).order_by("position"))
    outcomes = _outcomes(Outcome.objects.public().filter(pk__in=[row.outcome_id for row in rows if row.outcome_id]))
    answers = _answers(_public_answers().filter(pk__in=[row.answer_id for row in rows if row.answer_id]))
    found = {item.key: item for item in [*outcomes, *answers]}
    return [found[key] for key in map(key_of, rows) if key in found]


def key_of(row):
    """How forms name what an IssueItem stands for."""
    return f"{OUTCOME}-{row.outcome_id}" if row.outcome_id else f"{ANSWER}-{row.answer_id}"


def _public_answers():
    public = Idea.objects.public().values("pk")
    return Answer.objects.filter(state=AnswerState.PUBLISHED, idea__in=public)


def _since(rows):
    last = last_sent_at()
    rows = rows.filter(published_at__gt=last) if last else rows
    return rows.order_by("-published_at", "-pk")[:MOST]


def _outcomes(rows):
    return [
        Item(
            OUTCOME, f"{OUTCOME}-{row.pk}", row.title, row.html, row.get_absolute_url(), row.published_at,
            picture=row.picture,
        )
        for row in with_pictures(rows)
    ]  # fmt: skip


def _answers(rows):
    return [
        Item(
            ANSWER, f"{ANSWER}-{row.pk}", row.idea.title, row.html, row.idea.get_absolute_url(), row.published_at,
            reference=row.idea.reference, state=row.get_leads_to_display() if row.leads_to else "",
        )
        for row in rows.select_related("idea__case")
    ]  # fmt: skip
