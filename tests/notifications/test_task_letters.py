"""Letters about tasks of working groups: given, due soon, overdue, and what is said no more."""

from datetime import timedelta

import pytest

from participation.actors.models import Actor
from participation.core.clock import now, today, travel_to
from participation.groups.operations.belonging import leave_group
from participation.groups.operations.tasks import change_task, finish_task, give_task, remind_of_tasks
from participation.groups.task_models import Task
from tests.factories import ActorFactory, AllianceFactory
from tests.group_factories import GroupFactory, MembershipFactory, TaskFactory
from tests.notifications.ideas import MONDAY, SITE, fan_out_all, letters, mail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_at_once")]
NO_MORE = "the recipient no longer belongs to those whom it concerns"


@pytest.fixture(autouse=True)
def _monday(ada, olga, max, mia):
    AllianceFactory()
    Actor.objects.update(language="en")
    with travel_to(MONDAY):
        yield


@pytest.fixture
def group(ada):
    return GroupFactory(coordinator=ada, title="Mobilität", slug="mobilitaet")


@pytest.fixture
def kim(group):
    actor = ActorFactory(display_name="Kim", language="en")
    MembershipFactory(group=group, actor=actor)
    return actor


def soon(days=7):
    return today() + timedelta(days=days)


def given(group, by, to):
    return give_task(group, by=by, title="Bauhof fragen", due_on=soon(), words="Wegen der Fundamente.", assignee=to)


def test_whoever_is_given_one_hears_what_and_until_when(group, ada, kim):
    task = given(group, ada, kim)
    assert letters() == [("task", "Kim")]
    subject, text, html = mail(kim, "task")
    assert subject == "A task for you: Bauhof fragen"
    for words in (text, html):
        assert "In the working group “Mobilität” you are to do this:" in words
        assert "until Monday, 30 November 2026" in words
        assert "Wegen der Fundamente." in words
        assert SITE + task.get_absolute_url() in words
    assert "You receive this letter because you do this task." in text


def test_whoever_takes_one_knows_and_of_nobodys_nobody_hears(group, ada, kim):
    given(group, kim, kim)
    given(group, ada, None)
    assert letters() == []


def test_a_change_is_told_to_whoever_does_it_now(group, ada, kim):
    task = given(group, ada, None)
    said = {"title": task.title, "due_on": task.due_on, "words": task.words}
    change_task(task, version=1, by=ada, **said, assignee=kim)
    assert letters() == [("task", "Kim")]


def test_what_was_done_or_given_to_another_meanwhile_is_not_told(group, ada, kim):
    task = given(group, ada, kim)
    fan_out_all()
    finish_task(task, by=ada)
    assert letters() == [("task", "the task was done or dropped")]


def test_due_soon_is_for_whoever_does_it(group, ada, kim):
    TaskFactory(group=group, assignee=kim, due_on=soon(3), title="Bauhof fragen")
    remind_of_tasks()
    assert letters() == [("task", "Kim")]
    assert mail(kim, "task")[0] == "Due soon: Bauhof fragen"


def test_overdue_is_for_the_coordination_too(group, ada, kim):
    TaskFactory(group=group, assignee=kim, due_on=soon(-1), title="Bauhof fragen")
    remind_of_tasks()
    assert letters() == [("task", "Ada"), ("task", "Kim")]
    text = mail(ada, "task")[1]
    assert "A task of the working group “Mobilität” waits:" in text
    assert "Kim" in text
    assert "because you coordinate this working group" in text


def test_what_nobody_does_is_the_coordinations(group, ada, kim):
    TaskFactory(group=group, due_on=soon(2))
    remind_of_tasks()
    assert letters() == [("task", "Ada")]
    assert "nobody yet" in mail(ada, "task")[1]


def test_who_left_hears_nothing_and_the_coordination_does(group, ada, kim):
    TaskFactory(group=group, assignee=kim, due_on=soon(2))
    leave_group(group.memberships.select_related("group__case").get(actor=kim), by=kim)
    remind_of_tasks()
    assert ("task", "Ada") in letters()
    assert ("task", "Kim") not in letters()


def test_who_left_after_it_was_written_gets_no_letter(group, ada, kim):
    given(group, ada, kim)
    fan_out_all()
    leave_group(group.memberships.select_related("group__case").get(actor=kim), by=kim)
    assert ("task", NO_MORE) in letters()
    assert Task.objects.get().created_at <= now()
