"""When digests are due: at the hour a person chose, in their time zone, across clock changes."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .states import Rhythm

DAY = timedelta(days=1)


def next_digest(rhythm, habits, moment):
    """The first moment after ``moment`` at which ``habits`` have a digest, daily or weekly.

    An hour that a clock change skips comes as soon as it is over; one that
    it repeats counts when it comes first.
    """
    zone = ZoneInfo(habits.zone)
    day = moment.astimezone(zone).date()
    while True:
        due = datetime.combine(day, time(habits.hour), zone).astimezone(UTC)
        if due > moment and (rhythm == Rhythm.DAILY or day.weekday() == habits.weekday):
            return due
        day += DAY


def end_of_pause(habits):
    """The moment at which the pause of ``habits`` is over, or None without a pause."""
    if habits.paused_until is None:
        return None
    return datetime.combine(habits.paused_until + DAY, time(0), ZoneInfo(habits.zone)).astimezone(UTC)
