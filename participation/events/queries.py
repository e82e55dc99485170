"""Questions to the log."""

from .models import Case, CaseLink, Event


def latest(limit=20):
    """The newest events, newest first."""
    return Event.objects.select_related("case").order_by("-at", "-pk")[:limit]


def led_to(case, kind):
    """The public cases of ``kind`` to which ``case`` contributes, the newest first."""
    links = {"links_in__source": case, "links_in__kind": CaseLink.Kind.CONTRIBUTES_TO}
    return Case.objects.filter(kind=kind, public=True, **links).order_by("-opened_at", "-pk")
