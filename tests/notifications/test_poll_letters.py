"""Letters about the search for a date: the question, the reminder, the choice."""

from datetime import timedelta

import pytest

from participation.actors.models import Actor
from participation.core.clock import now, today, travel_to
from participation.events.kinds import Kind
from participation.events.models import Event
from participation.groups.operations.polls import answer_poll, choose_date, drop_poll, look_after_polls, open_poll
from participation.groups.poll_queries import options_of
from tests.factories import ActorFactory, AllianceFactory
from tests.group_factories import GroupFactory, MembershipFactory, PollFactory
from tests.letters import deliver_all
from tests.notifications.ideas import MONDAY, letters, mail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_at_once")]


@pytest.fixture(autouse=True)
def _monday(ada, olga, max, mia):
    AllianceFactory()
    Actor.objects.update(language="en")
    with travel_to(MONDAY):
        yield


@pytest.fixture
def group(ada):
    return GroupFactory(coordinator=ada)


@pytest.fixture
def lou(group):
    actor = ActorFactory(display_name="Lou", language="en")
    MembershipFactory(group=group, actor=actor)
    return actor


@pytest.fixture
def poll(group):
    return PollFactory(group=group, title="Standorte")


def options(poll):
    return list(options_of(poll))


def times():
    begin = MONDAY + timedelta(days=10)
    return [(begin + timedelta(days=day), begin + timedelta(days=day, hours=2)) for day in (0, 1)]


def answers(poll, *said):
    return dict(zip(options(poll), said, strict=True))


def test_the_question_goes_to_the_members(group, ada, lou):
    poll = open_poll(
        group, by=ada, title="Standorte", times=times(), closes_on=today() + timedelta(days=5), place="Rathaus"
    )
    assert letters() == [("poll_news", "Lou")]
    subject, text, html = mail(lou, "poll_news")
    assert subject == "Which times suit you? Standorte"
    for words in (text, html):
        assert poll.get_absolute_url() in words
        assert "looks for a date" in words
        assert "Please answer by" in words


def test_the_day_before_whoever_forgot_is_reminded_once(poll, ada, lou):
    answer_poll(poll, answers(poll, "yes", "no"), by=ada)
    with travel_to(now() + timedelta(days=(poll.closes_on - today()).days - 1)):
        look_after_polls()
        look_after_polls()
        assert [row for row in letters() if row[0] == "poll_news"] == [("poll_news", "Lou")]
    assert Event.objects.filter(kind=Kind.POLL_CLOSING).count() == 1


def test_the_day_after_the_coordination_is_asked_to_choose(poll, ada, lou):
    with travel_to(now() + timedelta(days=(poll.closes_on - today()).days + 1)):
        look_after_polls()
        look_after_polls()
        assert letters() == [("poll_due", "Ada")]
        assert "Please choose one of the times" in mail(ada, "poll_due")[1]


def test_a_dropped_one_says_why_and_a_decided_one_invites(poll, group, ada, lou):
    drop_poll(poll, "Wir reden am Telefon.", by=ada)
    assert "Wir reden am Telefon." in mail(lou, "poll_news")[1]
    other = PollFactory(group=group)
    choose_date(other, options(other)[0], by=ada)
    deliver_all()
    assert ("meeting_news", "Lou") in letters()
