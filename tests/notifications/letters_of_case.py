"""Letters about one idea, for tests of the ledger."""

from participation.core.clock import now
from participation.events.kinds import Kind
from tests.factories import ActorFactory, AnswerFactory, EventFactory, IdeaFactory, ReviewFactory
from tests.letter_factories import DeliveryFactory


def an_idea(**fields):
    """A public idea of Olga's."""
    return IdeaFactory(title="Mitfahrbank", author=fields.pop("author", None) or ActorFactory(), **fields)


def an_event(idea, kind=Kind.IDEA_PUBLISHED):
    """Something that happened to ``idea``, with the facts that its letters need."""
    facts = {"review": ReviewFactory(idea=idea).pk} if kind == Kind.IDEA_PUBLISHED else {}
    if kind == Kind.IDEA_ANSWERED:
        facts = {"answer": AnswerFactory(idea=idea, published=True).pk}
    return EventFactory(kind=kind, case=idea.case, facts=facts)


def a_letter(idea, name="idea_published", *, kind=Kind.IDEA_PUBLISHED, event=None, **fields):
    """A letter about ``idea``; one that ended ended now."""
    fields.setdefault("recipient", idea.author)
    if fields.get("state", "due") in {"sent", "failed", "suppressed", "recorded"}:
        fields.setdefault("finished_at", now())
    event = event or an_event(idea, kind)
    return DeliveryFactory(letter=name, event=event, urgency=1, **fields)
