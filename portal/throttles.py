"""How often a program may ask the public read interface."""

from rest_framework.throttling import SimpleRateThrottle

from participation.core.web import client_address


class AddressThrottle(SimpleRateThrottle):
    """So many calls a minute from one client address."""

    scope = "address"

    def get_cache_key(self, request, view):
        """One bucket a client address."""
        return self.cache_format % {"scope": self.scope, "ident": client_address(request)}
