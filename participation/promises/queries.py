"""Questions about promises and follows."""

from statistics import median

from django.db.models import Q

from ..core.clock import now
from .calendar import due_moment
from .models import Extension, Follow, Promise

DUE_SOON = 3  # working days


def overdue_promises():
    """Open promises whose moment has passed, the oldest first, each with its case."""
    return Promise.objects.overdue().select_related("case").order_by("due_at", "pk")


def promises_due_soon():
    """Open promises that are due within DUE_SOON working days, the most urgent first, each with its case."""
    moment = now()
    soon = Promise.objects.open().filter(due_at__gte=moment, due_at__lte=due_moment(moment, DUE_SOON))
    return soon.select_related("case").order_by("due_at", "pk")


def promise_of(case):
    """The promise in force for ``case``: the open one, else the last, else None."""
    return Promise.objects.filter(case=case).order_by("-made_at", "-pk").first()


def promises_of(cases):
    """Case number → its latest promise, in one query."""
    rows = Promise.objects.filter(case__in=[case.pk for case in cases]).order_by("made_at", "pk")
    return {row.case_id: row for row in rows}


def extensions_of(promise):
    """How ``promise`` was put off, the first time first."""
    return promise.extensions.order_by("at", "pk")


def extensions_of_case(case):
    """Key → Extension, for each time an answer about ``case`` was put off."""
    return Extension.objects.filter(promise__case=case).in_bulk()


def follows(actor, case):
    """Whether ``actor`` follows ``case``."""
    return actor.is_authenticated and Follow.objects.filter(actor=actor, case=case).exists()


def record_of(since):
    """How promises fulfilled since a moment were kept: ``kept`` and ``all`` of them, ``days`` as their median.

    Overdue promises that are still open count as not kept. ``days`` is None where nothing was answered.
    """
    broken = Q(fulfilled_at=None, released_at=None, due_at__lt=now())
    rows = Promise.objects.filter(Q(fulfilled_at__gte=since) | broken)
    counted = list(rows.values_list("made_at", "fulfilled_at", "due_at"))
    done = [row for row in counted if row[1]]
    days = [(fulfilled - made).total_seconds() / 86400 for made, fulfilled, _due in done]
    return {
        "kept": sum(fulfilled <= due for _made, fulfilled, due in done),
        "all": len(counted),
        "days": round(median(days), 1) if days else None,
    }
