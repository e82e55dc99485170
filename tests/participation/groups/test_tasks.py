"""Tasks of a group: who gives, changes and ends them, who is reminded, and who sees what is overdue."""

from datetime import timedelta

import pytest
from django.urls import reverse

from participation.actors.models import Actor
from participation.core.clock import now, today, travel_to
from participation.core.errors import NotAllowed, Outdated, Refusal, WrongState
from participation.core.personal import erase
from participation.events.kinds import Kind
from participation.events.models import Event
from participation.groups.operations.belonging import leave_group
from participation.groups.operations.holding import Over
from participation.groups.operations.talking import open_thread
from participation.groups.operations.tasks import (
    Ended,
    NotHere,
    PastDay,
    change_task,
    drop_task,
    finish_task,
    give_task,
    remind_of_tasks,
    reopen_task,
)
from participation.groups.task_models import Task
from participation.groups.task_queries import overdue_tasks, tasks_of
from participation.groups.views.tasks import TASKS_A_DAY
from tests.group_factories import GroupFactory, MembershipFactory, NotesFactory, TaskFactory
from tests.participation.actors.test_at_once import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(ada, lou, olga, max):
    Actor.objects.update(language="en")


@pytest.fixture
def task(group, lou):
    return TaskFactory(group=group, assignee=lou, title="Bauhof fragen")


def fresh(task):
    return Task.objects.whole().get(pk=task.pk)


def soon(days=7):
    return today() + timedelta(days=days)


def said(task, **others):
    return {name: getattr(task, name) for name in ("title", "due_on", "words", "assignee")} | others


def refused(refusal, step, *args, **words):
    """``step`` is refused, and no task or event is different."""
    before = [list(model.objects.order_by("pk").values()) for model in (Task, Event)]
    with pytest.raises(Refusal) as met:
        step(*args, **words)
    assert type(met.value) is refusal
    assert [list(model.objects.order_by("pk").values()) for model in (Task, Event)] == before


def last():
    return Event.objects.latest("pk")


class TestGiving:
    @pytest.mark.parametrize("role", ["coordinator", "deputy", "member"])
    def test_whoever_works_in_the_group_may(self, group, role, lou):
        actor = MembershipFactory(group=group, role=role).actor
        task = give_task(group, by=actor, title="Bauhof fragen", due_on=soon(), assignee=lou)
        assert (task.state, task.assignee, task.created_by) == ("open", lou, actor)
        event = last()
        assert (event.kind, event.case, event.facts) == (Kind.TASK_GIVEN, group.case, {"task": task.pk, "to": lou.pk})

    def test_observers_and_others_may_not(self, group, olga):
        observer = MembershipFactory(group=group, role="observer").actor
        gone = MembershipFactory(group=group, role="coordinator", state="left").actor
        GroupFactory(coordinator=olga)
        for actor in (observer, gone, olga):
            refused(NotAllowed, give_task, group, by=actor, title="x", due_on=soon())

    def test_observers_can_be_asked_to_do_something(self, group, ada):
        observer = MembershipFactory(group=group, role="observer").actor
        assert give_task(group, by=ada, title="x", due_on=soon(), assignee=observer).assignee == observer

    def test_nobody_outside_is_given_one(self, group, ada, olga):
        refused(NotHere, give_task, group, by=ada, title="x", due_on=soon(), assignee=olga)

    def test_not_until_yesterday(self, group, ada):
        refused(PastDay, give_task, group, by=ada, title="x", due_on=soon(-1))
        assert give_task(group, by=ada, title="x", due_on=today())

    def test_twice_is_once(self, group, ada):
        assert give_task(group, by=ada, title="x", due_on=soon()) == give_task(group, by=ada, title="x", due_on=soon())

    def test_not_in_a_group_that_closed_a_moment_ago(self, group, ada):
        type(group).objects.filter(pk=group.pk).update(state="closed", closed_at=now(), report="Fertig.")
        refused(Over, give_task, group, by=ada, title="x", due_on=soon())


class TestChanging:
    def test_somebody_else_does_it(self, task, ada):
        change_task(task, version=1, by=ada, **said(task, assignee=ada, due_on=soon(20)))
        row = fresh(task)
        assert (row.assignee, row.due_on, row.version) == (ada, soon(20), 2)
        assert last().facts == {"task": task.pk, "to": ada.pk}

    def test_the_same_one_hears_nothing_anew(self, task, ada):
        change_task(task, version=1, by=ada, **said(task, title="Anders"))
        assert last().facts == {"task": task.pk, "to": None}

    def test_another_day_is_reminded_of_again(self, group, ada, lou):
        task = TaskFactory(group=group, assignee=lou, due_on=soon(-3), reminded_at=now(), told_at=now())
        change_task(task, version=1, by=ada, **said(task, title="Anders"))
        assert fresh(task).told_at
        change_task(fresh(task), version=2, by=ada, **said(task, due_on=soon()))
        row = fresh(task)
        assert (row.reminded_at, row.told_at) == (None, None)

    def test_nothing_different_is_nothing_done(self, task, ada):
        events = Event.objects.count()
        change_task(task, version=1, by=ada, **said(task))
        assert (fresh(task).version, Event.objects.count()) == (1, events)

    def test_refusals(self, task, ada, olga, group):
        refused(Outdated, change_task, task, version=7, by=ada, **said(task, title="Anders"))
        refused(PastDay, change_task, task, version=1, by=ada, **said(task, due_on=soon(-1)))
        refused(NotHere, change_task, task, version=1, by=ada, **said(task, assignee=olga))
        refused(NotAllowed, change_task, task, version=1, by=olga, **said(task, title="Anders"))
        done = TaskFactory(group=group, state="done")
        refused(Ended, change_task, done, version=1, by=ada, **said(done, title="Anders"))


