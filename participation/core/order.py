"""The order of a list that programs read page by page, and the mark of a place in it.

A page begins after a row, not at a number: what is written meanwhile shifts nothing, so no row is missed and none
comes twice. The mark names that row and means nothing to its reader.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q

LONGEST = 200  # characters of a mark
LARGEST = 2**63  # of a key; no database has greater ones
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Order:
    """By which columns rows follow each other; the last one is unique, and none is ever null.

    Columns that end in ``_at`` hold moments, ``pk`` a number, all others short words.
    """

    name: str
    columns: tuple
    descending: bool = False

    def sort(self, rows):
        """``rows`` in this order."""
        return rows.order_by(*(f"-{column}" if self.descending else column for column in self.columns))

    def after(self, rows, place):
        """Those of ``rows`` that come after ``place``, the values of its columns."""
        way = "lt" if self.descending else "gt"
        condition, same = Q(), {}
        for column, value in zip(self.columns, place, strict=True):
            condition |= Q(**same, **{f"{column}__{way}": value})
            same[column] = value
        return rows.filter(condition)

    def mark(self, row):
        """The mark of the place after ``row``."""
        values = [_written(getattr(row, column)) for column in self.columns]
        return urlsafe_b64encode(json.dumps([self.name, *values]).encode()).decode().rstrip("=")

    def place(self, mark):
        """The values that ``mark`` names. Raises ValueError where it is none, or one of another order."""
        if not (mark.isascii() and len(mark) <= LONGEST):
            raise ValueError("This is no mark.")
        try:
            found = json.loads(urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
        except RecursionError:
            raise ValueError("This is no mark.") from None
        if not (isinstance(found, list) and len(found) == len(self.columns) + 1 and found[0] == self.name):
            raise ValueError("This is a mark of another order.")
        return [_read(column, value) for column, value in zip(self.columns, found[1:], strict=True)]


def _written(value):
    """``value`` as JSON has it; a moment as microseconds, since SQLite and PostgreSQL keep as many."""
    return (value - EPOCH) // MICROSECOND if isinstance(value, datetime) else value


def _read(column, value):
    if column.endswith("_at") or column == "pk":
        if type(value) is not int or not 0 <= value < LARGEST:
            raise ValueError("This is no number of ours.")
        return value if column == "pk" else _moment(value)
    if not (isinstance(value, str) and value.isascii() and value.isprintable()):
        raise ValueError("This is no word of ours.")
    return value


def _moment(microseconds):
    try:
        return EPOCH + microseconds * MICROSECOND
    except OverflowError:
        raise ValueError("This is no moment of ours.") from None
