"""Every session of a person: those that are signed in, and those that only remember the address."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from ..core.clock import now


def end_sessions(actor):
    """Remove every session of ``actor``; the sign-in of the one who asks ends with them."""
    Session.objects.filter(session_key__in=list(_keys_of(actor))).delete()


def forget_ended_sessions():
    """Remove what is noted of devices whose session is over: address and browser are personal data."""
    running = Session.objects.values("session_key")
    an_hour_ago = now() - timedelta(hours=1)
    return UserSession.objects.filter(last_seen_at__lt=an_hour_ago).exclude(session_key__in=running).delete()[0]


def _keys_of(actor):
    yield from UserSession.objects.filter(user_id=actor.pk).values_list("session_key", flat=True)
    for session in Session.objects.iterator(chunk_size=500):
        data = session.get_decoded()
        if data.get(SESSION_KEY) == str(actor.pk) or actor.email in str(data).lower():
            yield session.session_key
