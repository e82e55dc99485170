"""Letters about working groups: who hears of what, written down by hand, and what people chose."""

from datetime import timedelta

import pytest

from notifications import digests
from notifications.models import Delivery
from notifications.preferences import choose, mute, set_habits
from notifications.states import Rhythm, State
from notifications.topics import Topic
from participation.actors.models import Appointment
from participation.actors.operations import erase_actor
from participation.core.clock import today, travel_to
from participation.events.kinds import Kind
from participation.groups.operations.belonging import give_role, leave_group, remove_member, step_in
from participation.groups.operations.founding import change_mandate, decline_group
from participation.groups.operations.inviting import (
    accept_invitation,
    decline_invitation,
)
from participation.groups.operations.joining import (
    accept_request,
    refuse_request,
    withdraw_request,
)
from participation.groups.operations.living import (
    ask_silent_groups,
    begin_due_reports,
    begin_report,
    rest_group,
    say_alive,
)
from participation.groups.states import Role
from tests.group_factories import GroupFactory
from tests.letters import deliver_all
from tests.notifications.group_world import (
    PAUL,
    a_world,
    ask,
    ask_in_vain,
    be_silent,
    close,
    come_together,
    decline,
    found,
    invite,
    prolong,
    propose,
    told,
    wake,
)
from tests.notifications.ideas import MONDAY, fan_out_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ivo", "eva", "all_at_once")]

LEDGER = "/geschaeftsstelle/vorgaenge/G-2026-0003/briefe/"


@pytest.fixture
def w(ada, olga, max, mia):
    with travel_to(MONDAY):
        yield a_world(ada, olga, max, mia)


MEMBERS = {("Ada", "group_news"), ("Olga", "group_news"), ("Mona", "group_news"), ("Odo", "group_news")}
LEADERS_ARE_TOLD = {("Ada", "member_news"), ("Olga", "member_news")}

# What happened → how, and who gets which letter of it; whoever is not named gets none.
HEARD = {
    Kind.GROUP_PROPOSED: (propose, {("Pia", "group_received"), ("Max", "group_to_decide"), ("Mia", "group_to_decide")}),
    Kind.GROUP_CONSTITUTED: (found, {("Pia", "group_founded")}),
    Kind.GROUP_DECLINED: (decline, {("Pia", "group_declined")}),
    Kind.GROUP_CHANGED: (lambda w: change_mandate(w.group, version=1, by=w.max, expected="Mehr."), set()),
    Kind.GROUP_ACTIVE: (come_together, {("Ada", "group_news"), ("Mona", "group_news"), ("Nina", "group_news")}),
    Kind.GROUP_ASKED: (lambda w: ask_silent_groups(), {("Ada", "group_asked"), ("Olga", "group_asked")}),
    Kind.GROUP_SILENT: (be_silent, {("Max", "group_silent"), ("Mia", "group_silent")}),
    Kind.GROUP_ALIVE: (lambda w: say_alive(w.group, by=w.ada), set()),
    Kind.GROUP_DORMANT: (lambda w: rest_group(w.group, by=w.ada), MEMBERS - {("Ada", "group_news")}),
    Kind.GROUP_WOKE: (wake, MEMBERS - {("Olga", "group_news")}),
    Kind.GROUP_REPORTING: (lambda w: begin_report(w.group, by=w.ada), MEMBERS - {("Ada", "group_news")}),
    Kind.GROUP_PROLONGED: (prolong, MEMBERS),
    Kind.GROUP_CLOSED: (close, MEMBERS - {("Ada", "group_news")}),
    Kind.OFFICE_STEPPED_IN: (lambda w: step_in(w.group, by=w.max), MEMBERS),
    Kind.MEMBERSHIP_REQUESTED: (
        ask,
        {("Nina", "membership_received"), ("Ada", "membership_to_decide"), ("Olga", "membership_to_decide")},
    ),
    Kind.REQUEST_OVERDUE: (ask_in_vain, {("Max", "membership_overdue"), ("Mia", "membership_overdue")}),
    Kind.MEMBERSHIP_ACCEPTED: (lambda w: accept_request(ask(w), by=w.ada), {("Nina", "membership_accepted")}),
    Kind.MEMBERSHIP_REFUSED: (
        lambda w: refuse_request(ask(w), because="Es sind schon zwölf.", by=w.ada),
        {("Nina", "membership_refused")},
    ),
    Kind.MEMBERSHIP_WITHDRAWN: (lambda w: withdraw_request(ask(w), by=w.nina), LEADERS_ARE_TOLD),
    Kind.MEMBER_INVITED: (lambda w: invite(w, PAUL), {(PAUL, "member_invited")}),
    Kind.MEMBER_JOINED: (lambda w: accept_invitation(invite(w), by=w.nina), LEADERS_ARE_TOLD),
    Kind.MEMBER_DECLINED: (lambda w: decline_invitation(invite(w), by=w.nina), LEADERS_ARE_TOLD),
    Kind.MEMBER_LEFT: (lambda w: leave_group(w.row(w.mona), by=w.mona), LEADERS_ARE_TOLD),
    Kind.MEMBER_REMOVED: (
        lambda w: remove_member(w.row(w.mona), because="Weggezogen.", by=w.ada),
        {("Mona", "member_removed")},
    ),
    Kind.MEMBER_GOT_ROLE: (lambda w: give_role(w.row(w.mona), Role.DEPUTY, by=w.ada), {("Mona", "member_got_role")}),
}


