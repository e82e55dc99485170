"""Meetings of a group: who may plan, change, cancel and hold them, who may say that they come, and who is reminded."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from participation.core.clock import moments_of, now, travel_to
from participation.core.errors import NotAllowed, Outdated
from participation.core.personal import erase, export
from participation.events.kinds import Kind
from participation.events.models import Event
from participation.groups.meeting_models import Attendance, CalendarKey, Meeting, MeetingReply
from participation.groups.meeting_queries import circle_of, comers_to
from participation.groups.models import Group
from participation.groups.operations.calendar_keys import make_calendar_key
from participation.groups.operations.holding import Over
from participation.groups.operations.meeting import (
    Begun,
    InThePast,
    NoReason,
    NotBegun,
    NotPlanned,
    TooLate,
    cancel_meeting,
    change_meeting,
    correct_attendance,
    hold_meeting,
    plan_meeting,
    remind_of_meetings,
    reply_to_meeting,
)
from tests.factories import ActorFactory
from tests.group_factories import GroupFactory, MeetingFactory, MembershipFactory

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")


def words(**others):
    begins = now() + timedelta(days=12)
    plain = {"title": "Standorte", "starts_at": begins, "ends_at": begins + timedelta(hours=2), "place": "Rathaus"}
    return plain | others


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def last():
    return Event.objects.latest("pk")


def refused(refusal, step, *args, **given):
    """``step`` is refused, and no meeting, answer or event is different."""
    tables = (Meeting, MeetingReply, Attendance, Event, CalendarKey)
    before = [list(model.objects.order_by("pk").values()) for model in tables]
    with pytest.raises(refusal) as met:
        step(*args, **given)
    assert type(met.value) is refusal
    assert [list(model.objects.order_by("pk").values()) for model in tables] == before


@pytest.fixture
def meeting(group):
    return MeetingFactory(group=group)


class TestPlanning:
    def test_a_coordinator_plans_one(self, group, ada):
        row = plan_meeting(group, by=ada, agenda="- Kosten", public=True, **words())

        assert (row.title, row.place, row.public, row.state, row.sequence) == (
            "Standorte",
            "Rathaus",
            True,
            "planned",
            0,
        )
        assert "<li>Kosten</li>" in row.html
        event = last()
        assert (event.kind, event.case, event.by, event.facts) == (
            Kind.MEETING_PLANNED, group.case, ada, {"meeting": row.pk},
        )  # fmt: skip

    def test_a_double_click_plans_it_once(self, group, ada):
        said = words()
        assert plan_meeting(group, by=ada, **said) == plan_meeting(group, by=ada, **said)
        with travel_to(now() + timedelta(minutes=2)):
            plan_meeting(group, by=ada, **said)
        assert Meeting.objects.count() == 2

    @pytest.mark.parametrize("role", ["coordinator", "deputy"])
    def test_whoever_leads_may(self, group, role):
        assert plan_meeting(group, by=MembershipFactory(group=group, role=role).actor, **words())

    @pytest.mark.parametrize("role", ["member", "observer"])
    def test_nobody_else_may(self, group, role):
        refused(NotAllowed, plan_meeting, group, by=MembershipFactory(group=group, role=role).actor, **words())

    def test_nor_the_coordination_of_another_group_nor_a_former_one(self, group, olga):
        GroupFactory(coordinator=olga)
        MembershipFactory(group=group, actor=olga, role="coordinator", state="left")
        refused(NotAllowed, plan_meeting, group, by=olga, **words())

    def test_moderators_may(self, group, max):
        assert plan_meeting(group, by=max, **words())

    def test_a_closed_group_does_not_meet(self, ada):
        refused(NotAllowed, plan_meeting, GroupFactory(state="closed", coordinator=ada), by=ada, **words())

    def test_a_group_that_closed_a_moment_ago_neither(self, group, ada):
        Group.objects.filter(pk=group.pk).update(state="closed", closed_at=now(), report="Fertig.")
        refused(Over, plan_meeting, group, by=ada, **words())

    def test_what_has_passed_is_not_planned(self, group, ada):
        begins = now() - timedelta(minutes=1)
        refused(InThePast, plan_meeting, group, by=ada, **words(starts_at=begins))


class TestChanging:
    def test_the_version_and_what_calendars_count_go_on(self, meeting, ada):
        moved = meeting.starts_at + timedelta(days=1)
        row = change_meeting(
            meeting, version=1, by=ada, starts_at=moved, ends_at=moved + timedelta(hours=1), agenda="- Neues"
        )

        assert (row.version, row.sequence, row.starts_at, row.uid) == (2, 1, moved, meeting.uid)
        assert "<li>Neues</li>" in row.html
        assert row.moved_at
        assert last().facts == {"meeting": row.pk, "sequence": 1, "moved": True}

    def test_other_words_do_not_move_it(self, meeting, ada):
        row = change_meeting(meeting, version=1, by=ada, title="Standorte und Kosten")

        assert (row.sequence, row.moved_at, last().facts["moved"]) == (1, None, False)

    def test_nothing_different_is_nothing_done(self, meeting, ada):
        events = Event.objects.count()
        change_meeting(meeting, version=1, by=ada, title=meeting.title, place=meeting.place)
        assert (fresh(meeting).version, Event.objects.count()) == (1, events)

    def test_a_new_time_is_reminded_of_again(self, group, ada):
        meeting = MeetingFactory(group=group, reminded_at=now())
        assert change_meeting(meeting, version=1, by=ada, place="Kirche").reminded_at is None

    def test_somebody_was_faster(self, meeting, ada):
        Meeting.objects.filter(pk=meeting.pk).update(version=2)
        refused(Outdated, change_meeting, meeting, version=1, by=ada, title="Anderes")

    def test_not_into_the_past(self, meeting, ada):
        refused(InThePast, change_meeting, meeting, version=1, by=ada, starts_at=now() - timedelta(hours=1))

    def test_a_running_one_keeps_its_beginning_and_takes_words(self, group, ada):
        running = MeetingFactory(group=group, starts_at=now() - timedelta(minutes=10))
        assert change_meeting(running, version=1, by=ada, starts_at=running.starts_at, agenda="- Mehr").sequence == 1

    @pytest.mark.parametrize("state", ["held", "cancelled"])
    def test_what_is_over_stays(self, group, ada, state):
        refused(NotPlanned, change_meeting, MeetingFactory(group=group, state=state), version=1, by=ada, title="Neu")

    def test_members_may_not(self, meeting, lou):
        refused(NotAllowed, change_meeting, meeting, version=1, by=lou, title="Neu")


class TestCancelling:
    def test_with_a_reason_that_calendars_take_over(self, meeting, ada):
        cancel_meeting(meeting, "Der Saal ist gesperrt.", version=1, by=ada)

        row = fresh(meeting)
        assert (row.state, row.cancelled_because, row.sequence) == ("cancelled", "Der Saal ist gesperrt.", 1)
        assert (last().kind, last().facts) == (Kind.MEETING_CANCELLED, {"meeting": row.pk})

    def test_not_without_one(self, meeting, ada):
        refused(NoReason, cancel_meeting, meeting, "", version=1, by=ada)

    def test_not_what_has_begun(self, group, ada):
        running = MeetingFactory(group=group, starts_at=now() - timedelta(minutes=1))
        refused(Begun, cancel_meeting, running, "Nein.", version=1, by=ada)

    def test_not_twice_and_not_unseen(self, meeting, ada):
        refused(Outdated, cancel_meeting, meeting, "Nein.", version=7, by=ada)
        cancel_meeting(meeting, "Nein.", version=1, by=ada)
        refused(NotPlanned, cancel_meeting, meeting, "Nein.", version=2, by=ada)

    def test_members_may_not(self, meeting, lou):
        refused(NotAllowed, cancel_meeting, meeting, "Nein.", version=1, by=lou)


class TestHolding:
    def test_who_was_there(self, group, ada, lou):
        row = MeetingFactory(group=group, days=-1)
        hold_meeting(row, present=[ada, lou], others=4, by=ada)

        row = fresh(row)
        assert (row.state, row.others) == ("held", 4)
        assert row.held_at
        assert set(row.attendances.values_list("actor", flat=True)) == {ada.pk, lou.pk}
        assert (last().kind, last().facts) == (Kind.MEETING_HELD, {"meeting": row.pk})

    def test_a_founded_group_is_at_work_after_its_first_meeting(self, ada):
        group = GroupFactory(state="constituted", coordinator=ada)
        hold_meeting(MeetingFactory(group=group, days=-1), present=[ada], others=0, by=ada)

        assert fresh(group).state == "active"
        assert [event.kind for event in Event.objects.order_by("pk")][-2:] == [Kind.MEETING_HELD, Kind.GROUP_ACTIVE]

    def test_it_can_be_corrected(self, group, ada, lou):
        row = MeetingFactory(group=group, state="held")
        Attendance.objects.create(meeting=row, actor=ada)
        correct_attendance(row, present=[lou], others=2, by=ada)

        assert list(row.attendances.values_list("actor", flat=True)) == [lou.pk]
        assert fresh(row).others == 2

    def test_not_before_it_begins(self, meeting, ada):
        refused(NotBegun, hold_meeting, meeting, present=[], others=0, by=ada)
        refused(NotBegun, correct_attendance, meeting, present=[], others=0, by=ada)

    def test_not_twice(self, group, ada):
        refused(NotPlanned, hold_meeting, MeetingFactory(group=group, state="held"), present=[], others=0, by=ada)

    def test_members_may_not(self, group, lou):
        for step, state in ((hold_meeting, "planned"), (correct_attendance, "held")):
            row = MeetingFactory(group=group, state=state, days=-1)
            refused(NotAllowed, step, row, present=[], others=0, by=lou)


class TestReplying:
    def test_another_answer_replaces_the_first(self, meeting, lou):
        reply_to_meeting(meeting, answer="yes", guests=2, by=lou)
        row = reply_to_meeting(meeting, answer="no", by=lou)

        assert MeetingReply.objects.count() == 1
        assert (row.answer, row.guests) == ("no", 0)

    def test_guests_answer_where_everybody_may_come(self, group, olga):
        refused(NotAllowed, reply_to_meeting, MeetingFactory(group=group), answer="yes", by=olga)
        assert reply_to_meeting(MeetingFactory(group=group, public=True), answer="yes", by=olga)

    def test_nobody_without_a_confirmed_address(self, group):
        sam = ActorFactory(confirmed_at=None)
        refused(NotAllowed, reply_to_meeting, MeetingFactory(group=group, public=True), answer="yes", by=sam)

    @pytest.mark.parametrize("given", [{"state": "cancelled"}, {"state": "held"}, {"days": -1}])
    def test_not_to_what_is_over(self, group, lou, given):
        refused(TooLate, reply_to_meeting, MeetingFactory(group=group, **given), answer="yes", by=lou)

    def test_whom_it_concerns(self, group, ada, lou):
        meeting = MeetingFactory(group=group, public=True)
        guest, away = ActorFactory(), ActorFactory()
        gone = MembershipFactory(group=group, state="left").actor
        reply_to_meeting(meeting, answer="maybe", by=guest)
        reply_to_meeting(meeting, answer="no", by=away)
        reply_to_meeting(meeting, answer="no", by=lou)

        assert set(circle_of(meeting)) == {ada, lou, guest}
        assert set(comers_to(meeting)) == {ada, guest}
        assert gone not in set(circle_of(meeting))

    def test_guests_of_what_is_public_no_more_are_not_concerned(self, group, ada):
        meeting = MeetingFactory(group=group, public=True)
        reply_to_meeting(meeting, answer="yes", by=ActorFactory())
        meeting.public = False
        assert set(circle_of(meeting)) == {ada}


class TestReminding:
    def test_once_within_two_days(self, group):
        near = MeetingFactory(group=group, days=1)
        MeetingFactory(group=group, days=3)
        MeetingFactory(group=group, days=1, state="cancelled")
        remind_of_meetings()
        remind_of_meetings()

        events = Event.objects.filter(kind=Kind.MEETING_SOON)
        assert [event.facts for event in events] == [{"meeting": near.pk}]
        assert fresh(near).reminded_at

    def test_not_of_what_was_planned_just_now_nor_of_what_began(self, group):
        MeetingFactory(group=group, days=1, created_at=now() - timedelta(hours=2))
        MeetingFactory(group=group, starts_at=now() - timedelta(minutes=1))
        remind_of_meetings()
        assert not Event.objects.filter(kind=Kind.MEETING_SOON).exists()


class TestHours:
    def test_clocks_show_most_hours_once(self):
        day = datetime(2026, 12, 3).date()
        assert moments_of(day, time(19)) == [datetime(2026, 12, 3, 19, tzinfo=BERLIN)]

    def test_spring_skips_one_and_autumn_repeats_one(self):
        spring, autumn = datetime(2027, 3, 28).date(), datetime(2027, 10, 31).date()
        assert moments_of(spring, time(2, 30)) == []
        first, second = moments_of(autumn, time(2, 30))
        assert second - first == timedelta(hours=1)


class TestLeaving:
    def test_what_is_kept_and_what_goes(self, group, ada, lou):
        held = MeetingFactory(group=group, state="held", planned_by=lou)
        Attendance.objects.create(meeting=held, actor=lou)
        reply_to_meeting(MeetingFactory(group=group), answer="yes", by=lou)
        make_calendar_key(by=lou, group=group)

        with override("en"):
            assert {"Meetings at which you were", "Whether you come to meetings"} <= set(export(lou))
        erase(lou)

        assert not MeetingReply.objects.exists()
        assert not CalendarKey.objects.exists()
        assert Attendance.objects.get().actor is None
        assert fresh(held).planned_by is None
