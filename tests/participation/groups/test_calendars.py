"""Calendars for other programs: iCalendar read back by two parsers, Atom, secret addresses."""

from datetime import timedelta

import pytest
import vobject
from django.urls import reverse
from django.utils.feedgenerator import rfc3339_date
from icalendar import Calendar

from participation.core.clock import now
from participation.core.errors import NotAllowed
from participation.groups.meeting_models import CalendarKey
from participation.groups.meeting_queries import calendar_path
from participation.groups.operations.belonging import leave_group
from participation.groups.operations.calendar_keys import make_calendar_key, void_calendar_key
from participation.groups.operations.meeting import cancel_meeting, change_meeting, reply_to_meeting
from tests.group_factories import GroupFactory, MeetingFactory, MembershipFactory

pytestmark = pytest.mark.django_db
EVIL = "Bänke\r\nATTENDEE:mailto:evil@post.example\nEND:VEVENT"


def events(answer):
    """The meetings in a calendar as both parsers read it: uid → (SUMMARY, STATUS, SEQUENCE, DTSTART, DTEND)."""
    one = {
        str(it["uid"]): (str(it["summary"]), str(it["status"]), int(it["sequence"]), it["dtstart"].dt, it["dtend"].dt)
        for it in Calendar.from_ical(answer.content).walk("VEVENT")
    }
    other = vobject.readOne(answer.content.decode())
    two = {
        it.uid.value: (it.summary.value, it.status.value, int(it.sequence.value), it.dtstart.value, it.dtend.value)
        for it in other.contents.get("vevent", [])
    }
    assert one == two
    return one


def ics(client, meeting, status=200):
    answer = client.get(reverse("meeting_ics", args=[meeting.group.slug, meeting.pk]))
    assert answer.status_code == status
    return answer


class TestOneMeeting:
    def test_both_parsers_read_the_same(self, as_, lou, group):
        meeting = MeetingFactory(group=group, link="https://treffen.example/x", title="Bänke; Kosten, Zeit")
        answer = ics(as_(lou), meeting)

        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert answer.headers["Content-Disposition"] == f'attachment; filename="treffen-{meeting.pk}.ics"'
        whole = {"microsecond": 0}
        assert events(answer) == {
            str(meeting.uid): (
                "Mobilität: Bänke; Kosten, Zeit", "CONFIRMED", 0, meeting.starts_at.replace(**whole),
                meeting.ends_at.replace(**whole),
            )
        }  # fmt: skip
        event = Calendar.from_ical(answer.content).walk("VEVENT")[0]
        assert event["location"] == "Rathaus Krombach, 1. Stock"
        assert "https://treffen.example/x\n\n- Standorte\n- Kosten" in event["description"]

    def test_a_change_keeps_the_uid_and_counts_on(self, as_, lou, ada, group):
        meeting = MeetingFactory(group=group)
        change_meeting(meeting, version=1, by=ada, place="Kirche")
        assert events(ics(as_(lou), meeting))[str(meeting.uid)][1:3] == ("CONFIRMED", 1)

        meeting.refresh_from_db()
        cancel_meeting(meeting, "Der Saal ist gesperrt.", version=2, by=ada)

        answer = ics(as_(lou), meeting)
        assert events(answer)[str(meeting.uid)][1:3] == ("CANCELLED", 2)
        assert "Abgesagt: Der Saal ist gesperrt." in Calendar.from_ical(answer.content).walk("VEVENT")[0]["description"]

    def test_words_stay_words(self, as_, lou, group):
        meeting = MeetingFactory(group=group, title=EVIL, place=EVIL, agenda=EVIL)
        answer = ics(as_(lou), meeting)

        assert len(events(answer)) == 1
        lines = answer.content.replace(b"\r\n ", b"").split(b"\r\n")
        assert not [line for line in lines if line.startswith(b"ATTENDEE")]
        assert lines.count(b"END:VEVENT") == 1

    def test_strangers_get_public_ones_alone(self, sam, as_, olga, group):
        assert ics(sam, MeetingFactory(group=group, public=True)).content
        hidden = MeetingFactory(group=group)
        assert ics(sam, hidden, 302).headers["Location"].startswith(reverse("account_login"))
        ics(as_(olga), hidden, 404)


