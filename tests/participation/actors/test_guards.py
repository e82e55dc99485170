"""What each guard of the operations holds back: ``make mutants`` breaks them one at a time, and here one sees it."""

from datetime import timedelta

import pytest

from participation.actors.models import Actor
from participation.actors.operations import _remove, accept_terms, confirm_actor, end_appointment
from participation.core.clock import now, today, travel_to
from participation.core.errors import NotAllowed, Outdated
from participation.events.models import Event
from tests.factories import ActorFactory, AppointmentFactory

pytestmark = pytest.mark.django_db


def test_the_first_confirmation_counts():
    actor = confirm_actor(ActorFactory(confirmed=False))
    first = actor.confirmed_at

    with travel_to(now() + timedelta(days=1)):
        confirm_actor(actor)

    actor.refresh_from_db()
    assert (actor.confirmed_at, Event.objects.count()) == (first, 1)


def test_nobody_accepts_the_terms_for_somebody_else(ada, olga):
    with pytest.raises(NotAllowed):
        accept_terms(ada, by=olga)


def test_an_appointment_ends_before_its_last_day(mia):
    appointment = AppointmentFactory(until=today() + timedelta(days=30))

    assert end_appointment(appointment, by=mia).until == today()


def test_who_confirmed_at_the_last_moment_stays():
    seen = ActorFactory(confirmed=False)
    confirm_actor(seen)

    with pytest.raises(Outdated):
        _remove(seen)

    assert Actor.objects.get(pk=seen.pk).is_active
