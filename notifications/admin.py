"""Django's admin for superusers: letters and fan-outs, to read only."""

from participation.admin import Reading, site

from .models import Delivery, Intake


class ReadingIntakes(Reading):
    """Fan-outs, newest first."""

    list_display = ("event_id", "attempts", "not_before", "done_at", "failed_at")
    ordering = ("-pk",)


class ReadingDeliveries(Reading):
    """Letters, newest first."""

    list_display = ("pk", "letter", "state", "urgency", "attempts", "not_before", "finished_at", "reason")
    list_filter = ("state", "letter")
    ordering = ("-pk",)


site.register(Intake, ReadingIntakes)
site.register(Delivery, ReadingDeliveries)
