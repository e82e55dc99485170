"""Joining at once, on request and by invitation: whoever asks is answered, nobody is in twice."""

from datetime import UTC, datetime, timedelta

import pytest

from participation.actors.operations import erase_actor
from participation.core.clock import now, travel_to
from participation.core.errors import NotAllowed, Outdated, WrongState
from participation.events.kinds import Kind
from participation.events.models import Event
from participation.groups.models import TIME_TO_ACCEPT, Membership
from participation.groups.operations.holding import Over
from participation.groups.operations.inviting import (
    Expired,
    HasAsked,
    NotInvited,
    ThereAlready,
    accept_invitation,
    decline_invitation,
    invite_member,
    purge_expired_invitations,
    take_invitation_back,
)
from participation.groups.operations.joining import (
    ByInvitation,
    NoReason,
    accept_request,
    join_group,
    refuse_request,
    tell_of_late_requests,
    withdraw_request,
)
from participation.groups.queries import members_of, requests_for, together_with
from participation.tasks import remind, tidy
from tests.factories import ActorFactory
from tests.group_factories import GroupFactory, MembershipFactory

from .steps import again, kinds, refused, state_of

OLGA = "olga@allianz.example"
BECAUSE = "Ich fahre jeden Tag Bus."


@pytest.fixture
def request_of_olga(group, olga):
    return MembershipFactory(group=group, actor=olga, state="requested")


class TestAtOnce:
    def test_whoever_wants_to_is_in(self, ada, olga, group):
        type(group).objects.update(way_in="open")

        row = join_group(group, by=olga, shown=True, observing=True)

        assert (row.state, row.role, row.shown) == ("member", "observer", True)
        assert kinds() == [Kind.MEMBER_JOINED]
        assert Event.objects.get().facts == {"membership": row.pk}
        assert join_group(group, by=olga) == row
        assert kinds() == [Kind.MEMBER_JOINED]

    def test_with_the_third_member_a_group_begins_its_work(self, ada, olga, max):
        group = GroupFactory(state="constituted", way_in="open", coordinator=ada)
        join_group(group, by=olga)
        assert state_of(group) == "constituted"
        MembershipFactory(group=group, actor=ActorFactory(is_active=False))

        join_group(group, by=max)

        assert state_of(group) == "active"
        assert kinds() == [Kind.MEMBER_JOINED, Kind.MEMBER_JOINED, Kind.GROUP_ACTIVE]

    def test_what_the_group_chose_meanwhile_counts(self, group, olga):
        seen = again(group)
        type(group).objects.update(way_in="open")

        assert join_group(seen, by=olga).state == "member"

    def test_not_without_a_confirmed_address(self, group):
        refused(NotAllowed, join_group, group, by=ActorFactory(confirmed=False), reason=BECAUSE)


