"""Finding a date: who asks, who answers until when, what comes of it, and who is reminded."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from participation.actors.models import Actor
from participation.core.clock import now, today, travel_to
from participation.core.errors import NotAllowed, Refusal
from participation.core.personal import erase
from participation.events.kinds import Kind
from participation.events.models import Event
from participation.groups.meeting_models import Meeting
from participation.groups.operations.belonging import leave_group
from participation.groups.operations.holding import Over
from participation.groups.operations.meeting import InThePast
from participation.groups.operations.polls import (
    NoReason,
    NotOpen,
    PollOver,
    TooFew,
    answer_poll,
    choose_date,
    drop_poll,
    open_poll,
)
from participation.groups.poll_models import DatePoll, DateVote
from participation.groups.poll_queries import options_of, table_of, votes_on
from participation.groups.views.polls import POLLS_A_DAY
from tests.group_factories import GroupFactory, MembershipFactory, PollFactory
from tests.participation.actors.test_at_once import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(ada, lou, olga, max):
    Actor.objects.update(language="en")


@pytest.fixture
def poll(group):
    return PollFactory(group=group, title="Standorte")


def options(poll):
    return list(options_of(poll))


def times(*days):
    begin = now().replace(minute=0, second=0, microsecond=0) + timedelta(days=10)
    return [(begin + timedelta(days=day), begin + timedelta(days=day, hours=2)) for day in days]


def asking(**others):
    return {
        "title": "Standorte",
        "times": times(0, 1),
        "closes_on": today() + timedelta(days=5),
        "place": "Rathaus",
    } | others


def fresh(row):
    return DatePoll.objects.whole().get(pk=row.pk)


def refused(refusal, step, *args, **words):
    """``step`` is refused, and no poll, vote, meeting or event is different."""
    tables = (DatePoll, DateVote, Meeting, Event)
    before = [list(model.objects.order_by("pk").values()) for model in tables]
    with pytest.raises(Refusal) as met:
        step(*args, **words)
    assert type(met.value) is refusal
    assert [list(model.objects.order_by("pk").values()) for model in tables] == before


def answers(poll, *said):
    return dict(zip(options(poll), said, strict=True))


class TestAsking:
    def test_the_times_stand_in_their_order(self, group, ada):
        poll = open_poll(group, by=ada, **asking(times=times(2, 0, 2)))
        assert [option.starts_at for option in options(poll)] == [begin for begin, _end in times(0, 2)]
        event = Event.objects.latest("pk")
        assert (event.kind, event.case, event.facts) == (Kind.POLL_OPENED, group.case, {"poll": poll.pk})

    def test_twice_is_once(self, group, ada):
        said = asking()
        assert open_poll(group, by=ada, **said) == open_poll(group, by=ada, **said)

    def test_two_times_at_least_and_none_that_has_passed(self, group, ada):
        refused(TooFew, open_poll, group, by=ada, **asking(times=times(0)))
        refused(TooFew, open_poll, group, by=ada, **asking(times=times(0, 0)))
        refused(InThePast, open_poll, group, by=ada, **asking(times=times(-11, 0)))
        refused(InThePast, open_poll, group, by=ada, **asking(closes_on=today() - timedelta(days=1)))

    def test_whoever_leads_alone(self, group, lou, olga, max):
        refused(NotAllowed, open_poll, group, by=lou, **asking())
        GroupFactory(coordinator=olga)
        refused(NotAllowed, open_poll, group, by=olga, **asking())
        assert open_poll(group, by=max, **asking())

    def test_not_in_a_group_that_closed_a_moment_ago(self, group, ada):
        type(group).objects.filter(pk=group.pk).update(state="closed", closed_at=now(), report="Fertig.")
        refused(Over, open_poll, group, by=ada, **asking())


class TestAnswering:
    def test_the_last_word_counts(self, poll, lou):
        answer_poll(poll, answers(poll, "yes", "no"), by=lou)
        answer_poll(poll, answers(poll, "if_need_be", "yes"), by=lou)
        assert list(DateVote.objects.order_by("option__starts_at").values_list("answer", flat=True)) == [
            "if_need_be",
            "yes",
        ]

    def test_observers_too_but_nobody_else(self, poll, group, olga):
        answer_poll(poll, answers(poll, "yes", "yes"), by=MembershipFactory(group=group, role="observer").actor)
        refused(NotAllowed, answer_poll, poll, answers(poll, "yes", "yes"), by=olga)
        gone = MembershipFactory(group=group, state="left").actor
        refused(NotAllowed, answer_poll, poll, answers(poll, "yes", "yes"), by=gone)

    def test_until_the_last_second_of_the_last_day(self, poll, lou):
        end = localtime(now()).replace(hour=23, minute=59, second=59) + timedelta(days=(poll.closes_on - today()).days)
        with travel_to(end):
            answer_poll(poll, answers(poll, "yes", "no"), by=lou)
        with travel_to(end + timedelta(seconds=1)):
            refused(PollOver, answer_poll, poll, answers(poll, "no", "no"), by=lou)

    def test_not_once_a_date_is_found_or_dropped(self, group, lou):
        for state in ("decided", "dropped"):
            over = PollFactory(group=group, state=state)
            refused(PollOver, answer_poll, over, answers(over, "yes", "no"), by=lou)

    def test_what_suits_most_is_marked_and_whoever_left_counts_no_more(self, poll, group, ada, lou):
        answer_poll(poll, answers(poll, "yes", "if_need_be"), by=ada)
        answer_poll(poll, answers(poll, "yes", "yes"), by=lou)
        columns, people = table_of(options(poll), votes_on(poll))
        assert [(it.yes, it.if_need_be, it.no, it.is_best) for it in columns] == [(2, 0, 0, True), (1, 1, 0, False)]
        assert people == [(ada, ["yes", "if_need_be"]), (lou, ["yes", "yes"])]
        leave_group(lou.row, by=lou)
        assert [it.yes for it in table_of(options(poll), votes_on(poll))[0]] == [1, 0]

    def test_nothing_is_best_before_somebody_answers(self, poll):
        assert not any(column.is_best for column in table_of(options(poll), votes_on(poll))[0])

    def test_who_leaves_the_portal_takes_the_answers_along(self, poll, lou, ada):
        answer_poll(poll, answers(poll, "yes", "no"), by=lou)
        erase(lou)
        assert not DateVote.objects.exists()


class TestChoosing:
    def test_the_time_becomes_the_meeting(self, poll, ada):
        chosen = options(poll)[1]
        meeting = choose_date(poll, chosen, by=ada, agenda="- Kosten", public=True)
        assert (meeting.title, meeting.starts_at, meeting.place) == ("Standorte", chosen.starts_at, poll.place)
        assert (meeting.agenda, meeting.public) == ("- Kosten", True)
        row = fresh(poll)
        assert (row.state, row.meeting) == ("decided", meeting)
        assert [event.kind for event in Event.objects.order_by("pk")][-2:] == [Kind.MEETING_PLANNED, Kind.POLL_DECIDED]

    def test_not_twice_and_not_by_members(self, poll, ada, lou):
        refused(NotAllowed, choose_date, poll, options(poll)[0], by=lou)
        choose_date(poll, options(poll)[0], by=ada)
        refused(NotOpen, choose_date, poll, options(poll)[1], by=ada)
        refused(NotOpen, drop_poll, poll, "Nein.", by=ada)

    def test_not_what_has_passed(self, poll, ada):
        with travel_to(options(poll)[0].starts_at):
            refused(InThePast, choose_date, poll, options(poll)[0], by=ada)

    def test_dropping_has_a_reason(self, poll, ada, lou):
        refused(NoReason, drop_poll, poll, "", by=ada)
        refused(NotAllowed, drop_poll, poll, "Nein.", by=lou)
        drop_poll(poll, "Wir reden am Telefon.", by=ada)
        assert fresh(poll).dropped_because == "Wir reden am Telefon."


@pytest.mark.django_db(transaction=True)
def test_of_two_who_choose_at_once_one_chooses(group, ada):
    second = MembershipFactory(group=group, role="deputy").actor
    for _round in range(10):
        poll = PollFactory(group=group)
        first_time, second_time = options(poll)
        refusals = at_once(
            lambda poll=poll, time=first_time: choose_date(fresh(poll), time, by=ada),
            lambda poll=poll, time=second_time: choose_date(fresh(poll), time, by=second),
        )
        assert len(refusals) == 1
        assert Meeting.objects.filter(poll=poll).count() == 1
        assert Meeting.objects.filter(title=poll.title).count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_answer_beside_the_choice_is_there_before_it_or_refused(group, ada, lou):
    for _round in range(10):
        poll = PollFactory(group=group)
        said = answers(poll, "yes", "no")
        refusals = at_once(
            lambda poll=poll: choose_date(fresh(poll), options(poll)[0], by=ada),
            lambda poll=poll, said=said: answer_poll(fresh(poll), said, by=lou),
        )
        assert all(isinstance(refusal, PollOver) for refusal in refusals)
        assert DateVote.objects.filter(option__poll=poll).count() == (0 if refusals else 2)


class TestPages:
    NEW = "/arbeitsgruppen/mobilitaet/treffen/termin-finden/"

    def form(self, **others):
        day = today() + timedelta(days=9)
        words = {
            "title": "Standorte", "place": "Rathaus", "closes_on": (today() + timedelta(days=4)).isoformat(),
            "day1": day.isoformat(), "starts1": "19:00", "ends1": "21:00",
            "day2": (day + timedelta(days=1)).isoformat(), "starts2": "18:00", "ends2": "20:00",
        }  # fmt: skip
        return words | others

    def read(self, client, url, status=200):
        answer = client.get(url)
        assert answer.status_code == status
        return answer.content.decode()

    def test_from_the_question_to_the_meeting(self, as_, ada, lou, group):
        lead, member = as_(ada), as_(lou)
        assert self.NEW in self.read(lead, "/arbeitsgruppen/mobilitaet/treffen/")
        lead.post(self.NEW, self.form())
        poll = DatePoll.objects.get()
        assert "Which times suit you? Answers until" in self.read(member, "/arbeitsgruppen/mobilitaet/treffen/")
        first, second = options(poll)
        member.post(poll.get_absolute_url(), {f"time{first.pk}": "no", f"time{second.pk}": "yes"})
        page = self.read(lead, poll.get_absolute_url())
        assert "suits most" in page
        assert "Lou" in page
        choose = reverse("choose_date", args=["mobilitaet", poll.pk])
        assert re.search(rf'value="{second.pk}"[^>]*checked', self.read(lead, choose))
        answer = lead.post(choose, {"option": str(second.pk)})
        assert answer.headers["Location"] == Meeting.objects.get().get_absolute_url()
        assert "The date is found" in self.read(member, poll.get_absolute_url())

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ({"day2": "", "starts2": "", "ends2": ""}, "Please choose a day."),
            ({"ends1": "18:00"}, "The end lies before the beginning."),
            ({"day3": "2027-03-28", "starts3": "02:30", "ends3": "04:00"}, "Clocks skip this hour in that night."),
            ({"day3": "2027-03-28"}, "Please fill in the day and both times"),
            ({"day3": "9999-12-31", "starts3": "02:30", "ends3": "04:00"}, "within the next three years"),
            ({"place": ""}, "Please say where the meeting is"),
            ({"closes_on": "2020-01-01"}, "Please choose a day within the next sixty days."),
            ({"closes_on": "9999-12-31"}, "Please choose a day within the next sixty days."),
        ],
    )
    def test_what_cannot_be_is_said(self, as_, ada, group, words, said):
        page = as_(ada).post(self.NEW, self.form(**words)).content.decode()
        assert said in page
        assert "Standorte" in page
        assert not DatePoll.objects.exists()

    def test_each_time_is_answered(self, as_, lou, poll):
        page = as_(lou).post(poll.get_absolute_url(), {}).content.decode()
        assert page.count("Please say how this time suits you.") >= 2
        assert not DateVote.objects.exists()

    def test_after_the_last_day_there_is_no_form(self, as_, lou, poll):
        with travel_to(now() + timedelta(days=30)):
            page = self.read(as_(lou), poll.get_absolute_url())
            assert "The time for answers is over" in page
            answer = as_(lou).post(poll.get_absolute_url(), {f"time{it.pk}": "yes" for it in options(poll)})
            assert answer.status_code == 409

    def test_strangers_and_others_find_nothing(self, as_, olga, sam, poll):
        self.read(as_(olga), poll.get_absolute_url(), 404)
        assert sam.get(poll.get_absolute_url()).status_code == 302
        assert "Standorte" not in self.read(sam, "/arbeitsgruppen/mobilitaet/treffen/")

    def test_not_without_end(self, as_, ada, group):
        client = as_(ada)
        for number in range(POLLS_A_DAY):
            assert client.post(self.NEW, self.form(title=f"Termin {number}")).status_code == 302
        assert client.post(self.NEW, self.form(title="Noch einer")).status_code == 429
