"""Messages in the portal: whose they are, what they tell, and how they are read."""

import pytest

from notifications.catalogue import LETTERS
from notifications.inbox import MOST_SHOWN, Unread, entries_of, items_of, mark_read, unread_of
from notifications.models import InboxItem
from participation.actors.models import Actor
from participation.actors.operations import erase_actor
from participation.core.hiding import hide
from participation.events.kinds import Kind
from participation.events.record import record
from participation.ideas.operations.merging import merge_idea
from participation.ideas.operations.taking_part import comment_on
from participation.ideas.operations.writing import withdraw_idea
from portal.backends import Accounts
from tests.coauthor_factories import CoAuthorFactory
from tests.factories import (
    ActorFactory,
    AllianceFactory,
    AppointmentFactory,
    BarrierReportFactory,
    EventFactory,
    IdeaFactory,
)
from tests.group_factories import NotesFactory, PollFactory, RideFactory, TaskFactory
from tests.letter_factories import InboxItemFactory
from tests.notifications.ideas import fan_out_all
from tests.notifications.news import news
from tests.report_factories import ReportFactory

pytestmark = pytest.mark.django_db

PAGE = "/meine/nachrichten/"


@pytest.fixture(autouse=True)
def _english(ada, olga, max):
    AllianceFactory()
    Actor.objects.update(language="en")


@pytest.fixture
def idea(olga):
    return IdeaFactory(title="Mitfahrbank", case__reference="2026-0042", author=olga)


def read(as_, person, query=""):
    return as_(person).get(PAGE + query).content.decode()


def messages(person):
    """What lies in the inbox as its owner sees it: reference, title and address."""
    items = items_of(person).select_related("event", "case").order_by("pk")
    return [(entry.reference, entry.title, entry.url) for entry in entries_of(person, items)]


class TestReading:
    def test_the_newest_stands_first_and_says_what_one_can_do(self, as_, ada):
        for number in (1, 2, 3):
            news(f"2026-000{number}", ada)

        page = read(as_, ada)

        assert page.index("2026-0003") < page.index("2026-0002") < page.index("2026-0001")
        assert "The office answered." in page
        assert "Read it, and ask if something is unclear." in page

    def test_nobody_reads_the_messages_of_others(self, as_, ada, max):
        news("2026-0001", ada)

        assert "2026-0001" not in read(as_, max)
        assert "No messages yet" in read(as_, max)

    def test_page_by_page_each_message_is_met_once(self, as_, ada, idea):
        rows = [InboxItemFactory(recipient=ada, case=idea.case).pk for _ in range(45)]
        seen, query = [], ""
        while True:
            page = as_(ada).get(PAGE + query)
            seen += [entry.pk for entry in page.context["entries"]]
            InboxItemFactory(recipient=ada, case=idea.case)  # more comes while one reads
            if not page.context["page"].after:
                break
            query = f"?ab={page.context['page'].after}"

        assert seen == rows[::-1]
        assert as_(ada).get(PAGE + f"?bis={page.context['page'].before}").status_code == 200

    def test_about_one_case(self, as_, ada):
        news("2026-0001", ada)
        news("2026-0002", ada)

        page = read(as_, ada, "?vorgang=2026-0001")

        assert "What you were told about 2026-0001." in page
        assert "Mitfahrbank 2026-0001" in page
        assert "2026-0002" not in page
        assert "No message about it" in read(as_, ada, "?vorgang=2026-9999")
        assert as_(ada).get(PAGE + "?vorgang=%00").status_code == 400
        assert "&lt;b&gt;" in read(as_, ada, "?vorgang=<b>")

    def test_somebody_who_left_leaves_no_messages(self, ada):
        news("2026-0001", ada)

        erase_actor(ada, by=ada)

        assert not InboxItem.objects.exists()


