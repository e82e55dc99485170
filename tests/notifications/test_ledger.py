"""The ledger of a case: who should have been told, by which way, what became of it, and who may read that."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from notifications.catalogue import LETTERS
from notifications.choices import SWITCHED_OFF
from notifications.ledger import IN_OFFICE, PAGE
from notifications.models import InboxItem, Intake, Resending
from notifications.outcomes import OUTCOMES
from notifications.purposes import PURPOSES
from notifications.states import State
from participation.core.clock import now
from participation.events.kinds import CaseKind, Kind
from tests.factories import ActorFactory, BarrierReportFactory, EventFactory, IdeaFactory
from tests.report_factories import ObjectionFactory, ReportFactory, StatementFactory

from .letters_of_case import a_letter, an_idea

pytestmark = pytest.mark.django_db

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as clock:
        yield clock


@pytest.fixture
def idea(db):
    return an_idea()


def address(case):
    return reverse("case_letters", args=[case.reference])


def shown(client, case, query=""):
    """The page in English."""
    return client.get(f"{address(case)}{query}", headers={"accept-language": "en"})


def lines(page):
    """All lines of a page, in their order."""
    return [line for group in page.context["groups"] for line in group["lines"]]


def outcome(client, idea):
    (line,) = lines(shown(client, idea.case))
    return line.outcome, line.tone


@pytest.fixture
def office(max, as_):
    type(max).objects.update(language="en")
    max.refresh_from_db()
    return as_(max)


class TestWhatBecameOfIt:
    def test_sent(self, idea, office, clock):
        a_letter(idea, state="sent", finished_at=START + timedelta(minutes=4))

        assert outcome(office, idea) == ("sent 10:04", "go")

    def test_failed_with_the_reason_in_words(self, idea, office):
        a_letter(idea, state="failed", reason="refused: 552 5.2.2")

        assert outcome(office, idea) == ("failed: the mailbox is full", "bad")

    def test_not_sent_with_the_reason(self, idea, office):
        a_letter(idea, state="suppressed", reason=SWITCHED_OFF)

        assert outcome(office, idea) == ("not sent: switched off by the recipient", "")

    def test_that_it_failed_stays_when_the_reason_is_forgotten(self, idea, office, clock):
        a_letter(idea, state="failed", finished_at=START - timedelta(days=400))

        assert outcome(office, idea) == ("failed 28 September 2025, 11:00", "bad")

    def test_held_for_the_digest(self, idea, office, clock):
        a_letter(idea, state="held", rhythm="daily", not_before=datetime(2026, 11, 3, 6, 0, tzinfo=UTC))

        assert outcome(office, idea) == ("waits for the digest of 3 November, 07:00", "time")

    def test_due(self, idea, office, clock):
        a_letter(idea)

        assert outcome(office, idea) == ("waits for the sender", "time")

    def test_due_again_after_a_refusal(self, idea, office, clock):
        a_letter(idea, attempts=1, reason="refused: 450 4.7.1", not_before=START + timedelta(minutes=12))

        words = "next try at 10:12: the mail server asks to come back later"
        assert outcome(office, idea) == (words, "time")

    def test_due_later_because_our_own_server_is_away(self, idea, office, clock):
        a_letter(idea, not_before=START + timedelta(minutes=1))

        assert outcome(office, idea) == ("next try at 10:01", "time")

    def test_being_sent_in_a_digest_and_of_the_demonstration(self, idea, office):
        event = EventFactory(kind=Kind.IDEA_ANSWERED, case=idea.case)
        for state in ("sending", "bundled", "recorded"):
            a_letter(idea, "idea_news", event=event, state=state, recipient=ActorFactory())

        assert [line.outcome for line in lines(shown(office, idea.case))] == [
            "only recorded: this belongs to the demonstration",
            "in a digest that is on its way",
            "is being sent",
        ]


def test_every_state_has_words():
    assert set(OUTCOMES) == set(State)


def test_every_letter_of_an_event_has_a_name():
    assert {letter.name for letters in LETTERS.values() for letter in letters} <= set(PURPOSES)


def test_every_kind_of_case_says_who_sees_it_in_the_office():
    assert set(IN_OFFICE) == set(CaseKind)


class TestTheWay:
    def test_one_line_says_who_what_and_by_which_ways(self, idea, office, clock):
        letter = a_letter(idea, "idea_news", state="held", rhythm="daily", recipient=ActorFactory(display_name="Ada"))
        InboxItem.objects.create(
            recipient=letter.recipient, event=letter.event, case=idea.case, letter="idea_news", created_at=now()
        )

        (line,) = lines(shown(office, idea.case))

        assert (line.who, line.letter) == ("Ada", "The official answer to an idea")
        assert line.ways == ["e-mail, in a digest", "inbox, unread"]

    def test_what_was_read_in_the_inbox_says_when(self, idea, office, clock):
        letter = a_letter(idea, state="sent")
        InboxItem.objects.create(
            recipient=letter.recipient, event=letter.event, letter=letter.letter, created_at=now(), read_at=now()
        )

        (line,) = lines(shown(office, idea.case))

        assert line.ways == ["e-mail", "inbox, read 10:00"]

    def test_an_inbox_of_another_event_is_not_taken_for_this_one(self, idea, office):
        letter = a_letter(idea, state="sent")
        other = EventFactory(kind=Kind.IDEA_ANSWERED, case=idea.case)
        InboxItem.objects.create(recipient=letter.recipient, event=other, letter=letter.letter, created_at=now())

        assert lines(shown(office, idea.case))[0].ways == ["e-mail"]


class TestAddresses:
    @pytest.fixture
    def invited(self, idea):
        return a_letter(idea, "coauthor_invited", recipient=None, address="paul@post.example", state="sent")

    @pytest.mark.parametrize("who", ["max", "mia"])
    def test_a_bare_address_is_read_by_who_may(self, who, request, as_, idea, invited):
        page = shown(as_(request.getfixturevalue(who)), idea.case)

        assert lines(page)[0].who == "paul@post.example"

    def test_an_intern_reads_that_there_is_one(self, ivo, as_, idea, invited):
        page = shown(as_(ivo), idea.case)

        assert "paul@post.example" not in page.content.decode()
        assert invited.message_id not in page.content.decode()

    def test_of_one_that_was_forgotten_only_that_is_said(self, office, idea, invited):
        type(invited).objects.update(address="")

        assert lines(shown(office, idea.case))[0].who == "an address that is no longer kept"

    def test_where_the_account_gets_it_at_another_address_the_name_stands(self, office, idea):
        a_letter(idea, state="sent", address="elsewhere@post.example")

        page = shown(office, idea.case)

        assert lines(page)[0].who == str(idea.author)
        assert "elsewhere@post.example" not in page.content.decode()


class TestTheSum:
    def test_told_waiting_and_not_told_with_reasons(self, idea, office):
        event = EventFactory(kind=Kind.IDEA_ANSWERED, case=idea.case)
        for fields in (
            {"state": "sent"}, {"state": "sent"}, {"state": "due"}, {"state": "held"}, {"state": "sending"},
            {"state": "bundled"}, {"state": "failed", "reason": "refused: 550 5.2.2"},
            {"state": "failed", "reason": "refused: 552"}, {"state": "suppressed", "reason": SWITCHED_OFF},
            {"state": "failed"}, {"state": "recorded"},
        ):  # fmt: skip
            a_letter(idea, "idea_news", event=event, recipient=ActorFactory(), **fields)
        a_letter(an_idea(), state="sent")

        tally = shown(office, idea.case).context["tally"]

        assert (tally.told, tally.waiting, tally.recorded, tally.not_told, tally.total) == (2, 4, 1, 4, 11)
        assert tally.reasons[0] == ("the mailbox is full", 2)
        assert dict(tally.reasons[1:]) == {"switched off by the recipient": 1, "the reason is no longer kept": 1}

    def test_groups_are_events_the_newest_first_with_their_numbers(self, idea, office):
        first = a_letter(idea, state="sent").event
        second = EventFactory(kind=Kind.IDEA_ANSWERED, case=idea.case)
        for state in ("sent", "due"):
            a_letter(idea, "idea_news", event=second, recipient=ActorFactory(), state=state)

        groups = shown(office, idea.case).context["groups"]

        assert [(group["event"], group["sent"], group["all"]) for group in groups] == [(second, 1, 2), (first, 1, 1)]


class TestFanOuts:
    def test_one_that_is_open_is_told_and_one_that_was_given_up(self, idea, office):
        for fields in ({}, {"failed_at": now()}, {"done_at": now()}):
            event = EventFactory(kind=Kind.IDEA_PUBLISHED, case=idea.case)
            Intake.objects.create(event=event, not_before=now(), **fields)

        page = shown(office, idea.case).content.decode()

        assert page.count("The letters about 1 event are still being written.") == 1
        assert page.count("could not write all of these letters") == 1


class TestPages:
    @pytest.fixture
    def many(self, idea):
        """Three events with 60, 1 and 30 letters; the newest event comes first."""
        events = [EventFactory(kind=Kind.IDEA_ANSWERED, case=idea.case) for _ in range(3)]
        for event, count in zip(events, (60, 1, 30), strict=True):
            for _ in range(count):
                a_letter(idea, "idea_news", event=event, recipient=ActorFactory(), state="sent")
        a_letter(an_idea(), state="sent")

    def test_each_letter_stands_on_one_page_and_back_leads_back(self, idea, office, many):
        first = shown(office, idea.case)
        second = shown(office, idea.case, f"?ab={first.context['page'].after}")
        back = shown(office, idea.case, f"?bis={second.context['page'].before}")

        numbers = [line.pk for page in (first, second) for line in lines(page)]
        assert len(lines(first)) == PAGE
        assert len(numbers) == len(set(numbers)) == 91
        assert second.context["page"].after == ""
        assert [line.pk for line in lines(back)] == [line.pk for line in lines(first)]

    @pytest.mark.parametrize("mark", ["x", "-", "1-", "9" * 30, "1-2-3", "²-1", f"1-{'9' * 30}"])
    def test_nonsense_is_no_mark(self, idea, office, mark):
        a_letter(idea, state="sent")

        assert len(lines(shown(office, idea.case, f"?ab={mark}"))) == 1

    def test_events_without_letters_take_no_place(self, idea, office):
        a_letter(idea, state="sent")
        for _ in range(PAGE + 2):
            EventFactory(kind=Kind.IDEA_ANSWERED, case=idea.case)

        assert len(lines(shown(office, idea.case))) == 1

    @pytest.mark.parametrize("letters", [1, 30])
    def test_the_page_asks_the_database_no_oftener_for_many(self, letters, idea, office, django_assert_num_queries):
        event = EventFactory(kind=Kind.IDEA_ANSWERED, case=idea.case)
        for _ in range(letters):
            letter = a_letter(idea, "idea_news", event=event, recipient=ActorFactory(), state="sent")
            Resending.objects.create(
                delivery=letter, by=ActorFactory(), at=now(), former_state="failed", former_finished_at=now()
            )
        shown(office, idea.case)

        with django_assert_num_queries(14):
            shown(office, idea.case)


class TestWhoSeesIt:
    def test_a_case_of_reports_is_for_those_who_decide_about_reports(self, as_, max, ivo):
        report = ReportFactory(thing=IdeaFactory())

        assert as_(max).get(address(report.case)).status_code == 200
        assert as_(ivo).get(address(report.case)).status_code == 404

    def test_nobody_reads_who_reported_their_own(self, as_, max):
        mine = ReportFactory(thing=IdeaFactory(author=max))
        about_me = ObjectionFactory(statement=StatementFactory(thing=IdeaFactory(author=max)))

        assert as_(max).get(address(mine.case)).status_code == 404
        assert as_(max).get(address(about_me.case)).status_code == 404

    def test_barriers_are_for_the_whole_office(self, as_, ivo, ada):
        report = BarrierReportFactory()

        assert as_(ivo).get(address(report.case)).status_code == 200
        assert as_(ada).get(address(report.case)).status_code == 404

    def test_the_page_of_the_case_offers_it_and_leads_back(self, office, idea):
        assert address(idea.case) in office.get(reverse("office_idea", args=[idea.reference])).content.decode()
        assert shown(office, idea.case).context["url"] == reverse("office_idea", args=[idea.reference])

    @pytest.mark.parametrize("make", ["report", "objection", "barrier"])
    def test_so_does_the_page_of_every_other_case(self, make, office):
        row = {
            "report": lambda: ReportFactory(thing=IdeaFactory()),
            "objection": lambda: ObjectionFactory(statement=StatementFactory(thing=IdeaFactory())),
            "barrier": BarrierReportFactory,
        }[make]()

        assert address(row.case) in office.get(row.get_absolute_url()).content.decode()
        assert shown(office, row.case).context["url"] == row.get_absolute_url()

    def test_where_nothing_happened_the_page_says_so(self, office, idea):
        assert "No letter yet" in shown(office, idea.case).content.decode()
