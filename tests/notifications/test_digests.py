"""Digests: what is due for a person goes into one letter, each thing once, and nothing into none."""

from datetime import timedelta

import pytest
from django.core import mail

from notifications import digests, outbox, sender
from notifications.choices import MUTED, SWITCHED_OFF
from notifications.models import Delivery
from notifications.preferences import PAUSED, choose, mute, set_habits
from notifications.states import Rhythm, State
from notifications.stopping import DIGEST
from notifications.topics import Topic
from notifications.unwanted import NO_LONGER
from participation.actors.operations import erase_actor
from participation.core.clock import travel_to
from participation.core.hiding import hide
from participation.discussion.operations import withdraw_comment
from participation.ideas.operations.merging import merge_idea
from participation.ideas.operations.taking_part import comment_on
from participation.promises.operations import follow, unfollow
from tests.factories import ActorFactory, IdeaFactory
from tests.notifications.ideas import fan_out_all
from tests.notifications.news import MORNING, NOON, news, row, sweep, told

pytestmark = pytest.mark.django_db

EMAIL, PUBLIC_NO_MORE = "email", "the idea is no longer public"


@pytest.fixture(autouse=True)
def _at_noon(noon):
    """Before all other fixtures: some travel on from there."""


def next_morning():
    with travel_to(MORNING):
        sweep()
    return mail.outbox


def the_digest():
    return Delivery.objects.get(letter=DIGEST)


def fates():
    """What became of each letter: name, state, reason."""
    return sorted(Delivery.objects.values_list("letter", "state", "reason"))


class TestGathering:
    def test_nothing_leaves_before_the_hour(self, ada):
        news("2026-0001", ada)

        sweep()

        assert mail.outbox == []
        assert row(ada, "2026-0001").state == State.HELD

    def test_what_is_due_comes_together_and_once(self, ada, olga):
        news("2026-0001", ada)
        news("2026-0002", ada, olga)

        next_morning()
        next_morning()

        assert told(mail.outbox, ada) == [["2026-0001", "2026-0002"]]
        assert told(mail.outbox, olga) == [["2026-0002"]]
        assert set(Delivery.objects.values_list("state", flat=True)) == {State.SENT}

    def test_two_sweeps_in_a_row_make_one_digest(self, ada):
        news("2026-0001", ada)

        with travel_to(MORNING):
            assert [digests.gather_due(), digests.gather_due()] == [1, 0]
            assert digests.gather(ada.pk) is False
        assert Delivery.objects.filter(letter=DIGEST).count() == 1

    def test_of_very_many_the_oldest_come_first_and_the_rest_in_the_next(self, ada, monkeypatch):
        monkeypatch.setattr(digests, "MOST_ITEMS", 2)
        for number in range(1, 4):
            news(f"2026-000{number}", ada)

        next_morning()
        assert told(mail.outbox, ada) == [["2026-0001", "2026-0002"]]

        next_morning()
        assert told(mail.outbox, ada) == [["2026-0001", "2026-0002"], ["2026-0003"]]

    def test_a_person_whose_digest_cannot_be_made_holds_up_nobody(self, ada, olga, monkeypatch):
        first, second = sorted([ada, olga], key=lambda one: one.pk)
        news("2026-0001", ada, olga)
        original = digests.new_message_id
        answers = [ZeroDivisionError, None]

        def token():
            if trouble := answers.pop(0):
                raise trouble
            return original()

        monkeypatch.setattr(digests, "new_message_id", token)
        with travel_to(MORNING):
            assert digests.gather_due() == 1
        assert row(first, "2026-0001").state == State.HELD
        assert row(second, "2026-0001").state == State.BUNDLED


class TestTheLetter:
    def test_it_is_grouped_by_case_the_newest_first_with_what_one_can_do(self, ada, olga):
        with travel_to(NOON):
            first = news("2026-0001", ada)
        with travel_to(NOON + timedelta(hours=1)):
            news("2026-0002", ada)
        with travel_to(NOON + timedelta(hours=2)):
            news("2026-0001", ada, idea=first)

        text = next_morning()[0].body.replace("\N{NO-BREAK SPACE}", " ")

        assert text.count("2026-0001 · published\nMitfahrbank 2026-0001\n") == 1
        assert text.index("2026-0001") < text.index("2026-0002")
        assert text.index("23 November 2026, 14:00") < text.index("23 November 2026, 12:00")
        assert text.count("Read it, and ask if something is unclear.") == 2
        assert mail.outbox[0].subject == "3 pieces of news for you"

    def test_about_one_case_its_reference_is_in_the_subject(self, ada):
        news("2026-0001", ada)

        assert next_morning()[0].subject == "2026-0001: one piece of news for you"

    def test_it_says_how_to_hear_less(self, ada):
        news("2026-0001", ada)

        letter = next_morning()[0]

        assert letter.extra_headers["List-Id"].startswith("<digest.")
        assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert "/meine/benachrichtigungen/" in letter.body
        assert "/abmelden/" in letter.body

    def test_of_what_one_may_not_read_it_tells_the_reference_alone(self, ada, olga, max):
        """It was never public: now another idea stands for it, and that one can be read."""
        source = IdeaFactory(author=ada, title="Geheim", case__reference="2026-0001", state="submitted")
        follow(source.case, olga)
        merge_idea(source, IdeaFactory(case__reference="2026-0002"), version=1, by=max)
        fan_out_all()

        letter = next(one for one in next_morning() if one.to == [olga.email])

        assert "2026-0001" in letter.body
        assert "/ideen/2026-0002/" in letter.body
        assert "Geheim" not in letter.body + letter.alternatives[0][0]


