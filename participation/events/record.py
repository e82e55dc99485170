"""The one way in which an event comes into the world."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.dispatch import Signal

from ..core.clock import now
from .models import Event

recorded = Signal()

_demonstrating = ContextVar("demonstrating", default=False)
_ears = ContextVar("ears", default=())


def record(kind, *, by=None, case=None, role="", **facts):
    """Write down that ``kind`` happened; call it inside the operation's transaction.

    ``facts`` are plain JSON values without personal data (ids, not names).
    Sends the signal ``recorded`` with the event.
    """
    event = Event.objects.create(
        kind=kind, by=by, case=case, role=role, facts=facts, at=now(), demonstration=_demonstrating.get()
    )
    recorded.send(Event, event=event)
    for heard in _ears.get():
        heard.append(event)
    return event


@contextmanager
def overheard():
    """A list of what is recorded inside the block, by nobody but this request."""
    heard = []
    token = _ears.set((*_ears.get(), heard))
    try:
        yield heard
    finally:
        _ears.reset(token)


@contextmanager
def demonstration():
    """Mark the events inside the block as made up: their letters are recorded, not mailed."""
    token = _demonstrating.set(True)
    try:
        yield
    finally:
        _demonstrating.reset(token)
