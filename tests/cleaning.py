"""What tests leave in the cache and at the database server, taken away again."""

from django.conf import settings
from django.db import connection
from redis import Redis

from participation.core import breaker

server = Redis.from_url(settings.REDIS_URL, socket_timeout=10)  # the portal's 0.2 s are short on a busy machine


def forget_cache():
    """Remove what this process put into the cache, and close the breaker; the keys of others stay."""
    breaker.reset()
    keys = list(server.scan_iter(match=f"{settings.CACHES['default']['KEY_PREFIX']}:*", count=1000))
    if keys:
        server.delete(*keys)


def hang_up_others():
    """End all connections to PostgreSQL's test database but our own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
