"""What tests leave in the cache, taken away again."""

from django.conf import settings
from django.core.cache import cache

from participation.core import breaker


def forget_cache():
    """Remove what this process put into the cache, and close the breaker; the keys of others stay."""
    breaker.reset()
    server = cache._cache.get_client(write=True)
    keys = list(server.scan_iter(match=f"{settings.CACHES['default']['KEY_PREFIX']}*", count=1000))
    if keys:
        server.delete(*keys)
