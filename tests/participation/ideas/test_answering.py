"""Official answers: where they lead, what they need, who publishes them, and which of two versions wins."""

from datetime import timedelta

import pytest

from participation.core.clock import today
from participation.core.errors import NotAllowed, Outdated, WrongState
from participation.events.kinds import Kind
from participation.events.models import Event
from participation.ideas.models import Answer
from participation.ideas.operations.answering import (
    KINDS,
    NobodyDecided,
    change_answer,
    discard_answer,
    draft_answer,
    publish_answer,
)
from participation.ideas.queries import answer_drafts, public_answers
from participation.ideas.states import ANSWER_LEADS_TO, ENDED, IdeaState
from tests.factories import AllianceFactory, IdeaFactory

pytestmark = pytest.mark.django_db

WAYS = [(state, to) for state, targets in ANSWER_LEADS_TO.items() for to in targets]


@pytest.fixture
def idea(ada):
    return IdeaFactory(author=ada)


def drafted(idea, by, leads_to="", **more):
    return draft_answer(idea, "So *geht* es weiter.", by=by, leads_to=leads_to, **more)


def decided():
    return {"body": Answer.Body.STEERING_GROUP, "decided_on": today()}


@pytest.mark.parametrize(("state", "to"), WAYS)
def test_an_answer_leads_the_idea_on(state, to, ada, max):
    idea = IdeaFactory(author=ada, state=state)
    answer = drafted(idea, max, leads_to=to, **decided())

    publish_answer(answer, version=1, by=max)

    idea.refresh_from_db()
    assert idea.state == to
    assert bool(idea.case.closed_at) == (to in ENDED)
    event = Event.objects.get(case=idea.case)
    assert (event.kind, event.role) == (KINDS[to], "moderator")
    assert event.facts == {"idea": idea.pk, "answer": answer.pk}


def test_an_answer_may_leave_the_idea_where_it_is(idea, max):
    answer = drafted(idea, max)
    assert (list(answer_drafts(idea)), list(public_answers(idea))) == ([answer], [])

    publish_answer(answer, version=1, by=max)

    idea.refresh_from_db()
    assert idea.state == IdeaState.PUBLISHED
    assert "<em>geht</em>" in answer.html
    assert Event.objects.get(case=idea.case).kind == Kind.IDEA_ANSWERED
    assert list(public_answers(idea)) == [answer]


class TestWhatIsRefused:
    @pytest.mark.parametrize("state", ["submitted", "returned", "declined", "withdrawn"])
    def test_an_answer_to_what_is_not_public(self, state, max):
        with pytest.raises(WrongState):
            drafted(IdeaFactory(state=state), max)

    def test_a_way_that_the_table_does_not_have(self, idea, max):
        with pytest.raises(WrongState):
            drafted(idea, max, leads_to=IdeaState.REALISED)

    @pytest.mark.parametrize(
        "lacking",
        [{"body": ""}, {"decided_on": None}, {"decided_on": today() + timedelta(days=1)}],
    )
    def test_a_decision_without_body_or_day(self, idea, max, lacking):
        with pytest.raises(NobodyDecided):
            drafted(idea, max, leads_to=IdeaState.NOT_ADOPTED, **(decided() | lacking))

    def test_an_idea_that_moved_on_meanwhile(self, idea, max):
        first, second = (drafted(idea, max, leads_to=IdeaState.UNDER_CONSIDERATION) for _ in range(2))
        publish_answer(first, version=1, by=max)
        second = Answer.objects.get(pk=second.pk)

        with pytest.raises(WrongState):
            publish_answer(second, version=1, by=max)

    def test_other_words_than_those_that_were_read(self, idea, max, mia):
        answer = drafted(idea, max)
        change_answer(answer, "Ganz anders.", version=1, by=mia)

        with pytest.raises(Outdated):
            publish_answer(answer, version=1, by=max)
        with pytest.raises(Outdated):
            change_answer(answer, "Noch anders.", version=1, by=max)

    def test_a_published_answer_is_neither_changed_nor_discarded(self, idea, max):
        answer = drafted(idea, max)
        publish_answer(answer, version=1, by=max)

        with pytest.raises(Outdated):
            change_answer(answer, "Anders.", version=1, by=max)
        with pytest.raises(Outdated):
            discard_answer(answer, by=max)

    def test_a_draft_can_be_discarded(self, idea, max):
        discard_answer(drafted(idea, max), by=max)

        assert not Answer.objects.exists()


class TestWhoMay:
    def test_an_intern_prepares_and_does_not_publish(self, idea, ivo, max):
        answer = drafted(idea, ivo)

        with pytest.raises(NotAllowed):
            publish_answer(answer, version=1, by=ivo)
        publish_answer(answer, version=1, by=max)

    @pytest.mark.parametrize("person", ["ada", "olga", "eva", "otto", "ale", "root", "fritz"])
    def test_nobody_else_prepares_one(self, idea, person, request):
        with pytest.raises(NotAllowed):
            drafted(idea, request.getfixturevalue(person))

    def test_nobody_answers_their_own_idea(self, max, mia):
        idea = IdeaFactory(author=max)

        with pytest.raises(NotAllowed):
            drafted(idea, max)
        with pytest.raises(NotAllowed):
            publish_answer(drafted(idea, mia), version=1, by=max)

    def test_a_second_pair_of_eyes_where_the_alliance_wants_it(self, idea, max, mia):
        AllianceFactory(four_eyes=True)
        answer = drafted(idea, max)

        with pytest.raises(NotAllowed):
            publish_answer(answer, version=1, by=max)
        publish_answer(answer, version=1, by=mia)