class TestWhoHears:
    @pytest.mark.parametrize("kind", HEARD, ids=str)
    def test_those_whom_it_concerns_each_once_and_nobody_else(self, kind, w):
        does, expected = HEARD[kind]

        does(w)

        assert told(kind) == sorted(expected)

    def test_every_kind_of_event_about_groups_is_tried(self):
        about = {kind for kind in Kind if kind.startswith(("group", "member", "request_", "office_"))}

        assert set(HEARD) == about

    def test_a_moderator_who_proposes_gets_the_receipt_alone(self, w):
        w.pia = w.max
        propose(w)

        assert told(Kind.GROUP_PROPOSED) == [("Max", "group_received"), ("Mia", "group_to_decide")]

    def test_a_report_that_begins_by_itself_is_told_to_all_once(self, w):
        with travel_to(MONDAY + timedelta(days=300)):
            begin_due_reports()
            assert told(Kind.GROUP_REPORTING) == sorted(MEMBERS)

    def test_a_group_that_nobody_coordinates_asks_the_office_at_once(self, w):
        w.group = GroupFactory(coordinator=None)
        ask(w)

        assert told(Kind.MEMBERSHIP_REQUESTED) == [
            ("Max", "membership_overdue"), ("Mia", "membership_overdue"), ("Nina", "membership_received")
        ]  # fmt: skip

    def test_nobody_of_the_office_decides_about_their_own_request(self, w):
        w.group, w.nina = GroupFactory(coordinator=None), w.max
        ask(w)

        assert told(Kind.MEMBERSHIP_REQUESTED) == [("Max", "membership_received"), ("Mia", "membership_overdue")]

    def test_whoever_leads_and_leaves_is_not_told_so(self, w):
        leave_group(w.row(w.olga), by=w.olga)

        assert told(Kind.MEMBER_LEFT) == [("Ada", "member_news")]

    def test_nobody_is_told_of_a_role_they_took_themselves(self, w):
        give_role(w.row(w.ada), Role.COORDINATOR, by=w.ada)
        give_role(w.row(w.olga), Role.COORDINATOR, by=w.ada)
        give_role(w.row(w.ada), Role.MEMBER, by=w.ada)

        assert told(Kind.MEMBER_GOT_ROLE) == [("Olga", "member_got_role")]

    def test_a_request_that_ends_with_the_group_is_told_so(self, w):
        ask(w)
        close(w)

        assert told(Kind.MEMBERSHIP_REFUSED) == [("Nina", "membership_refused")]

    def test_an_invitation_goes_to_the_bare_address_whether_or_not_there_is_an_account(self, w):
        invite(w, PAUL)
        invite(w)

        assert told(Kind.MEMBER_INVITED) == [("nina@post.example", "member_invited"), (PAUL, "member_invited")]
        assert set(Delivery.objects.values_list("recipient", flat=True)) == {None}

    def test_an_invitation_ends_with_the_account_of_whoever_invited(self, w):
        give_role(w.row(w.olga), Role.COORDINATOR, by=w.ada)
        invite(w, PAUL)
        erase_actor(w.ada, by=w.ada)

        assert told(Kind.MEMBER_INVITED) == []

    def test_who_left_the_portal_hears_nothing(self, w):
        group = propose(w)
        for actor in (w.pia, w.olga, w.mona):
            erase_actor(actor, by=actor)
        decline_group(group, version=group.version, because="Nein.", by=w.max)
        rest_group(w.group, by=w.ada)

        assert told(Kind.GROUP_DECLINED) == []
        assert told(Kind.GROUP_DORMANT) == [("Odo", "group_news")]


