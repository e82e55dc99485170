"""Django's handle on the frame."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Registers the checks that refuse an unsafe start."""

    name = "portal"

    def ready(self):
        """Load the checks."""
        from . import checks  # noqa: F401, PLC0415  (settings must be loaded first)
