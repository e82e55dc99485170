"""A cache that is never the reason for an error page.

With Redis away, reading misses and writing does nothing; rate limits (allauth's
and the API's) go to a table instead, so that nobody gets free tries meanwhile.
"""

import logging
from functools import wraps

from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

from participation.core import breaker

log = logging.getLogger(__name__)

LONGEST_LOCK = 500  # milliseconds; what allauth does under its lock takes two calls of 0.2 s at most
LIMIT_KEYS = ("allauth:rl:", "throttle_", "limit:")


def _patient(name, missing, method=None):
    """The method ``name`` of RedisCache (or ``method``); ``missing(default)`` is its answer without Redis."""
    method = method or getattr(RedisCache, name)

    @wraps(method)
    def call(self, key, *args, **kwargs):
        if not breaker.is_open():
            try:
                return method(self, key, *args, **kwargs)
            except (RedisError, OSError) as error:
                breaker.trip()
                log.warning("cache away: %s", type(error).__name__)
        if isinstance(key, str) and key.startswith(LIMIT_KEYS):
            return getattr(caches["rows"], name)(key, *args, **kwargs)
        return missing(*args, **kwargs)

    return call


def _add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
    """Add as ever, but let allauth's locks end soon.

    They last for ten seconds, and who waits for one gives up after one: a web
    process that was killed while it counted would lock out all its neighbours.
    """
    taken = RedisCache.add(self, key, value, timeout=timeout, version=version)
    if taken and key.startswith("allauth:rl:") and key.endswith(":lock"):
        name = self.make_and_validate_key(key, version=version)
        self._cache.get_client(name, write=True).pexpire(name, LONGEST_LOCK)
    return taken


class PatientCache(RedisCache):
    """Django's Redis cache; logs and misses where Redis does not answer."""

    get = _patient("get", lambda default=None, **_: default)
    set = _patient("set", lambda *_, **__: None)
    add = _patient("add", lambda *_, **__: True, _add)
    delete = _patient("delete", lambda *_, **__: False)
    incr = _patient("incr", lambda delta=1, **_: delta)
    touch = _patient("touch", lambda *_, **__: False)
    has_key = _patient("has_key", lambda *_, **__: False)
    get_many = _patient("get_many", lambda *_, **__: {})
    set_many = _patient("set_many", lambda *_, **__: [])
    delete_many = _patient("delete_many", lambda *_, **__: None)
