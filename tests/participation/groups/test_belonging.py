"""Roles, leaving, removing and the office that steps in: a group never loses its last coordination unawares."""

import threading

import pytest
from django.db import connection

from participation.core.errors import NotAllowed, Outdated, Refusal, WrongState
from participation.events.kinds import Kind
from participation.events.models import Event
from participation.groups.models import Membership
from participation.groups.operations.belonging import give_role, leave_group, remove_member, show_myself, step_in
from participation.groups.operations.holding import LastCoordinator, Over
from participation.groups.operations.inviting import accept_invitation
from participation.groups.operations.joining import NoReason
from participation.groups.queries import has_coordination, members_of
from tests.factories import ActorFactory, AllianceFactory
from tests.group_factories import GroupFactory, MembershipFactory

from .steps import again, kinds, refused, state_of


class TestLeaving:
    def test_at_any_time(self, lou):
        leave_group(lou.row, by=lou)

        assert state_of(lou.row) == "left"
        assert again(lou.row).ended_at is not None
        assert kinds() == [Kind.MEMBER_LEFT]
        refused(WrongState, leave_group, again(lou.row), by=lou)

    def test_the_last_coordination_hands_over_first(self, leadership, ada, lou, group):
        MembershipFactory(group=group, actor=ActorFactory(is_active=False), role="coordinator")
        MembershipFactory(group=group, role="coordinator", state="left")
        MembershipFactory(role="coordinator")
        refused(LastCoordinator, leave_group, leadership, by=ada)

        give_role(lou.row, "coordinator", by=ada)
        leave_group(leadership, by=ada)

        assert state_of(leadership) == "left"
        assert has_coordination(group)

    def test_a_closed_group_holds_nobody(self, ada):
        group = GroupFactory(state="closed", coordinator=ada)

        leave_group(group.memberships.get(), by=ada)

        assert not has_coordination(group)

    def test_nobody_leaves_for_another(self, lou, ada, max):
        for by in (ada, max):
            refused(NotAllowed, leave_group, lou.row, by=by)

    def test_whoever_became_coordinator_this_moment_does_not_slip_away(self, lou, ada, leadership):
        seen = again(lou.row)
        give_role(lou.row, "coordinator", by=ada)

        refused(Outdated, leave_group, seen, by=lou)


class TestRoles:
    @pytest.mark.parametrize("role", ["deputy", "observer", "coordinator"])
    def test_a_coordinator_gives_them(self, lou, ada, role):
        give_role(lou.row, role, by=ada)

        assert again(lou.row).role == role
        event = Event.objects.get()
        assert (event.kind, event.facts) == (Kind.MEMBER_GOT_ROLE, {"membership": lou.row.pk, "to": role})

    def test_the_same_again_is_nothing_new(self, lou, ada):
        give_role(lou.row, "member", by=ada)

        assert kinds() == []

    def test_the_last_coordination_stays(self, leadership, ada):
        refused(LastCoordinator, give_role, leadership, "member", by=ada)

    def test_a_deputy_stands_in_but_makes_nobody_coordinator(self, group, lou):
        deputy = MembershipFactory(group=group, role="deputy").actor

        refused(NotAllowed, give_role, lou.row, "coordinator", by=deputy)

    def test_nor_does_anybody_else(self, lou, ivo, eva, root):
        elsewhere = ActorFactory()
        GroupFactory(coordinator=elsewhere)
        for by in (lou, ivo, eva, root, elsewhere):
            refused(NotAllowed, give_role, lou.row, "deputy", by=by)

    def test_the_office_does(self, lou, max):
        give_role(lou.row, "deputy", by=max)

        assert again(lou.row).role == "deputy"

    def test_whoever_left_this_moment_gets_none(self, lou, ada):
        seen = again(lou.row)
        leave_group(lou.row, by=lou)

        refused(Outdated, give_role, seen, "deputy", by=ada)

    def test_of_two_who_give_one_wins(self, lou, ada):
        slower = again(lou.row)
        give_role(lou.row, "deputy", by=ada)

        refused(Outdated, give_role, slower, "observer", by=ada)

    def test_in_a_closed_group_nothing_changes(self, max):
        row = MembershipFactory(group=GroupFactory(state="closed"))

        refused(Over, give_role, row, "deputy", by=max)
        refused(Over, remove_member, row, because="x", by=max)


