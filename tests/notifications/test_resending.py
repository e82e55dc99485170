"""Sending a letter again, and letting a fan-out go on: who may, when not, and what the sender makes of it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from notifications import sender
from notifications.models import Delivery, Intake, Mute, Preference, Refusal, Resending
from notifications.preferences import set_habits
from notifications.resending import CannotBeWritten, NotWanted, OnItsWay, Paused, send_again, write_again
from notifications.states import Rhythm, State, Urgency
from participation.core.clock import now, today
from participation.core.errors import NotAllowed, Outdated
from participation.events.kinds import Kind
from tests.factories import ActorFactory, EventFactory, FollowFactory
from tests.letters import deliver_all

from .letters_of_case import a_letter, an_event, an_idea

pytestmark = pytest.mark.django_db

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
FAILED = {"state": "failed", "reason": "refused: 552 5.2.2"}


@pytest.fixture
def idea(db):
    return an_idea()


def again(letter, by):
    send_again(letter, seen=letter.message_id, by=by)


def rows():
    return list(Delivery.objects.order_by("pk").values()), list(Resending.objects.values())


class TestSendingAgain:
    @pytest.mark.parametrize("state", ["sent", "failed", "suppressed"])
    @pytest.mark.parametrize("who", ["max", "mia"])
    def test_a_letter_that_ended_is_due_at_once_as_a_new_message(self, who, state, request, idea):
        by = request.getfixturevalue(who)
        with time_machine.travel(START, tick=False):
            letter = a_letter(idea, state=state, attempts=5, losses=2, reason="refused: 552 5.2.2")
        former_id = letter.message_id

        with time_machine.travel(START + timedelta(days=1), tick=False):
            again(letter, by)

        letter.refresh_from_db()
        assert (letter.state, letter.attempts, letter.losses, letter.reason) == (State.DUE, 0, 0, "")
        assert (letter.urgency, letter.rhythm, letter.bundle) == (Urgency.OWN_CASE, Rhythm.AT_ONCE, None)
        assert (letter.not_before, letter.finished_at) == (START + timedelta(days=1), None)
        assert letter.message_id != former_id
        before = Resending.objects.get()
        assert (before.delivery, before.by, before.at) == (letter, by, START + timedelta(days=1))
        assert (before.former_state, before.former_reason) == (state, "refused: 552 5.2.2")
        assert before.former_finished_at == START

    def test_it_arrives(self, idea, max):
        letter = a_letter(idea, **FAILED)

        again(letter, max)
        deliver_all()

        assert [message.to for message in mail.outbox] == [[idea.author.email]]
        letter.refresh_from_db()
        assert letter.state == State.SENT

    def test_what_came_in_a_digest_comes_alone(self, idea, max):
        digest = Delivery.objects.create(
            letter="digest", recipient=ActorFactory(), urgency=4, message_id="<d@x>", state="sent", not_before=now(),
            created_at=now(), finished_at=now(),
        )  # fmt: skip
        friend = FollowFactory(case=idea.case).actor
        letter = a_letter(
            idea, "idea_news", kind=Kind.IDEA_ANSWERED, recipient=friend, state="sent", rhythm="daily", bundle=digest
        )

        again(letter, max)
        deliver_all()

        assert [message.to for message in mail.outbox] == [[friend.email]]


class TestRefusals:
    @pytest.mark.parametrize("who", ["ivo", "ada", "root", "fritz"])
    def test_interns_and_others_may_not(self, who, request, idea):
        letter, before = a_letter(idea, **FAILED), rows()

        with pytest.raises(NotAllowed):
            again(letter, request.getfixturevalue(who))

        assert rows()[1] == before[1] == []

    @pytest.mark.parametrize("state", ["due", "sending", "held", "bundled", "recorded"])
    def test_what_has_not_ended_or_never_leaves_is_not_sent_twice(self, state, idea, max):
        letter = a_letter(idea, state=state)
        before = rows()

        with pytest.raises(OnItsWay):
            again(letter, max)

        assert rows() == before

    def test_a_pause_holds_back_what_is_not_owed(self, idea, max):
        friend = FollowFactory(case=idea.case).actor
        set_habits(friend, paused_until=today())
        set_habits(idea.author, paused_until=today())
        news = a_letter(idea, "idea_news", kind=Kind.IDEA_ANSWERED, recipient=friend, state="sent")

        with pytest.raises(Paused):
            again(news, max)
        again(a_letter(idea, **FAILED), max)
        with time_machine.travel(now() + timedelta(days=1), tick=False):
            again(news, max)

        assert Resending.objects.count() == 2

    def test_the_second_click_is_told_that_it_is_on_its_way(self, idea, max):
        letter = a_letter(idea, **FAILED)
        seen = letter.message_id
        again(letter, max)

        with pytest.raises(OnItsWay):
            send_again(letter, seen=seen, by=max)

        assert Resending.objects.count() == 1

    def test_a_click_on_an_old_page_sends_nothing_after_the_letter_left(self, idea, max):
        letter = a_letter(idea, **FAILED)
        seen = letter.message_id
        again(letter, max)
        deliver_all()
        letter.refresh_from_db()
        before = rows()

        with pytest.raises(Outdated):
            send_again(letter, seen=seen, by=max)

        assert rows() == before
        assert len(mail.outbox) == 1

    def test_what_the_reader_switched_off_is_not_sent(self, idea, max):
        friend = FollowFactory(case=idea.case).actor
        Preference.objects.create(actor=friend, topic="followed", channel="email", rhythm="off", since=now())
        letter = a_letter(idea, "idea_news", kind=Kind.IDEA_ANSWERED, recipient=friend, state="suppressed")
        before = rows()

        with pytest.raises(NotWanted):
            again(letter, max)

        assert rows() == before

    def test_nor_about_a_case_of_which_they_want_to_hear_nothing_unless_it_is_owed(self, idea, max):
        Mute.objects.create(actor=idea.author, case=idea.case, since=now())
        chosen = a_letter(idea, "idea_commented", kind=Kind.COMMENT_WRITTEN, state="suppressed")
        owed = a_letter(idea, **FAILED)

        with pytest.raises(NotWanted):
            again(chosen, max)
        again(owed, max)

        assert owed.state == State.DUE

    def test_a_letter_whose_recipient_is_gone_cannot_be_written(self, idea, max):
        letter = a_letter(idea, recipient=None, address="", state="sent")

        with pytest.raises(CannotBeWritten, match=r"no address|keine Adresse"):
            again(letter, max)

        assert letter.state == State.SENT

    def test_nor_one_that_no_longer_concerns_anybody(self, idea, max):
        letter = a_letter(idea, **FAILED)
        type(idea).objects.update(state="withdrawn")

        with pytest.raises(CannotBeWritten):
            again(letter, max)

    def test_nor_one_about_what_is_gone(self, idea, max):
        event = EventFactory(kind=Kind.REPORT_UPHELD, case=idea.case, facts={"report": 999})
        letter = a_letter(idea, "report_upheld", event=event, **FAILED)

        with pytest.raises(CannotBeWritten):
            again(letter, max)

    def test_nor_one_that_the_portal_no_longer_writes_which_is_no_fault(self, idea, max, caplog):
        letter = a_letter(idea, "from_a_former_version", **FAILED)

        with caplog.at_level("ERROR", "notifications"), pytest.raises(CannotBeWritten):
            again(letter, max)

        assert caplog.records == []


class TestAtSendingTime:
    def test_what_is_switched_off_after_the_click_is_not_sent(self, idea, max):
        friend = FollowFactory(case=idea.case).actor
        letter = a_letter(idea, "idea_news", kind=Kind.IDEA_ANSWERED, recipient=friend, **FAILED)
        again(letter, max)
        Preference.objects.create(actor=friend, topic="followed", channel="email", rhythm="off", since=now())

        sender.send_due()

        letter.refresh_from_db()
        assert (letter.state, letter.reason) == (State.SUPPRESSED, "switched off by the recipient")
        assert mail.outbox == []

    def test_a_mailbox_that_refuses_gets_what_is_owed_only(self, idea, max):
        Refusal.objects.create(address=idea.author.email, since=now(), reason="refused: 550 5.1.1")
        letter = a_letter(idea, **FAILED)
        again(letter, max)

        sender.send_due()

        letter.refresh_from_db()
        assert letter.state == State.SENT
        assert Refusal.objects.count() == 0


class TestTheButton:
    def press(self, client, letter, **data):
        return client.post(reverse("send_letter_again", args=[letter.pk]), {"seen": letter.message_id} | data)

    def test_it_stands_beside_what_can_be_sent_again_and_for_who_may(self, idea, as_, max, ivo):
        event = an_event(idea)
        ended = a_letter(idea, event=event, **FAILED)
        a_letter(idea, event=event, recipient=ActorFactory())
        a_letter(
            idea, event=event, recipient=ActorFactory(), state="suppressed", reason="switched off by the recipient"
        )
        page = reverse("case_letters", args=[idea.reference])
        button = reverse("send_letter_again", args=[ended.pk])

        assert as_(max).get(page).content.decode().count("/nochmal/") == 1
        assert button in as_(max).get(page).content.decode()
        assert "/nochmal/" not in as_(ivo).get(page).content.decode()

    def test_it_leads_back_to_the_ledger_which_tells_what_was_before(self, idea, as_, max):
        letter = a_letter(idea, **FAILED)
        client = as_(max)

        answer = self.press(client, letter)

        assert answer.headers["Location"] == reverse("case_letters", args=[idea.reference])
        (group,) = client.get(answer.headers["Location"]).context["groups"]
        (line,) = group["lines"]
        assert "Max" in line.before[0]
        assert not line.may_resend

    def test_a_refusal_is_told(self, idea, as_, max):
        letter = a_letter(idea)

        page = as_(max).post(reverse("send_letter_again", args=[letter.pk]), {"seen": letter.message_id}, follow=True)

        assert [message.level_tag for message in page.context["messages"]] == ["error"]

    def test_without_what_was_seen_nothing_is_sent(self, idea, as_, max):
        letter = a_letter(idea, **FAILED)

        self.press(as_(max), letter, seen="")

        assert Resending.objects.count() == 0

    def test_a_letter_of_no_case_has_no_page(self, as_, max):
        letter = a_letter(an_idea(), event=EventFactory(case=None), **FAILED)

        assert self.press(as_(max), letter).status_code == 404


class TestWritingAgain:
    @pytest.fixture
    def given_up(self, idea):
        event = an_event(idea)
        return Intake.objects.create(event=event, not_before=now(), failed_at=now(), attempts=5)

    @pytest.mark.parametrize("who", ["mia", "root"])
    def test_it_goes_on_and_nobody_is_written_to_twice(self, who, request, idea, given_up):
        a_letter(idea, event=given_up.event, state="sent")

        write_again(given_up, by=request.getfixturevalue(who))
        deliver_all()

        given_up.refresh_from_db()
        assert given_up.done_at
        assert Delivery.objects.count() == 1
        assert mail.outbox == []

    @pytest.mark.parametrize("who", ["max", "ivo", "ada"])
    def test_others_may_not(self, who, request, given_up):
        with pytest.raises(NotAllowed):
            write_again(given_up, by=request.getfixturevalue(who))

        given_up.refresh_from_db()
        assert given_up.failed_at

    def test_the_second_click_changes_nothing(self, mia, given_up):
        write_again(given_up, by=mia)
        Intake.objects.update(attempts=3)

        with pytest.raises(Outdated):
            write_again(given_up, by=mia)

        assert Intake.objects.get().attempts == 3

    def test_the_page_tells_both(self, mia, as_, given_up):
        client, address = as_(mia), reverse("write_letters_again", args=[given_up.pk])

        levels = [
            [message.level_tag for message in client.post(address, follow=True).context["messages"]] for _ in range(2)
        ]

        assert levels == [["success"], ["error"]]
