"""A group that Ada coordinates."""

import pytest

from tests.factories import ActorFactory, AllianceFactory
from tests.group_factories import GroupFactory, MembershipFactory


@pytest.fixture
def alliance(db):
    return AllianceFactory()


@pytest.fixture
def group(ada, alliance):
    return GroupFactory(coordinator=ada, title="Mobilität", slug="mobilitaet")


@pytest.fixture
def lou(group):
    """Lou, a member; the Membership is at ``lou.row``."""
    actor = ActorFactory(email="lou@allianz.example", display_name="Lou")
    actor.row = MembershipFactory(group=group, actor=actor)
    return actor


@pytest.fixture
def leadership(group, ada):
    """The membership by which Ada coordinates the group."""
    return group.memberships.get(actor=ada)
