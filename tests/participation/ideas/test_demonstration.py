"""The demonstration's ideas: every state that can be reached, each with a trail that tells of it."""

import io

import pytest
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from notifications.models import Delivery
from participation.attachments import shelf
from participation.attachments.models import Attachment
from participation.core.clock import now
from participation.discussion.models import Comment
from participation.events.kinds import Kind
from participation.events.models import Event
from participation.events.trail import trail_of
from participation.groups.models import Group, Membership
from participation.groups.states import GroupState, Role
from participation.ideas.coauthor_models import CoAuthor
from participation.ideas.models import Answer, Idea
from participation.ideas.operations.reviewing import TIME_TO_REPLY
from participation.ideas.operations.writing import resubmit_idea
from participation.ideas.states import AnswerState, IdeaState
from participation.ideas.stations import DAYS
from participation.moderation.models import Note
from participation.newsroom.models import Outcome
from participation.newsroom.newsletter_models import Issue, Subscription
from participation.promises.models import Extension, Follow, Promise
from participation.region.models import Municipality
from participation.reports.models import Objection, Report, Statement
from tests.house.world import snapshot, undone
from tests.letters import deliver_all

pytestmark = pytest.mark.django_db

STATES = {kind: state for state, kind in DAYS.items()} | {
    Kind.IDEA_SUBMITTED: IdeaState.SUBMITTED,
    Kind.IDEA_RESUBMITTED: IdeaState.SUBMITTED,
    Kind.IDEA_RETURNED: IdeaState.RETURNED,
}
OF_GROUPS = {
    Kind.GROUP_CONSTITUTED: GroupState.CONSTITUTED,
    Kind.GROUP_ACTIVE: GroupState.ACTIVE,
    Kind.GROUP_WOKE: GroupState.ACTIVE,
    Kind.GROUP_REPORTING: GroupState.REPORTING,
    Kind.GROUP_CLOSED: GroupState.CLOSED,
}
NOT_ONLY_ONCE = [Idea, Comment, Event, Promise, Follow, Note, Answer, Report, Objection, Attachment, Group,
                 Membership]  # fmt: skip


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker, tmp_path_factory):
    """One demonstration for all tests of this module."""
    folder = tmp_path_factory.mktemp("demonstration")
    with django_db_blocker.unblock(), undone(), override_settings(DATA_DIR=folder):
        load()
        yield


@pytest.fixture
def ideas(demonstration, db):
    """Its ideas."""
    return list(Idea.objects.select_related("case", "author"))


def load():
    """Load the demonstration, or load it again."""
    call_command("demo", stdout=io.StringIO())


def counts():
    """How many rows there are of each thing that a second run could double."""
    return {model.__name__: model.objects.count() for model in NOT_ONLY_ONCE}


def test_there_are_thirty_a_duplicate_and_a_draft_in_every_state(ideas):
    assert len(ideas) == 32
    assert {idea.state for idea in ideas} == set(IdeaState)


def test_the_state_is_the_last_one_of_the_trail(ideas):
    handed_in = {idea.title: idea for idea in ideas if not idea.is_draft}

    last = {
        title: [STATES[line.kind] for line in trail_of(idea.case) if line.kind in STATES][-1]
        for title, idea in handed_in.items()
    }

    assert last == {title: idea.state for title, idea in handed_in.items()}


def test_whoever_waits_has_a_promise_and_nobody_else(ideas):
    waiting = {idea.case_id for idea in ideas if idea.state == IdeaState.SUBMITTED}
    for model in (Report, Objection):
        waiting |= set(model.objects.open().values_list("case", flat=True))
    waiting |= set(Group.objects.filter(state=GroupState.PROPOSED).values_list("case", flat=True))

    assert set(Promise.objects.open().values_list("case", flat=True)) == waiting


def test_the_author_of_a_returned_idea_knows_the_day(ideas):
    returned = [idea for idea in ideas if idea.is_returned]
    asked = {
        idea: next(line.at for line in trail_of(idea.case) if line.kind == Kind.IDEA_RETURNED) for idea in returned
    }

    assert returned
    assert all(idea.reply_by == timezone.localdate(asked[idea]) + TIME_TO_REPLY for idea in returned)
    assert {idea.state for idea in ideas if idea.reply_by} == {IdeaState.RETURNED}


def test_two_answers_are_overdue_and_one_was_put_off(ideas):
    assert Promise.objects.overdue().count() == 2
    assert Extension.objects.get().promise.due_at > now()


def test_one_was_corrected_and_sent_again(ideas):
    assert Event.objects.filter(kind=Kind.IDEA_RESUBMITTED).count() == 1


