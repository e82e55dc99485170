"""The pages of working groups as people use them: what they show, what they take, and what they say to bad input."""

import pytest
from django.test import Client
from django.urls import reverse

from participation.groups.models import Group, Membership
from participation.groups.states import GroupState, MembershipState, Role
from tests.factories import ActorFactory, FieldOfActionFactory, MunicipalityFactory
from tests.group_factories import GroupFactory, MembershipFactory

from .steps import WORDS, page, state_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alliance")]


class TestTheList:
    @pytest.fixture(autouse=True)
    def _groups(self, db):
        for state in GroupState:
            GroupFactory(state=state, title=f"Gruppe {state.value}")

    def shown(self, **asked):
        text = Client().get(reverse("groups"), asked).content.decode()
        return {state for state in GroupState if f"Gruppe {state.value}" in text}

    @pytest.mark.parametrize(
        ("asked", "states"),
        [
            ("", {GroupState.CONSTITUTED, GroupState.ACTIVE, GroupState.REPORTING}),
            ("ruht", {GroupState.DORMANT}),
            ("abgeschlossen", {GroupState.CLOSED}),
        ],
    )
    def test_it_shows_what_is_at_work_or_rests_or_is_closed_and_never_a_proposal(self, asked, states):
        assert self.shown(stand=asked) == states

    @pytest.mark.parametrize("asked", [{"feld": "gibt-es-nicht"}, {"gemeinde": "x" * 300}, {"stand": "irgendwo"}])
    def test_an_unknown_filter_is_none(self, asked):
        assert self.shown(**asked) == {GroupState.CONSTITUTED, GroupState.ACTIVE, GroupState.REPORTING}

    def test_it_is_filtered_by_field_and_place(self):
        here, field = MunicipalityFactory(), FieldOfActionFactory()
        group = GroupFactory(title="Gruppe vor Ort", field=field, whole_alliance=False)
        group.municipalities.add(here)
        GroupFactory(title="Gruppe anderswo", whole_alliance=False)

        for asked in ({"feld": field.slug}, {"gemeinde": here.slug}):
            text = Client().get(reverse("groups"), asked).content.decode()
            assert "Gruppe vor Ort" in text
            assert "Gruppe anderswo" not in text
            assert "Gruppe active" not in text
        text = Client().get(reverse("groups"), {"gemeinde": "ganze-allianz"}).content.decode()
        assert "Gruppe active" in text
        assert "Gruppe vor Ort" not in text


class TestProposing:
    def words(self, **changes):
        typed = {name: "on" if value is True else value for name, value in WORDS.items()}
        words = typed | {"field": FieldOfActionFactory().pk} | changes
        return {name: value for name, value in words.items() if value is not None}

    def test_the_page_says_until_when_the_office_answers(self, as_, ada):
        assert "Die Geschäftsstelle liest Ihren Vorschlag" in page(as_(ada), "propose_group")

    def test_what_was_sent_is_a_proposal_that_only_its_proposer_and_the_office_see(self, as_, ada, olga, max):
        text = page(as_(ada), "propose_group", **self.words())

        group = Group.objects.get()
        assert (group.state, group.proposer, group.title) == (GroupState.PROPOSED, ada, WORDS["title"])
        assert WORDS["question"] in text
        assert "<strong>Kosten</strong>" in text
        page(as_(max), "group", group.slug)
        for client in (Client(), as_(olga)):
            page(client, "group", group.slug, status=404)

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"title": ""}, "Bitte geben Sie der Gruppe einen Namen."),
            ({"title": "AG"}, "mindestens fünf Buchstaben"),
            ({"title": "x" * 121}, "120"),
            ({"question": " "}, "Bitte schreiben Sie die Frage auf"),
            ({"expected": "\n"}, "was die Gruppe vorlegen soll"),
            ({"field": "999"}, "wird nicht mehr angeboten"),
            ({"field": None}, "Bitte wählen Sie ein Handlungsfeld"),
            ({"whole_alliance": None}, "mindestens eine Gemeinde"),
            ({"way_in": "everybody"}, "Bitte wählen Sie aus, wer mitmachen kann."),
            ({"municipalities": "999"}, "gehört nicht mehr zur Allianz"),
        ],
        ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
    )
    def test_bad_input_is_told_and_nothing_typed_is_lost(self, as_, ada, wrong, sentence):
        text = page(as_(ada), "propose_group", **self.words(looking_for="Menschen mit Sense", **wrong))

        assert sentence in text
        assert "Menschen mit Sense" in text
        assert not Group.objects.exists()

    def test_a_double_click_proposes_once(self, as_, ada):
        words = self.words()

        for _click in range(2):
            page(as_(ada), "propose_group", **words)

        assert Group.objects.count() == 1


