"""Letters about reports, hidden things, blocked accounts and objections: who is told what, at which address."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress

from notifications.models import Delivery
from notifications.states import State
from participation.actors.models import Actor
from participation.actors.operations import erase_actor
from participation.core.clock import travel_to
from participation.promises.models import Promise
from participation.promises.operations import extend, remind_of_overdue
from participation.reports.operations.objecting import object_to, reject_objection, uphold_objection
from participation.reports.operations.reporting import reject_report
from participation.reports.operations.restricting import block_actor
from tests.factories import ActorFactory, AllianceFactory, CommentFactory, IdeaFactory
from tests.letters import deliver_all
from tests.notifications.ideas import fan_out_all
from tests.participation.reports.conftest import FACTS, hide, report, uphold

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SITE = "http://127.0.0.1:8000"
RITA = "rita@post.example"
LATE, LATER = MONDAY.date() + timedelta(days=30), MONDAY.date() + timedelta(days=37)

# People who hear nothing of all this: intern, mayor, spokesperson, ALE, superuser, former moderator.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ivo", "eva", "otto", "ale", "root", "fritz")]


@pytest.fixture(autouse=True)
def _monday(ada, olga, max, mia):
    AllianceFactory()
    Actor.objects.update(language="en")
    with travel_to(MONDAY):
        yield


@pytest.fixture
def idea(ada):
    return IdeaFactory(author=ada, title="Mitfahrbank", case__reference="2026-0042")


def letters():
    """Which letters were written, each with its address, or with the reason why it did not leave."""
    deliver_all()
    rows = Delivery.objects.select_related("recipient").order_by("letter", "pk")
    return [
        (row.letter, (row.address or row.recipient.email) if row.state == State.SENT else row.reason) for row in rows
    ]


def mail(letter):
    """Address, subject and text of the last letter of that name, with plain blanks in its dates."""
    deliver_all()
    row = Delivery.objects.filter(letter=letter).latest("pk")
    sent = next(one for one in deliver_all() if one.extra_headers["Message-ID"] == row.message_id)
    return sent.to[0], sent.subject, re.sub("\xa0", " ", sent.body)


def office(letter):
    return [(letter, "max@allianz.example"), (letter, "mia@allianz.example")]


class TestReports:
    def test_a_bare_address_has_a_receipt_and_the_office_knows_at_once(self, idea):
        report(idea, language="en")

        assert letters() == [("report_received", RITA), *office("report_to_decide")]
        address, subject, text = mail("report_received")
        assert (address, subject) == (RITA, "M-2026-0001: your report is here, answer by 7 December 2026")
        assert "We answer you by Monday, 7 December 2026." in text
        assert f"{SITE}/melden/eingang/" in text
        assert "beleidigt" not in text, "the address may be somebody else's"
        assert "Report M-2026-0001: please decide by 7 December 2026" in mail("report_to_decide")[1]
        assert f"{SITE}/geschaeftsstelle/meldungen/M-2026-0001/" in mail("report_to_decide")[2]

    def test_who_is_signed_in_hears_at_the_account_and_who_gave_nothing_hears_nothing(self, idea, olga):
        report(idea, by=olga)
        report(idea, reason="children", name="", email="")

        received = [row for row in letters() if row[0] == "report_received"]
        assert received == [("report_received", "olga@allianz.example")]

    def test_neither_whose_it_is_nor_who_reported_it_is_asked_to_decide(self, max, mia):
        report(IdeaFactory(author=max))
        report(IdeaFactory(), by=mia)

        deciding = [row for row in letters() if row[0] == "report_to_decide"]
        assert deciding == [("report_to_decide", "mia@allianz.example"), ("report_to_decide", "max@allianz.example")]

    def test_a_mailbox_is_not_flooded(self, idea):
        for _number in range(4):
            report(idea)

        receipts = [to for letter, to in letters() if letter == "report_received"]
        assert receipts == [RITA] * 3 + ["its mailbox had three letters within the hour"]

    def test_what_is_decided_needs_nobody_any_more(self, idea, max):
        reject_report(report(idea), text="Nein.", by=max)

        assert [to for letter, to in letters() if letter == "report_to_decide"] == ["the report is decided"] * 2

    def test_the_reporter_hears_of_the_outcome_with_the_words_of_the_office(self, idea, max):
        uphold(report(idea, language="en"), max, text="Danke für den Hinweis.")
        address, subject, text = mail("report_upheld")

        assert (address, subject) == (RITA, "M-2026-0001: we agree with your report")
        assert "Danke für den Hinweis." in text
        assert "Mitfahrbank" not in text

        reject_report(report(IdeaFactory(), language="en"), text="Das ist erlaubt.", by=max)
        _address, subject, text = mail("report_rejected")
        assert subject == "M-2026-0002: what we decided about your report"
        assert "Das ist erlaubt." in text
        assert "go to court" in text


class TestStatements:
    def test_the_author_reads_what_why_and_how_to_object(self, idea, max):
        uphold(report(idea), max)

        address, subject, text = mail("content_hidden")
        assert (address, subject) == ("ada@allianz.example", "2026-0042: we hid your idea, and why")
        for words in (
            "Hello Ada,", "We hid your idea “Mitfahrbank”.", "It insults or threatens somebody.", FACTS,
            "Terms of use: we stay respectful; no insults and no threats.", "Somebody had reported it to us.",
            "no machine was used", "until Wednesday, 26 May 2027", f"{SITE}/melden/entscheidung/",
        ):  # fmt: skip
            assert words in text
        assert "Rita" not in text, "who reported it is nobody's business"

    def test_a_comment_and_a_profile_have_their_own_words(self, idea, olga, max):
        hide(CommentFactory(case=idea.case, author=olga), max)
        address, subject, text = mail("content_hidden")
        assert (address, subject) == ("olga@allianz.example", "2026-0042: we hid your comment, and why")
        assert "The office noticed it by itself." in text

        Actor.objects.filter(pk=olga.pk).update(skills="Backen", visible_to="public")
        hide(Actor.objects.get(pk=olga.pk), max)
        assert mail("content_hidden")[1] == "We hid your profile, and why"

    def test_who_is_blocked_is_told_all_the_same(self, ada, idea, max):
        hide(idea, max)
        block_actor(ada, reason="rude", facts=FACTS, by=max)

        assert letters() == [("account_blocked", "ada@allianz.example"), ("content_hidden", "ada@allianz.example")]
        assert mail("account_blocked")[1] == "We blocked your account, and why"

    def test_who_has_left_hears_nothing(self, idea, olga, max):
        hide(IdeaFactory(author=None), max)
        hide(CommentFactory(case=idea.case, author=olga), max)
        erase_actor(olga, by=olga)

        assert letters() == []

    def test_who_leaves_before_the_letter_is_sent_does_not_get_it(self, idea, olga, max):
        hide(CommentFactory(case=idea.case, author=olga), max)
        fan_out_all()
        erase_actor(olga, by=olga)

        assert letters() == [("content_hidden", "there is no address any more")]

    @pytest.mark.parametrize(
        "leave", [lambda actor: erase_actor(actor, by=actor), Actor.delete], ids=["erased", "gone"]
    )
    def test_nor_does_the_address_they_had_then(self, idea, olga, max, leave):
        hide(CommentFactory(case=idea.case, author=olga), max)
        fan_out_all()
        EmailAddress.objects.filter(user=olga).update(email="olga.neu@post.example")
        Actor.objects.filter(pk=olga.pk).update(email="olga.neu@post.example")
        leave(Actor.objects.get(pk=olga.pk))

        assert letters() == [("content_hidden", "the account is gone")]

    def test_a_decision_that_was_taken_back_is_not_told(self, idea, max, mia):
        uphold_objection(object_to(hide(idea, max), "Das war ein Zitat."), text="Ja.", by=mia)

        assert ("content_hidden", "the decision was taken back") in letters()


class TestObjections:
    def test_person_and_colleagues_are_told_not_who_decided_first(self, idea, max, mia):
        ActorFactory(email="moni@allianz.example", posts=["moderator"])
        object_to(hide(idea, max), "Das war ein Zitat.")

        told = [row for row in letters() if row[0].startswith("objection")]
        assert told == [
            ("objection_received", "ada@allianz.example"),
            ("objection_to_decide", "mia@allianz.example"), ("objection_to_decide", "moni@allianz.example"),
        ]  # fmt: skip
        _address, subject, text = mail("objection_received")
        assert subject == "BE-2026-0001: your objection is here, answer by 7 December 2026"
        assert "We answer you by Monday, 7 December 2026." in text
        assert f"{SITE}/geschaeftsstelle/beschwerden/BE-2026-0001/" in mail("objection_to_decide")[2]

    def test_what_is_decided_needs_nobody_any_more(self, idea, max, mia):
        objection = object_to(hide(idea, max), "Das war ein Zitat.")
        reject_objection(objection, text="Nein.", by=mia)

        assert ("objection_to_decide", "the objection is decided") in letters()

    @pytest.mark.parametrize(
        ("decide", "letter", "subject"),
        [
            (uphold_objection, "objection_upheld", "BE-2026-0001: you were right, we take our decision back"),
            (reject_objection, "objection_rejected", "BE-2026-0001: our decision stands"),
        ],
    )
    def test_the_outcome_with_its_words(self, ada, max, mia, decide, letter, subject):
        statement = block_actor(ada, reason="rude", facts=FACTS, by=max)

        decide(object_to(statement, "Das war ein Zitat."), text="So sehen wir es.", by=mia)

        address, said, text = mail(letter)
        assert (address, said) == ("ada@allianz.example", subject)
        assert "So sehen wir es." in text
        assert ("sign in again" in text) == (letter == "objection_upheld")


class TestPromises:
    def test_who_waits_is_told_when_it_takes_longer(self, idea, max, mia):
        row = report(idea, language="en")
        objection = object_to(hide(IdeaFactory(author=idea.author), max), "Das war ein Zitat.")
        for case in (row.case, objection.case):
            extend(Promise.objects.get(case=case), LATE, reason="Urlaub", by=mia)

        told = [row for row in letters() if row[0].endswith(("delayed", "extended"))]
        assert told == [("report_delayed", RITA), ("report_delayed", "ada@allianz.example")]
        assert mail("report_delayed")[1] == "BE-2026-0001: our answer comes later, by 23 December 2026"

    @pytest.mark.parametrize(
        "then",
        [
            lambda row, by: reject_report(row, text="Nein.", by=by),
            lambda row, by: extend(Promise.objects.get(case=row.case), LATER, reason="Krank", by=by),
        ],
        ids=["answered", "put off again"],
    )
    def test_a_day_that_no_longer_holds_is_not_told(self, idea, max, then):
        row = report(idea, language="en")
        extend(Promise.objects.get(case=row.case), LATE, reason="Urlaub", by=max)
        fan_out_all()
        then(row, max)

        told = [row for row in letters() if row[0] == "report_delayed"]
        assert told[0] == ("report_delayed", "another day is promised, or the answer was given")

    def test_the_daily_list_of_what_is_overdue_leads_to_the_report(self, idea, mia):
        report(idea)
        with travel_to(MONDAY + timedelta(days=20)):
            remind_of_overdue()
            assert f"{SITE}/geschaeftsstelle/meldungen/M-2026-0001/" in mail("promises_overdue")[2]
