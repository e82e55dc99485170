"""Without Redis the portal serves as before, and nobody gets free tries."""

from datetime import timedelta

import pytest
import time_machine
from allauth.core.internal.ratelimit import cache_lock
from django.core.cache import cache, caches
from django.test import Client
from django.utils import timezone
from redis.exceptions import ConnectionError as RedisIsAway

from participation.core import breaker
from participation.core.limits import within_limit
from portal.cache import PatientCache
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def away(settings):
    """A Redis that nobody reaches (port 9 of this machine), and a fresh breaker."""
    settings.CACHES = {
        **settings.CACHES,
        "default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:9/0"},
    }
    breaker.reset()
    yield
    breaker.reset()


def test_reading_misses_and_writing_does_nothing(away):
    assert cache.add("a", 1) is True
    assert cache.set("a", 1) is None
    assert (cache.get("a"), cache.get("a", "default"), cache.has_key("a"), cache.delete("a")) == (
        None,
        "default",
        False,
        False,
    )
    assert (cache.get_many(["a"]), cache.set_many({"a": 1}), cache.touch("a")) == ({}, [], False)
    assert cache.get_or_set("a", lambda: 5) == 5


def test_limits_are_counted_in_the_table(away):
    assert cache.add("allauth:rl:x", 1, timeout=60) is True
    assert cache.add("allauth:rl:x", 1, timeout=60) is False
    assert cache.get("allauth:rl:x") == 1
    assert cache.delete("allauth:rl:x") is True
    assert caches["rows"].get("allauth:rl:x") is None


LOCK = "allauth:rl:signup:ip:lock"


def test_a_process_that_was_killed_while_it_counted_locks_nobody_out():
    cache.add(LOCK, True, timeout=10)  # and then it was killed

    with cache_lock("allauth:rl:signup:ip") as locked:
        assert locked


def test_a_lock_is_taken_once_and_given_back():
    with cache_lock("allauth:rl:signup:ip") as locked:
        assert (locked, cache.add(LOCK, True, timeout=10)) == (True, False)

    assert cache.get(LOCK) is None


def test_a_lock_and_its_end_are_one_command(monkeypatch):
    monkeypatch.setattr("redis.Redis.pexpire", pytest.fail)
    cache.add(LOCK, True, timeout=10)

    server = cache._cache.get_client(LOCK)
    assert 0 < server.pttl(cache.make_key(LOCK)) <= 500


def test_without_redis_a_lock_of_a_killed_process_ends_as_soon(away):
    cache.add(LOCK, True, timeout=10)

    with time_machine.travel(timezone.now() + timedelta(seconds=2)):
        assert cache.add(LOCK, True, timeout=10)


def test_after_one_failure_nobody_tries_for_a_while(away, monkeypatch):
    cache.get("a")
    assert breaker.is_open()

    monkeypatch.setattr("django.core.cache.backends.redis.RedisCache.get", pytest.fail)

    assert cache.get("a") is None


def test_only_what_redis_does_is_caught(away, monkeypatch):
    def broken(*args, **kwargs):
        raise TypeError

    with monkeypatch.context() as patch:
        patch.setattr(PatientCache, "_cache", property(broken))

        with pytest.raises(TypeError):
            cache.get("a")


def test_signing_in_answers(away, ada):
    assert Client().post("/konto/login/", {"login": ada.email, "password": PASSWORD}).url == "/meine/"


def test_the_limit_of_wrong_passwords_holds(away, ada):
    for _number in range(5):
        Client().post("/konto/login/", {"login": ada.email, "password": "wrong-words"})

    answer = Client().post("/konto/login/", {"login": ada.email, "password": PASSWORD})

    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_the_limit_of_letters_holds(away, ada):
    statuses = [Client().post("/konto/password/reset/", {"email": ada.email}).status_code for _number in range(4)]

    assert statuses == [302, 302, 302, 429]


def test_our_own_limits_hold(away):
    assert [within_limit("tries", "ada", most=2, seconds=3600) for _number in range(3)] == [True, True, False]


def test_a_redis_that_goes_away_in_the_middle(monkeypatch, ada):
    def gone(*args, **kwargs):
        raise RedisIsAway

    cache.set("a", 1)
    assert cache.get("a") == 1
    with monkeypatch.context() as patch:
        patch.setattr("django.core.cache.backends.redis.RedisCacheClient.get_client", gone)

        assert cache.get("a") is None
        assert Client().get("/konto/login/").status_code == 200
