"""Events about outcomes and the newsletter: an example of each with its rows."""

from participation.core.clock import now
from participation.events.kinds import Kind
from participation.ideas.models import Support
from participation.newsroom.models import OutcomeVersion
from participation.newsroom.newsletter_models import Subscription
from participation.promises.models import Follow
from tests.factories import ActorFactory, AnswerFactory, EventFactory, IdeaFactory
from tests.newsroom_factories import IssueFactory, OutcomeFactory, SubscriptionFactory

READER = "leser@post.example"
OUTCOME = {Kind.OUTCOME_OFFERED, Kind.OUTCOME_PUBLISHED, Kind.OUTCOME_CORRECTED, Kind.OUTCOME_UNLINKED}
NEWSLETTER = {Kind.NEWSLETTER_ASKED, Kind.NEWSLETTER_TRIED, Kind.NEWSLETTER_SENT}


def a_news_event(kind, actor):
    """An event of ``kind`` whose letters all concern ``actor`` or the address READER."""
    if kind == Kind.OUTCOME_OFFERED:
        draft = OutcomeFactory(state="draft", title="Die Bank steht", offered_at=now())
        return EventFactory(kind=kind, by=draft.author, facts={"outcome": draft.pk, "version": 1})
    if kind in OUTCOME:
        return _about_an_outcome(kind, actor)
    subscription = Subscription.objects.filter(email=READER).first() or SubscriptionFactory(
        email=READER, state="asked" if kind == Kind.NEWSLETTER_ASKED else "confirmed"
    )
    if kind == Kind.NEWSLETTER_ASKED:
        return EventFactory(kind=kind, facts={"subscription": subscription.pk})
    told = {"outcomes": [OutcomeFactory()], "answers": [AnswerFactory(published=True, leads_to="under_consideration")]}
    issue = IssueFactory(state="sent" if kind == Kind.NEWSLETTER_SENT else "draft", **told)
    return EventFactory(kind=kind, by=actor, facts={"issue": issue.pk})


def _about_an_outcome(kind, actor):
    """The actor wrote one of the ideas, which the outcome no longer tells of or still does, and supports the other."""
    own, other = IdeaFactory(author=actor), IdeaFactory(author=ActorFactory())
    Support.objects.create(idea=other, actor=actor, at=now())
    told_of = [own, other] if kind != Kind.OUTCOME_UNLINKED else []
    Follow.objects.create(case=own.case, actor=actor, since=now())
    outcome = OutcomeFactory(ideas=told_of, title="Die Bank steht", version=2)
    words = {"title": outcome.title, "text": outcome.text, "note": "Der Ort war falsch.", "at": now()}
    OutcomeVersion.objects.create(outcome=outcome, number=2, **words)
    return EventFactory(
        kind=kind, case=outcome.case if told_of else own.case, facts={"outcome": outcome.pk, "version": 2}
    )
