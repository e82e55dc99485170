"""Trying an operation to see which letters it would make; nothing of it stays.

The domain knows no letters: ``notifications`` says once, with ``write_with``,
how those about an event are written.
"""

from dataclasses import dataclass

from django.db import transaction

from .record import overheard

_writers = []


@dataclass(frozen=True)
class Copy:
    """A letter as its recipient would read it."""

    subject: str
    text: str
    language: str
    html: str = ""


def write_with(writer):
    """Let ``writer(event, actor)`` give the letters (Copy) about an event to an actor."""
    _writers.append(writer)


def rehearse(operation, *, to):
    """The letters to the actor ``to`` (None: nobody) that ``operation()`` would make, then take all of it back.

    Raises what the operation raises. Rows loaded before may tell of what was
    taken back; load them again. Tasks wait for the commit, so none is woken.
    """
    with transaction.atomic(), overheard() as events:
        operation()
        copies = [copy for event in events for writer in _writers for copy in writer(event, to)] if to else []
        transaction.set_rollback(True)
    return copies
