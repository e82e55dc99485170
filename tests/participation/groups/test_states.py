"""Which state of a group and of a membership may follow which, and what the database takes."""

import pytest
from django.db import IntegrityError, transaction

from participation.groups.models import Group, Membership
from participation.groups.states import LIFECYCLE, MEMBERSHIP_LIFECYCLE, GroupState, MembershipState
from tests.factories import ActorFactory
from tests.group_factories import GroupFactory, MembershipFactory

GROUP_MOVES = {
    ("proposed", "constituted"), ("proposed", "declined"), ("constituted", "active"), ("active", "dormant"),
    ("active", "reporting"), ("dormant", "active"), ("dormant", "closed"), ("reporting", "closed"),
    ("reporting", "active"),
}  # fmt: skip
MEMBERSHIP_MOVES = {
    ("requested", "member"), ("requested", "refused"), ("requested", "withdrawn"), ("invited", "member"),
    ("invited", "refused"), ("invited", "expired"), ("member", "left"), ("member", "removed"),
}  # fmt: skip


@pytest.mark.parametrize(("state", "to"), [(one, other) for one in GroupState for other in GroupState])
def test_the_table_of_groups(state, to):
    assert LIFECYCLE.may_follow(state, to) == ((state, to) in GROUP_MOVES)


@pytest.mark.parametrize(("state", "to"), [(one, other) for one in MembershipState for other in MembershipState])
def test_the_table_of_memberships(state, to):
    assert MEMBERSHIP_LIFECYCLE.may_follow(state, to) == ((state, to) in MEMBERSHIP_MOVES)


@pytest.mark.parametrize("state", GroupState)
def test_every_state_of_a_group_can_be_stored(db, state):
    assert GroupFactory(state=state).state == state


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "lost"}, {"ends_on": None}, {"starts_on": None}, {"report_due_on": None}, {"ends_on": "1999-01-01"},
        {"state": "declined"}, {"declined_because": "Nein."}, {"decided_at": None}, {"state": "closed"},
        {"closed_at": "2026-01-01T00:00Z"},
    ],
    ids=str,
)  # fmt: skip
def test_the_database_takes_no_half_group(db, changes):
    group = GroupFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Group.objects.filter(pk=group.pk).update(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "lost"}, {"role": "king"}, {"email": "x@post.example"}, {"state": "requested"},
        {"answer_by": "2026-01-01T00:00Z"}, {"joined_at": None}, {"state": "left"}, {"ended_at": "2026-01-01T00:00Z"},
    ],
    ids=str,
)  # fmt: skip
def test_the_database_takes_no_half_membership(db, changes):
    row = MembershipFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(pk=row.pk).update(**changes)


def test_nobody_belongs_to_a_group_twice_and_no_address_is_invited_twice(db):
    row = MembershipFactory()
    MembershipFactory(group=row.group, state="invited", email="a@post.example")

    for more in ({"actor": row.actor}, {"actor": row.actor, "state": "requested"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            MembershipFactory(group=row.group, **more)
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipFactory(group=row.group, state="invited", email="a@post.example")
    MembershipFactory(group=row.group, actor=row.actor, state="left")
    MembershipFactory(group=row.group, actor=ActorFactory())