class TestThePageOfAGroup:
    def test_everybody_sees_who_coordinates_and_who_wants_to_be_shown_and_nobody_else(self, group, lou, olga):
        MembershipFactory(group=group, actor=olga, shown=True)

        text = page(Client(), "group", group.slug)

        assert "Ada" in text
        assert "Olga" in text
        assert "Lou" not in text
        assert "und eine weitere Person" in text

    def test_a_reason_to_join_is_for_the_coordination_alone(self, group, olga, ada, lou, as_):
        MembershipFactory(group=group, actor=olga, state=MembershipState.REQUESTED, reason="Ich fahre Bus.")

        assert "Ich fahre Bus." in page(as_(ada), "group_members", group.slug)
        for client in (Client(), as_(lou), as_(olga)):
            assert "Ich fahre Bus." not in page(client, "group", group.slug)
        assert "Ich fahre Bus." not in page(as_(lou), "group_members", group.slug)


class TestJoining:
    def test_on_request_a_reason_is_asked_for_and_the_day_of_the_answer_is_told(self, group, olga, as_):
        assert "Bitte nennen Sie in wenigen Worten einen Grund." in page(
            as_(olga), "join_group", group.slug, reason="  "
        )
        assert not Membership.objects.filter(actor=olga).exists()

        text = page(as_(olga), "join_group", group.slug, reason="Ich fahre Bus.", observing="on")

        row = Membership.objects.get(actor=olga)
        assert (row.state, row.role, row.shown) == (MembershipState.REQUESTED, Role.OBSERVER, False)
        assert "Die Koordination antwortet bis" in text

    def test_where_it_is_open_one_belongs_at_once(self, group, olga, as_):
        Group.objects.update(way_in="open")

        text = page(as_(olga), "join_group", group.slug, shown="on")

        assert "Willkommen!" in text
        assert Membership.objects.get(actor=olga).shown

    def test_by_invitation_only_says_so(self, group, olga, as_):
        Group.objects.update(way_in="invitation")

        text = page(as_(olga), "join_group", group.slug, reason="Bitte", status=409)

        assert "lädt ihre Mitglieder selbst ein" in text
        assert not Membership.objects.filter(actor=olga).exists()

    @pytest.mark.parametrize("name", ["join_group", "leave_group"])
    def test_who_is_in_already_or_not_at_all_is_led_to_the_group(self, group, lou, olga, as_, name):
        person = lou if name == "join_group" else olga

        assert as_(person).get(reverse(name, args=[group.slug])).headers["Location"] == group.get_absolute_url()

    def test_leaving_is_asked_about_and_then_done(self, group, lou, as_):
        assert "Gruppe verlassen" in page(as_(lou), "leave_group", group.slug)

        page(as_(lou), "leave_group", group.slug, leave="yes")

        assert state_of(lou.row) == MembershipState.LEFT

    def test_who_shows_themselves_is_shown_until_they_change_their_mind(self, group, lou, as_):
        page(as_(lou), "leave_group", group.slug, shown="yes")
        assert "Lou" in page(Client(), "group", group.slug)

        page(as_(lou), "leave_group", group.slug, shown="no")
        assert "Lou" not in page(Client(), "group", group.slug)


