"""Working days against a list written by hand."""

from datetime import datetime

import pytest
from django.utils import timezone

from participation.promises.calendar import due_moment, is_working_day
from participation.region.models import Alliance

CATHOLIC, PLAIN = Alliance.HolidaySet.BAVARIA_CATHOLIC, Alliance.HolidaySet.BAVARIA


def alliance(holiday_set=CATHOLIC):
    return Alliance(holiday_set=holiday_set, closing_days="24.12., 31.12.")


@pytest.mark.parametrize(
    ("start", "days", "holiday_set", "due"),
    [
        ("2026-07-01", 5, CATHOLIC, "2026-07-08T23:59:59+02:00"),  # over a weekend
        ("2026-07-04", 5, CATHOLIC, "2026-07-10T23:59:59+02:00"),  # begun on a Saturday
        ("2026-03-27", 5, CATHOLIC, "2026-04-07T23:59:59+02:00"),  # Easter, and the clock goes forward
        ("2026-03-27", 10, CATHOLIC, "2026-04-14T23:59:59+02:00"),
        ("2025-08-11", 5, CATHOLIC, "2025-08-19T23:59:59+02:00"),  # Assumption Day on a Friday
        ("2025-08-11", 5, PLAIN, "2025-08-18T23:59:59+02:00"),
        ("2026-10-23", 5, CATHOLIC, "2026-10-30T23:59:59+01:00"),  # the clock goes back
        ("2026-10-23", 10, CATHOLIC, "2026-11-06T23:59:59+01:00"),
        ("2026-12-18", 5, CATHOLIC, "2026-12-29T23:59:59+01:00"),  # 24 December is a Thursday
        ("2026-12-18", 10, CATHOLIC, "2027-01-08T23:59:59+01:00"),  # 31 December, New Year, Epiphany
    ],
)
@pytest.mark.parametrize("hour", [0, 9, 23])
def test_the_due_moment_is_that_of_the_list(start, days, holiday_set, due, hour):
    moment = timezone.make_aware(datetime.fromisoformat(start).replace(hour=hour))

    assert due_moment(moment, days, alliance(holiday_set)) == datetime.fromisoformat(due)


@pytest.mark.parametrize(("day", "works"), [("2026-12-23", True), ("2026-12-24", False), ("2026-12-31", False)])
def test_the_office_is_closed_on_its_closing_days(day, works):
    assert is_working_day(datetime.fromisoformat(day).date(), alliance()) is works
