"""Letters about co-authors: the invitation, its answer, and the office's letters that co-authors get as well."""

from datetime import timedelta

import pytest

from notifications.models import Delivery
from participation.actors.models import Actor
from participation.core.clock import now, travel_to
from participation.core.hiding import hide
from participation.ideas.coauthor_models import VALID
from participation.ideas.coauthor_queries import invitation_path
from participation.ideas.models import Idea
from participation.ideas.operations.coauthors import (
    accept_invitation,
    decline_invitation,
    invite_coauthor,
    leave_idea,
    take_invitation_back,
)
from participation.ideas.operations.merging import merge_idea, undo_merge
from participation.ideas.operations.reviewing import warn_of_open_questions
from participation.ideas.operations.taking_part import comment_on
from participation.ideas.operations.writing import discard_idea_draft, submit_idea, withdraw_idea
from participation.promises.models import Promise
from participation.promises.operations import extend, follow
from tests.coauthor_factories import CoAuthorFactory
from tests.factories import ActorFactory, AllianceFactory, IdeaFactory
from tests.letter_factories import DeliveryFactory
from tests.letters import deliver_all
from tests.notifications.ideas import (
    MONDAY,
    SITE,
    answer,
    ask_back,
    correct,
    decline,
    fan_out_all,
    letters,
    mail,
    publish,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_at_once")]

PAUL = "paul@post.example"


@pytest.fixture(autouse=True)
def _monday(ada, olga, max):
    AllianceFactory()
    Actor.objects.update(language="en")
    with travel_to(MONDAY):
        yield


@pytest.fixture
def idea(ada):
    return IdeaFactory(author=ada, state="submitted", title="Mitfahrbank", case__reference="2026-0042")


@pytest.fixture
def coauthor(idea, olga):
    return CoAuthorFactory(idea=idea, state="accepted", actor=olga)


def sent_to(address):
    """The letters to a bare address."""
    return [letter for letter in deliver_all() if letter.to == [address]]


def reasons():
    """Why letters of the test did not leave."""
    deliver_all()
    return list(Delivery.objects.exclude(reason="").order_by("pk").values_list("letter", "reason"))


class TestTheInvitation:
    def test_it_goes_to_the_bare_address_and_says_who_what_and_until_when(self, idea, ada):
        row = invite_coauthor(idea, PAUL, by=ada)

        (letter,) = sent_to(PAUL)
        assert letter.subject == "Ada invites you to be co-author of an idea"
        for words in (letter.body, letter.alternatives[0][0]):
            assert "“Mitfahrbank”" in words
            assert "23 December 2026" in words.replace("\xa0", " ").replace("&nbsp;", " ")
            assert SITE + invitation_path(row) in words
            assert "somebody typed this address" in words
            assert idea.text not in words
        assert Delivery.objects.get().recipient is None

    def test_in_german(self, idea, ada):
        Actor.objects.update(language="de")
        invite_coauthor(idea, PAUL, by=ada)

        (letter,) = sent_to(PAUL)
        assert letter.subject == "Ada lädt Sie ein, eine Idee mitzutragen"
        assert "23.\xa0Dezember\xa02026" in letter.body
        assert "co-author" not in letter.body + letter.alternatives[0][0]

    def test_markup_in_names_stays_harmless(self, idea, ada):
        Actor.objects.filter(pk=ada.pk).update(display_name="<b>Ada</b>")
        Idea.objects.update(title="<script>x</script>")
        invite_coauthor(idea, PAUL, by=ada)

        (letter,) = sent_to(PAUL)
        assert not {"<script>", "<b>Ada"} & {
            word for word in ("<script>", "<b>Ada") if word in letter.alternatives[0][0]
        }

    def test_an_account_makes_no_difference(self, idea, ada, olga):
        invite_coauthor(idea, olga.email, by=ada)
        invite_coauthor(idea, PAUL, by=ada)

        assert [(row.recipient, row.letter) for row in _written()] == [(None, "coauthor_invited")] * 2

    def test_a_draft_can_be_shared_too(self, ada):
        invite_coauthor(IdeaFactory(author=ada, state="draft", title="Mitfahrbank"), PAUL, by=ada)

        assert len(sent_to(PAUL)) == 1

    def test_the_second_click_brings_no_second_letter(self, idea, ada):
        for _ in range(2):
            invite_coauthor(idea, PAUL, by=ada)

        assert len(sent_to(PAUL)) == 1

    def test_what_was_taken_back_before_it_left_is_not_sent(self, idea, ada):
        row = invite_coauthor(idea, PAUL, by=ada)
        _written()
        take_invitation_back(row, by=ada)

        assert reasons() == [("coauthor_invited", "the invitation can no longer be answered")]

    def test_nor_what_is_too_late(self, idea, ada):
        invite_coauthor(idea, PAUL, by=ada)
        _written()
        with travel_to(now() + VALID):
            assert reasons() == [("coauthor_invited", "the invitation can no longer be answered")]

    @pytest.mark.parametrize("end", [lambda idea: withdraw_idea(idea, by=idea.author), lambda idea: hide(idea, "rude")])
    def test_nor_what_nobody_can_join_any_more(self, ada, end):
        idea = IdeaFactory(author=ada)
        invite_coauthor(idea, PAUL, by=ada)
        _written()
        end(idea)

        assert ("coauthor_invited", "nobody can join the idea any more") in reasons()

    def test_nor_what_was_thrown_away(self, ada):
        draft = IdeaFactory(author=ada, state="draft")
        invite_coauthor(draft, PAUL, by=ada)
        _written()
        discard_idea_draft(draft, by=ada)

        assert reasons() == [("coauthor_invited", "the draft was thrown away")]

    def test_nobody_s_mailbox_is_flooded(self, idea, ada):
        DeliveryFactory.create_batch(3, letter="report_received", address=PAUL, created_at=now())
        invite_coauthor(idea, PAUL, by=ada)

        assert ("coauthor_invited", "its mailbox had three letters within the hour") in reasons()


class TestTheAnswer:
    def test_the_author_hears_who_accepted(self, idea, ada, olga):
        accept_invitation(CoAuthorFactory(idea=idea), by=olga)

        subject, text, html = mail(ada, "coauthor_answered")
        assert subject == "2026-0042: Your idea has a new co-author"
        for words in (text, html):
            assert "Olga is now a co-author of your idea “Mitfahrbank”." in words
            assert f"{SITE}/ideen/2026-0042/mitautoren/" in words
        assert letters() == [("coauthor_answered", "Ada")]

    def test_who_declines_is_not_named(self, idea, ada, olga):
        decline_invitation(CoAuthorFactory(idea=idea), by=olga)

        subject, text, html = mail(ada, "coauthor_answered")
        assert subject == "2026-0042: Your invitation was declined"
        assert "Olga" not in text + html
        assert olga.email not in text + html

    def test_who_leaves_is_named(self, idea, ada, coauthor, olga):
        leave_idea(coauthor, by=olga)

        assert "Olga is no longer a co-author" in mail(ada, "coauthor_answered")[1]

    def test_in_german(self, idea, ada, olga):
        Actor.objects.update(language="de")
        accept_invitation(CoAuthorFactory(idea=idea), by=olga)

        subject, text, _html = mail(ada, "coauthor_answered")
        assert subject == "2026-0042: Ihre Idee hat jemanden dazugewonnen"
        assert "Olga steht jetzt mit Ihnen hinter Ihrer Idee „Mitfahrbank“" in text

    def test_about_a_draft_it_leads_to_the_draft(self, ada, olga):
        draft = IdeaFactory(author=ada, state="draft")
        accept_invitation(CoAuthorFactory(idea=draft), by=olga)

        assert f"{SITE}/ideen/entwurf/{draft.pk}/mitautoren/" in mail(ada, "coauthor_answered")[1]

    def test_an_author_who_left_hears_nothing(self, idea, coauthor, olga):
        leave_idea(coauthor, by=olga)
        _written()
        Idea.objects.update(author=None)

        assert letters() == [("coauthor_answered", "the idea no longer belongs to the recipient")]


class TestTheOfficesLetters:
    """Co-authors hear what the author hears; the pen stays with the author."""

    def test_submitted_and_not_called_to_judge_it(self, ada, olga, max):
        draft = IdeaFactory(author=ada, state="draft", title="Mitfahrbank")
        for person in (olga, max):
            CoAuthorFactory(idea=draft, state="accepted", actor=person)
        ActorFactory(display_name="Mia", posts=["manager"])
        submit_idea(draft, by=ada)

        assert letters() == [
            ("idea_received", "Ada"), ("idea_received", "Max"), ("idea_received", "Olga"), ("idea_to_review", "Mia")
        ]  # fmt: skip
        text = mail(olga, "idea_received")[1]
        assert "of which you are a co-author, was submitted" in text
        assert "withdraw" not in text
        assert "because you are a co-author of this idea" in text
        assert "because you submitted this idea" in mail(ada, "idea_received")[1]

    def test_returned_corrected_declined(self, idea, coauthor, ada, olga, max):
        ask_back(idea, max)
        question = mail(olga, "idea_returned")
        correct(idea)
        decline(Idea.objects.select_related("case").get(pk=idea.pk), max)

        for _subject, text, html in (question, mail(olga, "idea_declined"), mail(olga, "idea_received_again")):
            for words in (text, html):
                assert f"{SITE}/ideen/2026-0042/" in words
                assert "ueberarbeiten" not in words
                assert "Correct and send again" not in words
        assert "We asked the author to answer by" in question[1]
        assert "please talk to the author" in mail(olga, "idea_declined")[1]
        assert "/ueberarbeiten/" in mail(ada, "idea_declined")[1]

    def test_the_last_reminder_is_for_the_author(self, ada, coauthor, idea):
        Idea.objects.filter(pk=idea.pk).update(state="returned", reply_by=(MONDAY + timedelta(days=3)).date())
        warn_of_open_questions()
        deliver_all()

        assert list(Delivery.objects.values_list("letter", "recipient")) == [("idea_warned", ada.pk)]

    def test_published_answered_and_put_off(self, idea, coauthor, ada, olga, max):
        extend(Promise.objects.get(case=idea.case), (MONDAY + timedelta(days=40)).date(), reason="Urlaub", by=max)
        publish(idea, max)
        follow(idea.case, olga)
        answer(idea, max)

        names = {letter for letter, reader in letters() if reader == "Olga"}
        assert names == {"idea_published", "idea_answered"}
        assert {letter for letter, reader in letters() if reader == "Ada"} == names
        assert "because you are a co-author" in mail(olga, "idea_answered")[1]

    def test_merged_and_separated_again(self, idea, coauthor, olga, max):
        into = IdeaFactory()
        merger = merge_idea(idea, into, version=1, by=max)
        merged = mail(olga, "idea_merged")[1]
        undo_merge(merger, by=max)

        assert "because you are a co-author of this idea" in merged
        assert f"{SITE}/ideen/{into.reference}/" in merged
        assert "because you are a co-author of this idea" in mail(olga, "idea_unmerged")[1]

    def test_comments_are_told_to_the_author_alone(self, ada, olga):
        idea = IdeaFactory(author=ada)
        CoAuthorFactory(idea=idea, state="accepted", actor=olga)
        comment_on(idea, "Gut.", by=ActorFactory())

        assert letters() == [("idea_commented", "Ada")]

    def test_who_left_before_the_letter_gets_none(self, idea, coauthor, olga, max):
        publish(idea, max)
        _written()
        leave_idea(coauthor, by=olga)

        assert ("idea_published", "the idea no longer belongs to the recipient") in letters()

    def test_in_german(self, idea, coauthor, olga, max):
        Actor.objects.update(language="de")
        ask_back(idea, max)

        text = mail(olga, "idea_returned")[1]
        assert "Vielleicht können Sie bei der Antwort helfen." in text
        assert "weil Sie bei dieser Idee als Mitautorin oder Mitautor genannt sind" in text


def _written():
    """Write the letters of what happened so far, and send none."""
    fan_out_all()
    return list(Delivery.objects.order_by("pk"))