class TestEnding:
    @pytest.mark.parametrize(
        ("step", "state", "kind"),
        [(finish_task, "done", Kind.TASK_DONE), (drop_task, "dropped", Kind.TASK_DROPPED)],
    )
    def test_done_or_dropped_and_taken_up_again(self, task, lou, step, state, kind):
        step(task, by=lou)
        row = fresh(task)
        assert (row.state, row.ended_by, last().kind) == (state, lou, kind)
        assert row.ended_at
        refused(WrongState, step, row, by=lou)
        reopen_task(row, by=lou)
        row = fresh(task)
        assert (row.state, row.ended_by, row.ended_at, last().kind) == ("open", None, None, Kind.TASK_REOPENED)
        refused(WrongState, reopen_task, row, by=lou)

    def test_others_do_not(self, task, group, olga):
        observer = MembershipFactory(group=group, role="observer").actor
        for actor in (observer, olga):
            for step in (finish_task, drop_task, reopen_task):
                refused(NotAllowed, step, task, by=actor)

    def test_who_leaves_the_portal_is_named_no_more(self, task, lou):
        erase(lou)
        assert fresh(task).assignee is None


@pytest.mark.django_db(transaction=True)
def test_of_two_who_end_it_at_once_one_does(group, ada, lou):
    for _round in range(10):
        task = TaskFactory(group=group, assignee=lou)
        rows = fresh(task), fresh(task)
        refusals = at_once(lambda rows=rows: finish_task(rows[0], by=lou), lambda rows=rows: drop_task(rows[1], by=ada))
        assert len(refusals) == 1
        assert fresh(task).state in {"done", "dropped"}


class TestReminding:
    def kinds(self):
        return list(Event.objects.order_by("pk").values_list("kind", flat=True))

    def test_three_days_before_and_once_it_is_past_each_once(self, group, lou):
        near = TaskFactory(group=group, assignee=lou, due_on=soon(3))
        late = TaskFactory(group=group, assignee=lou, due_on=soon(-1))
        TaskFactory(group=group, assignee=lou, due_on=soon(4))
        TaskFactory(group=group, assignee=lou, due_on=soon(-1), state="done")
        TaskFactory(group=GroupFactory(state="closed"), due_on=soon(-1))
        remind_of_tasks()
        remind_of_tasks()
        assert self.kinds() == [Kind.TASK_NEAR, Kind.TASK_OVERDUE]
        assert [event.facts for event in Event.objects.order_by("pk")] == [{"task": near.pk}, {"task": late.pk}]

    def test_whoever_was_given_it_just_now_knows(self, group, ada, lou):
        give_task(group, by=ada, title="x", due_on=soon(2), assignee=lou)
        remind_of_tasks()
        assert self.kinds() == [Kind.TASK_GIVEN]


class TestLists:
    def test_mine_are_those_of_my_groups(self, task, lou):
        TaskFactory(assignee=lou)
        TaskFactory(group=task.group, assignee=lou, state="done")
        assert list(tasks_of(lou)) == [task]
        leave_group(lou.row, by=lou)
        assert list(tasks_of(lou)) == []

    def test_overdue_ones_of_all_groups(self, task):
        first, second = TaskFactory(due_on=soon(-9)), TaskFactory(due_on=soon(-2))
        TaskFactory(group=GroupFactory(state="closed"), due_on=soon(-2))
        assert list(overdue_tasks()) == [first, second]


