"""Schemathesis asks the read interface all that its description allows, and much that it does not."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from participation.core.hiding import hide
from participation.ideas.api import CommentViewSet, IdeaViewSet
from participation.ideas.search import index
from participation.newsroom.api import OutcomeViewSet
from participation.region import api as region
from portal.openapi import description
from portal.throttles import AddressThrottle
from portal.wsgi import application
from tests.coauthor_factories import CoAuthorFactory
from tests.factories import AnswerFactory, CommentFactory, IdeaFactory, SupportFactory
from tests.files import AttachmentFactory, FolderFactory
from tests.house.world import World
from tests.newsroom_factories import OutcomeFactory

EACH = 25  # examples of each operation
NUMBER = st.integers(0, 2**53)


def cursors(orders):
    """Marks of places in ``orders``, those of no row among them."""
    return st.one_of([st.builds(_mark, st.just(order), NUMBER, NUMBER) for order in orders])


class _Place:
    """A row that is nothing but its place."""

    def __init__(self, order, moment, key):
        for column in order.columns:
            setattr(self, column, key if column == "pk" else moment if column.endswith("_at") else "terms")


def _mark(order, moment, key):
    return order.mark(_Place(order, moment, key))


CURSORS = {
    "idea-cursor": IdeaViewSet.orders, "comment-cursor": CommentViewSet.orders,
    "outcome-cursor": OutcomeViewSet.orders,
    "municipality-cursor": region.MunicipalityViewSet.orders, "partner-cursor": region.PartnerViewSet.orders,
    "field-of-action-cursor": region.FieldOfActionViewSet.orders, "legal-text-cursor": region.LegalTextViewSet.orders,
}  # fmt: skip
for name, orders in CURSORS.items():
    schemathesis.openapi.format(name, cursors(orders))
schemathesis.openapi.format("field-of-action", st.just("mobilitaet"))
schemathesis.openapi.format("municipality", st.sampled_from(["oberbach", "allianz"]))
schemathesis.openapi.format("idea", st.just("1999-4711"))


schema = schemathesis.openapi.from_dict(description())
schema.app = application


@pytest.fixture(autouse=True)
def _things(db, monkeypatch):
    """One of each thing; nobody is throttled."""
    monkeypatch.setattr(AddressThrottle, "rate", "1000000/min", raising=False)
    world = World()
    folder = FolderFactory()
    idea = IdeaFactory(case__reference="1999-4711", field=world.field, folder=folder, whole_alliance=False)
    idea.municipalities.add(world.municipality)
    index(idea)
    AttachmentFactory(folder=folder, position=1)
    hide(AttachmentFactory(folder=folder, position=2), "rude")
    AnswerFactory(idea=idea, published=True)
    CoAuthorFactory(idea=idea, state="accepted", actor=world.other)
    SupportFactory(idea=idea)
    outcome = OutcomeFactory(slug="die-bank-steht", ideas=[idea], folder=FolderFactory())
    AttachmentFactory(folder=outcome.folder)
    hide(CommentFactory(case=idea.case, parent=CommentFactory(case=idea.case)), "rude")


@pytest.fixture(autouse=True)
def _one_connection(db):
    """The end of a request does not close the connection in which the test's things stand."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(max_examples=EACH, suppress_health_check=list(HealthCheck))
def test_every_operation(case):
    case.call_and_validate()
