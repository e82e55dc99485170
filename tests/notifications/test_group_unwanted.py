"""Letters about working groups that are not sent, since things have moved on."""

from datetime import timedelta

import pytest

from notifications.models import Delivery
from participation.actors.models import Appointment
from participation.actors.operations import erase_actor
from participation.core.clock import now, today, travel_to
from participation.events.kinds import Kind
from participation.groups.models import TIME_TO_ACCEPT, Group, Membership
from participation.groups.operations.belonging import give_role, leave_group, remove_member, step_in
from participation.groups.operations.founding import change_mandate, decline_group
from participation.groups.operations.inviting import (
    accept_invitation,
    take_invitation_back,
)
from participation.groups.operations.joining import (
    accept_request,
    refuse_request,
    tell_of_late_requests,
    withdraw_request,
)
from participation.groups.operations.living import (
    ask_silent_groups,
    begin_report,
    close_group,
    rest_group,
    say_alive,
    wake_group,
)
from participation.groups.states import Role
from tests.group_factories import GroupFactory, MembershipFactory
from tests.letter_factories import DeliveryFactory
from tests.letters import deliver_all
from tests.notifications.group_world import (
    PAUL,
    a_world,
    ask,
    close,
    decline,
    found,
    invite,
    prolong,
    propose,
    told,
    unsent,
)
from tests.notifications.ideas import MONDAY, fan_out_all, mail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ivo", "eva", "all_at_once")]

NO_LONGER = "the recipient no longer belongs to those whom it concerns"
MOVED_ON = "the working group has moved on"
ENDED = "the membership has ended"


@pytest.fixture
def w(ada, olga, max, mia):
    with travel_to(MONDAY):
        yield a_world(ada, olga, max, mia)


