"""The world that walks over all pages share."""

import pytest

from .world import World, undone


@pytest.fixture(scope="module")
def lasting_world(django_db_setup, django_db_blocker):
    """One world for all tests of a module, since it is dear to make; a test that has ``db`` leaves nothing in it."""
    with django_db_blocker.unblock(), undone():
        yield World()


@pytest.fixture
def world(lasting_world, db):
    """The lasting world; whatever the test does in it never happened."""
    return lasting_world