class TestWhatIsTold:
    def test_of_a_public_idea_the_title_and_its_page(self, ada, idea):
        news("", ada, idea=idea)

        assert messages(ada) == [("2026-0042", "Mitfahrbank", "/ideen/2026-0042/")]

    def test_a_comment_is_met_in_its_place(self, olga, ada, idea):
        comment = comment_on(idea, "Gut.", by=ada)
        fan_out_all()

        assert messages(olga) == [("2026-0042", "Mitfahrbank", f"/ideen/2026-0042/#comment-{comment.pk}")]

    @pytest.mark.parametrize("end", ["hidden", "withdrawn"])
    def test_of_a_hidden_or_withdrawn_idea_strangers_read_the_number_alone(self, as_, ada, olga, idea, max, end):
        coauthor = CoAuthorFactory(idea=idea, state="accepted").actor
        for person in (ada, olga, coauthor, max):
            InboxItemFactory(recipient=person, case=idea.case)
        hide(idea, "rude") if end == "hidden" else withdraw_idea(idea, by=olga)

        assert messages(ada) == [("2026-0042", "", "/vorgang/2026-0042/")]
        assert "Mitfahrbank" not in read(as_, ada)
        for person in (olga, coauthor, max):
            assert messages(person) == [("2026-0042", "Mitfahrbank", "/ideen/2026-0042/")]

    def test_of_an_idea_that_was_never_public_strangers_get_no_link(self, ada, olga):
        idea = IdeaFactory(state="submitted", author=olga, case__reference="2026-0007")
        InboxItemFactory(recipient=ada, case=idea.case)

        assert messages(ada) == [("2026-0007", "", "")]

    def test_a_merged_idea_keeps_its_title_and_leads_to_its_way(self, ada, idea, max):
        merge_idea(idea, IdeaFactory(), version=1, by=max)
        type(idea).objects.filter(pk=idea.pk).update(published_at=idea.submitted_at)
        InboxItemFactory(recipient=ada, case=idea.case)

        assert messages(ada) == [("2026-0042", "Mitfahrbank", "/vorgang/2026-0042/")]

    def test_the_office_is_led_to_its_own_pages(self, max):
        idea = IdeaFactory(state="submitted", title="Rufbus", case__reference="2026-0007")
        barrier, report = BarrierReportFactory(), ReportFactory(thing=idea)
        record(Kind.IDEA_SUBMITTED, case=idea.case, idea=idea.pk)
        record(Kind.BARRIER_REPORTED, case=barrier.case, report=barrier.pk)
        record(Kind.REPORT_RECEIVED, case=report.case, report=report.pk)
        record(Kind.PROMISES_DUE, overdue=False)
        fan_out_all()

        assert messages(max) == [
            ("2026-0007", "Rufbus", "/geschaeftsstelle/ideen/2026-0007/"),
            (barrier.case.reference, "", f"/geschaeftsstelle/barrieren/{barrier.pk}/"),
            (report.case.reference, "", report.case.path),
            ("", "", "/geschaeftsstelle/ideen/"),
        ]

    def test_who_left_the_office_is_led_nowhere_and_reads_no_title(self, ada):
        idea = IdeaFactory(state="submitted", title="Rufbus", case__reference="2026-0007")
        InboxItemFactory(recipient=ada, case=idea.case, letter="idea_to_review", kind=Kind.IDEA_SUBMITTED)

        assert messages(ada) == [("2026-0007", "", "")]

    def test_whoever_reported_is_led_to_the_receipt(self, as_, ada):
        barrier = BarrierReportFactory(reporter=ada, email="")
        record(Kind.BARRIER_REPORTED, case=barrier.case, report=barrier.pk)
        report = ReportFactory(thing=IdeaFactory(), reporter=ada, email=ada.email)
        for kind in (Kind.REPORT_RECEIVED, Kind.REPORT_UPHELD):
            record(kind, case=report.case, report=report.pk)
        fan_out_all()

        urls = [url for _reference, _title, url in messages(ada)]
        assert len(urls) == 3
        assert [as_(ada).get(url).status_code for url in urls] == [200] * 3

    def test_a_post_leads_to_my_page(self, ada):
        row = AppointmentFactory(actor=ada)
        record(Kind.APPOINTMENT_MADE, appointment=row.pk)
        fan_out_all()

        assert messages(ada) == [("", "", "/meine/")]

    def test_every_letter_of_the_catalogue_has_a_line(self, ada):
        report, notes, ride = ReportFactory(thing=IdeaFactory()), NotesFactory(), RideFactory()
        facts = {
            "report": 1, "comment": 1, "meeting": notes.meeting_id, "poll": PollFactory().pk, "task": TaskFactory().pk,
            "ride": ride.pk,
        }  # fmt: skip
        for kind, letters in LETTERS.items():
            for letter in letters:
                event = EventFactory(kind=kind, case=report.case, facts=facts)
                InboxItem.objects.create(recipient=ada, event=event, letter=letter.name, created_at=event.at)

        entries = entries_of(ada, items_of(ada).select_related("event", "case"))
        assert all(entry.text and entry.next_step for entry in entries)


