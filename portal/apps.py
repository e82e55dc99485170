"""Django's handle on the frame."""

from django.apps import AppConfig

from . import checks  # noqa: F401  (importing registers them)
from .sentences import speak_kindly


class PortalConfig(AppConfig):
    """Registers the checks that refuse an unsafe start; lets forms speak kindly."""

    name = "portal"

    def ready(self):
        """Set the sentences before the first form is made."""
        speak_kindly()
