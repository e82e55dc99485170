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

LONGEST_LOCK = 1  # second; what allauth does under its lock takes two calls of 0.2 s at most
LIMIT_KEYS = ("allauth:rl:", "throttle_", "limit:")


def _patient(name, missing):
    """The method ``name`` of RedisCache; ``missing(default)`` is its answer without Redis."""
    method = getattr(RedisCache, name)

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


def _short_locks(add):
    """``add``, whose locks end soon: of a web process that was killed while it counted, others shall not suffer."""

    @wraps(add)
    def call(self, key, value, timeout=DEFAULT_TIMEOUT, **kwargs):
        if isinstance(key, str) and key.startswith("allauth:rl:") and key.endswith(":lock"):
            timeout = LONGEST_LOCK
        return add(self, key, value, timeout=timeout, **kwargs)

    return call


class PatientCache(RedisCache):
    """Django's Redis cache; logs and misses where Redis does not answer."""

    get = _patient("get", lambda default=None, **_: default)
    set = _patient("set", lambda *_, **__: None)
    add = _short_locks(_patient("add", lambda *_, **__: True))
    delete = _patient("delete", lambda *_, **__: False)
    incr = _patient("incr", lambda delta=1, **_: delta)
    touch = _patient("touch", lambda *_, **__: False)
    has_key = _patient("has_key", lambda *_, **__: False)
    get_many = _patient("get_many", lambda *_, **__: {})
    set_many = _patient("set_many", lambda *_, **__: [])
    delete_many = _patient("delete_many", lambda *_, **__: None)