class TestMarking:
    @pytest.fixture
    def item(self, ada, idea):
        return InboxItemFactory(recipient=ada, case=idea.case)

    def test_one(self, as_, ada, idea, item):
        other = InboxItemFactory(recipient=ada, case=idea.case)

        answer = as_(ada).post(f"{PAGE}{item.pk}/gelesen/", {"next": f"{PAGE}?vorgang=2026-0042"})

        assert answer.headers["Location"] == f"{PAGE}?vorgang=2026-0042"
        assert list(items_of(ada).filter(read_at=None)) == [other]
        assert as_(ada).post(f"{PAGE}{item.pk}/gelesen/", {"next": "//evil.example"}).headers["Location"] == PAGE

    def test_twice_keeps_the_moment(self, as_, ada, item):
        as_(ada).post(f"{PAGE}{item.pk}/gelesen/")
        moment = items_of(ada).get().read_at
        as_(ada).post(f"{PAGE}{item.pk}/gelesen/")

        assert items_of(ada).get().read_at == moment

    def test_not_one_of_others(self, as_, olga, ada, item):
        assert as_(olga).post(f"{PAGE}{item.pk}/gelesen/").status_code == 404
        assert items_of(ada).get().read_at is None

    def test_looking_marks_nothing(self, as_, ada, item):
        assert as_(ada).get(f"{PAGE}{item.pk}/gelesen/").status_code == 405
        assert "Mark as read" in read(as_, ada)
        assert items_of(ada).get().read_at is None

    def test_all_that_one_has_seen(self, as_, ada, olga, idea, item):
        foreign = InboxItemFactory(recipient=olga, case=idea.case)
        later = InboxItemFactory(recipient=ada, case=idea.case)

        as_(ada).post(f"{PAGE}gelesen/", {"until": item.pk})

        assert set(InboxItem.objects.filter(read_at=None)) == {foreign, later}

    def test_all_about_one_case(self, as_, ada, item):
        other = InboxItemFactory(recipient=ada)

        as_(ada).post(f"{PAGE}gelesen/", {"until": other.pk, "vorgang": "2026-0042"})

        assert list(InboxItem.objects.filter(read_at=None)) == [other]

    @pytest.mark.parametrize("until", ["", "x", "-1", "²", "9" * 30])
    def test_nonsense_marks_nothing(self, as_, ada, item, until):
        assert as_(ada).post(f"{PAGE}gelesen/", {"until": until}).status_code == 302
        assert items_of(ada).get().read_at is None


class TestTheNumberInTheHeader:
    def test_it_counts_what_is_unread(self, as_, ada, idea):
        InboxItemFactory.create_batch(3, recipient=ada, case=idea.case)
        mark_read(items_of(ada).filter(pk=items_of(ada).latest("pk").pk))

        assert unread_of(ada).count == 2
        assert "2 unread messages" in as_(ada).get("/").content.decode()

    def test_there_is_none_where_all_is_read(self, as_, sam, ada):
        assert "unread message" not in as_(ada).get("/").content.decode()
        assert PAGE not in sam.get("/").content.decode()

    def test_very_many_are_shown_as_such(self, ada):
        assert [Unread(count).label for count in (MOST_SHOWN, MOST_SHOWN + 1)] == ["99", "99+"]

    def test_it_comes_with_the_account(self, ada, olga, idea, django_assert_num_queries):
        InboxItemFactory.create_batch(2, recipient=ada, case=idea.case)
        InboxItemFactory(recipient=olga, case=idea.case)
        mark_read(items_of(olga))

        with django_assert_num_queries(2):
            accounts = [Accounts().get_user(person.pk) for person in (ada, olga)]
            assert [unread_of(account).count for account in accounts] == [2, 0]
        with django_assert_num_queries(1):
            assert unread_of(ada).count == 2

    def test_it_can_be_asked_for_by_itself(self, as_, sam, ada, idea):
        InboxItemFactory(recipient=ada, case=idea.case)

        piece = as_(ada).get(f"{PAGE}zahl/")

        assert "1 unread message" in piece.content.decode()
        assert "<html" not in piece.content.decode()
        assert "no-store" in piece.headers["Cache-Control"]
        assert sam.get(f"{PAGE}zahl/").status_code == 302
        assert as_(ActorFactory()).get(f"{PAGE}zahl/").content.decode().strip() == ""
