"""The life of a group: silence, rest, report, prolongation and end."""

from datetime import timedelta

import pytest

from participation.core.clock import now, today, travel_to
from participation.core.errors import NotAllowed, Outdated, WrongState
from participation.events.kinds import Kind
from participation.events.models import Event
from participation.groups.models import Group, Prolongation
from participation.groups.operations.living import (
    NoReason,
    NoReport,
    NotLater,
    ask_silent_groups,
    begin_due_reports,
    begin_report,
    close_group,
    draft_report,
    prolong_group,
    rest_group,
    say_alive,
    wake_group,
)
from participation.groups.queries import with_life_signs
from participation.tasks import remind
from tests.factories import EventFactory
from tests.group_factories import GroupFactory, MembershipFactory

from .steps import again, kinds, refused, state_of

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


class TestSilence:
    def test_after_60_days_the_coordination_is_asked_and_14_days_later_the_office_each_once(self, group):
        began = group.created_at
        for days, expected in [
            (60, []),
            (61, [Kind.GROUP_ASKED]),
            (62, [Kind.GROUP_ASKED]),
            (75, [Kind.GROUP_ASKED]),
            (76, [Kind.GROUP_ASKED, Kind.GROUP_SILENT]),
            (90, [Kind.GROUP_ASKED, Kind.GROUP_SILENT]),
        ]:
            with travel_to(began + days * DAY):
                ask_silent_groups()
            assert kinds() == expected

    def test_what_happens_in_it_is_a_life_sign_and_our_questions_are_none(self, group):
        EventFactory(kind=Kind.MEMBER_JOINED, case=group.case, at=group.created_at + 50 * DAY)
        with travel_to(group.created_at + 100 * DAY):
            ask_silent_groups()
        assert kinds() == [Kind.MEMBER_JOINED]

        with travel_to(group.created_at + 111 * DAY):
            ask_silent_groups()
        assert kinds() == [Kind.MEMBER_JOINED, Kind.GROUP_ASKED]
        stirred_at = with_life_signs(Group.objects.all()).get().stirred_at
        assert stirred_at == group.created_at + 50 * DAY

    def test_whoever_answers_is_asked_again_only_after_the_next_silence(self, group, ada):
        with travel_to(group.created_at + 61 * DAY):
            ask_silent_groups()
        with travel_to(group.created_at + 62 * DAY):
            say_alive(again(group), by=ada)
        assert again(group).asked_at is None
        for days, number in [(80, 1), (122, 1), (124, 2)]:
            with travel_to(group.created_at + days * DAY):
                ask_silent_groups()
            assert kinds().count(Kind.GROUP_ASKED) == number
        assert Kind.GROUP_SILENT not in kinds()

    def test_something_happened_without_an_answer_and_then_silence_again(self, group):
        with travel_to(group.created_at + 61 * DAY):
            ask_silent_groups()
        EventFactory(kind=Kind.MEMBER_LEFT, case=group.case, at=group.created_at + 63 * DAY)
        for days, asked, silent in [(76, 1, 0), (124, 2, 0), (139, 2, 1)]:
            with travel_to(group.created_at + days * DAY):
                ask_silent_groups()
            assert (kinds().count(Kind.GROUP_ASKED), kinds().count(Kind.GROUP_SILENT)) == (asked, silent)

    @pytest.mark.parametrize("state", ["proposed", "constituted", "dormant", "reporting", "closed"])
    def test_only_active_groups_are_asked(self, state):
        group = GroupFactory(state=state)

        with travel_to(group.created_at + 100 * DAY):
            ask_silent_groups()

        assert kinds() == []

    def test_a_life_sign_comes_from_whoever_leads_or_the_office(self, group, lou, ivo, root, max):
        for by in (lou, ivo, root):
            refused(NotAllowed, say_alive, group, by=by)
        say_alive(group, by=max)
        assert kinds() == [Kind.GROUP_ALIVE]
        refused(Outdated, say_alive, GroupFactory(state="dormant"), by=max)


class TestResting:
    def test_and_waking(self, group, ada):
        rest_group(group, by=ada)
        assert state_of(group) == "dormant"
        assert not Group.objects.at_work().exists()
        assert Group.objects.public().exists()

        wake_group(group, by=ada)

        assert state_of(group) == "active"
        assert kinds() == [Kind.GROUP_DORMANT, Kind.GROUP_WOKE]

    def test_only_by_whoever_leads_or_the_office(self, group, lou, ivo, root):
        for by in (lou, ivo, root):
            refused(NotAllowed, rest_group, group, by=by)
            refused(NotAllowed, wake_group, group, by=by)

    def test_only_what_rests_wakes(self, group, max):
        refused(Outdated, wake_group, group, by=max)
        refused(Outdated, wake_group, GroupFactory(state="reporting"), by=max)
        refused(WrongState, rest_group, GroupFactory(state="constituted"), by=max)