class TestWhatIsNotSent:
    """Each letter asks again when it leaves."""

    def test_what_the_office_has_decided(self, w):
        group = propose(w)
        fan_out_all()
        decline_group(group, version=1, because="Nein.", by=w.max)

        said = "the office has decided about the working group"
        assert unsent() == {("group_received", said), ("group_to_decide", said)}

    @pytest.mark.parametrize("letter", ["group_founded", "group_declined"])
    def test_to_whom_the_proposal_is_no_longer_ascribed(self, w, letter):
        found(w) if letter == "group_founded" else decline(w)
        Delivery.objects.filter(letter__in=["group_received", "group_to_decide"]).delete()
        fan_out_all()
        Group.objects.update(proposer=None)

        assert (letter, NO_LONGER) in unsent()

    def test_to_whom_the_membership_is_no_longer_ascribed(self, w):
        remove_member(w.row(w.mona), because="Weggezogen.", by=w.ada)
        fan_out_all()
        Membership.objects.update(actor=None)

        assert unsent() == {("member_removed", NO_LONGER)}

    def test_news_to_those_who_left_meanwhile(self, w):
        rest_group(w.group, by=w.ada)
        fan_out_all()
        leave_group(w.row(w.mona), by=w.mona)

        assert unsent() == {("group_news", NO_LONGER)}
        assert told(Kind.GROUP_DORMANT) == [("Odo", "group_news"), ("Olga", "group_news")]

    @pytest.mark.parametrize(
        ("first", "then"),
        [
            (lambda w: rest_group(w.group, by=w.ada), lambda w: wake_group(w.group, by=w.ada)),
            (lambda w: begin_report(w.group, by=w.ada), lambda w: close_group(w.group, "Gut.", version=1, by=w.ada)),
            (prolong, prolong),
            (lambda w: step_in(w.group, by=w.max), close),
        ],
        ids=["rested", "reported", "prolonged", "stepped in"],
    )
    def test_news_that_are_none_any_more(self, w, first, then):
        first(w)
        fan_out_all()
        kind = Delivery.objects.latest("pk").event.kind
        then(w)
        deliver_all()

        rows = Delivery.objects.filter(event__kind=kind).order_by("event").values_list("event", "reason")
        assert {reason for event, reason in rows if event == rows[0][0]} == {MOVED_ON}

    def test_that_the_office_coordinates_once_somebody_of_the_group_does(self, w):
        w.group = GroupFactory(coordinator=None)
        MembershipFactory(group=w.group, actor=w.mona)
        MembershipFactory(group=w.group, actor=w.odo)
        step_in(w.group, by=w.max)
        fan_out_all()
        give_role(w.row(w.mona), Role.COORDINATOR, by=w.max)

        assert unsent() == {("group_news", "the office no longer coordinates the working group")}

    def test_to_those_who_no_longer_lead(self, w):
        ask(w)
        leave_group(w.row(w.mona), by=w.mona)
        fan_out_all()
        give_role(w.row(w.olga), Role.MEMBER, by=w.ada)

        said = "the recipient no longer coordinates the working group"
        assert unsent() == {("membership_to_decide", said), ("member_news", said)}
        assert told(Kind.MEMBER_LEFT) == [("Ada", "member_news")]

    def test_the_question_to_those_who_no_longer_lead(self, w):
        ask_silent_groups()
        fan_out_all()
        Membership.objects.filter(actor=w.olga).update(role="member")

        assert unsent() == {("group_asked", "the recipient no longer coordinates the working group")}
        assert told(Kind.GROUP_ASKED) == [("Ada", "group_asked")]

    @pytest.mark.parametrize(
        "answer",
        [
            lambda w: say_alive(w.group, by=w.ada),
            lambda w: rest_group(w.group, by=w.ada),
            lambda w: change_mandate(w.group, version=1, by=w.max, expected="Mehr."),
        ],
        ids=["alive", "rests", "changed"],
    )
    def test_a_question_that_was_answered(self, w, answer):
        ask_silent_groups()
        with travel_to(now() + timedelta(days=15)):
            ask_silent_groups()
            fan_out_all()
            answer(w)

            said = "the working group has given a life sign"
            assert {("group_asked", said), ("group_silent", said)} <= unsent()

    @pytest.mark.parametrize(
        "end",
        [
            lambda w, row: accept_request(row, by=w.ada),
            lambda w, row: refuse_request(row, because="Nein.", by=w.ada),
            lambda w, row: withdraw_request(row, by=w.nina),
        ],
        ids=["accepted", "refused", "withdrawn"],
    )
    def test_a_request_that_was_answered_or_withdrawn(self, w, end):
        row = ask(w)
        with travel_to(now() + timedelta(days=9)):
            tell_of_late_requests()
            fan_out_all()
            end(w, row)

            said = "nobody waits for an answer to the request any more"
            assert unsent() == {
                ("membership_received", said), ("membership_to_decide", said), ("membership_overdue", said)
            }  # fmt: skip

    def test_a_request_of_somebody_who_left_the_portal(self, w):
        ask(w)
        fan_out_all()
        erase_actor(w.nina, by=w.nina)

        assert ("membership_to_decide", "nobody waits for an answer to the request any more") in unsent()

    def test_the_office_is_not_asked_where_somebody_coordinates_again(self, w):
        w.group = GroupFactory(coordinator=None)
        ask(w)
        fan_out_all()
        MembershipFactory(group=w.group, actor=w.ada, role="coordinator")

        assert unsent() == {("membership_overdue", "somebody coordinates the working group again and answers")}

    @pytest.mark.parametrize("end", ["back", "late", "closed"])
    def test_an_invitation_that_nobody_can_answer_any_more(self, w, end):
        row = invite(w, PAUL)
        fan_out_all()
        if end == "back":
            take_invitation_back(row, by=w.ada)
        if end == "closed":
            close(w)
        with travel_to(now() + (TIME_TO_ACCEPT if end == "late" else timedelta())):
            assert ("member_invited", "the invitation can no longer be answered") in unsent()

    def test_an_invitation_to_a_mailbox_that_had_enough(self, w):
        DeliveryFactory.create_batch(3, letter="report_received", address=PAUL, created_at=now())
        invite(w, PAUL)

        assert ("member_invited", "its mailbox had three letters within the hour") in unsent()

    def test_to_and_about_those_who_left_the_group_again(self, w):
        accept_request(ask(w), by=w.ada)
        give_role(w.row(w.nina), Role.OBSERVER, by=w.ada)
        fan_out_all()
        leave_group(w.row(w.nina), by=w.nina)

        assert {("membership_accepted", ENDED), ("member_got_role", ENDED)} <= unsent()

    @pytest.mark.parametrize("end", ["left", "erased"])
    def test_that_somebody_joined_who_is_gone(self, w, end):
        accept_invitation(invite(w), by=w.nina)
        fan_out_all()
        leave_group(w.row(w.nina), by=w.nina) if end == "left" else erase_actor(w.nina, by=w.nina)

        assert ("member_news", ENDED) in unsent()

    def test_a_role_that_changed_again(self, w):
        give_role(w.row(w.mona), Role.DEPUTY, by=w.ada)
        fan_out_all()
        give_role(w.row(w.mona), Role.OBSERVER, by=w.ada)

        assert unsent() == {("member_got_role", "the role has changed again")}
        assert "Your role: observer" in mail(w.mona, "member_got_role")[1]

    @pytest.mark.parametrize("letter", ["group_to_decide", "membership_overdue", "group_silent"])
    def test_to_those_who_left_the_office(self, w, letter):
        makes = {"group_to_decide": propose, "membership_overdue": _late_request, "group_silent": _silence}
        makes[letter](w)
        fan_out_all()
        Appointment.objects.update(until=today() - timedelta(days=1))

        assert (letter, "the letter no longer concerns the recipient") in unsent()


def _late_request(w):
    w.group = GroupFactory(coordinator=None)
    ask(w)


def _silence(w):
    Group.objects.update(asked_at=now() - timedelta(days=20))
    ask_silent_groups()
