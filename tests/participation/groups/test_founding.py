"""Proposing, founding, declining a group, and changing its mandate."""

from datetime import date, timedelta

import pytest

from participation.core.clock import now, today, travel_to
from participation.core.errors import NotAllowed, Outdated, WrongState
from participation.events.kinds import Kind
from participation.events.models import Event
from participation.groups.models import Group, Membership
from participation.groups.operations.founding import (
    NoOffer,
    NoReason,
    change_mandate,
    decline_group,
    describe_group,
    found_group,
    propose_group,
)
from participation.promises.models import Promise
from tests.factories import ActorFactory, AllianceFactory, FieldOfActionFactory, MunicipalityFactory
from tests.group_factories import GroupFactory

from .steps import WORDS, again, kinds, refused, state_of

pytestmark = pytest.mark.django_db

TIMES = {"starts_on": date(2027, 1, 1), "ends_on": date(2027, 9, 30), "report_due_on": date(2027, 11, 1)}


@pytest.fixture
def words(db):
    AllianceFactory()
    return {**WORDS, "field": FieldOfActionFactory()}


@pytest.fixture
def proposed(ada, words):
    return propose_group(by=ada, **words)


class TestProposing:
    def test_it_gets_a_reference_an_address_and_a_promise_and_only_its_proposer_and_the_office_know_it(
        self, ada, olga, max, words
    ):
        place = MunicipalityFactory()

        group = propose_group(by=ada, municipalities=[place], **{**words, "whole_alliance": False})

        assert (group.state, group.slug, group.version) == ("proposed", "mobilitaet-ohne-eigenes-auto", 1)
        assert group.reference.startswith("G-")
        assert list(group.municipalities.all()) == [place]
        assert "<strong>Kosten</strong>" in group.html
        case = group.case
        assert (case.kind, case.title, case.path, case.public, case.owner) == (
            "group", group.title, group.get_absolute_url(), False, ada,
        )  # fmt: skip
        assert Promise.objects.get(case=case).subject == "group"
        assert Group.objects.visible_to(ada).filter(pk=group.pk).exists()
        assert not Group.objects.visible_to(olga).exists()
        assert Group.objects.visible_to(max, in_office=True).exists()
        event = Event.objects.get()
        assert (event.kind, event.by, event.case, event.facts) == (
            Kind.GROUP_PROPOSED, ada, case, {"group": group.pk},
        )  # fmt: skip

    def test_a_double_click_is_one_proposal_and_the_same_words_later_another(self, ada, olga, words):
        first = propose_group(by=ada, **words)

        assert propose_group(by=ada, **words) == first
        assert propose_group(by=olga, **words).slug == f"{first.slug}-2"
        with travel_to(now() + timedelta(minutes=2)):
            assert propose_group(by=ada, **words) != first

    @pytest.mark.parametrize("title", ["Vorschlagen", "Einladung"])
    def test_no_group_stands_at_the_address_of_another_page(self, ada, words, title):
        group = propose_group(by=ada, **{**words, "title": title})

        assert group.slug == f"gruppe-{title.lower()}"

    def test_not_without_a_confirmed_address(self, words):
        refused(NotAllowed, propose_group, by=ActorFactory(confirmed=False), **words)