class TestTheReport:
    @pytest.fixture
    def reporting(self, ada):
        return GroupFactory(state="reporting", coordinator=ada)

    def test_it_begins_by_hand_or_when_the_time_is_over(self, group, ada):
        other, resting = GroupFactory(), GroupFactory(state="dormant")
        begin_report(group, by=ada)
        with travel_to(now() + 200 * DAY):
            begin_due_reports()
        assert state_of(other) == "active"

        with travel_to(now() + 201 * DAY):
            remind()

        assert [state_of(row) for row in (group, other, resting)] == ["reporting", "reporting", "dormant"]
        events = Event.objects.filter(kind=Kind.GROUP_REPORTING).order_by("pk")
        assert [(event.by, event.case) for event in events] == [(ada, group.case), (None, other.case)]

    def test_it_is_kept_and_then_published(self, reporting, ada):
        draft_report(reporting, "Ein *Entwurf*.", version=1, by=ada)
        assert "<em>Entwurf</em>" in again(reporting).report_html

        close_group(reporting, "Wir empfehlen einen **Rufbus**.", version=2, by=ada)

        group = again(reporting)
        assert (group.state, group.report) == ("closed", "Wir empfehlen einen **Rufbus**.")
        assert "<strong>Rufbus</strong>" in group.report_html
        assert again(group.case).closed_at is not None
        assert again(group.case).public
        assert kinds() == [Kind.GROUP_CLOSED]

    def test_a_group_that_rests_can_be_closed_as_well(self, max):
        group = GroupFactory(state="dormant")

        close_group(group, "Es kam niemand mehr.", version=1, by=max)

        assert state_of(group) == "closed"

    def test_not_without_words_nor_over_the_words_of_others_nor_too_early(self, reporting, group, ada):
        refused(NoReport, close_group, reporting, "", version=1, by=ada)
        refused(Outdated, close_group, reporting, "x", version=7, by=ada)
        refused(Outdated, draft_report, reporting, "x", version=7, by=ada)
        refused(WrongState, close_group, group, "x", version=1, by=ada)
        refused(Outdated, draft_report, group, "x", version=1, by=ada)

    def test_only_by_whoever_leads_or_the_office(self, group, reporting, ivo, root, olga):
        member = MembershipFactory(group=reporting).actor
        for by in (member, ivo, root, olga):
            refused(NotAllowed, draft_report, reporting, "x", version=1, by=by)
            refused(NotAllowed, close_group, reporting, "x", version=1, by=by)
            refused(NotAllowed, begin_report, group, by=by)

    def test_whoever_waits_for_an_answer_is_told(self, reporting, ada):
        asked = MembershipFactory(group=reporting, state="requested")
        invited = MembershipFactory(group=reporting, state="invited", email="x@post.example")
        elsewhere = MembershipFactory(state="requested")

        close_group(reporting, "Fertig.", version=1, by=ada)

        assert [state_of(row) for row in (asked, invited, elsewhere)] == ["refused", "expired", "requested"]
        assert again(invited).email == ""
        assert kinds() == [Kind.MEMBERSHIP_REFUSED, Kind.GROUP_CLOSED]


class TestProlonging:
    @pytest.fixture
    def reporting(self):
        return GroupFactory(state="reporting")

    def test_with_a_reason_for_everybody(self, reporting, max):
        former, last = reporting.ends_on, reporting.ends_on + 90 * DAY
        times = {"ends_on": last, "report_due_on": last + 30 * DAY}

        prolong_group(reporting, **times, reason="Der Landkreis antwortet erst im Mai.", by=max)

        group, row = again(reporting), Prolongation.objects.get()
        assert (group.state, group.ends_on, group.report_due_on) == ("active", last, last + 30 * DAY)
        assert (row.former_ends_on, row.ends_on, row.reason, row.by) == (
            former, last, "Der Landkreis antwortet erst im Mai.", max,
        )  # fmt: skip
        event = Event.objects.get()
        assert (event.kind, event.facts) == (Kind.GROUP_PROLONGED, {"group": group.pk, "prolongation": row.pk})

    def test_it_leads_on(self, reporting, max):
        there = reporting.ends_on
        for last, report in [(there, there), (there + 5 * DAY, there + 4 * DAY)]:
            refused(NotLater, prolong_group, reporting, ends_on=last, report_due_on=report, reason="x", by=max)
        with travel_to(now() + 300 * DAY):
            last = today()
            refused(NotLater, prolong_group, reporting, ends_on=last, report_due_on=last, reason="x", by=max)
        later = {"ends_on": there + DAY, "report_due_on": there + DAY}
        refused(NoReason, prolong_group, reporting, **later, reason="", by=max)

    def test_only_by_the_office_and_while_it_reports(self, reporting, group, ada, ivo, root, max):
        later = {"ends_on": group.ends_on + DAY, "report_due_on": group.ends_on + DAY, "reason": "x"}
        MembershipFactory(group=reporting, actor=ada, role="coordinator")
        for by in (ada, ivo, root):
            refused(NotAllowed, prolong_group, reporting, **later, by=by)
        refused(Outdated, prolong_group, group, **later, by=max)
        refused(Outdated, prolong_group, GroupFactory(state="dormant"), **later, by=max)

    def test_of_two_one_wins(self, reporting, max, mia):
        later = {"ends_on": reporting.ends_on + DAY, "report_due_on": reporting.ends_on + DAY, "reason": "x"}
        slower = again(reporting)
        prolong_group(reporting, **later, by=max)

        refused(Outdated, prolong_group, slower, **later, by=mia)
