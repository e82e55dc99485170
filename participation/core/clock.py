"""One clock, so that demonstrations and tests can travel."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_moment = ContextVar("moment", default=None)


def now():
    """The moment that operations write down; aware, UTC."""
    return _moment.get() or timezone.now()


def today():
    """The day in the portal's time zone (Europe/Berlin)."""
    return timezone.localdate(now())


@contextmanager
def travel_to(moment):
    """Let operations inside the block happen at ``moment`` (an aware datetime)."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
