"""What letters about working groups say, and what they never show."""

import pytest

from participation.actors.models import Actor
from participation.core.clock import travel_to
from participation.core.hiding import hide
from participation.groups.models import Group, Membership
from participation.groups.operations.belonging import give_role, leave_group, remove_member, show_myself, step_in
from participation.groups.operations.founding import found_group
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
    begin_report,
    rest_group,
)
from participation.groups.queries import invitation_path
from participation.groups.states import Role
from tests.group_factories import GroupFactory
from tests.letters import deliver_all
from tests.notifications.group_world import (
    EASTER,
    PAUL,
    a_world,
    ask,
    ask_in_vain,
    be_silent,
    close,
    decline,
    invite,
    prolong,
    propose,
)
from tests.notifications.ideas import MONDAY, SITE, mail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ivo", "eva", "all_at_once")]


@pytest.fixture
def w(ada, olga, max, mia):
    with travel_to(MONDAY):
        yield a_world(ada, olga, max, mia)


class TestWhatTheySay:
    def test_the_receipt_names_the_day_of_the_answer(self, w):
        group = propose(w)

        subject, text, html = mail(w.pia, "group_received")

        assert subject == f"{group.reference}: your proposal is here, answer by 7 December 2026"
        for words in (text, html):
            assert "You proposed the working group “Rufbus”" in words
            assert "We answer you by Monday, 7 December 2026" in words
            assert f"{SITE}/arbeitsgruppen/rufbus/" in words
            assert "because you proposed this working group" in words

    def test_the_office_reads_who_what_and_until_when(self, w):
        group = propose(w)

        subject, text, html = mail(w.max, "group_to_decide")

        assert subject == f"Working group {group.reference} proposed: please answer by 7 December 2026"
        for words in (text, html):
            assert "Pia proposed a working group: “Rufbus”" in words
            assert "Wer fährt?" in words
            assert f"{SITE}/geschaeftsstelle/arbeitsgruppen/rufbus/" in words

    @pytest.mark.parametrize("coordinates", [True, False])
    def test_whoever_proposed_reads_for_how_long_and_what_they_can_do(self, w, coordinates):
        group = propose(w)
        Group.objects.filter(pk=group.pk).update(offers_to_coordinate=True)
        group.refresh_from_db()
        found_group(group, version=1, by=w.max, times=EASTER, proposer_coordinates=coordinates)

        _subject, text, html = mail(w.pia, "group_founded")

        for words in (text, html):
            assert "It works from 1 December 2026 until 30 April 2027" in words
            assert "due by 31 May 2027" in words
            assert ("You coordinate it." in words) == coordinates
            assert ("If you want to take part" in words) != coordinates

    def test_why_a_group_is_not_founded(self, w):
        decline(w)

        for words in mail(w.pia, "group_declined")[1:]:
            assert "Das tut schon der Landkreis." in words
            assert "If you do not agree, please write to the office." in words

    def test_a_request_says_who_answers_until_when(self, w):
        ask(w)

        subject, text, html = mail(w.nina, "membership_received")

        assert subject == "G-2026-0003: your request is here, answer by 30 November 2026"
        for words in (text, html):
            assert "Its coordination answers you by Monday, 30 November 2026." in words
            assert "If it does not, the office decides." in words

    def test_without_a_coordination_the_office_answers(self, w):
        w.group = GroupFactory(coordinator=None)
        ask(w)

        assert "The office answers you by Monday, 30 November 2026." in mail(w.nina, "membership_received")[1]
        text = mail(w.max, "membership_overdue")[1]
        assert "Nobody coordinates the working group at the moment" in text
        assert "promised for 30 November 2026" in text

    def test_those_who_decide_read_name_reason_and_wanted_role_and_no_address(self, w):
        ask(w, observing=True)
        ask_in_vain(w)

        for reader, letter in ((w.ada, "membership_to_decide"), (w.max, "membership_overdue")):
            for words in mail(reader, letter)[1:]:
                assert "Nina asks to join the working group “Mitfahrbank”" in words
                assert "Ich fahre täglich." in words
                assert "Wanted role: observer" in words
                assert w.nina.email not in words
                assert f"{SITE}/arbeitsgruppen/mitfahrbank/mitglieder/" in words
        assert "should have answered by 30 November 2026" in mail(w.max, "membership_overdue")[1]

    def test_a_refusal_has_its_reason_or_says_that_the_group_has_done_its_work(self, w):
        refuse_request(ask(w), because="Es sind schon zwölf.", by=w.ada)
        first = mail(w.nina, "membership_refused")
        ask(w)
        close(w)
        second = mail(w.nina, "membership_refused")

        for words in first[1:]:
            assert "Es sind schon zwölf." in words
            assert "has done its work" not in words
        for words in second[1:]:
            assert "The working group has done its work" in words
            assert "The reason:" not in words

    def test_an_invitation_says_who_asks_for_what_as_what_and_until_when(self, w):
        row = invite(w, PAUL, role=Role.DEPUTY)

        letter = next(one for one in deliver_all() if one.to == [PAUL])

        assert letter.subject == "G-2026-0003: Ada invites you to a working group"
        for words in (letter.body, letter.alternatives[0][0]):
            assert "Ada asks you to join the working group “Mitfahrbank”." in words
            assert "Your role: deputy coordination" in words
            assert "23 December 2026" in words.replace("\xa0", " ").replace("&nbsp;", " ")
            assert SITE + invitation_path(row) in words
            assert "somebody typed this address" in words
            assert w.ada.email not in words

    def test_the_name_of_a_hidden_profile_stays_hidden(self, w):
        hide(w.nina, "rude")
        w.nina.refresh_from_db()
        accept_invitation(invite(w), by=w.nina)

        for words in mail(w.ada, "member_news")[1:]:
            assert "Hidden profile belongs to the working group “Mitfahrbank” now." in words
            assert "Nina" not in words

    def test_whoever_declines_is_not_named(self, w):
        decline_invitation(invite(w), by=w.nina)

        subject, text, html = mail(w.ada, "member_news")
        assert subject == "G-2026-0003: an invitation was declined"
        assert not {word for word in ("Nina", w.nina.email) if word in text + html}

    def test_whoever_leaves_or_withdraws_is_named_to_those_who_lead(self, w):
        show_myself(w.row(w.mona), False, by=w.mona)
        leave_group(w.row(w.mona), by=w.mona)
        left = mail(w.ada, "member_news")
        withdraw_request(ask(w), by=w.nina)
        withdrawn = mail(w.ada, "member_news")

        assert left[0] == "G-2026-0003: somebody has left the working group"
        assert "Mona no longer belongs to the working group “Mitfahrbank”." in left[1]
        assert "Nina no longer asks to join the working group “Mitfahrbank”." in withdrawn[1]

    def test_whoever_is_removed_reads_why(self, w):
        remove_member(w.row(w.mona), because="Weggezogen.", by=w.ada)

        for words in mail(w.mona, "member_removed")[1:]:
            assert "Weggezogen." in words
            assert "Ada" not in words

    def test_another_role_is_named(self, w):
        give_role(w.row(w.mona), Role.DEPUTY, by=w.ada)
        text = mail(w.mona, "member_got_role")[1]
        give_role(w.row(w.odo), Role.MEMBER, by=w.ada)

        assert "Your role: deputy coordination" in text
        assert "You can invite people" in text
        assert "You can invite people" not in mail(w.odo, "member_got_role")[1]

    def test_a_prolongation_has_reason_and_days(self, w):
        prolong(w)

        subject, text, html = mail(w.mona, "group_news")

        assert subject == "G-2026-0003: the working group has more time · Mitfahrbank"
        for words in (text, html):
            assert "Der Rat tagt erst im Mai." in words
            assert "Its last day is 10 August 2027 now." in words
            assert "because you belong to this working group" in words

    def test_the_closing_report_is_linked(self, w):
        close(w)

        subject, text, html = mail(w.odo, "group_news")

        assert subject == "G-2026-0003: the closing report is here · Mitfahrbank"
        assert f"Read the closing report:\n{SITE}/arbeitsgruppen/mitfahrbank/" in text
        assert "Read the closing report" in html

    def test_a_report_that_begins_has_its_day(self, w):
        begin_report(w.group, by=w.ada)

        assert "The closing report is due by 11 July 2027." in mail(w.mona, "group_news")[1]

    def test_whoever_steps_in_is_named(self, w):
        step_in(w.group, by=w.max)

        text = mail(w.mona, "group_news")[1]
        assert "The office coordinates the working group until" in text
        assert "Whom you can ask: Max" in text

    def test_silent_groups_are_asked_since_when(self, w):
        be_silent(w)

        assert "nothing has happened in the portal since 25 August 2026" in mail(w.ada, "group_asked")[1]
        text = mail(w.max, "group_silent")[1]
        assert "On 23 November 2026 we asked its coordination" in text
        assert f"{SITE}/geschaeftsstelle/arbeitsgruppen/mitfahrbank/" in text

    def test_a_silent_group_that_nobody_coordinates_says_so(self, w):
        Membership.objects.filter(group=w.group).update(role="member")
        be_silent(w)

        assert "Nobody coordinates it at the moment." in mail(w.max, "group_silent")[1]

    @pytest.mark.parametrize("language", ["de", "en"])
    def test_long_names_leave_short_subjects(self, w, language):
        Actor.objects.update(language=language)
        Actor.objects.filter(pk=w.ada.pk).update(display_name="Adalgunde " * 5)
        Group.objects.update(title="Mitfahrbank und Rufbus " * 5)
        w.group, w.ada = w.fresh(), Actor.objects.get(pk=w.ada.pk)
        propose(w)
        invite(w, PAUL)
        ask(w)
        rest_group(w.group, by=w.ada)

        mails = deliver_all()
        assert len(mails) == 3 + 1 + 3 + 3
        assert all(len(one.subject) < 78 for one in mails)

    def test_nobody_reads_the_address_of_another(self, w):
        everybody = {actor.email for actor in Actor.objects.all()} | {PAUL}
        invite(w, PAUL)
        accept_request(ask(w), by=w.ada)
        step_in(w.group, by=w.max)
        be_silent(w)
        remove_member(w.row(w.mona), because="Weggezogen.", by=w.ada)
        leave_group(w.row(w.odo), by=w.odo)

        for letter in deliver_all():
            words = letter.body + letter.alternatives[0][0]
            assert [one for one in everybody - set(letter.to) if one in words] == []

    def test_markup_in_names_stays_harmless(self, w):
        Actor.objects.filter(pk=w.nina.pk).update(display_name="<b>Nina</b>")
        Group.objects.update(title="<script>x</script>")
        w.nina.refresh_from_db()
        w.group = w.fresh()
        accept_request(ask(w), by=w.ada)
        rest_group(w.group, by=w.ada)

        for letter in deliver_all():
            assert not {word for word in ("<script>", "<b>Nina") if word in letter.alternatives[0][0]}

    def test_in_german(self, w):
        Actor.objects.update(language="de")
        ask(w)
        close(w)

        subject, text, _html = mail(w.nina, "membership_refused")
        assert subject == "G-2026-0003: Ihre Anfrage wurde nicht angenommen"
        assert "Die Arbeitsgruppe hat ihre Arbeit getan" in text
        assert "Der Abschlussbericht ist da · Mitfahrbank" in mail(w.mona, "group_news")[0]
