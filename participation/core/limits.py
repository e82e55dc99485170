"""How often one client may do something, counted in the cache; with Redis away the portal's cache counts in a table."""

import time

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

PREFIX = "limit:"


def within_limit(scope, who, *, most, seconds):
    """Count one try of ``who`` and say whether it is still one of the first ``most`` within ``seconds``.

    A fixed window: simple, and at worst twice as many on its edge. ``who`` is
    stored as a keyed digest, since a client address is personal data.
    """
    digest = salted_hmac("participation.limits", who).hexdigest()
    key = f"{PREFIX}{scope}:{int(time.time()) // seconds}:{digest}"
    if cache.add(key, 1, timeout=seconds):
        return True
    try:
        return cache.incr(key) <= most
    except ValueError:  # the window ended between the two calls
        return True


def forget_counters():
    """Remove counters whose time is over from the table; some of their keys name a client address."""
    table = connection.ops.quote_name(settings.CACHES["rows"]["LOCATION"])
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {table} WHERE expires < %s",  # noqa: S608  (our own setting)
            [connection.ops.adapt_datetimefield_value(timezone.now())],
        )
