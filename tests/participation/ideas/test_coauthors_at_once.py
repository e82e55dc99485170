"""Several people at the same invitation at the same moment, with real threads."""

import pytest

from participation.ideas.coauthor_models import CoAuthor
from participation.ideas.operations.coauthors import (
    MOST,
    accept_invitation,
    decline_invitation,
    invite_coauthor,
    take_invitation_back,
)
from tests.coauthor_factories import CoAuthorFactory
from tests.factories import IdeaFactory
from tests.participation.actors.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 20


def two_tabs(row):
    return [CoAuthor.objects.select_related("idea__case").get(pk=row.pk) for _ in range(2)]


@pytest.mark.parametrize("answer", [accept_invitation, decline_invitation])
def test_of_an_answer_and_taking_back_exactly_one_wins(ada, olga, answer):
    for _round in range(ROUNDS):
        row = CoAuthorFactory(idea=IdeaFactory(author=ada), email=olga.email)
        first, second = two_tabs(row)

        refusals = at_once(
            lambda first=first: answer(first, by=olga),
            lambda second=second: take_invitation_back(second, by=ada),
        )

        row.refresh_from_db()
        assert len(refusals) == 1
        assert row.email == ""
        assert (row.actor_id == olga.pk) is (row.state == "accepted")


def test_two_clicks_invite_once(ada):
    for _round in range(ROUNDS):
        idea = IdeaFactory(author=ada)

        refusals = at_once(*[lambda idea=idea: invite_coauthor(idea, "paul@post.example", by=ada)] * 3)

        assert (refusals, CoAuthor.objects.filter(idea=idea).count()) == ([], 1)


def test_many_at_once_are_not_more_than_there_is_room_for(ada):
    idea = IdeaFactory(author=ada)
    for number in range(MOST - 1):
        CoAuthorFactory(idea=idea, email=f"p{number}@post.example")

    refusals = at_once(
        *[lambda name=name: invite_coauthor(idea, f"{name}@post.example", by=ada) for name in ("x", "y", "z")]
    )

    assert (len(refusals), CoAuthor.objects.filter(idea=idea).count()) == (2, MOST)
