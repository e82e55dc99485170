"""Rows of letters and of the inbox for tests, made directly."""

import factory
from factory.django import DjangoModelFactory

from notifications.models import Delivery, InboxItem
from participation.core.clock import now
from participation.events.kinds import Kind
from tests.factories import ActorFactory, EventFactory, IdeaFactory


class DeliveryFactory(DjangoModelFactory):
    """A letter that is due."""

    class Meta:
        model = Delivery

    letter = "password_changed"
    recipient = factory.SubFactory(ActorFactory)
    urgency = Delivery.Urgency.ACCOUNT
    message_id = factory.Sequence("<letter{}@allianz.example>".format)
    not_before = factory.LazyFunction(now)
    created_at = factory.LazyFunction(now)


class InboxItemFactory(DjangoModelFactory):
    """A message that somebody has not read: the office answered a public idea that they follow."""

    class Meta:
        model = InboxItem

    class Params:
        kind = Kind.IDEA_ANSWERED

    recipient = factory.SubFactory(ActorFactory)
    case = factory.LazyFunction(lambda: IdeaFactory().case)
    event = factory.LazyAttribute(lambda row: EventFactory(kind=row.kind, case=row.case))
    letter = "idea_news"
    created_at = factory.LazyFunction(now)
