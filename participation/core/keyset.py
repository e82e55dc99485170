"""Pages of long lists by keyset: the next page begins after a row, so that page 1 and page 10,000 cost the same."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import DateTimeField, Q

AFTER, BEFORE = "ab", "bis"
LONGEST = 40  # characters of a mark; longer ones are nonsense


@dataclass(frozen=True)
class Slice:
    """Some rows of a list; ``after`` and ``before`` are the marks of the pages beside it, "" where there is none."""

    rows: list
    after: str
    before: str


def page_by_key(rows, request, *, field, size=20):
    """The rows asked for by ``?ab=`` or ``?bis=``, by ``field`` and key, the greatest first; nonsense is no mark.

    ``rows``: a queryset without an order; ``field``: a whole number or a moment that is never null.
    """
    kind = rows.model._meta.get_field(field)
    backwards = _read(request.GET.get(BEFORE, ""), kind)
    start = backwards or _read(request.GET.get(AFTER, ""), kind)
    sign, way = ("", "gt") if backwards else ("-", "lt")
    if start:
        value, key = start
        rows = rows.filter(Q(**{f"{field}__{way}": value}) | Q(**{field: value, f"pk__{way}": key}))
    found = list(rows.order_by(f"{sign}{field}", f"{sign}pk")[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    has_after, has_before = (True, more) if backwards else (more, bool(start))
    return Slice(
        found,
        _mark(found[-1], field) if found and has_after else "",
        _mark(found[0], field) if found and has_before else "",
    )


def _mark(row, field):
    value = getattr(row, field)
    if isinstance(value, datetime):
        moment = value.astimezone(UTC)
        value = int(moment.timestamp()) * 1_000_000 + moment.microsecond
    return f"{value}-{row.pk}"


def _read(mark, kind):
    """The value and key a mark names, or None."""
    value, _, key = mark.partition("-")
    if len(mark) > LONGEST or not all(part.isascii() and part.isdigit() for part in (value, key)):
        return None
    if len(value) > 18 or len(key) > 18:
        return None
    if not isinstance(kind, DateTimeField):
        return int(value), int(key)
    seconds, rest = divmod(int(value), 1_000_000)
    if seconds >= 253_402_300_800:  # the year 10000
        return None
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest), int(key)
