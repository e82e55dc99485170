"""Hearing less of outcomes: an idea that is muted brings none, and each letter offers just that."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from notifications.choices import MUTED
from notifications.inbox import entries_of, items_of
from notifications.models import Delivery, InboxItem, Mute
from notifications.preferences import has_muted, mute
from participation.actors.models import Actor
from participation.core.clock import travel_to
from participation.events.kinds import Kind
from participation.ideas.models import Merger
from participation.ideas.operations.merging import merge_idea, undo_merge
from participation.ideas.operations.taking_part import support_idea
from participation.newsroom.operations.issuing import try_issue
from participation.newsroom.operations.publishing import publish_outcome, withdraw_outcome
from participation.newsroom.operations.writing import begin_outcome
from participation.promises.operations import follow
from tests.coauthor_factories import CoAuthorFactory
from tests.factories import ActorFactory, AllianceFactory, IdeaFactory
from tests.letter_factories import InboxItemFactory
from tests.newsroom_factories import IssueFactory, OutcomeFactory
from tests.notifications.ideas import MONDAY, answer, fan_out_all, letters, mail
from tests.notifications.news import sweep
from tests.report_factories import ReportFactory

pytestmark = pytest.mark.django_db
FRIENDS = ("outcome_news", "outcome_published")


@pytest.fixture(autouse=True)
def _monday(ada, olga, max):
    AllianceFactory()
    Actor.objects.update(language="en")
    with travel_to(MONDAY):
        yield


@pytest.fixture
def bench(ada):
    return IdeaFactory(author=ada, title="Eine Bank", case__reference="2026-0042")


@pytest.fixture
def bridge():
    return IdeaFactory(author=ActorFactory(display_name="Otis", language="en"), title="Ein Steg")


@pytest.fixture
def fred(db):
    return ActorFactory(display_name="Fred", language="en")


@pytest.fixture
def publish(max):
    def publish(*ideas):
        outcome = begin_outcome(by=max, title="Sie steht", text="Seit heute.", cases=[idea.case for idea in ideas])
        publish_outcome(outcome, version=1, by=max)
        fan_out_all()
        return outcome

    return publish


def in_inboxes():
    return sorted(InboxItem.objects.filter(letter__in=FRIENDS).values_list("recipient__display_name", flat=True))


@pytest.mark.usefixtures("all_at_once")
class TestMuting:
    @pytest.mark.parametrize("tie", ["wrote", "helped", "supports", "follows"])
    def test_who_muted_the_idea_hears_of_no_outcome_by_mail_and_in_the_portal(self, bench, bridge, publish, olga, tie):
        person = {"wrote": bench.author}.get(tie, olga)
        if tie == "helped":
            CoAuthorFactory(idea=bench, state="accepted", actor=person)
        if tie == "supports":
            support_idea(bench, by=person)
        if tie == "follows":
            follow(bench.case, person)
        mute(person, bench.case)
        mute(ActorFactory(), bench.case)

        publish(bench, bridge)

        assert person.display_name not in in_inboxes()
        assert "Otis" in in_inboxes()
        assert MUTED in dict(letters()).values()
        assert person.display_name not in dict(letters()).values()

    def test_who_muted_one_of_two_still_hears_because_of_the_other(self, bench, bridge, publish, fred):
        follow(bench.case, fred)
        support_idea(bridge, by=fred)
        mute(fred, bench.case)

        publish(bench, bridge)

        assert "Fred" in in_inboxes()
        assert ("outcome_news", "Fred") in letters()

    def test_who_muted_both_does_not(self, bench, bridge, publish, fred):
        follow(bench.case, fred)
        support_idea(bridge, by=fred)
        for idea in (bench, bridge):
            mute(fred, idea.case)

        publish(bench, bridge)

        assert "Fred" not in in_inboxes()

    def test_who_mutes_it_before_the_letter_left_does_not_get_it(self, bench, publish, fred):
        follow(bench.case, fred)
        publish(bench)

        mute(fred, bench.case)

        assert letters() == [("outcome_news", MUTED), ("outcome_published", "Ada")]

    def test_who_muted_the_outcome_alone_hears_of_it_no_more(self, bench, publish, ada, max):
        outcome = publish(bench)
        mute(ada, outcome.case)

        assert letters() == [("outcome_published", MUTED)]


@pytest.mark.usefixtures("all_at_once")
class TestTheWayOut:
    def press(self, sam, person, letter):
        """Follow the way out at the end of the letter, and press “nothing more about this”; what the page says."""
        address = re.search(r"/abmelden/\S+", mail(person, letter)[1])[0]
        return sam.post(address, {"scope": "case"}).content.decode()

    def test_it_is_about_the_idea_for_friends_and_authors(self, sam, bench, bridge, publish, ada, fred):
        support_idea(bridge, by=fred)
        follow(bridge.case, fred)
        publish(bench, bridge)

        said = self.press(sam, fred, "outcome_news")
        self.press(sam, ada, "outcome_published")

        assert f"no more about {bridge.reference}" in said
        assert set(Mute.objects.values_list("actor", "case")) == {(fred.pk, bridge.case_id), (ada.pk, bench.case_id)}

    def test_of_several_ideas_it_is_about_the_outcome(self, sam, bench, bridge, publish, fred):
        for idea in (bench, bridge):
            follow(idea.case, fred)
        outcome = publish(bench, bridge)

        self.press(sam, fred, "outcome_news")

        assert has_muted(fred, outcome.case)


@pytest.mark.usefixtures("all_at_once")
class TestMerging:
    def merge(self, bench, bridge, max):
        return merge_idea(bench, bridge, version=1, by=max)

    def undo(self, merger, max):
        undo_merge(Merger.objects.select_related("source__case", "target__case").get(pk=merger.pk), by=max)

    def test_what_is_muted_stays_so_for_those_who_come_along(self, bench, bridge, ada, fred, olga, max):
        for person in (fred, olga):
            follow(bench.case, person)
        support_idea(bench, by=fred)
        for person in (ada, fred):
            mute(person, bench.case)

        self.merge(bench, bridge, max)
        answer(bridge, max)

        assert [has_muted(person, bridge.case) for person in (ada, fred, olga)] == [True, True, False]
        assert [row for row in letters() if row[0] == "idea_news"] == [
            ("idea_news", "Olga"), ("idea_news", MUTED), ("idea_news", MUTED),
        ]  # fmt: skip

    def test_who_followed_the_other_idea_before_goes_on_hearing_of_it(self, bench, bridge, fred, max):
        for idea in (bench, bridge):
            follow(idea.case, fred)
        mute(fred, bench.case)

        self.merge(bench, bridge, max)

        assert not has_muted(fred, bridge.case)

    def test_undone_it_is_as_before(self, bench, bridge, fred, olga, max):
        follow(bench.case, fred)
        mute(fred, bench.case)
        with travel_to(MONDAY - timedelta(days=1)):
            mute(olga, bridge.case)
        merger = self.merge(bench, bridge, max)

        self.undo(merger, max)

        assert has_muted(fred, bench.case)
        assert not has_muted(fred, bridge.case)
        assert has_muted(olga, bridge.case)


def test_a_digest_names_the_outcome_and_the_ideas_it_tells_of(bench, publish, fred, mailoutbox):
    follow(bench.case, fred)
    outcome = publish(bench)
    with travel_to(MONDAY + timedelta(days=1)):
        sweep()

    (digest,) = [letter for letter in mailoutbox if letter.to == [fred.email]]
    for words in (digest.body, digest.alternatives[0][0]):
        assert f"{outcome.reference} · published" in words
        assert "Sie steht" in words
        assert "Something has come of an idea." in words
        assert "2026-0042 · Eine Bank" in words


class TestTheInbox:
    def lines(self, person):
        items = items_of(person).select_related("event", "case").order_by("pk")
        return [(entry.reference, entry.title, entry.url) for entry in entries_of(person, items)]

    def test_an_outcome_has_its_title_and_leads_to_its_page(self, bench, publish, ada):
        outcome = publish(bench)

        assert self.lines(ada) == [(outcome.reference, "Sie steht", "/ergebnisse/sie-steht/")]

    def test_one_that_was_withdrawn_leads_to_the_page_that_says_why(self, sam, bench, publish, ada, max):
        outcome = publish(bench)
        withdraw_outcome(outcome, reason="Irrtum.", by=max)
        fan_out_all()

        assert self.lines(ada) == [
            (outcome.reference, "", "/ergebnisse/sie-steht/"), ("2026-0042", "Eine Bank", "/ideen/2026-0042/"),
        ]  # fmt: skip
        assert "Irrtum." in sam.get("/ergebnisse/sie-steht/").content.decode()

    def test_it_can_be_muted_from_there(self, as_, bench, publish, ada):
        outcome = publish(bench)

        page = as_(ada).get(reverse("mute_case", args=[outcome.reference]))

        assert "Sie steht" in page.content.decode()

    def test_the_try_of_an_issue_leaves_no_message(self, bench, max):
        issue = IssueFactory(outcomes=[OutcomeFactory()])
        try_issue(issue, by=max)
        fan_out_all()

        assert [row.letter for row in Delivery.objects.all()] == ["newsletter_test"]
        assert not InboxItem.objects.exists()

    def test_that_a_report_takes_longer_leads_to_its_receipt(self, as_, ada):
        report = ReportFactory(thing=IdeaFactory(), reporter=ada, email=ada.email)
        InboxItemFactory(recipient=ada, case=report.case, letter="report_delayed", kind=Kind.PROMISE_EXTENDED)

        ((_reference, _title, url),) = self.lines(ada)
        assert as_(ada).get(url).status_code == 200
        assert report.case.reference in as_(ada).get(url).content.decode()
