"""Support and comments on ideas, and where they are refused."""

import pytest

from participation.core.errors import NotAllowed
from participation.core.hiding import Reason, hide
from participation.discussion.models import Comment
from participation.ideas.operations.taking_part import Closed, comment_on, end_support, support_idea
from participation.ideas.states import OPEN_TO_ALL, IdeaState
from tests.factories import CommentFactory, IdeaFactory

pytestmark = pytest.mark.django_db

CLOSED = [state for state in IdeaState if state not in {*OPEN_TO_ALL, IdeaState.DRAFT}]


@pytest.fixture
def idea(ada):
    return IdeaFactory(author=ada)


def count(idea):
    idea.refresh_from_db()
    return idea.support_count


def test_support_twice_is_once_and_can_be_taken_back_once(idea, olga):
    support_idea(idea, by=olga)
    support_idea(idea, by=olga)
    assert count(idea) == 1

    end_support(idea, by=olga)
    end_support(idea, by=olga)
    assert count(idea) == 0


def test_nobody_supports_their_own(idea, ada):
    with pytest.raises(NotAllowed):
        support_idea(idea, by=ada)


@pytest.mark.parametrize("state", CLOSED)
def test_what_is_closed_is_neither_supported_nor_discussed(state, olga):
    idea = IdeaFactory(state=state)

    with pytest.raises(Closed):
        support_idea(idea, by=olga)
    with pytest.raises(Closed):
        comment_on(idea, "Gut.", by=olga)

    assert count(idea) == 0
    assert not Comment.objects.exists()


def test_what_is_hidden_is_neither_supported_nor_discussed(idea, olga):
    support_idea(idea, by=olga)
    hide(idea, Reason.RUDE)

    for refused in (support_idea, end_support):
        with pytest.raises(Closed):
            refused(idea, by=olga)
    with pytest.raises(Closed):
        comment_on(idea, "Gut.", by=olga)

    assert count(idea) == 1
    assert not Comment.objects.exists()


def test_the_same_words_twice_are_one_comment(idea, olga):
    assert comment_on(idea, "Gut.", by=olga) == comment_on(idea, "Gut.", by=olga)
    assert comment_on(idea, "Sehr gut.", by=olga).pk
    assert Comment.objects.count() == 2


@pytest.mark.parametrize(("person", "speaks"), [("mia", True), ("max", True), ("ivo", False), ("olga", False)])
def test_only_managers_and_moderators_speak_for_the_office(idea, person, speaks, request):
    comment = comment_on(idea, "Gut.", by=request.getfixturevalue(person), in_office=True)

    assert comment.in_office is speaks


def test_links_of_newcomers_are_plain_text(idea, ada, olga):
    text = "Siehe [hier](https://rad.example/)"

    assert "href" not in comment_on(idea, text, by=olga).html
    assert "href" in comment_on(idea, text, by=ada).html  # an idea of hers was published


def test_a_reply_to_a_reply_joins_its_talk(idea, olga, ada):
    first = CommentFactory(case=idea.case)
    reply = comment_on(idea, "Ja.", by=olga, parent=first)

    assert comment_on(idea, "Nein.", by=ada, parent=reply).parent == first