def test_people_take_part_and_the_office_prepares(ideas):
    assert max(idea.support_count for idea in ideas) == 5
    assert Comment.objects.filter(parent__isnull=False).exists()
    assert Comment.objects.filter(in_office=True).exists()
    assert Follow.objects.count() == 6
    assert Answer.objects.filter(state=AnswerState.DRAFT).count() == 1
    assert Note.objects.count() == 2


def test_nothing_happens_tomorrow_or_out_of_order(ideas):
    for idea in ideas:
        if not idea.is_draft:
            moments = list(Event.objects.filter(case=idea.case).order_by("pk").values_list("at", flat=True))
            assert moments == sorted(moments)
            assert moments[-1] <= now()


def test_one_idea_has_a_co_author(demonstration):
    (row,) = CoAuthor.objects.accepted().select_related("idea")

    assert row.actor.email.startswith("imkerei@")
    assert row.email == ""


def test_things_were_reported_hidden_and_objected_to(demonstration):
    assert sorted(Report.objects.values_list("kind", "state")) == [
        ("attachment", "open"), ("comment", "upheld"), ("idea", "rejected")
    ]  # fmt: skip
    assert sorted(Objection.objects.values_list("state", flat=True)) == ["open", "rejected"]
    hidden = Comment.objects.exclude(hidden_at=None)
    assert hidden.count() == Statement.objects.filter(state="in_force").count() == 2


def test_three_ideas_have_pictures_and_one_a_document(demonstration):
    of_ideas = Attachment.objects.filter(folder__in=Idea.objects.filter(folder__isnull=False).values("folder"))

    assert sorted(of_ideas.values_list("kind", "state")) == [("pdf", "ready"), *[("picture", "ready")] * 3]
    assert all(shelf.ready(row.key).exists() for row in Attachment.objects.all())


def test_five_groups_stand_in_different_states_as_their_trails_tell(demonstration):
    groups = {group.title: group for group in Group.objects.select_related("case")}

    last = {
        title: [OF_GROUPS[line.kind] for line in trail_of(group.case) if line.kind in OF_GROUPS][-1:]
        for title, group in groups.items()
    }

    assert len(groups) == 5
    assert {group.state for group in groups.values()} == {*OF_GROUPS.values(), GroupState.PROPOSED}
    assert last == {title: [group.state] * (group.state != GroupState.PROPOSED) for title, group in groups.items()}


def test_people_work_in_groups_in_every_role_and_one_asks_to_join(demonstration):
    assert set(Membership.objects.present().values_list("role", flat=True)) == set(Role)
    assert Membership.objects.requested().count() == 1
    assert not Membership.objects.late().exists()
    assert Membership.objects.filter(state="left").count() == 1
    assert list(Group.objects.exclude(report="").values_list("state", flat=True).order_by("state")) == [
        GroupState.CLOSED, GroupState.REPORTING,
    ]  # fmt: skip


def test_outcomes_are_told_one_waits_and_one_was_corrected(demonstration):
    rows = Outcome.objects.order_by("pk").values_list("state", "version")

    assert sorted(rows) == [("published", 1), ("published", 1), ("published", 2), ("scheduled", 1)]
    pictures = Attachment.objects.filter(folder__in=Outcome.objects.values("folder"))
    assert list(pictures.values_list("kind", "state")) == [("picture", "ready")] * 4
    assert all(row.cases.count() == 1 for row in Outcome.objects.all())


def test_the_newsletter_has_readers_an_issue_and_a_draft(demonstration):
    assert Subscription.objects.confirmed().count() == Subscription.objects.count() == 4
    assert [(row.state, row.items.exists()) for row in Issue.objects.order_by("pk")] == [
        ("sent", True),
        ("draft", True),
    ]


def test_no_letter_leaves(ideas):
    assert deliver_all() == []
    assert set(Delivery.objects.values_list("state", flat=True)) == {Delivery.State.RECORDED}


def test_a_second_run_changes_nothing(ideas):
    before = snapshot()

    load()

    assert snapshot() == before


def test_an_idea_that_got_another_title_is_not_made_again(ideas):
    idea = next(idea for idea in ideas if idea.is_returned)
    resubmit_idea(
        idea, version=idea.version, corrected="Für Mieter.", by=idea.author, title="Energieberatung für Mieter",
        text=idea.text, field=idea.field,
    )  # fmt: skip
    before = counts()

    load()

    assert counts() == before


def test_two_ideas_have_a_point_in_their_municipality(demonstration):
    placed = Idea.objects.exclude(latitude=None)

    assert placed.count() == 2
    for idea in placed:
        nearest = min(
            Municipality.objects.all(),
            key=lambda it: abs(it.latitude - float(idea.latitude)) + abs(it.longitude - float(idea.longitude)),
        )
        assert nearest in idea.municipalities.all()
