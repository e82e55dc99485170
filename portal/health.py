"""Whether the portal lives and may be sent visitors."""

from contextlib import closing
from functools import cache

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis import Redis
from redis.exceptions import RedisError

from notifications.canary import silent_since
from notifications.outbox import oldest_due
from participation.core import breaker, clock


@require_safe
@never_cache
def live(request):
    """The process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def ready(request):
    """503 only without database or with migrations to do: without a broker the portal still serves.

    ``oldest_due_letter_seconds`` is how long the letter that waits longest has been due; null where none waits.
    ``letters_leave`` is false where the hourly test letter was not sent for two hours: a reason to look, none to send
    visitors elsewhere.
    """
    try:
        migrated = _newest_migrations() <= MigrationRecorder(connection).applied_migrations().keys()
        waiting = _seconds_overdue() if migrated else None
        leaving = silent_since() is None if migrated else None
    except Error:
        return JsonResponse({"status": "unavailable", "database": False}, status=503)
    facts = {
        "status": "ok" if migrated else "unavailable",
        "database": True,
        "migrations": migrated,
        "broker": _broker_answers(),
        "oldest_due_letter_seconds": waiting,
        "letters_leave": leaving,
    }
    return JsonResponse(facts, status=200 if migrated else 503)


@cache
def _newest_migrations():
    """The last migration of each app, read from disk once a process."""
    return set(MigrationLoader(None).graph.leaf_nodes())


def _seconds_overdue():
    oldest = oldest_due()
    return round((clock.now() - oldest).total_seconds()) if oldest else None


def _broker_answers():
    if breaker.is_open():
        return False
    try:
        with closing(Redis.from_url(settings.REDIS_URL, **settings.CACHES["default"]["OPTIONS"])) as broker:
            return broker.ping()
    except (RedisError, OSError):
        breaker.trip()
        return False