class TestWhatNoLongerConcerns:
    @pytest.fixture
    def ideas(self, ada):
        return [news("2026-0001", ada), news("2026-0002", ada)]

    def the_rest_comes(self, person, reason):
        """Only the second thing is told; the first ends with ``reason``."""
        next_morning()
        assert told(mail.outbox, person) == [["2026-0002"]]
        first = row(person, "2026-0001")
        assert (first.state, first.reason) == (State.SUPPRESSED, reason)
        assert first.finished_at
        assert row(person, "2026-0002").state == State.SENT

    def test_a_hidden_idea_is_left_out(self, ada, ideas):
        hide(ideas[0], "rude")

        self.the_rest_comes(ada, PUBLIC_NO_MORE)

    def test_what_one_follows_no_more_is_left_out(self, ada, ideas):
        unfollow(ideas[0].case, ada)

        self.the_rest_comes(ada, NO_LONGER)

    def test_what_one_muted_while_it_was_held_is_left_out(self, ada, ideas):
        mute(ada, ideas[0].case)

        self.the_rest_comes(ada, MUTED)

    def test_what_one_muted_while_it_was_on_its_way_is_left_out(self, ada, ideas):
        with travel_to(MORNING):
            digests.gather_due()
        mute(ada, ideas[0].case)

        self.the_rest_comes(ada, MUTED)

    def test_a_removed_comment_is_left_out(self, ada, olga):
        idea = IdeaFactory(author=ada, case__reference="2026-0001")
        removed = comment_on(idea, "Gut.", by=olga)
        comment_on(idea, "Sehr gut.", by=ActorFactory(display_name="Paul"))
        fan_out_all()
        withdraw_comment(removed, by=olga)

        next_morning()

        assert mail.outbox[0].subject == "2026-0001: one piece of news for you"
        gone = "the comment was removed, or the idea is no longer public"
        assert sorted(fates()) == [
            (DIGEST, State.SENT, ""), ("idea_commented", State.SENT, ""), ("idea_commented", State.SUPPRESSED, gone),
        ]  # fmt: skip

    def test_where_nothing_is_left_no_digest_leaves(self, ada, ideas):
        for idea in ideas:
            hide(idea, "rude")

        assert next_morning() == []
        assert fates() == [
            (DIGEST, State.SUPPRESSED, "nothing in it concerns the recipient any more"),
            *[("idea_news", State.SUPPRESSED, PUBLIC_NO_MORE)] * 2,
        ]

    def test_somebody_who_left_gets_none(self, ada, ideas):
        with travel_to(MORNING):
            digests.gather_due()
        erase_actor(ada, by=ada)

        assert next_morning() == []
        assert {state for _letter, state, _reason in fates()} == {State.SUPPRESSED}

    def test_an_item_that_cannot_be_composed_fails_alone(self, ada, ideas):
        type(ideas[0]).objects.get(pk=ideas[0].pk).answers.all().delete()

        next_morning()

        assert told(mail.outbox, ada) == [["2026-0002"]]
        assert row(ada, "2026-0001").reason == "cannot be composed: DoesNotExist"
        assert row(ada, "2026-0001").state == State.FAILED


