"""An example of each event about co-authors, with its rows."""

from participation.events.kinds import Kind
from tests.coauthor_factories import CoAuthorFactory
from tests.factories import ActorFactory, EventFactory, IdeaFactory

STATES = {
    Kind.COAUTHOR_INVITED: "invited",
    Kind.COAUTHOR_ACCEPTED: "accepted",
    Kind.COAUTHOR_DECLINED: "declined",
    Kind.COAUTHOR_LEFT: "left",
}


def a_coauthor_event(kind, actor):
    """An event of ``kind`` whose letter goes to ``actor``: as the invited person, else as the author."""
    idea = IdeaFactory(author=ActorFactory() if kind == Kind.COAUTHOR_INVITED else actor, title="Mitfahrbank")
    row = CoAuthorFactory(idea=idea, state=STATES[kind], email=actor.email)
    return EventFactory(kind=kind, case=idea.case, facts={"coauthor": row.pk})