class TestThePublicCalendar:
    def test_public_ones_alone(self, sam, group):
        shown = [
            MeetingFactory(group=group, public=True, **words)
            for words in ({}, {"state": "cancelled"}, {"state": "held"})
        ]
        MeetingFactory(group=group)
        MeetingFactory(group=GroupFactory(state="declined"), public=True)

        answer = sam.get(reverse("calendar_ics"))

        assert set(events(answer)) == {str(it.uid) for it in shown}
        again = sam.get(reverse("calendar_ics"), headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304

    def test_the_feed_names_what_lies_ahead(self, sam, group):
        ahead = MeetingFactory(group=group, public=True, title="Standorte <b>")
        MeetingFactory(group=group, public=True, state="held", title="Vorbei")
        MeetingFactory(group=group, title="Geheim")

        text = sam.get(reverse("calendar_atom")).content.decode()

        assert "Standorte &lt;b&gt;" in text
        assert rfc3339_date(ahead.updated_at) in text
        assert "Vorbei" not in text
        assert "Geheim" not in text


class TestSecretAddresses:
    @pytest.fixture
    def meeting(self, group):
        return MeetingFactory(group=group)

    def read(self, client, key, status=200):
        answer = client.get(calendar_path(key))
        assert answer.status_code == status
        return events(answer) if status == 200 else None

    def test_of_one_group_and_of_all(self, sam, lou, group, meeting):
        MeetingFactory()
        second = MeetingFactory(group=MembershipFactory(actor=lou).group)
        guest = MeetingFactory(public=True)
        MeetingFactory(public=True)
        reply_to_meeting(guest, answer="yes", by=lou)

        assert set(self.read(sam, make_calendar_key(by=lou, group=group))) == {str(meeting.uid)}
        assert set(self.read(sam, make_calendar_key(by=lou))) == {str(meeting.uid), str(second.uid), str(guest.uid)}

    def test_another_one_makes_the_first_void(self, sam, lou, group, meeting):
        first = make_calendar_key(by=lou, group=group)
        second = make_calendar_key(by=lou, group=group)

        assert CalendarKey.objects.count() == 1
        self.read(sam, first, 404)
        assert self.read(sam, second)
        void_calendar_key(by=lou, group=group)
        self.read(sam, second, 404)

    def test_void_for_whoever_left_or_is_gone(self, sam, lou, group, meeting):
        key, whole = make_calendar_key(by=lou, group=group), make_calendar_key(by=lou)
        leave_group(lou.row, by=lou)
        self.read(sam, key, 404)
        assert self.read(sam, whole) == {}
        lou.is_active = False
        lou.save()
        self.read(sam, whole, 404)

    def test_a_forged_one_is_none(self, sam, lou, group):
        key = make_calendar_key(by=lou, group=group)
        key.nonce = "x" * 32
        self.read(sam, key, 404)
        assert sam.get(reverse("calendar_feed", args=[f"{key.pk}-{key.nonce}:xyz"])).status_code == 404

    def test_nobody_has_one_of_a_foreign_group(self, olga, group):
        with pytest.raises(NotAllowed):
            make_calendar_key(by=olga, group=group)

    def test_the_page_makes_them_and_lets_them_be_void(self, as_, lou, group):
        client, page = as_(lou), reverse("my_calendars")
        client.post(page, {"group": "mobilitaet", "act": "make"})
        key = CalendarKey.objects.get()
        assert (key.actor, key.group) == (lou, group)
        assert calendar_path(key) in client.get(page).content.decode()

        client.post(page, {"group": "*", "act": "make"})
        client.post(page, {"group": "mobilitaet", "act": "void"})
        assert [row.group for row in CalendarKey.objects.all()] == [None]

    @pytest.mark.parametrize("asked", [{"group": "fremd", "act": "make"}, {"group": "*", "act": "steal"}, {}])
    def test_nonsense_is_nothing(self, as_, lou, asked):
        assert as_(lou).post(reverse("my_calendars"), asked).status_code == 404
        assert not CalendarKey.objects.exists()

    def test_a_year_of_meetings_stays_in_the_calendar(self, sam, lou, group):
        old = MeetingFactory(group=group, state="held", starts_at=now() - timedelta(days=300))
        assert str(old.uid) in self.read(sam, make_calendar_key(by=lou, group=group))
