"""Claims: who sends which letter, and what becomes of one whose sender vanished."""

import subprocess
import sys
from datetime import timedelta
from uuid import uuid4

import pytest

from notifications import outbox, sender, tasks
from notifications.models import Delivery
from notifications.states import State, Urgency
from participation.core.errors import Outdated
from tests.notifications.due import START, a_letter, states

pytestmark = pytest.mark.django_db


def test_a_fresh_claim_is_left_alone_and_a_stale_one_is_put_back(clock):
    letter = a_letter(attempts=2)
    outbox.claim()

    clock.shift(180)
    assert outbox.put_back_stale() == 0
    clock.shift(1)
    assert outbox.put_back_stale() == 1

    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.claimed_by) == (State.DUE, 2, "")


def test_the_sweep_puts_back_what_a_vanished_sender_had_claimed(clock):
    a_letter()
    outbox.claim()
    clock.shift(181)

    tasks.sweep()

    assert states() == [State.DUE]


def test_a_worker_that_starts_again_frees_what_it_held_and_nothing_else(clock):
    held, other = a_letter("a@post.example"), a_letter("b@post.example")
    assert outbox.claim(1, worker="celery@one") == [held.pk]
    assert outbox.claim(1, worker="celery@one-more") == [other.pk]

    assert outbox.put_back_claims_of("celery@one") == 1

    held.refresh_from_db()
    other.refresh_from_db()
    assert (held.state, held.losses, held.claimed_by) == (State.DUE, 1, "")
    assert (other.state, other.losses) == (State.SENDING, 0)


def dead_pid():
    """The number of a process that lives no more."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_what_a_dead_process_of_this_worker_held_is_freed_and_nothing_else():
    held, living, elsewhere = (a_letter(f"{name}@post.example") for name in "abc")
    outbox.claim(1, worker="celery@one")
    Delivery.objects.filter(pk=held.pk).update(claimed_by=f"celery@one/{dead_pid()}/x")
    outbox.claim(1, worker="celery@one")
    outbox.claim(1, worker="celery@two")
    Delivery.objects.filter(pk=elsewhere.pk).update(claimed_by=f"celery@two/{dead_pid()}/x")

    assert outbox.put_back_claims_of_dead_helpers("celery@one") == 1

    assert [Delivery.objects.get(pk=row.pk).state for row in (held, living, elsewhere)] == [
        State.DUE, State.SENDING, State.SENDING,
    ]  # fmt: skip


def test_what_was_sent_meanwhile_is_not_put_back():
    letter = a_letter()
    outbox.claim()
    letter.refresh_from_db()
    outbox.mark_sent(letter)

    outbox.put_back([letter.pk])

    assert states() == [State.SENT]


def test_only_what_lost_its_sender_again_and_again_is_given_up(clock):
    hopeless, other = a_letter("a@post.example", losses=5), a_letter("b@post.example")
    outbox.claim()
    outbox.claim()
    clock.shift(181)

    outbox.put_back_stale()

    assert [Delivery.objects.get(pk=row.pk).state for row in (hopeless, other)] == [State.FAILED, State.DUE]


def test_a_sent_letter_is_not_freed(smtp):
    a_letter()
    sender.send_due(worker="celery@one")

    assert outbox.put_back_claims_of("celery@one") == 0
    assert states() == [State.SENT]


@pytest.fixture
def faster(monkeypatch):
    """Lets another sender act between looking and claiming, which is when the token is made."""

    def arrange(act):
        def token():
            monkeypatch.undo()
            act()
            return uuid4()

        monkeypatch.setattr(outbox, "uuid4", token)

    return arrange


def test_letters_that_were_claimed_a_moment_ago_are_left_to_their_sender(faster):
    first, second = a_letter("a@post.example"), a_letter("b@post.example")
    others = []
    faster(lambda: others.extend(outbox.claim(1)))

    assert outbox.claim() == [second.pk]
    assert others == [first.pk]


def test_a_letter_that_was_put_off_a_moment_ago_waits(faster, clock):
    a_letter()
    faster(lambda: outbox.put_back(outbox.claim(), pause=outbox.SERVER_PAUSE))

    assert outbox.claim() == []
    assert states() == [State.DUE]


def test_a_letter_that_loses_its_sender_goes_alone_and_comes_to_an_end(clock):
    culprit, other = a_letter("a@post.example"), a_letter("b@post.example")

    for _ in range(6):
        assert culprit.pk in outbox.claim()
        clock.shift(181)
        outbox.put_back_stale()
        if other in outbox.due():
            Delivery.objects.filter(pk=other.pk).update(not_before=START + timedelta(days=1))

    culprit.refresh_from_db()
    other.refresh_from_db()
    assert culprit.state == State.FAILED
    assert culprit.reason == "its sender vanished again and again"
    assert (other.state, other.losses) == (State.DUE, 1)


def test_letters_with_a_lost_sender_are_claimed_one_by_one(clock):
    a_letter("a@post.example", losses=1)
    a_letter("b@post.example")

    assert [len(outbox.claim()), len(outbox.claim()), len(outbox.claim())] == [1, 1, 0]


def test_what_is_claimed_is_due_for_nobody_else():
    letter = a_letter()

    assert outbox.claim() == [letter.pk]
    assert outbox.claim() == []


def test_marking_a_letter_that_was_taken_back_is_noticed():
    letter = a_letter()
    outbox.claim()
    letter.refresh_from_db()
    outbox.put_back([letter.pk])

    with pytest.raises(Outdated):
        outbox.mark_sent(letter)


def test_a_sender_that_is_kept_free_takes_urgent_letters_only():
    urgent, _digest = a_letter("a@post.example"), a_letter("b@post.example", urgency=Urgency.DIGEST)

    assert outbox.claim(least=Urgency.OWN_CASE) == [urgent.pk]
    assert outbox.claim(least=Urgency.OWN_CASE) == []
