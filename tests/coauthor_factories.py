"""Rows about co-authors for tests; see ``factories``."""

import factory
from factory.django import DjangoModelFactory

from participation.core.clock import now
from participation.ideas.coauthor_models import CoAuthor
from participation.ideas.states import CoAuthorState
from tests.factories import ActorFactory, IdeaFactory


class CoAuthorFactory(DjangoModelFactory):
    """An invitation to be co-author; ``state="accepted"`` with an ``actor`` makes a co-author."""

    class Meta:
        model = CoAuthor

    idea = factory.SubFactory(IdeaFactory)
    email = "olga@allianz.example"
    state = CoAuthorState.INVITED
    invited_at = factory.LazyFunction(now)
    invited_by = factory.SelfAttribute("idea.author")
    answered_at = factory.LazyAttribute(lambda row: None if row.state == CoAuthorState.INVITED else now())

    @factory.lazy_attribute
    def actor(self):
        return ActorFactory() if self.state in (CoAuthorState.ACCEPTED, CoAuthorState.LEFT) else None

    @classmethod
    def _create(cls, model_class, *args, **fields):
        if fields["state"] != CoAuthorState.INVITED:
            fields["email"] = ""
        return super()._create(model_class, *args, **fields)
