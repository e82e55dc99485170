"""Thinning: what finished letters lose with time, and what stays as long as the case."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from notifications import tasks, thinning
from notifications.models import Delivery, Resending
from notifications.states import State
from tests.factories import ActorFactory, EventFactory
from tests.letter_factories import DeliveryFactory

pytestmark = pytest.mark.django_db

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as clock:
        yield clock


def ended(days, **fields):
    """A letter about an event that failed so many days ago."""
    at = START - timedelta(days=days, seconds=1)
    values = {
        "event": EventFactory(), "letter": "barrier_received", "recipient": None, "address": "a@post.example",
        "facts": {"x": "y"}, "state": State.FAILED, "created_at": at, "finished_at": at, "reason": "refused: 550 5.1.1",
    }  # fmt: skip
    return DeliveryFactory(**(values | fields))


def thin():
    """Thin twice: the second time changes nothing."""
    tasks.tidy()
    once = list(Delivery.objects.order_by("pk").values())
    tasks.tidy()
    assert list(Delivery.objects.order_by("pk").values()) == once


def test_a_stored_address_goes_after_thirty_days_and_the_rest_stays(clock):
    old, young = ended(30), ended(29)

    thin()

    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.address, old.facts, old.reason) == ("", {}, "refused: 550 5.1.1")
    assert (young.address, young.facts) == ("a@post.example", {"x": "y"})


def test_so_does_one_that_an_actor_gave(clock, ada):
    letter = ended(30, recipient=ada)

    thin()

    letter.refresh_from_db()
    assert (letter.address, letter.recipient) == ("", ada)


def test_reasons_go_after_the_days_of_the_setting_and_the_proof_stays(clock, settings):
    settings.LETTERS_KEPT_DAYS = 180
    old, young = ended(180), ended(179)
    proof = ("event_id", "letter", "recipient_id", "state", "created_at", "finished_at", "message_id", "urgency")
    before = Delivery.objects.filter(pk=old.pk).values(*proof).get()

    thin()

    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.reason, old.claimed_by, old.claimed_at) == ("", "", None)
    assert young.reason == "refused: 550 5.1.1"
    assert Delivery.objects.filter(pk=old.pk).values(*proof).get() == before


def test_what_was_before_a_letter_was_sent_again_loses_its_reason_too(clock):
    letter = ended(10)
    for days in (181, 179):
        at = START - timedelta(days=days)
        Resending.objects.create(
            delivery=letter, by=ActorFactory(), at=at, former_state="failed", former_reason="refused: 552",
            former_finished_at=at,
        )  # fmt: skip

    thin()

    assert list(Resending.objects.order_by("pk").values_list("former_reason", flat=True)) == ["", "refused: 552"]


@pytest.mark.parametrize("letter", ["password_changed", "digest", "unknown_account"])
def test_letters_of_no_event_go_whole(letter, clock):
    ended(180, event=None, letter=letter)
    young = ended(179, event=None, letter=letter)

    thin()

    assert list(Delivery.objects.all()) == [young]


def test_a_letter_that_has_not_ended_is_left_alone(clock):
    old = START - timedelta(days=400)
    waiting = DeliveryFactory(
        letter="password_changed", recipient=None, address="a@post.example", reason="refused: 451", created_at=old
    )

    thin()

    assert Delivery.objects.get() == waiting
    assert (Delivery.objects.get().address, Delivery.objects.get().reason) == ("a@post.example", "refused: 451")


def test_a_digest_stays_while_something_it_carried_is_younger(clock):
    digest, other = ended(200, event=None, letter="digest"), ended(200, event=None, letter="digest")
    young = ended(100, bundle=digest)
    old = ended(200, bundle=other)

    thin()

    assert set(Delivery.objects.all()) == {digest, young, old}
    old.refresh_from_db()
    assert old.bundle is None


def test_a_short_setting_takes_addresses_sooner(clock, settings):
    settings.LETTERS_KEPT_DAYS = 7
    letter = ended(7)

    thin()

    letter.refresh_from_db()
    assert (letter.address, letter.reason) == ("", "")


def test_a_long_setting_keeps_no_address_longer(clock, settings):
    settings.LETTERS_KEPT_DAYS = 3650
    letter = ended(30)

    thin()

    letter.refresh_from_db()
    assert letter.address == ""


def test_it_works_in_batches_until_nothing_is_left(clock, monkeypatch):
    monkeypatch.setattr(thinning, "BATCH", 2)
    for _ in range(5):
        ended(200)
        ended(200, event=None)

    thin()

    assert Delivery.objects.count() == 5
    assert not Delivery.objects.exclude(address="", reason="").exists()


def test_when_time_is_up_the_rest_waits_for_the_next_hour(clock, monkeypatch):
    monkeypatch.setattr(thinning, "BATCH", 2)
    monkeypatch.setattr(thinning, "MOST_SECONDS", -1)
    for _ in range(5):
        ended(40)

    tasks.tidy()
    assert Delivery.objects.filter(address="").count() == 2
    tasks.tidy()

    assert Delivery.objects.filter(address="").count() == 4
