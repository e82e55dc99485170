"""What every door shares: who calls, and under which address the portal is reached."""

from ipaddress import ip_address

from django.conf import settings


def absolute(path):
    """``path`` as a full address below SITE_URL; the request's Host header is never asked."""
    return settings.SITE_URL + path


def client_address(request):
    """The caller's IP address for limits and throttles.

    Each proxy appends the address it saw to ``X-Forwarded-For``; only the last
    TRUSTED_PROXY_COUNT entries were written by our own proxies, so the client is
    the first of those. What a client forges stands further left and is ignored.
    """
    remote = request.META.get("REMOTE_ADDR", "")
    count = settings.TRUSTED_PROXY_COUNT
    if not count:
        return remote
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    hop = hops[-count] if len(hops) >= count else hops[0]
    try:
        return str(ip_address(hop))
    except ValueError:
        return remote
