"""Several people at the same idea at the same moment, with real threads."""

import pytest

from participation.events.kinds import Kind
from participation.events.models import Event
from participation.ideas.models import Idea, Support
from participation.ideas.operations.reviewing import decline_idea, publish_idea
from participation.ideas.operations.taking_part import support_idea
from participation.ideas.operations.writing import submit_idea
from tests.factories import ActorFactory, AllianceFactory, IdeaFactory
from tests.participation.actors.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 50


def test_of_two_moderators_exactly_one_wins(max, mia):
    for _round in range(ROUNDS):
        idea = IdeaFactory(state="submitted")
        first, second = (Idea.objects.select_related("case").get(pk=idea.pk) for _ in range(2))

        refusals = at_once(
            lambda first=first: publish_idea(first, version=1, by=max),
            lambda second=second: decline_idea(second, version=1, reason="rude", text="So nicht.", by=mia),
        )

        assert len(refusals) == 1
        kinds = Event.objects.filter(case=idea.case).values_list("kind", flat=True)
        assert list(kinds) in ([Kind.IDEA_PUBLISHED], [Kind.IDEA_DECLINED])
        assert idea.reviews.count() == 1


def test_two_who_submit_at_once_get_different_references():
    AllianceFactory()
    seen = set()
    for _round in range(ROUNDS):
        drafts = [IdeaFactory(state="draft", author=ActorFactory()) for _ in range(2)]

        refusals = at_once(*[lambda draft=draft: submit_idea(draft, by=draft.author) for draft in drafts])

        references = Idea.objects.filter(pk__in=[draft.pk for draft in drafts]).values_list(
            "case__reference", flat=True
        )
        assert (refusals, len(set(references) - {None} - seen)) == ([], 2)
        seen |= set(references)
    assert len(seen) == 2 * ROUNDS


def test_two_clicks_support_once(ada):
    idea = IdeaFactory()

    at_once(*[lambda: support_idea(idea, by=ada)] * 4)

    idea.refresh_from_db()
    assert (Support.objects.count(), idea.support_count) == (1, 1)
