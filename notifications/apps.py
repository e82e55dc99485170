"""Django's handle on the notifications."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Listens to the one signal of the domain."""

    name = "notifications"
    verbose_name = "Notifications"

    def ready(self):
        """Wake the fan-out when something was recorded; register the personal fields and the rights."""
        from participation.events.rehearsal import write_with  # noqa: PLC0415  (models must be loaded first)

        from . import copies, personal, rules, tasks  # noqa: F401, PLC0415  (models must be loaded first)

        tasks.listen()
        write_with(copies.copies)
