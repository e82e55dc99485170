"""Letters about meetings of working groups: who hears what and when, and what is said no more."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from notifications.models import Delivery, InboxItem
from notifications.states import State
from participation.actors.models import Actor
from participation.core.clock import now, travel_to
from participation.groups.operations.belonging import leave_group
from participation.groups.operations.meeting import (
    cancel_meeting,
    change_meeting,
    hold_meeting,
    plan_meeting,
    remind_of_meetings,
    reply_to_meeting,
)
from tests.factories import ActorFactory, AllianceFactory
from tests.group_factories import GroupFactory, MembershipFactory
from tests.letters import deliver_all
from tests.notifications.ideas import MONDAY, SITE, fan_out_all, letters, mail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_at_once")]


@pytest.fixture(autouse=True)
def _monday(ada, olga, max, mia):
    AllianceFactory()
    Actor.objects.update(language="en")
    with travel_to(MONDAY):
        yield


@pytest.fixture
def group(ada):
    return GroupFactory(coordinator=ada, title="Mobilität", slug="mobilitaet", case__reference="G-2026-0003")


def member(group, name, **fields):
    actor = ActorFactory(display_name=name, language="en")
    MembershipFactory(group=group, actor=actor, **fields)
    return actor


@pytest.fixture
def kim(group):
    return member(group, "Kim")


@pytest.fixture
def lou(group):
    return member(group, "Lou", role="observer")


@pytest.fixture
def guest():
    return ActorFactory(display_name="Gus", language="en")


@pytest.fixture
def meeting(group, ada):
    begins = MONDAY.replace(hour=18, minute=0, second=0, microsecond=0) + timedelta(days=10)
    return plan_meeting(
        group, by=ada, title="Standorte", starts_at=begins, ends_at=begins + timedelta(hours=2), place="Rathaus",
        link="https://treffen.example/x", agenda="- Kosten", public=True,
    )  # fmt: skip


def new_ones(before):
    """The letters that came since there were ``before``."""
    rows = letters()
    for row in before:
        rows.remove(row)
    return rows


def unwanted():
    """Why letters did not leave."""
    deliver_all()
    return list(Delivery.objects.exclude(state=State.SENT).values_list("reason", flat=True))


class TestTheInvitation:
    def test_all_members_but_who_planned_it(self, kim, lou, group, meeting, olga):
        member(group, "Gone", state="left")
        assert letters() == [("meeting_news", "Kim"), ("meeting_news", "Lou")]

    def test_what_it_says(self, kim, meeting):
        subject, text, html = mail(kim, "meeting_news")

        assert subject == "Invitation to a meeting: 3 December 2026, Standorte"
        for words in (text, html):
            assert "The working group “Mobilität” meets, and you are invited." in words
            assert "Thursday, 3 December 2026" in words
            assert "Rathaus" in words
            assert "https://treffen.example/x" in words
            assert "Kosten" in words
            assert f"{SITE}/arbeitsgruppen/mobilitaet/treffen/{meeting.pk}/kalender.ics" in words
        assert "19:00 to 21:00" in text
        assert "You receive this letter because you belong to this working group." in text

    def test_the_inbox_leads_to_the_meeting(self, as_, kim, meeting):
        fan_out_all()
        assert InboxItem.objects.get(recipient=kim).letter == "meeting_news"
        page = as_(kim).get("/meine/nachrichten/").content.decode()
        assert meeting.get_absolute_url() in page
        assert "A meeting of a working group was planned" in page


class TestChanges:
    def test_members_and_guests_who_come_hear_of_them(self, kim, lou, guest, meeting, ada):
        reply_to_meeting(meeting, answer="maybe", by=guest)
        reply_to_meeting(meeting, answer="no", by=kim)
        reply_to_meeting(meeting, answer="no", by=ActorFactory(display_name="Away"))
        before = letters()

        change_meeting(meeting, version=1, by=ada, place="Kirche")

        assert new_ones(before) == [("meeting_news", "Gus"), ("meeting_news", "Kim"), ("meeting_news", "Lou")]
        subject, text, _html = mail(guest, "meeting_news")
        assert subject.startswith("A meeting has changed: ")
        assert "Kirche" in text
        assert "because you said that you (perhaps) come to this meeting" in text

    def test_the_second_change_makes_the_first_letter_needless(self, kim, meeting, ada):
        letters()
        change_meeting(meeting, version=1, by=ada, place="Kirche")
        change_meeting(meeting, version=2, by=ada, place="Schule")
        fan_out_all()

        assert unwanted() == ["the meeting was changed again"]

    def test_who_left_meanwhile_hears_nothing(self, kim, group, meeting, ada):
        letters()
        change_meeting(meeting, version=1, by=ada, place="Kirche")
        fan_out_all()
        leave_group(group.memberships.select_related("group__case").get(actor=kim), by=kim)

        assert len(unwanted()) == 1


class TestTheEnd:
    def test_a_cancellation_says_why_and_asks_for_nothing(self, kim, guest, meeting, ada):
        reply_to_meeting(meeting, answer="yes", by=guest)
        before = letters()

        cancel_meeting(meeting, "Der Saal ist gesperrt.", version=1, by=ada)

        assert new_ones(before) == [("meeting_news", "Gus"), ("meeting_news", "Kim")]
        subject, text, _html = mail(guest, "meeting_news")
        assert subject.startswith("A meeting does not take place: ")
        assert "Der Saal ist gesperrt." in text
        assert "chairs" not in text

    def test_nobody_is_invited_to_what_was_cancelled(self, kim, meeting, ada):
        cancel_meeting(meeting, "Der Saal ist gesperrt.", version=1, by=ada)
        fan_out_all()
        assert unwanted() == ["the meeting was cancelled"]

    def test_nor_to_what_is_over(self, kim, meeting):
        fan_out_all()
        with travel_to(meeting.ends_at):
            assert unwanted() == ["the meeting is over"]

    def test_that_it_was_held_is_no_letter(self, kim, meeting, ada):
        before = letters()
        with travel_to(meeting.ends_at):
            hold_meeting(meeting, present=[kim], others=0, by=ada)
            assert new_ones(before) == []


class TestTheReminder:
    def test_whoever_did_not_say_no(self, kim, lou, guest, meeting, ada):
        reply_to_meeting(meeting, answer="no", by=lou)
        reply_to_meeting(meeting, answer="yes", by=guest)
        before = letters()
        with travel_to(meeting.starts_at - timedelta(days=1)):
            remind_of_meetings()

            assert new_ones(before) == [("meeting_news", "Ada"), ("meeting_news", "Gus"), ("meeting_news", "Kim")]
            assert mail(kim, "meeting_news")[0].startswith("A meeting is near: ")


def test_the_address_in_the_letter_opens_in_a_calendar(as_, kim, meeting):
    text = mail(kim, "meeting_news")[1]
    path = next(word for word in text.split() if word.endswith(".ics")).removeprefix(SITE)

    event = Calendar.from_ical(as_(kim).get(path).content).walk("VEVENT")[0]

    assert event["dtstart"].dt == meeting.starts_at
    assert now() < event["dtstart"].dt
