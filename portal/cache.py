"""A cache that is never the reason for an error page.

With Redis away, reading misses and writing does nothing; rate limits (allauth's
and the API's) go to a table instead, so that nobody gets free tries meanwhile.
"""

import logging
from functools import wraps

from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

from participation.core import breaker

log = logging.getLogger(__name__)

LONGEST_LOCK = 0.5  # seconds; what allauth does under its lock takes two calls of 0.2 s at most
LIMIT_KEYS = ("allauth:rl:", "throttle_", "limit:")


class _RedisCache(RedisCache):
    """Django's Redis cache, in which allauth's locks end soon."""

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        """Add as ever; a lock and its end in one command, between two of which the process could be killed."""
        if not _is_lock(key):
            return super().add(key, value, timeout=timeout, version=version)
        name = self.make_and_validate_key(key, version=version)
        client = self._cache.get_client(name, write=True)
        return bool(client.set(name, int(value), nx=True, px=int(LONGEST_LOCK * 1000)))


class Rows(DatabaseCache):
    """The table of limits, in which allauth's locks end soon as well."""

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        """Add as ever; a lock for its own time (the table counts whole seconds)."""
        return super().add(key, value, timeout=LONGEST_LOCK if _is_lock(key) else timeout, version=version)


def _is_lock(key):
    """Whether ``key`` is allauth's lock on a limit.

    It would last for ten seconds, and who waits for one gives up after one: a web
    process that was killed while it counted would lock out all its neighbours.
    """
    return key.startswith("allauth:rl:") and key.endswith(":lock")


def _patient(name, missing):
    """The method ``name`` of our Redis cache; ``missing(default)`` is its answer without Redis."""
    method = getattr(_RedisCache, name)

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


class PatientCache(_RedisCache):
    """Django's Redis cache; logs and misses where Redis does not answer."""

    get = _patient("get", lambda default=None, **_: default)
    set = _patient("set", lambda *_, **__: None)
    add = _patient("add", lambda *_, **__: True)
    delete = _patient("delete", lambda *_, **__: False)
    incr = _patient("incr", lambda delta=1, **_: delta)
    touch = _patient("touch", lambda *_, **__: False)
    has_key = _patient("has_key", lambda *_, **__: False)
    get_many = _patient("get_many", lambda *_, **__: {})
    set_many = _patient("set_many", lambda *_, **__: [])
    delete_many = _patient("delete_many", lambda *_, **__: None)
