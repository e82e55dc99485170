"""Django's handle on the domain."""

from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    """One label for all slices, so that no two of them wait for each other's migrations."""

    name = "participation"
    verbose_name = "Participation"

    def ready(self):
        """Load the permissions and the register of personal fields."""
        from . import rules  # noqa: F401, PLC0415  (models must be loaded first)