class TestRemoving:
    def test_it_has_a_reason(self, lou, ada):
        refused(NoReason, remove_member, lou.row, because="", by=ada)

        remove_member(lou.row, because="Sie wohnen nicht mehr hier.", by=ada)

        row = again(lou.row)
        assert (row.state, row.refused_because, row.decided_by) == ("removed", "Sie wohnen nicht mehr hier.", ada)
        assert kinds() == [Kind.MEMBER_REMOVED]

    def test_only_by_whoever_leads_and_the_office_and_not_oneself(self, lou, ada, leadership, ivo, root, olga, max):
        for by in (lou, ivo, root, olga):
            refused(NotAllowed, remove_member, lou.row, because="x", by=by)
        refused(NotAllowed, remove_member, leadership, because="x", by=ada)

        remove_member(lou.row, because="x", by=max)

        assert state_of(lou.row) == "removed"

    def test_not_the_last_coordination(self, leadership, max):
        refused(LastCoordinator, remove_member, leadership, because="x", by=max)

    def test_not_in_another_role_than_was_seen(self, lou, ada):
        seen = again(lou.row)
        give_role(lou.row, "deputy", by=ada)

        refused(Outdated, remove_member, seen, because="x", by=ada)


def test_everybody_chooses_who_sees_them(lou, ada):
    show_myself(lou.row, True, by=lou)
    assert again(lou.row).shown
    refused(NotAllowed, show_myself, lou.row, False, by=ada)
    show_myself(lou.row, False, by=lou)
    assert not again(lou.row).shown


class TestSteppingIn:
    def test_the_office_coordinates_until_somebody_else_does(self, max, olga):
        AllianceFactory()
        group = GroupFactory()
        row = step_in(group, by=max)
        assert (row.actor, row.role, row.interim) == (max, "coordinator", True)
        assert kinds() == [Kind.OFFICE_STEPPED_IN]
        assert step_in(group, by=max) == row

        invited = MembershipFactory(group=group, state="invited", email=olga.email, role="coordinator")
        accept_invitation(invited, by=olga)

        assert state_of(row) == "left"
        assert [one.actor for one in members_of(group)] == [olga]

    def test_as_long_as_nobody_else_does_they_stay(self, max, olga):
        group = GroupFactory()
        row = step_in(group, by=max)
        accept_invitation(MembershipFactory(group=group, state="invited", email=olga.email), by=olga)

        assert state_of(row) == "member"

    def test_who_was_a_member_or_had_asked_is_in_once(self, group, max, mia):
        MembershipFactory(group=group, actor=max)
        asked = MembershipFactory(group=group, actor=mia, state="requested")

        step_in(group, by=max)
        step_in(group, by=mia)

        assert Membership.objects.filter(group=group, actor=max).values_list("role", "interim", "state").get() == (
            "coordinator", False, "member",
        )  # fmt: skip
        assert state_of(asked) == "withdrawn"

    def test_only_managers_and_moderators(self, group, ada, lou, ivo, eva, root):
        for by in (ada, lou, ivo, eva, root):
            refused(NotAllowed, step_in, group, by=by)

    def test_not_in_what_is_ended(self, max):
        for state in ("proposed", "declined", "closed"):
            refused(NotAllowed, step_in, GroupFactory(state=state), by=max)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", range(5))
def test_of_two_last_coordinators_who_leave_at_once_one_stays(number):
    AllianceFactory()
    group = GroupFactory()
    both = [MembershipFactory(group=group, role="coordinator") for _ in range(2)]
    barrier, said = threading.Barrier(2), []

    def leave(row):
        try:
            own = Membership.objects.select_related("group__case", "actor").get(pk=row.pk)
            barrier.wait()
            leave_group(own, by=own.actor)
            said.append("left")
        except Refusal as refusal:
            said.append(type(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=leave, args=[row]) for row in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(map(str, said)) == sorted(["left", str(LastCoordinator)])
    assert has_coordination(group)
    assert kinds() == [Kind.MEMBER_LEFT]
