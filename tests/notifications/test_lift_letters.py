"""Letters about lifts to a meeting: who hears what, and that no address is in them."""

import pytest

from participation.actors.models import Actor
from participation.core.clock import travel_to
from participation.groups.operations.lifts import agree_to_ride, ask_for_ride, end_ride, say_lift
from tests.factories import ActorFactory, AllianceFactory
from tests.group_factories import GroupFactory, MeetingFactory, MembershipFactory
from tests.notifications.ideas import MONDAY, SITE, fan_out_all, letters, mail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_at_once")]
STREET = "Hauptstraße 1"


@pytest.fixture(autouse=True)
def _monday(ada, olga, max, mia):
    AllianceFactory()
    Actor.objects.update(language="en")
    with travel_to(MONDAY):
        yield


@pytest.fixture
def meeting(ada):
    return MeetingFactory(group=GroupFactory(coordinator=ada, slug="mobilitaet"), title="Standorte")


@pytest.fixture
def kim(meeting):
    actor = ActorFactory(display_name="Kim", language="en")
    MembershipFactory(group=meeting.group, actor=actor)
    return actor


@pytest.fixture
def ride(meeting, ada, kim):
    offer = say_lift(meeting, by=ada, kind="offered", seats=1, origin="Krombach", contact=STREET)
    say_lift(meeting, by=kim, kind="needed", origin="Wiesen", contact=STREET)
    return ask_for_ride(offer, by=kim)


def test_whoever_is_asked_hears_by_whom_and_from_where(ride, ada, meeting):
    assert letters() == [("ride_asked", "Ada")]
    subject, text, html = mail(ada, "ride_asked")
    assert subject == "A lift on 3 December 2026: somebody asks you"
    for words in (text, html):
        assert "Kim asks whether you take them along to the meeting “Standorte”" in words
        assert "From where: Wiesen." in words
        assert f"{SITE}/arbeitsgruppen/mobilitaet/treffen/{meeting.pk}/mitfahren/" in words
        assert STREET not in words


def test_whoever_asked_hears_the_answer(ride, ada, kim):
    agree_to_ride(ride, by=ada)
    text = mail(kim, "ride_agreed")[1]
    assert "Ada takes you along" in text
    assert STREET not in text


def test_a_no_and_a_lift_called_off_are_told_to_the_other(ride, ada, kim):
    end_ride(ride, by=ada)
    assert "Nothing comes of the lift with Ada" in mail(kim, "ride_ended")[1]
    ride.refresh_from_db()


def test_a_lift_that_was_agreed_is_called_off(ride, ada, kim):
    agree_to_ride(ride, by=ada)
    ride.refresh_from_db()
    end_ride(ride, by=kim)
    assert "The lift with Kim to the meeting “Standorte”" in mail(ada, "ride_ended")[1]


def test_a_question_that_was_taken_back_is_not_sent(ride, kim):
    fan_out_all()
    end_ride(ride, by=kim)
    assert ("ride_asked", "the question was answered or taken back") in letters()


def test_nobody_hears_after_the_meeting(ride, meeting):
    fan_out_all()
    with travel_to(meeting.ends_at):
        assert letters() == [("ride_asked", "the meeting is over or was cancelled")]
