"""Questions to the log."""

from .models import Event


def latest(limit=20):
    """The newest events, newest first."""
    return Event.objects.select_related("case").order_by("-at", "-pk")[:limit]
