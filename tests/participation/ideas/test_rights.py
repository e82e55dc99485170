"""Rights that other pages take for granted: each part of a permission is asked for somewhere here."""

import pytest

from participation.core.authority import may
from participation.core.errors import NotAllowed
from participation.ideas.operations.merging import merge_idea
from participation.ideas.operations.writing import submit_idea
from tests.factories import ActorFactory, AllianceFactory, CommentFactory, IdeaFactory

pytestmark = pytest.mark.django_db


def test_who_has_not_confirmed_the_address_hands_nothing_in():
    draft = IdeaFactory(state="draft", author=ActorFactory(confirmed=False))

    with pytest.raises(NotAllowed):
        submit_idea(draft, by=draft.author)

    draft.refresh_from_db()
    assert draft.is_draft


@pytest.mark.parametrize(("person", "moderates"), [("max", True), ("mia", True), ("ivo", False), ("olga", False)])
def test_only_managers_and_moderators_hide_and_speak_for_the_office(request, as_, person, moderates):
    AllianceFactory()
    idea = IdeaFactory()
    CommentFactory(case=idea.case)

    page = as_(request.getfixturevalue(person)).get(idea.get_absolute_url())

    assert ("/geschaeftsstelle/ausblenden/" in page.content.decode()) == moderates
    assert ("in_office" in page.context["comment_form"].fields) == moderates


@pytest.mark.parametrize("person", ["ivo", "eva", "otto", "ale", "olga", "root", "fritz"])
def test_only_managers_and_moderators_merge(request, person):
    assert not may(request.getfixturevalue(person), "participation.merge_idea", IdeaFactory())


def test_who_proposed_the_same_prepares_no_answer_to_the_common_idea(ivo, max):
    own, common = IdeaFactory(author=ivo), IdeaFactory()
    assert may(ivo, "participation.draft_answer", common)

    merge_idea(own, common, version=1, by=max)

    assert not may(ivo, "participation.draft_answer", common)
