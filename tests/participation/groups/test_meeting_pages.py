"""Meetings in the browser: what each page shows to whom, and what happens to a form that is refused."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from participation.actors.models import Actor
from participation.core.clock import now, today, travel_to
from participation.groups.meeting_models import Attendance, Meeting, MeetingReply
from participation.groups.operations.meeting import change_meeting, reply_to_meeting
from participation.groups.views.convening import MEETINGS_A_DAY
from participation.groups.views.meetings import NAMES
from tests.factories import ActorFactory
from tests.group_factories import GroupFactory, MeetingFactory

pytestmark = pytest.mark.django_db
SPRING, AUTUMN = "2027-03-28", "2027-10-31"


@pytest.fixture(autouse=True)
def _english(ada, lou, max, olga):
    Actor.objects.update(language="en")


@pytest.fixture
def meeting(group):
    return MeetingFactory(group=group, title="Standorte der Bänke")


@pytest.fixture
def open_one(group):
    return MeetingFactory(group=group, title="Offene Werkstatt", public=True)


def address(name, meeting):
    return reverse(name, args=[meeting.group.slug, meeting.pk])


def read(client, url, status=200):
    answer = client.get(url)
    assert answer.status_code == status
    return answer.content.decode()


def form(**others):
    day = today() + timedelta(days=9)
    words = {"title": "Standorte", "day": day.isoformat(), "starts": "19:00", "ends": "21:00", "place": "Rathaus"}
    return words | others


PLAN = "/arbeitsgruppen/mobilitaet/treffen/neu/"
LIST = "/arbeitsgruppen/mobilitaet/treffen/"


class TestTheList:
    def test_members_see_all_strangers_the_public_ones(self, as_, lou, olga, sam, meeting, open_one):
        held = MeetingFactory(group=open_one.group, state="held", title="Gewesen", public=True)
        page = read(as_(lou), LIST)
        assert page.index("Standorte der Bänke") < page.index("Past meetings") < page.index("Gewesen")
        assert "Only members and the office see this." in page
        for client in (sam, as_(olga)):
            page = read(client, LIST)
            assert "Standorte der Bänke" not in page
            assert "Offene Werkstatt" in page
            assert held.title in page

    def test_an_empty_one_says_how_to_begin(self, as_, ada, lou, sam, group):
        assert PLAN in read(as_(ada), LIST)
        assert "No meeting is planned at the moment." in read(as_(lou), LIST)
        assert "Zurzeit ist kein öffentliches Treffen geplant." in read(sam, LIST)

    def test_what_was_cancelled_before_it_began_is_no_past_meeting(self, as_, lou, group):
        MeetingFactory(group=group, state="cancelled", days=-3, title="Ausgefallen")
        assert "Ausgefallen" not in read(as_(lou), LIST)

    def test_the_next_one_stands_on_the_page_of_the_group(self, as_, lou, sam, group, meeting, open_one):
        Meeting.objects.filter(pk=open_one.pk).update(
            starts_at=open_one.starts_at + timedelta(days=1), ends_at=open_one.ends_at + timedelta(days=1)
        )
        assert "Standorte der Bänke" in read(as_(lou), group.get_absolute_url())
        page = read(sam, group.get_absolute_url())
        assert "Offene Werkstatt" in page
        assert "Standorte der Bänke" not in page

    def test_public_ones_stand_on_the_start_page_and_in_the_calendar(self, sam, meeting, open_one):
        for url in ("/", "/termine/"):
            page = read(sam, url)
            assert "Offene Werkstatt" in page
            assert "Standorte der Bänke" not in page

    def test_the_calendar_turns_its_pages(self, sam, group):
        for day in range(25):
            MeetingFactory(group=group, public=True, state="held", days=-1 - day, title=f"Treffen {day}!")
        first = read(sam, "/termine/")
        assert "Treffen 0!" in first
        assert "Treffen 24!" not in first
        mark = first.split("?ab=")[1].split('"')[0]
        assert "Treffen 24!" in read(sam, f"/termine/?ab={mark}")


class TestPlanning:
    def test_it_is_planned_in_the_clocks_of_here(self, as_, ada, group):
        answer = as_(ada).post(PLAN, form(public="on", agenda="- Kosten"))

        row = Meeting.objects.get()
        assert answer.headers["Location"] == row.get_absolute_url()
        assert localtime(row.starts_at).strftime("%H:%M") == "19:00"
        assert row.ends_at - row.starts_at == timedelta(hours=2)
        assert (row.public, row.planned_by, row.group) == (True, ada, group)

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ({"ends": "18:00"}, "The end lies before the beginning."),
            ({"ends": "19:00"}, "The end lies before the beginning."),
            ({"day": SPRING, "starts": "02:30", "ends": "04:00"}, "Clocks skip this hour in that night."),
            ({"day": AUTUMN, "starts": "02:30", "ends": "04:00"}, "There are two such hours in that night."),
            ({"day": AUTUMN, "starts": "01:30", "ends": "02:30"}, "There are two such hours in that night."),
            ({"place": ""}, "Please say where the meeting is"),
            ({"link": "javascript:alert(1)"}, "Please give a web address like"),
            ({"day": "0001-01-01"}, "Please choose a day within the next three years."),
            ({"day": "9999-12-31"}, "Please choose a day within the next three years."),
            ({"day": ""}, "Please choose a day."),
            ({"starts": "25:00"}, "Please type a time like 19:00."),
            ({"title": ""}, "Please say in a few words what the meeting is about."),
        ],
    )
    def test_what_cannot_be_is_said_and_nothing_is_lost(self, as_, ada, group, words, said):
        answer = as_(ada).post(PLAN, form(agenda="- Kosten & Zeit", **words))

        page = answer.content.decode()
        assert answer.status_code == 200
        assert said in page
        assert "- Kosten &amp; Zeit" in page
        assert not Meeting.objects.exists()

    def test_a_moment_that_has_passed(self, as_, ada, group):
        moment = localtime(now()) - timedelta(minutes=90)
        with travel_to(now().replace(hour=12)):
            answer = as_(ada).post(PLAN, form(day=today().isoformat(), starts="08:00", ends="09:00"))
        assert moment
        assert answer.status_code == 409
        assert "This moment has passed." in answer.content.decode()

    def test_line_breaks_in_a_title_are_blanks(self, as_, ada, group):
        as_(ada).post(PLAN, form(title="Bänke\r\nATTENDEE:mailto:x@evil.example"))
        assert Meeting.objects.get().title == "Bänke ATTENDEE:mailto:x@evil.example"

    def test_not_without_end(self, as_, ada, group):
        client = as_(ada)
        for number in range(MEETINGS_A_DAY):
            assert client.post(PLAN, form(title=f"Treffen {number}")).status_code == 302
        answer = client.post(PLAN, form(title="Noch eins"))
        assert answer.status_code == 429
        assert Meeting.objects.count() == MEETINGS_A_DAY


class TestChanging:
    def test_the_form_shows_what_stands_there(self, as_, ada, meeting):
        page = read(as_(ada), address("change_meeting", meeting))
        assert "Standorte der Bänke" in page
        assert localtime(meeting.starts_at).strftime("%H:%M") in page

    def test_two_at_once(self, as_, ada, meeting):
        change_meeting(meeting, version=1, by=ada, place="Kirche Krombach")

        answer = as_(ada).post(address("change_meeting", meeting), form(version="1", title="Meine Worte"))

        page = answer.content.decode()
        assert answer.status_code == 409
        assert "This is how the meeting stands now" in page
        assert "Kirche Krombach" in page
        assert "Meine Worte" in page
        assert 'name="version" value="2"' in page

    def test_cancelling_asks_why(self, as_, ada, meeting):
        client, url = as_(ada), address("cancel_meeting", meeting)
        assert "Please give a reason in a few words." in client.post(url, {"version": 1}).content.decode()
        client.post(url, {"version": 1, "because": "Der Saal ist gesperrt."})
        page = read(client, meeting.get_absolute_url())
        assert "This meeting does not take place" in page
        assert "Der Saal ist gesperrt." in page
        assert address("cancel_meeting", meeting) not in page
        assert "reply_answer" not in page


class TestComing:
    def test_a_member_answers_and_all_members_see_it(self, as_, lou, ada, meeting):
        answer = as_(lou).post(meeting.get_absolute_url(), {"answer": "yes", "guests": "2"})

        assert answer.headers["Location"] == meeting.get_absolute_url()
        page = read(as_(ada), meeting.get_absolute_url())
        assert "Lou (+2)" in page
        assert "3 people so far" in page

    def test_whoever_stays_away_brings_nobody(self, as_, lou, meeting):
        as_(lou).post(meeting.get_absolute_url(), {"answer": "no", "guests": "2"})
        assert MeetingReply.objects.get().guests == 0

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ({}, "Please say whether you come."),
            ({"answer": "yes", "guests": "10"}, "Please type a number from 0 to 9"),
            ({"answer": "yes", "guests": "-1"}, "Please type a number from 0 to 9"),
        ],
    )
    def test_what_cannot_be_is_said(self, as_, lou, meeting, words, said):
        assert said in as_(lou).post(meeting.get_absolute_url(), words).content.decode()
        assert not MeetingReply.objects.exists()

    def test_guests_see_nobody(self, as_, olga, sam, lou, open_one):
        reply_to_meeting(open_one, answer="yes", by=lou)
        client = as_(olga)
        assert client.post(open_one.get_absolute_url(), {"answer": "maybe"}).status_code == 302
        for page in (read(client, open_one.get_absolute_url()), read(sam, open_one.get_absolute_url())):
            assert "Lou" not in page
            assert "so far" not in page
            assert "bisher" not in page
        assert f"?next={open_one.get_absolute_url()}" in read(sam, open_one.get_absolute_url())

    def test_what_a_stranger_typed_is_kept_for_after_signing_in(self, sam, open_one):
        answer = sam.post(open_one.get_absolute_url(), {"answer": "yes"})
        assert answer.headers["Location"].startswith(reverse("account_login"))

    def test_strangers_are_asked_to_sign_in_and_others_find_nothing(self, as_, olga, sam, meeting):
        answer = sam.get(meeting.get_absolute_url())
        assert answer.headers["Location"] == f"{reverse('account_login')}?next={meeting.get_absolute_url()}"
        read(as_(olga), meeting.get_absolute_url(), 404)

    def test_a_thousand_answers(self, as_, lou, meeting):
        people = Actor.objects.bulk_create(
            Actor(email=f"p{n}@post.example", display_name=f"Person {n}", joined_at=now()) for n in range(1000)
        )
        MeetingReply.objects.bulk_create(
            MeetingReply(meeting=meeting, actor=it, answer="yes", guests=1, at=now()) for it in people
        )
        page = read(as_(lou), meeting.get_absolute_url())
        assert "2000 people so far" in page
        assert f"and {1000 - NAMES} more" in page

    def test_somebody_who_hides_is_not_named(self, as_, lou, meeting, group):
        hidden = ActorFactory(display_name="Versteckt", hidden_at=now(), hidden_reason="rude")
        MeetingReply.objects.create(meeting=meeting, actor=hidden, answer="yes", at=now())
        assert "Versteckt" not in read(as_(lou), meeting.get_absolute_url())


class TestWhoWasThere:
    def test_members_and_those_who_wanted_to_come_can_be_chosen(self, as_, ada, lou, olga, group):
        meeting = MeetingFactory(group=group, days=-1, public=True)
        MeetingReply.objects.create(meeting=meeting, actor=olga, answer="yes", at=now())
        client, url = as_(ada), address("meeting_attendance", meeting)
        assert "Olga" in read(client, url)

        client.post(url, {"present": [lou.pk, olga.pk], "others": "3"})

        assert set(Attendance.objects.values_list("actor", flat=True)) == {lou.pk, olga.pk}
        page = read(client, meeting.get_absolute_url())
        assert "took place" in page
        assert "and 3 more" in page

    def test_nobody_else(self, as_, ada, max, group):
        meeting = MeetingFactory(group=group, days=-1)
        page = as_(ada).post(address("meeting_attendance", meeting), {"present": [max.pk]}).content.decode()
        assert "neither belongs to the group nor wanted to come" in page
        assert not Attendance.objects.exists()

    def test_it_is_corrected(self, as_, ada, lou, group):
        meeting = MeetingFactory(group=group, state="held")
        Attendance.objects.create(meeting=meeting, actor=ada)
        as_(ada).post(address("meeting_attendance", meeting), {"present": [lou.pk], "others": ""})
        assert list(Attendance.objects.values_list("actor", flat=True)) == [lou.pk]

    def test_not_before_it_begins(self, as_, ada, meeting):
        answer = as_(ada).post(address("meeting_attendance", meeting), {"others": "1"})
        assert answer.status_code == 409
        assert "has not begun yet" in answer.content.decode()

    def test_another_group_has_nothing_to_say(self, as_, olga, meeting):
        GroupFactory(coordinator=olga)
        for name in ("change_meeting", "cancel_meeting", "meeting_attendance"):
            read(as_(olga), address(name, meeting), 404)
