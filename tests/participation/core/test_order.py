"""Marks of places: read back as they were written, and nothing else is read."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.core.order import LARGEST, Order
from participation.core.parameters import moment_of

MOMENTS = st.datetimes(min_value=datetime(1970, 1, 1), timezones=st.just(UTC))
NEWEST = Order("-published", ("published_at", "pk"), descending=True)


@given(MOMENTS, st.integers(0, LARGEST - 1))
def test_a_mark_is_read_as_it_was_written(moment, key):
    assert NEWEST.place(NEWEST.mark(SimpleNamespace(published_at=moment, pk=key))) == [moment, key]


@given(st.text(alphabet=st.characters(), max_size=300))
def test_any_text_is_a_mark_or_refused(text):
    with pytest.raises(ValueError, match=r"."):
        NEWEST.place(text)


def test_a_mark_belongs_to_its_order():
    mark = Order("published", ("published_at", "pk")).mark(SimpleNamespace(published_at=datetime.now(UTC), pk=1))

    with pytest.raises(ValueError, match="another order"):
        NEWEST.place(mark)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-03T10:00:00Z", datetime(2026, 11, 3, 10, tzinfo=UTC)),
        ("2026-11-03t10:00:00.25z", datetime(2026, 11, 3, 10, 0, 0, 250_000, tzinfo=UTC)),
        ("2026-11-03T10:00:00-01:30", datetime(2026, 11, 3, 11, 30, tzinfo=UTC)),
        ("2026-11-03", datetime(2026, 11, 2, 23, tzinfo=UTC)),
        ("2026-07-03", datetime(2026, 7, 2, 22, tzinfo=UTC)),
        ("2016-12-31T23:59:60Z", datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("0001-01-01", datetime(1, 1, 1, tzinfo=UTC)),
        ("9999-12-31T23:59:59.999999999-23:59", datetime(9999, 12, 31, tzinfo=UTC)),
        ("9999-12-31T23:59:59.999999999Z", datetime(9999, 12, 31, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_as_rfc_3339_has_it(text, moment):
    assert moment_of(text) == moment


@given(st.text(alphabet=st.characters(), max_size=40))
def test_any_other_text_is_no_moment(text):
    with pytest.raises(ValueError, match=r"."):
        moment_of(text)
