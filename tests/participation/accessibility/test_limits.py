"""The limiter behind public forms."""

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection

from participation.core import breaker
from participation.core.limits import within_limit
from participation.tasks import tidy


def tries(number, who="192.0.2.1", scope="test"):
    """The answers to ``number`` tries."""
    return [within_limit(scope, who, most=3, seconds=60) for _ in range(number)]


def test_three_are_heard_the_fourth_waits():
    assert tries(4) == [True, True, True, False]


def test_another_client_and_another_form_count_by_themselves():
    tries(4)

    assert tries(1, who="192.0.2.2") == [True]
    assert tries(1, scope="other") == [True]


def test_the_next_window_begins_anew():
    with time_machine.travel("2026-11-03T09:00:00Z", tick=False) as clock:
        tries(4)
        clock.shift(60)

        assert tries(1) == [True]


@pytest.mark.django_db
def test_without_redis_the_database_counts():
    breaker.trip()

    assert tries(4) == [True, True, True, False]


@pytest.mark.django_db
def test_what_the_database_counted_is_forgotten_when_its_time_is_over():
    with time_machine.travel("2026-11-03T09:00:00Z", tick=False) as clock:
        caches["rows"].set("limit:old", 1, timeout=60)
        clock.shift(30)
        caches["rows"].set("limit:new", 1, timeout=60)
        clock.shift(31)

        tidy()

        with connection.cursor() as cursor:
            cursor.execute("SELECT cache_key FROM cache_rows")
            assert [key.rpartition(":")[2] for (key,) in cursor.fetchall()] == ["new"]
