"""The register of personal fields: what is kept, scrubbed and exported when a person leaves or asks.

Every slice (and ``notifications``) registers its tables here; the operations
"download my data" and "delete my account" walk the register, and a test fails
for a table with personal fields that is not in it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import Model


@dataclass(frozen=True)
class Entry:
    """One table. ``rows(actor)`` finds a person's rows in it.

    ``scrub`` maps field names to what replaces them (a value, or a function of
    the row); ``keep`` maps field names to the reason why they stay, which the
    person reads before the deletion; ``delete`` removes the rows whole.
    ``scrubbed`` is called with the key of each row that was scrubbed.
    """

    model: type[Model]
    rows: Callable
    title: str
    scrub: dict = field(default_factory=dict)
    keep: dict = field(default_factory=dict)
    export: tuple = ()
    delete: bool = False
    scrubbed: Callable | None = None


def nameless(text, *words):
    """``text`` with each of ``words`` (names and addresses, empty ones aside) replaced, as whole words in any case."""
    for word in sorted(set(words) - {""}, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", "…", text, flags=re.IGNORECASE)
    return text


_register: dict[type[Model], Entry] = {}


def register(model, **words):
    """Add ``model`` to the register; see ``Entry`` for the words."""
    _register[model] = Entry(model=model, **words)


def entries():
    """All entries in the order in which they were registered."""
    return list(_register.values())


def export(actor):
    """Everything the portal holds about ``actor``: title of the table → list of rows (plain values)."""
    return {str(entry.title): list(entry.rows(actor).values(*entry.export)) for entry in entries() if entry.export}


def erase(actor):
    """Scrub or delete each registered row of ``actor``; call it inside a transaction."""
    for entry in entries():
        if entry.delete:
            entry.rows(actor).delete()
        elif entry.scrub:
            _scrub(entry, actor)


def _scrub(entry, actor):
    for row in entry.rows(actor):
        changes = {name: value(row) if callable(value) else value for name, value in entry.scrub.items()}
        entry.model._base_manager.filter(pk=row.pk).update(**changes)
        if entry.scrubbed:
            entry.scrubbed(row.pk)
