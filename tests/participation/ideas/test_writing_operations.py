"""Drafts, submission, correction and withdrawal, and what is refused."""

import pytest

from participation.core.errors import NotAllowed, Outdated, WrongState
from participation.events.kinds import Kind
from participation.events.models import Event
from participation.ideas.operations.writing import (
    AppealUsed,
    Incomplete,
    change_draft,
    resubmit_idea,
    submit_idea,
    withdraw_idea,
)
from participation.promises.models import Promise
from tests.factories import IdeaFactory

pytestmark = pytest.mark.django_db


def corrected(idea):
    return {"title": "Neu", "text": "Neuer Text.", "field": idea.field, "corrected": "Alles.", "by": idea.author}


def test_a_submitted_draft_has_a_reference_a_version_and_a_promise():
    idea = IdeaFactory(state="draft")

    submit_idea(idea, by=idea.author)

    assert idea.reference
    assert idea.versions.get().number == 1
    assert Promise.objects.open().filter(case=idea.case).count() == 1
    assert Event.objects.get(case=idea.case).kind == Kind.IDEA_SUBMITTED


@pytest.mark.parametrize("missing", [{"title": ""}, {"text": ""}, {"field": None}])
def test_an_incomplete_draft_stays_a_draft(missing):
    idea = IdeaFactory(state="draft", **missing)

    with pytest.raises(Incomplete):
        submit_idea(idea, by=idea.author)

    idea.refresh_from_db()
    assert idea.is_draft


def test_nobody_submits_or_withdraws_for_somebody_else(mia):
    with pytest.raises(NotAllowed):
        submit_idea(IdeaFactory(state="draft"), by=mia)
    with pytest.raises(NotAllowed):
        withdraw_idea(IdeaFactory(), by=mia)


def test_a_draft_that_another_tab_saved_is_outdated():
    idea = IdeaFactory(state="draft", version=2)

    with pytest.raises(Outdated):
        change_draft(idea, version=1, by=idea.author, title="Alt")


def test_a_declined_idea_is_sent_again_once():
    idea, used = IdeaFactory(state="declined"), IdeaFactory(state="declined", appeals=1)

    resubmit_idea(idea, version=1, **corrected(idea))

    assert (idea.is_in_review, idea.version, idea.appeals) == (True, 2, 1)
    with pytest.raises(AppealUsed):
        resubmit_idea(used, version=1, **corrected(used))


@pytest.mark.parametrize("state", ["submitted", "returned", "published"])
def test_one_withdraws_what_nobody_decided_yet(state):
    idea = withdraw_idea((row := IdeaFactory(state=state)), by=row.author)

    assert not Promise.objects.open().filter(case=idea.case).exists()


@pytest.mark.parametrize("state", ["declined", "under_consideration", "adopted", "realised", "withdrawn"])
def test_later_nothing_is_withdrawn(state):
    idea = IdeaFactory(state=state)

    with pytest.raises(WrongState):
        withdraw_idea(idea, by=idea.author)
