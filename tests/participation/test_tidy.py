"""The hourly task: what has had its time goes."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from participation.actors.models import Actor
from participation.core.models import PendingDraft
from participation.tasks import tidy
from tests.factories import ActorFactory

pytestmark = pytest.mark.django_db


def a_device(actor, key, *, last_seen):
    return UserSession.objects.create(
        user=actor, session_key=key, ip="192.0.2.1", user_agent="Browser", last_seen_at=timezone.now() - last_seen
    )


def test_what_has_had_its_time_goes_and_the_rest_stays(ada):
    soon, past = timezone.now() + timedelta(days=1), timezone.now() - timedelta(seconds=1)
    Session.objects.create(session_key="running", session_data="", expire_date=soon)
    Session.objects.create(session_key="ended", session_data="", expire_date=past)
    for key, last_seen in [("running", timedelta(days=2)), ("ended", timedelta(days=2)), ("new", timedelta(0))]:
        a_device(ada, key, last_seen=last_seen)
    for hours in (0, 2):
        PendingDraft.objects.create(actor=ada, path="/", fields={}, created_at=timezone.now() - timedelta(hours=hours))
    ActorFactory(confirmed=False, joined_at=timezone.now() - timedelta(days=8))
    newcomer = ActorFactory(confirmed=False)

    tidy()
    tidy()

    assert set(Session.objects.values_list("session_key", flat=True)) == {"running"}
    assert set(UserSession.objects.values_list("session_key", flat=True)) == {"running", "new"}
    assert PendingDraft.objects.count() == 1
    assert set(Actor.objects.all()) == {ada, newcomer}
