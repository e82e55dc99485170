"""Answers that hold for a while: a page asks often what its reader may do, and while it only reads, nothing changes."""

from contextlib import contextmanager
from contextvars import ContextVar

_known = ContextVar("known", default=None)


@contextmanager
def asked_once():
    """Inside the block each question to ``once`` is asked only the first time; for requests that change nothing."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def once(key, ask):
    """The answer of ``ask()``, remembered under ``key`` inside ``asked_once`` and asked anew outside of it."""
    known = _known.get()
    if known is None:
        return ask()
    if key not in known:
        known[key] = ask()
    return known[key]
