"""Letters that are due, at a moment that stands still."""

from datetime import UTC, datetime

from notifications.models import Delivery
from tests.factories import ActorFactory
from tests.letter_factories import DeliveryFactory

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def a_letter(email="ada@post.example", **fields):
    """A letter that is due, to somebody with this address."""
    actor = ActorFactory(email=email, display_name="Ada")
    return DeliveryFactory(letter="password_changed", recipient=actor, **fields)


def states():
    """The state of each letter, the oldest first."""
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))