class TestPages:
    LIST, NEW = "/arbeitsgruppen/mobilitaet/aufgaben/", "/arbeitsgruppen/mobilitaet/aufgaben/neu/"

    def form(self, **others):
        return {"title": "Bauhof fragen", "due_on": soon().isoformat(), "assignee": "", "words": ""} | others

    def read(self, client, url, status=200):
        answer = client.get(url)
        assert answer.status_code == status
        return answer.content.decode()

    def test_from_the_first_task_to_the_last_tick(self, as_, ada, lou, group):
        lead = as_(ada)
        assert "No task yet" in self.read(lead, self.LIST)
        lead.post(self.NEW, self.form(assignee=lou.pk))
        task = Task.objects.get()
        member = as_(lou)
        assert "Bauhof fragen" in self.read(member, "/meine/")
        assert "Bauhof fragen" in self.read(member, self.LIST)
        member.post(reverse("task_step", args=["mobilitaet", task.pk]), {"act": "done"})
        page = self.read(member, self.LIST)
        assert page.index("Done and dropped") < page.index("Bauhof fragen")
        assert "Bauhof fragen" not in self.read(member, "/meine/")
        member.post(reverse("task_step", args=["mobilitaet", task.pk]), {"act": "reopen"})
        assert fresh(task).is_open

    @pytest.mark.parametrize(
        ("words", "status", "said"),
        [
            ({"title": ""}, 200, "Please say in a few words what is to be done."),
            ({"due_on": ""}, 200, "Please choose a day."),
            ({"due_on": "9999-12-31"}, 200, "within the next three years"),
            ({"due_on": "2020-01-01"}, 200, "within the next three years"),
            ({"assignee": "999999"}, 200, "does not belong to the group"),
            ({"words": "x" * 1001}, 200, "Please use at most 1000 characters"),
        ],
    )
    def test_what_cannot_be_is_said(self, as_, ada, group, words, status, said):
        answer = as_(ada).post(self.NEW, self.form(**words))
        assert answer.status_code == status
        assert said in answer.content.decode()
        assert not Task.objects.exists()

    def test_yesterday_is_refused_with_what_was_typed(self, as_, ada, group):
        answer = as_(ada).post(self.NEW, self.form(due_on=soon(-1).isoformat(), words="Mit Foto"))
        assert answer.status_code == 409
        assert "This day is past." in answer.content.decode()
        assert "Mit Foto" in answer.content.decode()

    def test_it_says_where_it_comes_from(self, as_, ada, lou, group):
        thread = open_thread(group, "Rathaus oder Kirche?", "Wo?", by=lou)
        notes = NotesFactory(meeting__group=group)
        client = as_(ada)
        for query, place in ((f"?gespraech={thread.pk}", thread), (f"?treffen={notes.meeting_id}", notes.meeting)):
            assert place.title in self.read(client, self.NEW + query)
            answer = client.post(self.NEW + query, self.form(title=f"Aus {place.title}"))
            assert answer.headers["Location"] == place.get_absolute_url()
        assert "Aus Rathaus oder Kirche?" in self.read(client, thread.get_absolute_url())
        assert f"Aus {notes.meeting.title}" in self.read(client, notes.get_absolute_url())
        assert [task.source for task in Task.objects.whole().order_by("pk")] == [thread, notes.meeting]

    @pytest.mark.parametrize("query", ["?gespraech=x", "?gespraech=99999", "?treffen=99999999999999999999"])
    def test_nonsense_is_no_source(self, as_, ada, group, query):
        assert "It comes from" not in self.read(as_(ada), self.NEW + query)

    def test_a_talk_of_another_group_is_none(self, as_, ada, group, max):
        other = open_thread(GroupFactory(coordinator=max), "Geheim", "Wo?", by=max)
        assert "Geheim" not in self.read(as_(ada), f"{self.NEW}?gespraech={other.pk}")

    def test_two_at_once(self, as_, ada, lou, task):
        change_task(task, version=1, by=lou, **said(task, title="Von Lou"))
        answer = as_(ada).post(task.get_absolute_url(), self.form(version="1", title="Von Ada"))
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "This is how the task stands now" in page
        assert "Von Lou" in page
        assert "Von Ada" in page
        assert 'name="version" value="2"' in page

    def test_an_ended_one_is_not_changed(self, as_, ada, group):
        done = TaskFactory(group=group, state="done")
        assert "It is to be done after all" in self.read(as_(ada), done.get_absolute_url())
        assert as_(ada).post(done.get_absolute_url(), self.form(version="1", title="x")).status_code == 409

    def test_observers_read_only(self, as_, group, task):
        client = as_(MembershipFactory(group=group, role="observer").actor)
        assert self.NEW not in self.read(client, self.LIST)
        assert "Change the task" not in self.read(client, task.get_absolute_url())
        self.read(client, self.NEW, 404)

    def test_others_find_nothing(self, as_, olga, sam, task):
        for url in (self.LIST, self.NEW, task.get_absolute_url()):
            self.read(as_(olga), url, 404)
            assert sam.get(url).status_code == 302

    def test_the_office_sees_what_is_overdue_everywhere(self, as_, max, group):
        assert "No task is overdue" in self.read(as_(max), reverse("office_tasks"))
        TaskFactory(group=group, title="Liegt lange", due_on=soon(-4))
        page = self.read(as_(max), reverse("office_tasks"))
        assert "Liegt lange" in page
        assert "Mobilität" in page
        assert '<td data-label="Overdue tasks">1</td>' in self.read(as_(max), reverse("office_groups"))

    def test_not_without_end(self, as_, ada, group):
        client = as_(ada)
        for number in range(TASKS_A_DAY):
            assert client.post(self.NEW, self.form(title=f"Aufgabe {number}")).status_code == 302
        assert client.post(self.NEW, self.form(title="Noch eine")).status_code == 429

    def test_a_late_one_says_so(self, as_, lou, task):
        with travel_to(now() + timedelta(days=30)):
            assert "overdue since" in self.read(as_(lou), "/meine/")
