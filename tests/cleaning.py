"""What tests leave in the cache, taken away again."""

from django.conf import settings
from redis import Redis

from participation.core import breaker

server = Redis.from_url(settings.REDIS_URL, socket_timeout=10)  # the portal's 0.2 s are short on a busy machine


def forget_cache():
    """Remove what this process put into the cache, and close the breaker; the keys of others stay."""
    breaker.reset()
    keys = list(server.scan_iter(match=f"{settings.CACHES['default']['KEY_PREFIX']}:*", count=1000))
    if keys:
        server.delete(*keys)