class TestTheRoomOfItsMembers:
    @pytest.mark.parametrize("name", ["group_members", "group_stand", "describe_group", "group_report"])
    def test_it_is_there_for_members_and_the_office_only(self, group, olga, as_, name):
        assert as_(olga).get(reverse(name, args=[group.slug])).status_code == 404
        assert Client().get(reverse(name, args=[group.slug])).status_code == 302

    def test_the_coordination_invites(self, group, ada, as_):
        page(as_(ada), "group_members", group.slug, email="Neu@Post.example", role="observer")

        row = Membership.objects.get(state=MembershipState.INVITED)
        assert (row.email, row.role) == ("neu@post.example", Role.OBSERVER)

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"email": "kein at"}, "Bitte prüfen Sie diese Adresse"),
            ({"role": "chief"}, "Bitte wählen Sie eine Rolle."),
        ],
        ids=["address", "role"],
    )
    def test_bad_input_invites_nobody(self, group, ada, as_, wrong, sentence):
        text = page(as_(ada), "group_members", group.slug, **{"email": "neu@post.example", "role": "member"} | wrong)

        assert sentence in text
        assert Membership.objects.count() == 1

    def test_thirty_invitations_a_day_are_enough(self, group, ada, as_):
        client = as_(ada)
        for number in range(30):
            page(client, "group_members", group.slug, email=f"neu{number}@post.example", role="member")

        text = page(client, "group_members", group.slug, email="neu30@post.example", role="member", status=429)

        assert "morgen" in text
        assert Membership.objects.filter(state=MembershipState.INVITED).count() == 30

    @pytest.mark.parametrize(
        ("act", "state"), [("accept", MembershipState.MEMBER), ("refuse", MembershipState.REFUSED)]
    )
    def test_a_request_is_answered(self, group, ada, olga, as_, act, state):
        row = MembershipFactory(group=group, actor=olga, state=MembershipState.REQUESTED)

        page(as_(ada), "group_member", group.slug, row.pk, act=act, reason="Wir sind voll.")

        assert state_of(row) == state

    @pytest.mark.parametrize("act", ["refuse", "remove"])
    def test_without_a_reason_nobody_is_refused_or_let_go(self, group, ada, lou, olga, as_, act):
        row = MembershipFactory(group=group, actor=olga, state=MembershipState.REQUESTED)
        row = row if act == "refuse" else lou.row

        text = page(as_(ada), "group_member", group.slug, row.pk, act=act, reason=" ")

        assert "Bitte nennen Sie in wenigen Worten einen Grund." in text
        assert state_of(row) == row.state

    def test_roles_are_given_and_members_let_go(self, group, ada, lou, as_):
        page(as_(ada), "group_member", group.slug, lou.row.pk, act="role", role="deputy")
        assert Membership.objects.get(actor=lou).role == Role.DEPUTY

        page(as_(ada), "group_member", group.slug, lou.row.pk, act="remove", reason="Es passt nicht.")
        assert state_of(lou.row) == MembershipState.REMOVED

    def test_the_last_coordination_hands_over_first(self, group, ada, leadership, as_):
        text = page(as_(ada), "leave_group", group.slug, leave="yes")

        assert state_of(leadership) == MembershipState.MEMBER
        assert "zuerst" in text

    def test_a_membership_of_another_group_has_no_page_here(self, group, ada, as_):
        other = MembershipFactory(group=GroupFactory())

        page(as_(ada), "group_member", group.slug, other.pk, status=404)

    def test_whom_the_group_looks_for_is_said_and_kept_where_somebody_was_faster(self, group, ada, as_):
        words = {"way_in": "open", "looking_for": "jemand mit Sense", "version": group.version}
        page(as_(ada), "describe_group", group.slug, **words)
        assert "jemand mit Sense" in page(Client(), "group", group.slug)

        text = page(as_(ada), "describe_group", group.slug, **words | {"looking_for": "jemand mit Bus"}, status=409)
        assert "jemand mit Bus" in text
        assert Group.objects.get().looking_for == "jemand mit Sense"


class TestItsLife:
    def test_it_rests_wakes_reports_and_closes(self, group, ada, lou, as_):
        client = as_(ada)
        for step, state in (("rest", "dormant"), ("wake", "active"), ("report", "reporting")):
            page(client, "group_stand", group.slug, step=step)
            assert state_of(group) == state

        version = Group.objects.get().version
        page(client, "group_report", group.slug, report="Der Bus **fährt**.", version=version)
        assert "Der Bus" not in page(Client(), "group", group.slug)

        version = Group.objects.get().version
        page(client, "group_report", group.slug, report="Der Bus **fährt**.", version=version, close="yes")
        assert state_of(group) == GroupState.CLOSED
        assert "Der Bus <strong>fährt</strong>." in page(Client(), "group", group.slug)

    def test_two_who_write_the_report_lose_nothing(self, group, ada, as_):
        Group.objects.update(state=GroupState.REPORTING)
        page(as_(ada), "group_report", group.slug, report="Von Ada.", version=group.version)

        text = page(as_(ada), "group_report", group.slug, report="Von Lou.", version=group.version, status=409)

        assert "Von Lou." in text
        assert "Von Ada." in text
        assert Group.objects.get().report == "Von Ada."

    def test_an_empty_report_closes_nothing(self, group, ada, as_):
        Group.objects.update(state=GroupState.REPORTING)

        text = page(as_(ada), "group_report", group.slug, report=" ", version=group.version, close="yes")

        assert "Bitte schreiben Sie zuerst den Bericht." in text
        assert state_of(group) == GroupState.REPORTING


def test_the_start_page_tells_whom_groups_look_for(group):
    Group.objects.update(looking_for="jemand mit Sense")
    GroupFactory(state=GroupState.DORMANT, looking_for="jemand mit Rechen")

    text = page(Client(), "start")

    assert "jemand mit Sense" in text
    assert "jemand mit Rechen" not in text


def test_my_page_tells_of_groups_requests_and_invitations(group, ada, olga, as_):
    MembershipFactory(group=group, actor=olga, state=MembershipState.REQUESTED)
    other = GroupFactory(title="Blühende Dörfer")
    MembershipFactory(
        group=other, actor=None, email=ada.email, state=MembershipState.INVITED, invited_by=ActorFactory()
    )

    text = page(as_(ada), "my_page")

    assert "Mobilität" in text
    assert "Olga möchte bei „Mobilität“ mitmachen" in text
    assert "in der Arbeitsgruppe „Blühende Dörfer“ mitzumachen" in text
