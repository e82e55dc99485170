"""Outcomes, subscriptions and issues of the newsletter for tests, made directly."""

import factory
from factory.django import DjangoModelFactory

from participation.core.clock import now
from participation.core.markup import rendered
from participation.events.kinds import CaseKind
from participation.events.models import CaseLink
from participation.newsroom.models import Outcome, OutcomeVersion
from participation.newsroom.newsletter_models import Issue, IssueItem, Subscription
from participation.newsroom.states import IssueState, OutcomeState, SubscriptionState
from tests.factories import ActorFactory, CaseFactory

WITH_PAGE = (OutcomeState.PUBLISHED, OutcomeState.WITHDRAWN)


class OutcomeFactory(DjangoModelFactory):
    """An outcome in any ``state`` with what belongs to it; ``ideas=[…]`` are those it tells of."""

    class Meta:
        model = Outcome
        skip_postgeneration_save = True

    state = OutcomeState.PUBLISHED
    author = factory.SubFactory(ActorFactory)
    title = factory.Sequence("Die Bank Nummer {} steht".format)
    text = "Seit heute steht sie am Ortsrand."
    html = factory.LazyAttribute(lambda row: rendered(row.text, links=True))
    created_at = factory.LazyFunction(now)
    updated_at = factory.SelfAttribute("created_at")
    published_at = factory.LazyAttribute(lambda row: row.created_at if row.state in WITH_PAGE else None)
    publish_at = factory.LazyAttribute(lambda row: row.created_at if row.state == OutcomeState.SCHEDULED else None)
    withdrawn_at = factory.LazyAttribute(lambda row: row.created_at if row.state == OutcomeState.WITHDRAWN else None)
    withdrawn_reason = factory.LazyAttribute(lambda row: "Sie steht woanders." if row.withdrawn_at else "")
    slug = factory.Maybe("published_at", factory.Sequence("die-bank-nummer-{}-steht".format), None)
    case = factory.Maybe(
        "published_at",
        factory.SubFactory(
            CaseFactory, kind=CaseKind.OUTCOME, title=factory.SelfAttribute("..title"),
            reference=factory.Sequence("E-1999-{:04d}".format),
            path=factory.LazyAttribute(lambda row: f"/ergebnisse/{row.factory_parent.slug}/"),
            public=factory.LazyAttribute(lambda row: row.factory_parent.state == OutcomeState.PUBLISHED),
            opened_at=factory.SelfAttribute("..created_at"),
        ),
        None,
    )  # fmt: skip

    @factory.post_generation
    def kept(self, create, extracted, **_):
        if self.case_id:
            OutcomeVersion.objects.create(
                outcome=self, number=1, title=self.title, text=self.text, by=self.author, at=self.published_at
            )

    @factory.post_generation
    def ideas(self, create, extracted, **_):
        for idea in extracted or ():
            self.cases.add(idea.case)
            if self.is_public:
                CaseLink.objects.create(source=idea.case, target=self.case, kind=CaseLink.Kind.CONTRIBUTES_TO)


class SubscriptionFactory(DjangoModelFactory):
    """An address that gets the newsletter; ``state="asked"`` waits, ``state="ended"`` no longer gets it."""

    class Meta:
        model = Subscription

    email = factory.Sequence("leser{}@post.example".format)
    state = SubscriptionState.CONFIRMED
    asked_at = factory.LazyFunction(now)
    confirmed_at = factory.LazyAttribute(lambda row: row.asked_at if row.state != SubscriptionState.ASKED else None)
    ended_at = factory.LazyAttribute(lambda row: row.asked_at if row.state == SubscriptionState.ENDED else None)


class IssueFactory(DjangoModelFactory):
    """A draft of an issue; ``state="sent"`` with its number. ``outcomes`` and ``answers`` are what it tells of."""

    class Meta:
        model = Issue
        skip_postgeneration_save = True

    subject = factory.Sequence("Neues Nummer {}".format)
    intro = "Guten Tag."
    html = factory.LazyAttribute(lambda row: rendered(row.intro, links=True))
    author = factory.SubFactory(ActorFactory)
    created_at = factory.LazyFunction(now)
    updated_at = factory.SelfAttribute("created_at")
    sent_at = factory.LazyAttribute(lambda row: row.created_at if row.state == IssueState.SENT else None)
    number = factory.Maybe("sent_at", factory.Sequence(lambda number: number + 1), None)
    state = IssueState.DRAFT

    @factory.post_generation
    def outcomes(self, create, extracted, **_):
        for outcome in extracted or ():
            IssueItem.objects.create(issue=self, position=self.items.count() + 1, outcome=outcome)

    @factory.post_generation
    def answers(self, create, extracted, **_):
        for answer in extracted or ():
            IssueItem.objects.create(issue=self, position=self.items.count() + 1, answer=answer)
