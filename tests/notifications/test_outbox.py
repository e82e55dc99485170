"""The outbox: what is sent first, what a refusal costs, what a crash costs."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.mail.backends.base import BaseEmailBackend

from notifications import outbox, sender
from notifications.models import Delivery
from notifications.states import State, Urgency
from tests.notifications.due import START, a_letter, states

pytestmark = pytest.mark.django_db


def test_the_most_urgent_letters_go_first(smtp):
    a_letter("c@post.example", urgency=Urgency.OFFICE)
    a_letter("b@post.example", urgency=Urgency.OWN_CASE)
    a_letter("a@post.example", urgency=Urgency.ACCOUNT)

    sender.send_due()

    assert smtp.addresses() == ["a@post.example", "b@post.example", "c@post.example"]
    assert states() == [State.SENT] * 3


def test_a_batch_uses_one_connection(smtp):
    for number in range(3):
        a_letter(f"a{number}@post.example")

    sender.send_due()

    assert smtp.connections == 1
    assert len(smtp.letters) == 3


def test_more_letters_than_a_batch_are_sent_in_one_go(smtp, monkeypatch):
    monkeypatch.setattr(outbox.claim, "__defaults__", (2,))
    for number in range(5):
        a_letter(f"a{number}@post.example")

    left = sender.send_due()

    assert not left
    assert len(smtp.letters) == 5
    assert smtp.connections == 3


def test_when_time_is_up_the_rest_stays_due(smtp):
    a_letter()

    left = sender.send_due(seconds=0)

    assert left
    assert states() == [State.DUE]
    assert smtp.letters == []


def test_a_letter_that_is_not_yet_due_waits(smtp, clock):
    a_letter(not_before=START + timedelta(minutes=1))

    sender.send_due()
    assert smtp.letters == []

    clock.shift(60)
    sender.send_due()
    assert smtp.addresses() == ["ada@post.example"]


def test_a_sent_letter_is_never_sent_again(smtp):
    a_letter()

    sender.send_due()
    sender.send_due()

    assert len(smtp.letters) == 1


def test_a_server_that_says_later_is_asked_again_after_growing_pauses(smtp, clock):
    smtp.answers["ada@post.example"] = "451 4.7.1 ada@post.example: greylisted, come back later"
    letter = a_letter()

    for minutes in (1, 5, 30, 120, 720):
        sender.send_due()
        letter.refresh_from_db()
        assert letter.state == State.DUE
        assert letter.not_before == datetime.now(UTC) + timedelta(minutes=minutes)
        clock.shift(minutes * 60)
    sender.send_due()

    letter.refresh_from_db()
    assert (letter.state, letter.reason) == (State.FAILED, "refused: 451 4.7.1")
    assert smtp.letters == []


def test_after_a_refusal_for_now_the_letter_arrives_under_the_same_number(smtp, clock):
    smtp.answers["ada@post.example"] = "451 later"
    letter = a_letter()
    sender.send_due()
    smtp.answers.clear()

    clock.shift(60)
    sender.send_due()

    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.reason) == (State.SENT, 1, "")
    assert letter.message_id.encode() in smtp.letters[0].content


def test_an_unknown_mailbox_fails_at_once_and_holds_up_nobody(smtp):
    smtp.answers["gone@post.example"] = "550 5.1.1 gone@post.example: no such mailbox"
    gone = a_letter("gone@post.example")
    a_letter("here@post.example")

    sender.send_due()

    gone.refresh_from_db()
    assert (gone.state, gone.attempts) == (State.FAILED, 0)
    assert gone.reason == "refused: 550 5.1.1"
    assert smtp.addresses() == ["here@post.example"]


def test_a_refusal_of_the_content_is_judged_like_one_of_the_mailbox(smtp, clock):
    smtp.data_answer = "554 5.7.1 rejected"
    first = a_letter("a@post.example")
    sender.send_due()
    smtp.data_answer = "450 4.2.0 later"
    second = a_letter("b@post.example")
    sender.send_due()

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.reason) == (State.FAILED, "refused: 554 5.7.1")
    assert (second.state, second.reason, second.attempts) == (State.DUE, "refused: 450 4.2.0", 1)


@pytest.mark.parametrize("server", ["refusing_smtp", "hanging_smtp"])
def test_a_server_that_is_away_costs_no_letter_an_attempt(server, request, clock):
    request.getfixturevalue(server)
    letters = [a_letter("a@post.example"), a_letter("b@post.example")]

    left = sender.send_due()

    assert not left, "the next minute tries again, not the next moment"
    for letter in letters:
        letter.refresh_from_db()
        assert (letter.state, letter.attempts, letter.claimed_by) == (State.DUE, 0, "")
        assert letter.not_before == START + timedelta(minutes=1)


def test_a_server_that_does_not_know_us_costs_no_letter_an_attempt(smtp, settings, clock):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "portal", "wrong"
    letter = a_letter()

    sender.send_due()

    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (State.DUE, 0)
    assert letter.not_before == START + timedelta(minutes=1)


def test_a_server_that_closes_costs_no_letter_an_attempt(smtp, clock):
    smtp.answers["ada@post.example"] = "421 closing, too many connections"
    letter = a_letter()

    sender.send_due()

    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (State.DUE, 0)


def test_a_letter_on_which_the_server_hangs_up_lets_the_others_go_first(choking_smtp, clock):
    choke = a_letter("choke@post.example")
    a_letter("other@post.example")

    sender.send_due()
    clock.shift(60)
    sender.send_due()

    choke.refresh_from_db()
    assert len(choking_smtp.letters) == 1
    assert choke.state == State.DUE


def test_a_letter_that_cannot_be_composed_waits_and_holds_up_nobody(smtp, clock):
    poisoned = a_letter("a@post.example", facts={})
    Delivery.objects.filter(pk=poisoned.pk).update(letter="no_such_letter")
    a_letter("b@post.example")

    sender.send_due()

    poisoned.refresh_from_db()
    assert (poisoned.state, poisoned.attempts) == (State.DUE, 1)
    assert poisoned.reason == "cannot be composed: KeyError"
    assert poisoned.not_before == START + timedelta(minutes=1)
    assert smtp.addresses() == ["b@post.example"]


def test_killed_between_sending_and_marking_one_letter_comes_twice_under_one_number(smtp, clock):
    class Killed(BaseException):
        """What SIGKILL leaves behind: no handler runs that could tidy up."""

    letters = [a_letter("a@post.example"), a_letter("b@post.example")]

    def kill(*_):
        raise Killed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outbox, "mark_sent", kill)
        with pytest.raises(Killed):
            sender.send_due()
    assert states() == [State.SENDING, State.SENDING]

    clock.shift(181)
    outbox.put_back_stale()
    sender.send_due()
    sender.send_due()

    assert states() == [State.SENT, State.SENT]
    assert smtp.addresses() == ["a@post.example", "a@post.example", "b@post.example"]
    numbers = [letters[0].message_id.encode() in envelope.content for envelope in smtp.letters]
    assert numbers == [True, True, False]


class TakesBack(BaseEmailBackend):
    """A mail server so slow that the claim has gone stale when it says yes."""

    def send_messages(self, email_messages):
        Delivery.objects.filter(state=State.SENDING).update(state=State.DUE, claimed_by="")
        return len(email_messages)


def test_a_letter_taken_back_while_it_is_sent_stops_nobody(settings):
    settings.EMAIL_BACKEND = f"{__name__}.TakesBack"
    a_letter("a@post.example")
    a_letter("b@post.example")

    sender.send_due(seconds=0.5)

    assert states() == [State.DUE, State.DUE]


def test_an_account_that_is_gone_gets_no_letter(smtp):
    letter = a_letter()
    type(letter.recipient).objects.update(is_active=False)

    sender.send_due()

    letter.refresh_from_db()
    assert (letter.state, letter.reason) == (State.SUPPRESSED, "the account is gone")
    assert smtp.letters == []


def test_a_letter_that_was_sent_waits_no_longer(smtp, clock):
    a_letter()
    sender.send_due()

    assert outbox.oldest_due() is None


def test_the_oldest_due_letter_tells_how_long_letters_wait(refusing_smtp, clock):
    assert outbox.oldest_due() is None

    a_letter("a@post.example")
    a_letter("b@post.example", created_at=START - timedelta(days=1), attempts=1)
    clock.shift(300)
    sender.send_due()

    assert outbox.oldest_due() == START
