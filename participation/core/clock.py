"""One clock, so that demonstrations and tests can travel."""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

from django.utils import timezone

_moment = ContextVar("moment", default=None)


def now():
    """The moment that operations write down; aware, UTC."""
    return _moment.get() or timezone.now()


def today():
    """The day in the portal's time zone (Europe/Berlin)."""
    return timezone.localdate(now())


def moments_of(day, hour):
    """The moments (aware, UTC) at which clocks in Europe/Berlin show ``hour`` on ``day``: one; in the night of a clock
    change none, or two.
    """
    zone, shown = timezone.get_default_timezone(), datetime.combine(day, hour)
    moments = {shown.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(it for it in moments if it.astimezone(zone).replace(tzinfo=None) == shown)


@contextmanager
def travel_to(moment):
    """Let operations inside the block happen at ``moment`` (an aware datetime)."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