class TestOnRequest:
    def test_it_waits_until_the_end_of_the_seventh_day(self, group, olga):
        with travel_to(datetime(2026, 10, 21, 9, tzinfo=UTC)):  # the clocks change on the 25th
            row = join_group(group, by=olga, reason=BECAUSE)

        assert (row.state, row.role, row.reason) == ("requested", "member", BECAUSE)
        assert row.answer_by == datetime(2026, 10, 28, 22, 59, 59, tzinfo=UTC)
        assert kinds() == [Kind.MEMBERSHIP_REQUESTED]
        assert join_group(group, by=olga, reason="Noch einmal") == row

    def test_not_without_a_reason(self, group, olga):
        refused(NoReason, join_group, group, by=olga)

    def test_a_group_that_invites_takes_no_requests(self, group, olga):
        type(group).objects.update(way_in="invitation")

        refused(ByInvitation, join_group, group, by=olga, reason=BECAUSE)

    @pytest.mark.parametrize("state", ["proposed", "declined", "closed"])
    def test_nobody_joins_what_is_not_at_work(self, state, olga):
        refused(Over, join_group, GroupFactory(state=state), by=olga, reason=BECAUSE)

    def test_it_is_accepted(self, request_of_olga, ada, group):
        accept_request(request_of_olga, by=ada)

        row = again(request_of_olga)
        assert (row.state, row.decided_by, row.answer_by) == ("member", ada, None)
        assert {one.actor.display_name for one in members_of(group)} == {"Ada", "Olga"}
        assert kinds() == [Kind.MEMBERSHIP_ACCEPTED]

    def test_a_refusal_has_a_reason(self, request_of_olga, ada):
        refused(NoReason, refuse_request, request_of_olga, because="", by=ada)

        refuse_request(request_of_olga, because="Wir sind schon zwanzig.", by=ada)

        row = again(request_of_olga)
        assert (row.state, row.refused_because, row.decided_by) == ("refused", "Wir sind schon zwanzig.", ada)
        assert kinds() == [Kind.MEMBERSHIP_REFUSED]

    def test_after_a_refusal_one_may_ask_again(self, request_of_olga, ada, olga, group):
        refuse_request(request_of_olga, because="Noch nicht.", by=ada)

        assert join_group(group, by=olga, reason=BECAUSE).pk != request_of_olga.pk

    def test_of_two_coordinators_one_wins(self, request_of_olga, ada):
        other = again(request_of_olga)
        accept_request(request_of_olga, by=ada)

        refused(Outdated, refuse_request, other, because="Nein.", by=ada)
        refused(WrongState, accept_request, again(request_of_olga), by=ada)

    def test_it_is_withdrawn_by_whoever_asked(self, request_of_olga, ada, olga):
        refused(NotAllowed, withdraw_request, request_of_olga, by=ada)

        withdraw_request(request_of_olga, by=olga)

        assert state_of(request_of_olga) == "withdrawn"
        assert kinds() == [Kind.MEMBERSHIP_WITHDRAWN]

    @pytest.mark.parametrize("who", ["lou", "ivo", "max", "eva", "root", "olga"])
    def test_others_do_not_answer_it(self, who, request, request_of_olga):
        by = request.getfixturevalue(who)

        refused(NotAllowed, accept_request, request_of_olga, by=by)
        refused(NotAllowed, refuse_request, request_of_olga, because="Nein.", by=by)

    def test_nor_does_somebody_who_leads_another_group_or_led_this_one(self, request_of_olga, group):
        elsewhere, before = ActorFactory(), ActorFactory()
        GroupFactory(coordinator=elsewhere)
        MembershipFactory(group=group, actor=before, role="coordinator", state="left")

        for by in (elsewhere, before):
            refused(NotAllowed, accept_request, request_of_olga, by=by)

    def test_a_deputy_does(self, request_of_olga, group):
        deputy = MembershipFactory(group=group, role="deputy").actor

        accept_request(request_of_olga, by=deputy)

        assert state_of(request_of_olga) == "member"

    def test_after_seven_days_the_office_decides(self, request_of_olga, max, ivo):
        with travel_to(now() + timedelta(days=8)):
            refused(NotAllowed, accept_request, request_of_olga, by=ivo)
            accept_request(request_of_olga, by=max)

        assert state_of(request_of_olga) == "member"

    def test_at_once_where_nobody_coordinates(self, request_of_olga, leadership, max, ada):
        type(ada).objects.filter(pk=ada.pk).update(is_active=False)

        refuse_request(request_of_olga, because="Die Gruppe ruht.", by=max)

        assert state_of(request_of_olga) == "refused"

    def test_nobody_decides_about_their_own(self, group, max):
        row = MembershipFactory(group=group, actor=max, state="requested", since=now() - timedelta(days=9))

        refused(NotAllowed, accept_request, row, by=max)

    def test_the_office_hears_once_of_each_that_waits_too_long(self, request_of_olga):
        remind()
        assert kinds() == []

        with travel_to(now() + timedelta(days=8)):
            remind()
            tell_of_late_requests()

        assert [kind for kind in kinds() if kind == Kind.REQUEST_OVERDUE] == [Kind.REQUEST_OVERDUE]
        assert Event.objects.filter(kind=Kind.REQUEST_OVERDUE).get().facts == {"membership": request_of_olga.pk}

    def test_whoever_leads_sees_what_waits_for_them(self, request_of_olga, ada, lou, olga):
        MembershipFactory(state="requested")

        waiting = {actor: requests_for(together_with(actor)[0]) for actor in (ada, lou, olga)}
        assert waiting == {ada: [request_of_olga], lou: [], olga: []}


