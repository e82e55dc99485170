"""What the office decides before publication, what that costs and leaves, and what is refused."""

from datetime import timedelta

import pytest

from participation.core.clock import now, today, travel_to
from participation.core.errors import NotAllowed, Outdated, WrongState
from participation.events.kinds import Kind
from participation.events.models import Event
from participation.ideas.models import Review
from participation.ideas.operations.reviewing import (
    NotAModerator,
    StillTime,
    decline_idea,
    hand_over_idea,
    publish_idea,
    return_idea,
    take_idea,
    warn_of_open_questions,
)
from participation.ideas.operations.writing import resubmit_idea
from participation.ideas.states import IdeaState
from participation.promises.models import Promise
from tests.factories import IdeaFactory

pytestmark = pytest.mark.django_db

UNCLEAR = Review.Reason.UNCLEAR


@pytest.fixture
def idea(ada):
    return IdeaFactory(state=IdeaState.SUBMITTED, author=ada)


def publish(idea, by, **words):
    publish_idea(idea, version=idea.version, by=by, **words)


def ask_back(idea, by, question="Wo genau?"):
    return_idea(idea, version=idea.version, question=question, by=by)


def decline(idea, by):
    decline_idea(idea, version=idea.version, reason=UNCLEAR, text="Es blieb unklar.", by=by)


def promise(idea):
    return Promise.objects.filter(case=idea.case).latest("pk")


class TestPublishing:
    def test_everybody_sees_it_and_the_promise_is_kept(self, idea, max):
        publish(idea, max, text="Danke.")

        idea.refresh_from_db()
        review = idea.reviews.get()
        assert (idea.state, idea.case.public, bool(idea.published_at)) == (IdeaState.PUBLISHED, True, True)
        assert (review.outcome, review.text, review.version) == (Review.Outcome.PUBLISHED, "Danke.", 1)
        assert promise(idea).was_kept
        event = Event.objects.get(kind=Kind.IDEA_PUBLISHED)
        assert (event.by, event.role, event.facts) == (max, "moderator", {"idea": idea.pk, "review": review.pk})

    def test_links_come_alive(self, ada, max):
        idea = IdeaFactory(state="submitted", author=ada, text="Siehe [hier](https://rad.example/).", html="x")

        publish(idea, max)

        assert 'href="https://rad.example/"' in idea.html
        assert "(https://rad.example/)" in idea.html

    def test_other_words_than_those_that_were_read_are_not_published(self, idea, max):
        with pytest.raises(Outdated):
            publish_idea(idea, version=2, by=max)

        idea.refresh_from_db()
        assert idea.is_in_review
        assert promise(idea).is_open

    def test_not_twice(self, idea, max, mia):
        publish(idea, max)

        with pytest.raises(WrongState):
            publish(idea, mia)


class TestAskingBack:
    def test_the_author_has_sixty_days(self, idea, max):
        ask_back(idea, max)

        idea.refresh_from_db()
        assert (idea.state, idea.reply_by) == (IdeaState.RETURNED, today() + timedelta(days=60))
        assert promise(idea).was_kept
        assert idea.reviews.get().text == "Wo genau?"

    def test_the_author_is_warned_once(self, idea, max):
        ask_back(idea, max)

        with travel_to(now() + timedelta(days=45)):
            warn_of_open_questions()
        assert not Event.objects.filter(kind=Kind.IDEA_WARNED).exists()
        with travel_to(now() + timedelta(days=46)):
            warn_of_open_questions()
            warn_of_open_questions()

        assert Event.objects.filter(kind=Kind.IDEA_WARNED).count() == 1

    def test_it_can_be_declined_after_a_warning_and_sixty_days(self, idea, max):
        ask_back(idea, max)

        with travel_to(now() + timedelta(days=61)):
            with pytest.raises(StillTime):
                decline(idea, max)
            warn_of_open_questions()
            idea.refresh_from_db()
            decline(idea, max)

        assert idea.is_declined

    def test_not_before(self, idea, max):
        ask_back(idea, max)
        with travel_to(now() + timedelta(days=60)):
            warn_of_open_questions()
            idea.refresh_from_db()
            with pytest.raises(StillTime):
                decline(idea, max)


class TestDeclining:
    def test_with_a_reason_and_words(self, idea, max):
        decline(idea, max)

        idea.refresh_from_db()
        review = idea.reviews.get()
        assert (idea.state, idea.case.public) == (IdeaState.DECLINED, False)
        assert idea.case.closed_at
        assert (review.outcome, review.reason, review.text) == ("declined", "unclear", "Es blieb unklar.")
        assert promise(idea).was_kept

    def test_after_a_correction_somebody_else_decides(self, idea, ada, max, mia):
        decline(idea, max)
        words = {"title": "Neu", "text": "Neuer Text.", "field": idea.field}
        resubmit_idea(idea, version=1, corrected="Alles.", by=ada, **words)
        idea.refresh_from_db()

        with pytest.raises(NotAllowed):
            publish(idea, max)
        publish(idea, mia)

        assert idea.is_public
        assert idea.case.closed_at is None


class TestWhoMay:
    @pytest.mark.parametrize("person", ["olga", "ivo", "eva", "otto", "ale", "root", "fritz"])
    @pytest.mark.parametrize("deed", [publish, ask_back, decline])
    def test_only_managers_and_moderators(self, idea, deed, person, request):
        with pytest.raises(NotAllowed):
            deed(idea, request.getfixturevalue(person))

        idea.refresh_from_db()
        assert idea.is_in_review
        assert not idea.reviews.exists()

    @pytest.mark.parametrize("deed", [publish, ask_back, decline, lambda idea, by: take_idea(idea, by=by)])
    def test_nobody_decides_about_their_own(self, deed, max):
        with pytest.raises(NotAllowed):
            deed(IdeaFactory(state="submitted", author=max), max)


class TestLookingAfter:
    def test_it_is_taken_and_handed_over(self, idea, max, mia):
        take_idea(idea, by=max)
        hand_over_idea(idea, to=mia, by=max)

        idea.refresh_from_db()
        assert idea.moderator == mia
        kinds = list(Event.objects.filter(case=idea.case).order_by("pk").values_list("kind", flat=True))
        assert kinds == [Kind.CASE_TAKEN, Kind.CASE_HANDED_OVER]

    def test_who_saw_it_free_is_too_late(self, idea, max, mia):
        seen = type(idea).objects.get(pk=idea.pk)
        take_idea(idea, by=max)

        with pytest.raises(Outdated):
            take_idea(seen, by=mia)

    @pytest.mark.parametrize("person", ["olga", "ivo", "ada"])
    def test_only_to_somebody_who_may_decide(self, idea, max, person, request):
        with pytest.raises(NotAModerator):
            hand_over_idea(idea, to=request.getfixturevalue(person), by=max)