class TestWhatPeopleChose:
    """What is owed comes anyway."""

    @pytest.mark.parametrize("wish", ["off", "paused", "muted"])
    def test_whoever_wants_to_hear_nothing_still_gets_what_is_owed(self, w, wish):
        for actor in (w.nina, w.mona, w.ada):
            if wish == "off":
                choose(actor, Topic.MY_GROUPS, "email", Rhythm.OFF)
            if wish == "paused":
                set_habits(actor, paused_until=today() + timedelta(days=9))
            if wish == "muted":
                mute(actor, w.group.case)
        row = ask(w)
        deliver_all()
        accept_request(row, by=w.olga)
        give_role(w.row(w.mona), Role.OBSERVER, by=w.ada)
        deliver_all()
        remove_member(w.row(w.mona), because="Weggezogen.", by=w.ada)
        rest_group(w.group, by=w.max)
        deliver_all()

        rows = Delivery.objects.filter(state=State.SENT).select_related("recipient")
        found = {(row.recipient.display_name, row.letter) for row in rows}
        assert found == {
            ("Nina", "membership_received"), ("Nina", "membership_accepted"), ("Mona", "member_got_role"),
            ("Mona", "member_removed"), ("Olga", "membership_to_decide"), ("Olga", "group_news"), ("Odo", "group_news"),
        }  # fmt: skip

    def test_they_lie_in_the_inbox_with_title_and_page(self, as_, w):
        ask(w)
        propose(w)
        fan_out_all()

        pages = {person: as_(person).get("/meine/nachrichten/").content.decode() for person in (w.nina, w.ada, w.max)}

        assert all("/arbeitsgruppen/mitfahrbank/" in pages[person] for person in (w.nina, w.ada))
        assert "Somebody asks to join your working group." in pages[w.ada]
        assert "Your request to join a working group has arrived." in pages[w.nina]
        assert "/arbeitsgruppen/rufbus/" in pages[w.max]
        assert "Rufbus" in pages[w.max]

    def test_whoever_may_no_longer_read_a_group_reads_its_number_alone(self, as_, w):
        group = propose(w)
        fan_out_all()
        decline_group(group, version=1, because="Nein.", by=w.mia)
        Appointment.objects.filter(actor=w.max).update(until=today() - timedelta(days=1))

        page = as_(w.max).get("/meine/nachrichten/").content.decode()

        assert group.reference in page
        assert "Rufbus" not in page

    def test_a_digest_names_the_group(self, w):
        choose(w.mona, Topic.MY_GROUPS, "email", Rhythm.DAILY)
        rest_group(w.group, by=w.ada)
        fan_out_all()

        with travel_to(MONDAY + timedelta(days=1)):
            digests.gather_due()
            (letter,) = [one for one in deliver_all() if one.to == [w.mona.email]]

        assert "G-2026-0003 · dormant\nMitfahrbank" in letter.body
        assert "The working group rests for the time being." in letter.body

    def test_nothing_more_of_one_group(self, as_, w):
        address = "/meine/benachrichtigungen/vorgang/G-2026-0003/"
        assert "Mitfahrbank" in as_(w.mona).get(address).content.decode()

        as_(w.mona).post(address, {"want": "0"})
        rest_group(w.group, by=w.ada)

        assert told(Kind.GROUP_DORMANT) == [("Odo", "group_news"), ("Olga", "group_news")]
        assert "Mitfahrbank" in as_(w.mona).get("/meine/benachrichtigungen/").content.decode()

    def test_not_of_a_proposal_that_one_may_not_read(self, as_, w):
        group = propose(w)
        address = f"/meine/benachrichtigungen/vorgang/{group.reference}/"

        assert as_(w.pia).get(address).status_code == 200
        assert as_(w.mona).get(address).status_code == 404


class TestTheLedger:
    @pytest.mark.parametrize("name", ["max", "mia", "ivo"])
    def test_the_office_reads_who_was_told(self, as_, w, request, name):
        rest_group(w.group, by=w.ada)
        deliver_all()

        page = as_(request.getfixturevalue(name)).get(LEDGER)

        assert page.status_code == 200
        assert "/geschaeftsstelle/arbeitsgruppen/mitfahrbank/" in page.content.decode()

    def test_others_do_not(self, as_, w):
        assert {as_(actor).get(LEDGER).status_code for actor in (w.ada, w.mona, w.nina)} == {404}
