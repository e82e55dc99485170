"""Letters about ideas until they are published or not: who is told what, and which letters have become pointless."""

from datetime import UTC, datetime, timedelta

import pytest

from participation.actors.models import Actor
from participation.actors.operations import erase_actor
from participation.core.clock import travel_to
from participation.ideas.operations.reviewing import warn_of_open_questions
from participation.ideas.operations.writing import withdraw_idea
from participation.promises.models import Promise
from tests.factories import AllianceFactory, AppointmentFactory, IdeaFactory
from tests.notifications.ideas import (
    MONDAY,
    SITE,
    ask_back,
    correct,
    decline,
    fan_out_all,
    letters,
    mail,
    publish,
    submit,
)

# People who hear nothing of other people's ideas: intern, mayor, spokesperson, ALE, superuser, former moderator.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("ivo", "eva", "otto", "ale", "root", "fritz", "all_at_once"),
]


def take_back(idea):
    withdraw_idea(idea, by=idea.author)


@pytest.fixture(autouse=True)
def _monday(ada, olga, max, mia):
    AllianceFactory()
    Actor.objects.update(language="en")
    with travel_to(MONDAY):
        yield


@pytest.fixture
def waiting(ada):
    return IdeaFactory(state="submitted", author=ada, title="Mitfahrbank", case__reference="2026-0042")


class TestSubmitting:
    def test_the_author_has_a_receipt_and_the_office_knows_at_once(self, ada):
        submit(ada)

        assert letters() == [("idea_received", "Ada"), ("idea_to_review", "Max"), ("idea_to_review", "Mia")]

    def test_who_judges_ideas_hears_of_the_own_one_as_its_author_only(self, max):
        submit(max)

        assert letters() == [("idea_received", "Max"), ("idea_to_review", "Mia")]

    def test_two_posts_in_one_hand_bring_one_letter(self, ada, max):
        AppointmentFactory(actor=max, post="manager")

        submit(ada)

        assert letters().count(("idea_to_review", "Max")) == 1

    @pytest.mark.parametrize(
        ("hour", "due"), [(22, "Monday, 7 December 2026"), (23, "Tuesday, 8 December 2026")]
    )  # midnight in Berlin
    def test_the_receipt_names_idea_reference_and_day(self, ada, hour, due):
        with travel_to(MONDAY.replace(hour=hour, minute=30)):
            idea = submit(ada, title="Mitfahrbank")
            subject, text, html = mail(ada, "idea_received")

        assert subject == f"{idea.reference}: your idea is here, answer by {due.partition(', ')[2]}"
        for body in (text, html):
            assert "“Mitfahrbank”" in body
            assert f"We answer you by {due}." in body
            assert f"{SITE}/ideen/{idea.reference}/" in body

    def test_the_office_reads_who_what_and_until_when(self, ada, max):
        idea = submit(ada, title="Mitfahrbank")

        subject, text, _html = mail(max, "idea_to_review")
        assert subject == f"New idea {idea.reference}: please answer by 7 December 2026"
        assert "Ada submitted an idea: “Mitfahrbank”." in text
        assert "An answer is owed by 7 December 2026." in text
        assert f"{SITE}/geschaeftsstelle/ideen/{idea.reference}/" in text

    def test_days_are_those_of_berlin(self, ada):
        submit(ada)
        Promise.objects.update(due_at=datetime(2026, 12, 7, 23, 30, tzinfo=UTC))

        assert "8 December 2026" in mail(ada, "idea_received")[0]

    def test_a_correction_is_received_in_other_words_and_answered_in_half_the_time(self, ada, max):
        idea = submit(ada)
        first = mail(ada, "idea_received")
        ask_back(idea, max)
        correct(idea)

        again = mail(ada, "idea_received_again")
        assert again[0] == f"{idea.reference}: your corrected idea is here, answer by 30 November 2026"
        assert set(again[1].splitlines()).isdisjoint(
            {"We answer you by Monday, 7 December 2026.", first[1].splitlines()[4]}
        )
        assert "We answer you by Monday, 30 November 2026." in again[1]
        assert "It was declined before." not in again[1]
        assert "Ada corrected the idea" in mail(max, "idea_to_review_again")[1]
        assert letters() == [
            ("idea_received", "Ada"), ("idea_received_again", "Ada"), ("idea_returned", "the idea has moved on"),
            ("idea_to_review", "Max"), ("idea_to_review", "Mia"),
            ("idea_to_review_again", "Max"), ("idea_to_review_again", "Mia"),
        ]  # fmt: skip

    def test_after_a_refusal_author_and_office_know_that_somebody_else_decides(self, ada, max, mia, waiting):
        decline(waiting, max)
        correct(waiting)

        for reader, letter in ((ada, "idea_received_again"), (mia, "idea_to_review_again")):
            assert "Whoever declined it does not decide about it again." in mail(reader, letter)[1]

    def test_a_withdrawn_idea_brings_no_letters_any_more_and_none_of_its_own(self, ada):
        withdraw_idea(submit(ada), by=ada)

        gone = "the idea no longer waits for a review"
        assert letters() == [
            ("idea_received", "the idea was withdrawn"), ("idea_to_review", gone), ("idea_to_review", gone)
        ]  # fmt: skip

    def test_the_office_is_not_called_to_words_that_were_corrected_since(self, ada, max):
        idea = submit(ada)
        ask_back(idea, max)
        correct(idea)

        found = letters()
        assert found.count(("idea_to_review", "the idea no longer waits for a review")) == 2
        assert found.count(("idea_to_review_again", "Max")) == 1

    def test_a_receipt_that_comes_late_names_the_promise_of_its_own_time(self, ada, max):
        idea = submit(ada)
        with travel_to(MONDAY + timedelta(hours=1)):
            ask_back(idea, max)
            correct(idea)

            assert "7 December 2026" in mail(ada, "idea_received")[0]
            assert "30 November 2026" in mail(ada, "idea_received_again")[0]


