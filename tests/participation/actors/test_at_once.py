"""Several people at the same moment, with real threads on a real database: nobody slips in between."""

import threading

import pytest
from django.db import connection

from participation.actors.models import Actor, Appointment
from participation.actors.operations import appoint, edit_profile, erase_actor
from participation.core.clock import today
from participation.core.errors import Refusal
from participation.events.kinds import Kind
from participation.events.models import Event
from participation.region.models import FieldOfAction
from participation.region.operations import move_field
from tests.factories import FieldOfActionFactory

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*jobs):
    """Run ``jobs`` in threads that start together; return the refusals they met."""
    gate, refusals, troubles = threading.Barrier(len(jobs)), [], []

    def run(job):
        try:
            gate.wait(timeout=10)
            job()
        except Refusal as refusal:
            refusals.append(refusal)
        except Exception as trouble:
            troubles.append(trouble)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert troubles == []
    return refusals


def leave(actor):
    """A job: delete the account, as its page does."""

    def job():
        person = Actor.objects.get(pk=actor.pk)
        erase_actor(person, by=person)

    return job


def test_two_offices_that_appoint_at_once_fill_the_post_once(mia, ada):
    refusals = at_once(*[lambda: appoint(ada, "moderator", by=mia, since=today())] * 4)

    assert Appointment.objects.filter(actor=ada).count() == 1
    assert len(refusals) == 3


def test_nobody_is_appointed_while_leaving(mia, ada):
    posts = ["moderator", "intern", "ale", "spokesperson"]

    at_once(leave(ada), *[lambda post=post: appoint(ada, post, by=mia, since=today()) for post in posts])

    assert not Appointment.objects.filter(actor=ada, until=None).exists()


def test_two_tabs_delete_an_account_once(ada):
    at_once(*[leave(ada)] * 3)

    assert Event.objects.filter(kind=Kind.ACTOR_ERASED).count() == 1


def test_a_profile_that_is_saved_while_leaving_leaves_nothing_behind(ada):
    field = FieldOfActionFactory()

    def save():
        edit_profile(ada, by=ada, display_name="Ada L.", skills="Zither", interests=[field])

    at_once(save, leave(ada), save, save)

    ada.refresh_from_db()
    assert (ada.is_active, ada.display_name, ada.skills, ada.interests.count()) == (False, "", "", 0)


def test_fields_that_move_at_once_keep_an_order(mia):
    fields = [FieldOfActionFactory() for _ in range(5)]

    at_once(*[lambda field=field: move_field(field, by=mia, up=True) for field in fields])

    positions = FieldOfAction.objects.order_by("position").values_list("position", flat=True)
    assert list(positions) == [1, 2, 3, 4, 5]
