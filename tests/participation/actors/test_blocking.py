"""An account is blocked once and opened once; whoever holds a post is not blocked, and whoever left stays away."""

from datetime import timedelta

import pytest
from django.db import transaction

from participation.actors.models import Actor
from participation.actors.operations import HoldsAPost, block, unblock
from participation.core.clock import now, travel_to
from participation.core.errors import Outdated

pytestmark = pytest.mark.django_db


def again(actor):
    return Actor.objects.get(pk=actor.pk)


def test_once(ada):
    block(ada)
    first = again(ada).blocked_at

    with travel_to(now() + timedelta(hours=1)), pytest.raises(Outdated):
        block(ada)

    assert (again(ada).is_active, again(ada).blocked_at) == (False, first)
    unblock(ada)
    assert (again(ada).is_active, again(ada).blocked_at) == (True, None)
    with pytest.raises(Outdated):
        unblock(ada)


def test_whoever_holds_a_post_is_not_blocked(max):
    with pytest.raises(HoldsAPost), transaction.atomic():
        block(max)

    assert again(max).is_active


def test_whoever_was_blocked_and_left_is_not_let_in_again(ada):
    block(ada)
    Actor.objects.filter(pk=ada.pk).update(erased_at=now())

    with pytest.raises(Outdated):
        unblock(again(ada))

    assert not again(ada).is_active