class TestFounding:
    def test_everybody_can_read_about_it_and_its_proposer_coordinates_it(self, proposed, ada, max):
        found_group(proposed, version=1, by=max, times=TIMES, proposer_coordinates=True)

        group = again(proposed)
        assert (group.state, group.decided_by, group.ends_on) == ("constituted", max, TIMES["ends_on"])
        assert again(group.case).public
        assert Promise.objects.get().was_kept
        row = Membership.objects.get()
        assert (row.actor, row.role, row.state, row.decided_by) == (ada, "coordinator", "member", max)
        event = Event.objects.get(kind=Kind.GROUP_CONSTITUTED)
        assert (event.by, event.role, event.facts) == (max, "moderator", {"group": group.pk})

    def test_somebody_else_is_invited_to_coordinate_it(self, proposed, max):
        found_group(proposed, version=1, by=max, times=TIMES, coordinator_email="Olga@allianz.example")

        row = Membership.objects.get()
        assert (row.email, row.role, row.state, row.invited_by) == (
            "olga@allianz.example", "coordinator", "invited", max,
        )  # fmt: skip
        assert kinds() == [Kind.GROUP_PROPOSED, Kind.GROUP_CONSTITUTED, Kind.MEMBER_INVITED]

    def test_it_may_stay_open_who_coordinates_it(self, proposed, max):
        found_group(proposed, version=1, by=max, times=TIMES)

        assert not Membership.objects.exists()

    def test_nobody_coordinates_unasked(self, ada, max, words):
        group = propose_group(by=ada, **{**words, "offers_to_coordinate": False})

        refused(NoOffer, found_group, group, version=1, by=max, times=TIMES, proposer_coordinates=True)
        gone = propose_group(by=ada, **{**words, "title": "Eine andere Gruppe"})
        Group.objects.filter(pk=gone.pk).update(proposer=None)
        refused(NoOffer, found_group, again(gone), version=1, by=max, times=TIMES, proposer_coordinates=True)

    @pytest.mark.parametrize("who", ["ada", "ivo", "eva", "root", "fritz"])
    def test_only_managers_and_moderators_decide(self, who, request, proposed):
        by = request.getfixturevalue(who)

        refused(NotAllowed, found_group, proposed, version=1, by=by, times=TIMES)
        refused(NotAllowed, decline_group, proposed, version=1, because="Nein.", by=by)

    def test_of_two_one_wins_and_nobody_decides_about_other_words(self, proposed, max, mia):
        slower = again(proposed)
        refused(Outdated, found_group, again(proposed), version=2, by=max, times=TIMES)
        refused(Outdated, decline_group, again(proposed), version=2, because="Nein.", by=max)
        found_group(proposed, version=1, by=max, times=TIMES)

        refused(Outdated, decline_group, slower, version=1, because="Nein.", by=mia)
        refused(WrongState, found_group, again(proposed), version=1, by=mia, times=TIMES)

    def test_declining_says_why_and_closes_the_case(self, proposed, max, ada):
        decline_group(proposed, version=1, because="Der Landkreis plant das schon.", by=max)

        group = again(proposed)
        assert (group.state, group.declined_because) == ("declined", "Der Landkreis plant das schon.")
        assert again(group.case).closed_at is not None
        assert not again(group.case).public
        assert Promise.objects.get().was_kept
        assert kinds()[-1] == Kind.GROUP_DECLINED

    def test_not_without_a_reason(self, proposed, max):
        refused(NoReason, decline_group, proposed, version=1, because="", by=max)


class TestTheMandate:
    def test_the_office_changes_it(self, group, max):
        words = {**WORDS, "field": group.field}
        place = MunicipalityFactory()
        said = {**words, "title": "Mobilität für alle"}
        del said["offers_to_coordinate"]

        change_mandate(group, version=1, by=max, times=TIMES, municipalities=[place], **said)

        fresh = again(group)
        assert (fresh.title, fresh.version, fresh.ends_on) == ("Mobilität für alle", 2, TIMES["ends_on"])
        assert again(group.case).title == "Mobilität für alle"
        assert list(fresh.municipalities.all()) == [place]
        assert kinds() == [Kind.GROUP_CHANGED]
        refused(Outdated, change_mandate, group, version=1, by=max, times=TIMES, **said)

    def test_the_coordination_says_whom_it_looks_for(self, group, ada, lou):
        describe_group(group, version=1, by=ada, way_in="open", looking_for="Fahrer")

        fresh = again(group)
        assert (fresh.way_in, fresh.looking_for, fresh.version) == ("open", "Fahrer", 2)
        refused(Outdated, describe_group, fresh, version=1, by=ada, way_in="request", looking_for="")
        refused(NotAllowed, describe_group, fresh, version=2, by=lou, way_in="request", looking_for="")
        refused(NotAllowed, change_mandate, fresh, version=2, by=ada, expected="x")

    @pytest.mark.parametrize("state", ["closed", "declined"])
    def test_what_is_ended_stays_as_it_is(self, state, max):
        group = GroupFactory(state=state)

        refused(Outdated, describe_group, group, version=1, by=max, way_in="open", looking_for="")

    def test_only_this_one(self, group, max):
        other = GroupFactory()

        describe_group(group, version=1, by=max, way_in="open", looking_for="")

        assert again(other).way_in == "request"
        assert state_of(other) == "active"
        assert today() <= other.ends_on
