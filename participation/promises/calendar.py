"""Working days: Monday to Friday, without the alliance's public holidays and the office's closing days."""

import re
from datetime import datetime, time, timedelta
from functools import cache

import holidays
from django.utils import timezone

from ..region.models import Alliance
from ..region.queries import the_alliance

CATEGORIES = {
    Alliance.HolidaySet.BAVARIA: ("public",),
    Alliance.HolidaySet.BAVARIA_CATHOLIC: ("public", "catholic"),
}
SATURDAY = 5
END_OF_DAY = time(23, 59, 59)


def is_working_day(day, alliance=None):
    """Whether the office of ``alliance`` (left out: ours) works on ``day``."""
    alliance = alliance or the_alliance()
    return (
        day.weekday() < SATURDAY
        and day not in _holidays(alliance.holiday_set)
        and (day.day, day.month) not in closing_days(alliance.closing_days)
    )


def due_moment(start, working_days, alliance=None):
    """The end of the ``working_days``-th working day after the day of ``start`` (an aware moment), in Europe/Berlin.

    The day of ``start`` itself does not count (by analogy with § 187 BGB).
    """
    alliance = alliance or the_alliance()
    day = timezone.localdate(start)
    for _number in range(working_days):
        day = _next_working_day(day, alliance)
    return end_of(day)


def end_of(day):
    """The last second of ``day`` in Europe/Berlin, as an aware moment."""
    return datetime.combine(day, END_OF_DAY, tzinfo=timezone.get_default_timezone())


@cache
def closing_days(typed):
    """``24.12., 31.12.`` as {(24, 12), (31, 12)}."""
    return frozenset((int(day), int(month)) for day, month in re.findall(r"(\d{1,2})\.(\d{1,2})\.", typed))


def _next_working_day(day, alliance):
    day += timedelta(days=1)
    while not is_working_day(day, alliance):
        day += timedelta(days=1)
    return day


@cache
def _holidays(chosen):
    return holidays.Germany(subdiv="BY", categories=CATEGORIES[chosen])
