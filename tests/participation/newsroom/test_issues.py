"""Issues of the newsletter: proposed, chosen, ordered, tried out, sent once, kept in the archive."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from participation.actors.models import Actor
from participation.core.clock import now
from participation.core.errors import NotAllowed, Outdated, WrongState
from participation.core.hiding import hide
from participation.events.kinds import Kind
from participation.events.models import Event
from participation.newsroom.newsletter_models import Issue, IssueItem
from participation.newsroom.newsletter_queries import items_of, proposed
from participation.newsroom.operations.issuing import (
    Empty,
    begin_issue,
    change_issue,
    discard_issue,
    send_issue,
    try_issue,
)
from participation.newsroom.operations.publishing import withdraw_outcome
from participation.newsroom.states import ISSUE_LIFECYCLE, IssueState
from tests.factories import AnswerFactory, IdeaFactory
from tests.house.world import snapshot
from tests.newsroom_factories import IssueFactory, OutcomeFactory, SubscriptionFactory

OTHERS = ["ada", "eva", "otto", "ale", "root", "fritz"]
WORDS = {"subject": "Neues", "intro": "**Guten** Tag."}
LIST = "/geschaeftsstelle/newsletter/"


@pytest.fixture
def outcome(db):
    return OutcomeFactory(title="Die Bank steht")


@pytest.fixture
def answer(db):
    return AnswerFactory(published=True, idea=IdeaFactory(title="Ein Steg"))


def keys(items):
    return [item.key for item in items]


def at(name, row):
    return reverse(name, args=[row.pk])


@pytest.mark.parametrize(("state", "to"), [(one, other) for one in IssueState for other in IssueState])
def test_the_table_of_states(state, to):
    assert ISSUE_LIFECYCLE.may_follow(state, to) == ((state, to) == ("draft", "sent"))


class TestProposing:
    def test_outcomes_then_answers_the_newest_first(self, outcome, answer):
        later = OutcomeFactory(created_at=now() + timedelta(minutes=1))

        assert keys(proposed()) == [f"outcome-{later.pk}", f"outcome-{outcome.pk}", f"answer-{answer.pk}"]

    def test_only_what_is_public(self, db):
        for state in ("draft", "scheduled", "withdrawn"):
            OutcomeFactory(state=state)
        AnswerFactory()
        hidden = AnswerFactory(published=True).idea
        hide(hidden, "rude")

        assert proposed() == []

    def test_only_what_came_since_the_last_issue(self, outcome, answer):
        IssueFactory(state="sent", sent_at=now() + timedelta(minutes=1))
        IssueFactory(state="sent", sent_at=now() - timedelta(days=9))
        later = OutcomeFactory(created_at=now() + timedelta(minutes=2))

        assert keys(proposed()) == [f"outcome-{later.pk}"]

    def test_what_is_withdrawn_or_hidden_later_is_gone_from_an_issue(self, outcome, answer, mia):
        issue = IssueFactory(outcomes=[outcome], answers=[answer])
        assert [item.title for item in items_of(issue)] == ["Die Bank steht", "Ein Steg"]

        withdraw_outcome(outcome, reason="x", by=mia)
        hide(answer.idea, "rude")

        assert items_of(issue) == []


class TestPuttingTogether:
    @pytest.mark.parametrize("who", ["ivo", "max", "mia"])
    def test_it_begins_with_all_there_is_to_tell(self, who, request, outcome, answer):
        person = request.getfixturevalue(who)

        issue = begin_issue(by=person, subject="Neues")

        assert (issue.author, issue.subject, issue.state, issue.number) == (person, "Neues", "draft", None)
        assert keys(items_of(issue)) == [f"outcome-{outcome.pk}", f"answer-{answer.pk}"]

    def test_there_is_one_draft_at_a_time(self, ivo, mia):
        draft = begin_issue(by=ivo, subject="Neues")

        assert begin_issue(by=mia, subject="Anderes") == draft
        with pytest.raises(IntegrityError), transaction.atomic():
            IssueFactory()

    def test_its_things_stand_in_the_chosen_order(self, ivo, outcome, answer):
        issue = begin_issue(by=ivo, subject="Neues")

        change_issue(issue, version=1, by=ivo, keys=[f"answer-{answer.pk}", f"outcome-{outcome.pk}"], **WORDS)

        issue = Issue.objects.get()
        assert (issue.version, issue.html) == (2, "<p><strong>Guten</strong> Tag.</p>\n")
        assert keys(items_of(issue)) == [f"answer-{answer.pk}", f"outcome-{outcome.pk}"]

    @pytest.mark.parametrize("who", OTHERS)
    def test_nobody_else_does(self, who, request):
        person, issue = request.getfixturevalue(who), IssueFactory()
        before = snapshot()

        for attempt in (
            lambda: begin_issue(by=person, subject="x"),
            lambda: change_issue(issue, version=1, by=person, keys=[], **WORDS),
            lambda: discard_issue(issue, version=1, by=person),
            lambda: try_issue(issue, by=person),
            lambda: send_issue(issue, version=1, by=person),
        ):
            with pytest.raises(NotAllowed):
                attempt()

        assert snapshot() == before

    def test_who_saw_an_older_version_changes_and_discards_nothing(self, ivo, mia):
        issue = IssueFactory()
        change_issue(issue, version=1, by=mia, keys=[], **WORDS)
        before = snapshot()

        with pytest.raises(Outdated):
            change_issue(issue, version=1, by=ivo, keys=[], **WORDS)
        with pytest.raises(Outdated):
            discard_issue(issue, version=1, by=ivo)

        assert snapshot() == before

    def test_what_was_sent_is_neither_changed_nor_discarded_nor_sent_again(self, max):
        issue = IssueFactory(state="sent")
        before = snapshot()

        with pytest.raises(Outdated):
            change_issue(issue, version=1, by=max, keys=[], **WORDS)
        with pytest.raises(Outdated):
            discard_issue(issue, version=1, by=max)
        with pytest.raises(WrongState):
            send_issue(issue, version=1, by=max)

        assert snapshot() == before

    def test_a_discarded_draft_is_gone_and_no_other(self, ivo, outcome):
        sent, issue = IssueFactory(state="sent"), IssueFactory(outcomes=[outcome])

        discard_issue(issue, version=1, by=ivo)

        assert list(Issue.objects.all()) == [sent]
        assert not IssueItem.objects.exists()

    def test_who_saw_a_draft_that_is_gone_changes_and_discards_no_later_one(self, ivo):
        gone = IssueFactory()
        discard_issue(Issue.objects.get(pk=gone.pk), version=1, by=ivo)
        later = IssueFactory()

        with pytest.raises(Outdated):
            change_issue(gone, version=1, by=ivo, keys=[], **WORDS)
        with pytest.raises(Outdated):
            discard_issue(gone, version=1, by=ivo)

        assert list(Issue.objects.values_list("pk", "version")) == [(later.pk, 1)]


class TestSending:
    def test_it_gets_its_number_and_is_told_once(self, max):
        IssueFactory(state="sent", number=6)
        issue = IssueFactory()

        send_issue(issue, version=1, by=max)

        issue.refresh_from_db()
        assert (issue.state, issue.number, issue.sent_by) == ("sent", 7, max)
        event = Event.objects.get()
        assert (event.kind, event.by, event.role) == (Kind.NEWSLETTER_SENT, max, "moderator")
        assert event.facts == {"issue": issue.pk}

    def test_an_intern_prepares_and_does_not_send(self, ivo):
        issue = IssueFactory()
        before = snapshot()

        with pytest.raises(NotAllowed):
            send_issue(issue, version=1, by=ivo)

        assert snapshot() == before

    def test_what_was_changed_meanwhile_is_not_sent_unseen(self, ivo, max):
        issue = IssueFactory()
        change_issue(issue, version=1, by=ivo, keys=[], **WORDS)

        with pytest.raises(Outdated):
            send_issue(issue, version=1, by=max)

    def test_nothing_is_not_sent(self, max, outcome):
        issue = IssueFactory(intro="")
        before = snapshot()

        with pytest.raises(Empty):
            send_issue(issue, version=1, by=max)

        assert snapshot() == before
        IssueItem.objects.create(issue=issue, position=1, outcome=outcome)
        send_issue(issue, version=1, by=max)

    def test_trying_it_out_is_told_and_sends_nothing(self, ivo):
        issue = IssueFactory()

        try_issue(issue, by=ivo)

        issue.refresh_from_db()
        assert issue.is_draft
        assert [event.kind for event in Event.objects.all()] == [Kind.NEWSLETTER_TRIED]


class TestPages:
    def test_the_office_puts_together_looks_and_sends(self, as_, max, outcome, answer):
        SubscriptionFactory()
        client = as_(max)
        begun = client.post(LIST)
        issue = Issue.objects.get()
        assert begun.url == at("edit_issue", issue)
        form = client.get(begun.url).context["form"]
        assert [(item.key, take.value(), place.value()) for item, take, place in form.rows] == [
            (f"outcome-{outcome.pk}", True, 1), (f"answer-{answer.pk}", True, 2)
        ]  # fmt: skip

        sent = {
            **WORDS, "version": 1, f"take_outcome-{outcome.pk}": "on", f"place_outcome-{outcome.pk}": "2",
            f"take_answer-{answer.pk}": "on", f"place_answer-{answer.pk}": "1",
        }  # fmt: skip
        saved = client.post(begun.url, sent)

        assert saved.url == at("preview_issue", issue)
        page = client.get(saved.url).content.decode()
        assert page.index("Ein Steg") < page.index("Die Bank steht")
        assert "An 1 Adresse verschicken" in page
        assert [client.post(at("send_issue", issue), {"version": 2}).status_code for _click in range(2)] == [302, 302]
        assert Event.objects.filter(kind=Kind.NEWSLETTER_SENT).count() == 1

    def test_what_is_not_ticked_is_offered_still(self, as_, ivo, outcome, answer):
        client = as_(ivo)
        client.post(LIST)
        issue = Issue.objects.get()

        client.post(at("edit_issue", issue), {**WORDS, "version": 1, f"take_answer-{answer.pk}": "on"})

        rows = client.get(at("edit_issue", issue)).context["form"].rows
        assert [(item.key, take.value()) for item, take, _place in rows] == [
            (f"answer-{answer.pk}", True), (f"outcome-{outcome.pk}", False)
        ]  # fmt: skip

    def test_looking_at_it_sends_nothing(self, as_, ivo, outcome):
        issue = IssueFactory(outcomes=[outcome])
        client = as_(ivo)

        page = client.get(at("preview_issue", issue)).content.decode()
        letter = client.get(at("issue_letter", issue))

        assert "Die Bank steht" in page
        assert "verschicken" not in page.split("</nav>")[-1]
        assert "Die Bank steht" in letter.content.decode()
        assert 'style="' in letter.content.decode()
        assert letter.headers["Content-Security-Policy"].endswith("sandbox")
        assert letter.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert not Event.objects.exists()

    def test_whoever_was_slower_keeps_what_they_typed(self, as_, ivo, mia):
        issue = IssueFactory()
        as_(mia).post(at("edit_issue", issue), {**WORDS, "version": 1})
        mine = {"subject": "Meins", "intro": "", "version": 1}

        answer = as_(ivo).post(at("edit_issue", issue), mine)

        assert answer.status_code == 409
        form = answer.context["form"]
        assert (form["subject"].value(), form["version"].value()) == ("Meins", 2)
        as_(mia).post(at("send_issue", issue), {"version": 2})
        late = as_(ivo).post(at("edit_issue", issue), mine)
        assert late.status_code == 409
        assert "kann aber nicht mehr gespeichert werden" in late.content.decode()

    def test_a_refusal_comes_back_to_the_preview(self, as_, max):
        issue = IssueFactory(intro="")

        for sent in ({"version": 1}, {"version": 2}, {}):
            assert as_(max).post(at("send_issue", issue), sent).status_code == 409

    def test_a_draft_is_thrown_away_after_a_question(self, as_, ivo):
        issue = IssueFactory()
        client = as_(ivo)

        assert client.get(at("discard_issue", issue)).status_code == 200
        assert client.post(at("discard_issue", issue), {"version": 2}).status_code == 409
        assert [client.post(at("discard_issue", issue), {"version": 1}).status_code for _click in range(2)] == [
            302,
            302,
        ]
        assert not Issue.objects.exists()

    def test_only_a_draft_is_asked_about(self, as_, ivo):
        sent, gone = IssueFactory(state="sent"), IssueFactory()
        Issue.objects.filter(pk=gone.pk).delete()

        assert [as_(ivo).get(at("discard_issue", one)).status_code for one in (sent, gone)] == [404, 404]

    def test_whom_no_letter_would_reach_is_shown_none(self, as_, mia):
        issue = IssueFactory()
        Actor.objects.filter(pk=mia.pk).update(email="")
        client = as_(mia)

        assert client.get(at("preview_issue", issue)).status_code == 200
        assert client.get(at("issue_letter", issue)).status_code == 404

    def test_the_archive_lists_issues_and_shows_each(self, sam, outcome, answer):
        issue = IssueFactory(state="sent", subject="Volle Flaschen", number=3, outcomes=[outcome], answers=[answer])

        assert 'href="/newsletter/3/"' in sam.get("/newsletter/").content.decode()
        page = sam.get(issue.get_absolute_url()).content.decode()
        for words in ("Volle Flaschen", "Guten Tag.", outcome.get_absolute_url(), answer.idea.get_absolute_url()):
            assert words in page

    def test_an_empty_archive_says_so(self, sam):
        assert "Die erste Ausgabe kommt noch" in sam.get("/newsletter/").content.decode()

    def test_the_office_sees_how_many_read_it(self, as_, ivo):
        for state in ("asked", "confirmed", "confirmed", "ended"):
            SubscriptionFactory(state=state)

        page = as_(ivo).get(LIST).content.decode()

        assert "2 Leserinnen und Leser" in page
        assert "post.example" not in page
