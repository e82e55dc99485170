"""The office's pages of working groups: founding, declining, prolonging, the mandate, and stepping in."""

from datetime import timedelta

import pytest
from django.test import Client

from participation.core.clock import today
from participation.groups.models import Group, Membership
from participation.groups.states import GroupState, Role
from tests.group_factories import GroupFactory

from .steps import page, state_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alliance")]


class TestInTheOffice:
    DAYS = {"starts_on": 1, "ends_on": 100, "report_due_on": 120}

    def times(self, **changes):
        return {name: today() + timedelta(days=days) for name, days in (self.DAYS | changes).items()}

    @pytest.fixture
    def proposal(self, ada):
        return GroupFactory(state=GroupState.PROPOSED, proposer=ada, offers_to_coordinate=True, title="Bus am Abend")

    def test_a_proposal_is_founded_and_its_proposer_coordinates(self, proposal, ada, max, as_):
        assert "Bus am Abend" in page(as_(max), "office_groups")

        page(as_(max), "found_group", proposal.slug, version=proposal.version, coordination="proposer", **self.times())

        assert state_of(proposal) == GroupState.CONSTITUTED
        assert Membership.objects.get(actor=ada).role == Role.COORDINATOR
        assert "Bus am Abend" in page(Client(), "groups")

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"ends_on": 0}, "Der letzte Tag liegt vor dem ersten."),
            ({"report_due_on": 99}, "bevor die Arbeit endet"),
        ],
        ids=["end", "report"],
    )
    def test_days_out_of_order_found_nothing(self, proposal, max, as_, wrong, sentence):
        words = {"version": proposal.version, "coordination": "later", **self.times(**wrong)}

        assert sentence in page(as_(max), "found_group", proposal.slug, **words)
        assert state_of(proposal) == GroupState.PROPOSED

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"starts_on": "30.02.2027"}, "Bitte wählen Sie einen Tag."),
            ({"coordination": ""}, "Bitte wählen Sie aus, wer die Gruppe koordiniert."),
            ({"coordination": "email", "email": ""}, "Bitte geben Sie die Adresse der Person ein"),
            ({"coordination": "email", "email": "kein at"}, "Bitte prüfen Sie diese Adresse"),
        ],
        ids=["day", "coordination", "no address", "address"],
    )
    def test_bad_input_founds_nothing(self, proposal, max, as_, wrong, sentence):
        words = {"version": proposal.version, "coordination": "later", **self.times()} | wrong

        assert sentence in page(as_(max), "found_group", proposal.slug, **words)
        assert state_of(proposal) == GroupState.PROPOSED

    def test_a_proposal_is_not_founded_for_a_reason_that_its_proposer_reads(self, proposal, ada, max, as_):
        words = {"version": proposal.version}
        assert "Bitte nennen Sie" in page(as_(max), "decline_group", proposal.slug, **words, reason=" ")
        assert state_of(proposal) == GroupState.PROPOSED

        page(as_(max), "decline_group", proposal.slug, **words, reason="Es gibt schon eine Gruppe dazu.")

        assert state_of(proposal) == GroupState.DECLINED
        assert "Es gibt schon eine Gruppe dazu." in page(as_(ada), "group", proposal.slug)

    def test_the_second_of_two_moderators_is_told(self, proposal, max, mia, as_):
        words = {"version": proposal.version, "reason": "Nein."}
        page(as_(max), "decline_group", proposal.slug, **words)

        page(as_(mia), "decline_group", proposal.slug, **words, status=409)

    def test_a_mandate_is_changed_and_a_slower_colleague_loses_no_word(self, group, max, as_):
        words = {
            "title": "Bus am Abend", "question": "Wie?", "expected": "Ein Plan.", "field": group.field_id,
            "whole_alliance": "on", "way_in": "open", "version": group.version, **self.times(),
        }  # fmt: skip
        page(as_(max), "edit_mandate", group.slug, **words)
        assert Group.objects.get().question == "Wie?"

        text = page(as_(max), "edit_mandate", group.slug, **words | {"question": "Wann denn?"}, status=409)
        assert "Wann denn?" in text
        assert Group.objects.get().question == "Wie?"

    def test_a_group_that_reports_is_prolonged_for_a_reason(self, group, max, as_):
        Group.objects.update(state=GroupState.REPORTING)
        days = self.times(ends_on=300, report_due_on=330)
        assert "Bitte nennen Sie" in page(as_(max), "prolong_group", group.slug, **days, reason=" ")

        page(as_(max), "prolong_group", group.slug, **days, reason="Der Fahrplan kommt erst im Mai.")

        assert state_of(group) == GroupState.ACTIVE
        assert "Der Fahrplan kommt erst im Mai." in page(Client(), "group", group.slug)

    def test_the_office_coordinates_where_nobody_does(self, max, as_):
        group = GroupFactory(coordinator=None)

        page(as_(max), "step_in", group.slug, now="yes")

        assert Membership.objects.get(group=group).actor == max