class TestChangingOnesMind:
    @pytest.fixture(autouse=True)
    def _idea(self, ada):
        news("2026-0001", ada)

    def test_off_while_it_is_held(self, ada):
        choose(ada, Topic.FOLLOWED, EMAIL, Rhythm.OFF)

        assert next_morning() == []
        assert fates() == [("idea_news", State.SUPPRESSED, SWITCHED_OFF)]

    def test_off_while_it_is_on_its_way(self, ada):
        with travel_to(MORNING):
            digests.gather_due()
        choose(ada, Topic.FOLLOWED, EMAIL, Rhythm.OFF)

        assert next_morning() == []
        assert ("idea_news", State.SUPPRESSED, SWITCHED_OFF) in fates()

    def test_at_once_while_it_is_held(self, ada):
        choose(ada, Topic.FOLLOWED, EMAIL, Rhythm.AT_ONCE)
        sweep()

        assert told(mail.outbox, ada) == [["2026-0001"]]

    def test_once_a_week_while_it_is_held(self, ada):
        choose(ada, Topic.FOLLOWED, EMAIL, Rhythm.WEEKLY)

        assert next_morning() == []
        with travel_to(MORNING + timedelta(days=6)):
            sweep()
        assert told(mail.outbox, ada) == [["2026-0001"]]

    def test_another_hour_while_it_is_held(self, ada):
        set_habits(ada, hour=9)

        assert next_morning() == []
        with travel_to(MORNING + timedelta(hours=2)):
            sweep()
        assert told(mail.outbox, ada) == [["2026-0001"]]

    def test_a_pause_holds_back_what_is_held_and_what_comes(self, ada):
        set_habits(ada, paused_until=(NOON + timedelta(days=3)).date())
        news("2026-0002", ada)

        for days in range(4):
            with travel_to(MORNING + timedelta(days=days - 1)):
                sweep()
        assert mail.outbox == []
        with travel_to(MORNING + timedelta(days=3)):
            sweep()
        assert told(mail.outbox, ada) == [["2026-0001", "2026-0002"]]

    def test_a_pause_takes_a_digest_back_that_has_not_left(self, ada):
        with travel_to(MORNING):
            digests.gather_due()
            set_habits(ada, paused_until=(NOON + timedelta(days=3)).date())

        assert next_morning() == []
        assert fates() == [(DIGEST, State.SUPPRESSED, PAUSED), ("idea_news", State.HELD, "")]
        with travel_to(MORNING + timedelta(days=3)):
            sweep()
        assert told(mail.outbox, ada) == [["2026-0001"]]

    def test_a_pause_leaves_a_digest_to_the_sender_that_has_it_in_hand(self, ada):
        with travel_to(MORNING):
            digests.gather_due()
            outbox.claim()
            set_habits(ada, paused_until=(NOON + timedelta(days=3)).date())

        assert fates() == [(DIGEST, State.SENDING, ""), ("idea_news", State.BUNDLED, "")]

    def test_a_pause_holds_back_a_letter_that_has_not_left(self, olga):
        choose(olga, Topic.FOLLOWED, EMAIL, Rhythm.AT_ONCE)
        news("2026-0002", olga)
        assert row(olga, "2026-0002").state == State.DUE

        set_habits(olga, paused_until=NOON.date())
        sweep()

        assert told(mail.outbox, olga) == []
        assert told(next_morning(), olga) == [["2026-0002"]]

    def test_a_pause_does_not_touch_what_is_owed(self, ada):
        outbox.post("password_changed", recipient=ada, language="de")

        set_habits(ada, paused_until=(NOON + timedelta(days=3)).date())
        sender.send_due()

        assert [one.to for one in mail.outbox] == [[ada.email]]

    def test_the_end_of_a_pause_brings_the_next_digest(self, ada):
        set_habits(ada, paused_until=(NOON + timedelta(days=30)).date())
        set_habits(ada, paused_until=None)

        assert told(next_morning(), ada) == [["2026-0001"]]


class TestOnItsWay:
    @pytest.fixture(autouse=True)
    def _idea(self, ada):
        news("2026-0001", ada)
        with travel_to(MORNING):
            digests.gather_due()

    def test_after_a_sender_that_died_it_leaves_under_the_same_number(self, ada):
        digest = the_digest()
        with travel_to(MORNING):
            outbox.claim(worker="w1")
            outbox.put_back_claims_of("w1")

        next_morning()

        assert [one.extra_headers["Message-ID"] for one in mail.outbox] == [digest.message_id]
        assert fates() == [(DIGEST, State.SENT, ""), ("idea_news", State.SENT, "")]

    def test_one_that_its_server_refuses_for_now_waits_with_what_it_carries(self, smtp, ada):
        smtp.answers[ada.email] = "451 later"

        next_morning()
        assert fates() == [(DIGEST, State.DUE, "refused: 451"), ("idea_news", State.BUNDLED, "")]

        smtp.answers.clear()
        with travel_to(MORNING + timedelta(minutes=2)):
            sweep()
        assert fates() == [(DIGEST, State.SENT, ""), ("idea_news", State.SENT, "")]
        assert smtp.addresses() == [ada.email]

    def test_one_that_is_refused_for_good_fails_with_what_it_carries(self, smtp, ada):
        smtp.answers[ada.email] = "550 5.1.1 nobody here"

        next_morning()

        reason = "refused: 550 5.1.1"
        assert fates() == [(DIGEST, State.FAILED, reason), ("idea_news", State.FAILED, reason)]

    def test_to_a_mailbox_that_refused_before_none_is_tried(self, smtp, ada):
        smtp.answers[ada.email] = "550 5.1.1 nobody here"
        next_morning()
        news("2026-0002", ada)
        smtp.answers.clear()

        with travel_to(MORNING + timedelta(days=1)):
            sweep()

        assert smtp.addresses() == []
        assert row(ada, "2026-0002").reason == "the mailbox has refused our letters"

    def test_one_that_loses_its_sender_again_and_again_fails_with_what_it_carries(self):
        with travel_to(MORNING):
            for _ in range(6):
                outbox.claim(worker="w1")
                outbox.put_back_claims_of("w1")

        reason = "its sender vanished again and again"
        assert fates() == [(DIGEST, State.FAILED, reason), ("idea_news", State.FAILED, reason)]