class TestReviewing:
    @pytest.mark.parametrize(
        ("decide", "letter"), [(publish, "idea_published"), (ask_back, "idea_returned"), (decline, "idea_declined")]
    )
    def test_the_author_alone_is_told(self, decide, letter, waiting, max):
        decide(waiting, max)

        assert letters() == [(letter, "Ada")]

    @pytest.mark.parametrize("decide", [publish, ask_back, decline])
    def test_an_author_who_has_left_is_not_written_to(self, decide, waiting, ada, max):
        erase_actor(ada, by=ada)
        waiting.refresh_from_db()

        decide(waiting, max)

        assert letters() == []

    def test_a_resting_account_is_not_written_to(self, waiting, max):
        Actor.objects.filter(pk=waiting.author_id).update(is_active=False)

        publish(waiting, max)

        assert letters() == []

    def test_an_author_who_leaves_before_the_letter_does_not_get_it(self, waiting, ada, max):
        publish(waiting, max)
        fan_out_all()
        erase_actor(ada, by=ada)

        assert letters() == [("idea_published", "the account is gone")]

    def test_words_of_the_office_come_with_the_good_news(self, waiting, ada, max):
        publish(waiting, max, text="Schöne <b>Idee</b>!")

        subject, text, html = mail(ada, "idea_published")
        assert subject == "2026-0042: your idea is published"
        assert "The office writes to you:\n\nSchöne <b>Idee</b>!" in text
        assert "Schöne &lt;b&gt;Idee&lt;/b&gt;!" in html
        assert f"{SITE}/ideen/2026-0042/" in text

    def test_without_words_none_are_announced(self, waiting, ada, max):
        publish(waiting, max)

        assert "The office writes to you" not in "".join(mail(ada, "idea_published"))

    def test_a_question_comes_with_its_day_and_leads_to_the_correction(self, waiting, ada, max):
        ask_back(waiting, max)

        subject, text, _html = mail(ada, "idea_returned")
        assert subject == "2026-0042: a question about your idea"
        assert "Wo genau?" in text
        assert "Please answer by Friday, 22 January 2027." in text
        assert f"{SITE}/ideen/2026-0042/ueberarbeiten/" in text

    def test_the_reminder_repeats_question_and_day(self, waiting, ada, max):
        ask_back(waiting, max)
        letters()
        with travel_to(MONDAY + timedelta(days=50)):
            warn_of_open_questions()

            subject, text, _html = mail(ada, "idea_warned")
            assert subject == "2026-0042: please answer our question by 22 January 2027"
            assert "Wo genau?" in text
            assert f"{SITE}/ideen/2026-0042/ueberarbeiten/" in text
            assert letters() == [("idea_returned", "Ada"), ("idea_warned", "Ada")]

    def test_a_refusal_says_why_and_how_to_object(self, waiting, ada, max):
        decline(waiting, max)

        subject, text, _html = mail(ada, "idea_declined")
        assert subject == "2026-0042: your idea is not published"
        assert "The alliance and its municipalities cannot decide this.\n\nDas ist Sache des Bundes." in text
        assert "you can correct your idea once and send it again" in text
        assert f"{SITE}/ideen/2026-0042/ueberarbeiten/" in text

    def test_the_second_refusal_names_the_office_for_objections(self, waiting, ada, max, mia):
        decline(waiting, max)
        correct(waiting)
        decline(waiting, mia)

        text = mail(ada, "idea_declined")[1]
        assert "please write to the office" in text
        assert "ueberarbeiten" not in text

    @pytest.mark.parametrize(
        ("decide", "then", "dropped"),
        [
            (publish, take_back, ("idea_published", "the idea is no longer public")),
            (ask_back, take_back, ("idea_returned", "the idea has moved on")),
            (ask_back, correct, ("idea_returned", "the idea has moved on")),
            (decline, correct, ("idea_declined", "the idea has moved on")),
        ],
    )  # fmt: skip
    def test_what_has_moved_on_brings_no_stale_letter(self, decide, then, dropped, waiting, max):
        decide(waiting, max)
        then(waiting)

        assert [one for one in letters() if "_review" not in one[0] and "_again" not in one[0]] == [dropped]

    def test_who_answers_the_question_is_not_reminded(self, waiting, max):
        ask_back(waiting, max)
        with travel_to(MONDAY + timedelta(days=50)):
            warn_of_open_questions()
            correct(waiting)

            assert ("idea_warned", "the question is no longer open") in letters()

    def test_nor_is_who_gave_the_idea_up(self, waiting, max):
        ask_back(waiting, max)
        with travel_to(MONDAY + timedelta(days=50)):
            warn_of_open_questions()
            waiting.refresh_from_db()
            take_back(waiting)

            assert ("idea_warned", "the question is no longer open") in letters()

    def test_of_two_questions_only_the_open_one_is_asked(self, waiting, max):
        ask_back(waiting, max)
        with travel_to(MONDAY + timedelta(days=50)):
            warn_of_open_questions()
            correct(waiting)
            ask_back(waiting, max)

            assert [one for one in letters() if "_again" not in one[0]] == [
                ("idea_returned", "Ada"),
                ("idea_returned", "the idea has moved on"),
                ("idea_warned", "the question is no longer open"),
            ]