class TestByInvitation:
    @pytest.fixture
    def invited(self, group, olga):
        return MembershipFactory(group=group, state="invited", email=OLGA)

    def test_an_address_is_asked_once(self, group, ada):
        row = invite_member(group, "Paul@post.example", role="deputy", by=ada)

        assert (row.email, row.role, row.state, row.invited_by, row.actor) == (
            "paul@post.example", "deputy", "invited", ada, None,
        )  # fmt: skip
        assert kinds() == [Kind.MEMBER_INVITED]
        assert invite_member(group, "paul@post.example", role="deputy", by=ada) == row
        assert kinds() == [Kind.MEMBER_INVITED]

    def test_in_another_role_it_is_another_invitation(self, group, ada):
        first = invite_member(group, "paul@post.example", by=ada)

        second = invite_member(group, "paul@post.example", role="observer", by=ada)

        assert (state_of(first), again(first).email, state_of(second)) == ("expired", "", "invited")

    def test_not_whoever_is_in_or_has_asked(self, group, ada, lou, olga):
        MembershipFactory(group=group, actor=olga, state="requested")

        refused(ThereAlready, invite_member, group, lou.email, by=ada)
        refused(HasAsked, invite_member, group, OLGA, by=ada)

    def test_who_left_may_be_asked_again(self, group, ada, olga):
        MembershipFactory(group=group, actor=olga, state="left")

        assert invite_member(group, OLGA, by=ada).state == "invited"

    @pytest.mark.parametrize("who", ["lou", "ivo", "eva", "root", "olga"])
    def test_others_do_not_invite(self, who, request, group):
        refused(NotAllowed, invite_member, group, "x@post.example", by=request.getfixturevalue(who))

    def test_the_office_does(self, group, max):
        assert invite_member(group, "x@post.example", by=max).invited_by == max

    def test_nobody_is_invited_to_what_is_closed(self, max):
        refused(NotAllowed, invite_member, GroupFactory(state="closed"), "x@post.example", by=max)

    def test_whoever_reads_the_address_joins(self, invited, olga):
        assert together_with(olga)[1] == [invited]

        accept_invitation(invited, by=olga, shown=True)

        row = again(invited)
        assert (row.state, row.actor, row.email, row.shown) == ("member", olga, "", True)
        assert kinds() == [Kind.MEMBER_JOINED]
        assert together_with(olga)[1] == []

    def test_a_request_that_still_waited_is_answered_by_it(self, invited, olga, group):
        own = MembershipFactory(group=group, actor=olga, state="requested")

        accept_invitation(invited, by=olga)

        assert (state_of(own), state_of(invited)) == ("withdrawn", "member")

    def test_twice_is_once_and_used_is_used(self, invited, olga, ada):
        accept_invitation(invited, by=olga)

        assert accept_invitation(again(invited), by=olga).actor == olga
        refused(NotInvited, accept_invitation, again(invited), by=ada)

    def test_forwarded_to_another_address_it_opens_nothing(self, invited, max):
        refused(NotInvited, accept_invitation, invited, by=max)
        refused(NotInvited, decline_invitation, invited, by=max)
        refused(NotAllowed, accept_invitation, invited, by=ActorFactory(email="other@post.example", confirmed=False))

    def test_after_thirty_days_it_is_too_late(self, invited, olga):
        with travel_to(invited.since + TIME_TO_ACCEPT):
            refused(Expired, accept_invitation, invited, by=olga)
            assert together_with(olga)[1] == []
        with travel_to(invited.since + TIME_TO_ACCEPT - timedelta(seconds=1)):
            assert accept_invitation(invited, by=olga).is_member

    def test_a_closed_group_is_joined_by_nobody(self, olga):
        row = MembershipFactory(group=GroupFactory(state="closed"), state="invited", email=OLGA)

        refused(Over, accept_invitation, row, by=olga)

    def test_whoever_is_in_meanwhile_stays_in_once(self, invited, olga, group):
        MembershipFactory(group=group, actor=olga)

        refused(ThereAlready, accept_invitation, invited, by=olga)

    def test_it_is_declined_and_the_address_forgotten(self, invited, olga):
        decline_invitation(invited, by=olga)

        assert (state_of(invited), again(invited).email) == ("refused", "")
        assert kinds() == [Kind.MEMBER_DECLINED]

    def test_it_is_taken_back_and_the_address_forgotten(self, invited, ada, lou, olga):
        refused(NotAllowed, take_invitation_back, invited, by=lou)
        slower = again(invited)

        take_invitation_back(invited, by=ada)

        assert (state_of(invited), again(invited).email) == ("expired", "")
        refused(Outdated, accept_invitation, slower, by=olga)

    def test_what_nobody_answered_is_forgotten(self, invited, group):
        fresh = MembershipFactory(group=group, state="invited", email="neu@post.example")
        Membership.objects.filter(pk=invited.pk).update(since=now() - TIME_TO_ACCEPT)

        tidy()

        assert (state_of(invited), again(invited).email, state_of(fresh)) == ("expired", "", "invited")
        assert purge_expired_invitations() == 0

    def test_with_the_account_it_goes(self, invited, olga):
        erase_actor(olga, by=olga)

        assert again(invited).email == ""
