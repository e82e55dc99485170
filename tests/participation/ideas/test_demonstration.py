"""The demonstration's ideas: every state that can be reached, each with a trail that tells of it."""

import io

import pytest
from django.core.management import call_command
from django.test import override_settings

from participation.core.clock import now
from participation.discussion.models import Comment
from participation.events.models import Event
from participation.ideas.models import Answer, Idea
from participation.ideas.states import WAITING, AnswerState, IdeaState
from participation.ideas.stations import DAYS
from participation.moderation.models import Note
from participation.promises.models import Extension, Promise
from tests.house.world import undone

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker, tmp_path_factory):
    """One demonstration for all tests of this module."""
    folder = tmp_path_factory.mktemp("demonstration")
    with django_db_blocker.unblock(), undone(), override_settings(DATA_DIR=folder):
        call_command("demo", stdout=io.StringIO())
        yield


@pytest.fixture
def ideas(demonstration, db):
    """Its ideas."""
    return list(Idea.objects.select_related("case"))


def test_there_are_thirty_and_a_draft_in_every_state(ideas):
    assert len(ideas) == 31
    assert {idea.state for idea in ideas} == set(IdeaState)


def test_the_state_is_the_last_one_of_the_trail(ideas):
    states = {kind: state for state, kind in DAYS.items()}
    states |= {"idea_submitted": IdeaState.SUBMITTED, "idea_resubmitted": IdeaState.SUBMITTED}
    states |= {"idea_returned": IdeaState.RETURNED}

    for idea in ideas:
        if not idea.is_draft:
            last = Event.objects.filter(case=idea.case, kind__in=states).order_by("at", "pk").last()
            assert (idea.title, states[last.kind]) == (idea.title, idea.state)


def test_whoever_waits_has_a_promise_and_nobody_else(ideas):
    waiting = {idea.case_id for idea in ideas if idea.state == IdeaState.SUBMITTED}

    assert set(Promise.objects.open().values_list("case", flat=True)) == waiting
    assert all(idea.reply_by for idea in ideas if idea.is_returned)
    assert {idea.state for idea in ideas if idea.reply_by} <= set(WAITING)


def test_two_answers_are_overdue_and_one_was_put_off(ideas):
    assert Promise.objects.overdue().count() == 2
    assert Extension.objects.count() == 1
    assert Extension.objects.get().promise.due_at > now()


def test_people_take_part_and_the_office_prepares(ideas):
    assert max(idea.support_count for idea in ideas) >= 4
    assert Comment.objects.filter(parent__isnull=False).exists()
    assert Comment.objects.filter(in_office=True).exists()
    assert Answer.objects.filter(state=AnswerState.DRAFT).count() == 1
    assert Note.objects.count() == 2


def test_a_second_run_changes_nothing(ideas):
    before = sorted(Idea.objects.values_list("pk", "state", "updated_at", "support_count"))
    call_command("demo", stdout=io.StringIO())

    assert sorted(Idea.objects.values_list("pk", "state", "updated_at", "support_count")) == before
