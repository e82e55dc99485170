"""Whoever prepares an outcome asks for its release; whoever may publish sees that it waits."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import IntegrityError, transaction
from django.urls import reverse

from participation.core.clock import now
from participation.core.errors import NotAllowed, Outdated
from participation.events.kinds import Kind
from participation.events.models import Event
from participation.newsroom.models import Outcome
from participation.newsroom.operations.publishing import (
    offer_outcome,
    publish_due,
    publish_outcome,
    schedule_outcome,
    unschedule_outcome,
)
from participation.newsroom.operations.writing import change_outcome
from tests.house.world import snapshot
from tests.newsroom_factories import OutcomeFactory

DAY = timedelta(days=1)
LIST = "/geschaeftsstelle/ergebnisse/"
WORDS = {"title": "Die Bank steht", "text": "Seit heute."}
OTHERS = ["ada", "eva", "otto", "ale", "root", "fritz"]


@pytest.fixture
def draft(ivo):
    return OutcomeFactory(state="draft", author=ivo, **WORDS)


@pytest.fixture
def offered(draft, ivo):
    offer_outcome(draft, version=1, by=ivo)
    return fresh(draft)


def fresh(outcome):
    return Outcome.objects.get(pk=outcome.pk)


def at(name, row):
    return reverse(name, args=[row.pk])


def seen(client, row):
    return client.get(at("office_outcome", row)).content.decode()


def said(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


class TestAsking:
    def test_it_waits_from_then_on_and_the_event_says_who_asked(self, draft, ivo):
        other = OutcomeFactory(state="draft")

        offer_outcome(draft, version=1, by=ivo)

        assert (fresh(draft).waits_for_release, fresh(other).waits_for_release) == (True, False)
        assert list(Outcome.objects.offered()) == [draft]
        rows = Event.objects.values_list("kind", "case", "by", "role", "facts")
        assert list(rows) == [
            (Kind.OUTCOME_OFFERED, None, ivo.pk, "intern", {"outcome": draft.pk, "version": 1}),
        ]

    def test_twice_is_once(self, offered, ivo):
        before = snapshot()

        offer_outcome(offered, version=1, by=ivo)

        assert snapshot() == before

    def test_not_what_somebody_changed_meanwhile(self, draft, ivo, mia):
        change_outcome(draft, version=1, by=mia, title="Anders", text="Anders.")
        before = snapshot()

        with pytest.raises(Outdated):
            offer_outcome(draft, version=1, by=ivo)

        assert snapshot() == before

    @pytest.mark.parametrize("state", ["scheduled", "published", "withdrawn"])
    def test_only_a_draft(self, state, ivo):
        outcome = OutcomeFactory(state=state)
        before = snapshot()

        with pytest.raises(Outdated):
            offer_outcome(outcome, version=1, by=ivo)

        assert snapshot() == before

    @pytest.mark.parametrize("who", OTHERS)
    def test_nobody_outside_the_office(self, who, request, draft):
        person, before = request.getfixturevalue(who), snapshot()

        with pytest.raises(NotAllowed):
            offer_outcome(draft, version=1, by=person)

        assert snapshot() == before


class TestItsEnd:
    def test_a_changed_draft_waits_no_longer(self, offered, ivo):
        change_outcome(offered, version=1, by=ivo, title="Anders", text="Anders.")

        assert not fresh(offered).waits_for_release

    def test_what_is_published_waits_no_longer(self, offered, max):
        publish_outcome(offered, version=1, by=max)

        assert not fresh(offered).waits_for_release

    def test_what_has_a_time_waits_no_longer_also_as_a_draft_again(self, offered, max):
        schedule_outcome(offered, now() + DAY, version=1, by=max)
        scheduled = fresh(offered)
        unschedule_outcome(scheduled, by=max)

        assert (scheduled.waits_for_release, fresh(offered).waits_for_release) == (False, False)
        assert publish_due() == 0

    @pytest.mark.parametrize("state", ["scheduled", "published", "withdrawn"])
    def test_the_database_lets_nothing_else_wait(self, state):
        outcome = OutcomeFactory(state=state)

        with pytest.raises(IntegrityError), transaction.atomic():
            Outcome.objects.filter(pk=outcome.pk).update(offered_at=now())


class TestPages:
    def test_a_double_click_asks_once(self, as_, ivo, draft):
        answers = [as_(ivo).post(at("offer_outcome", draft), {"version": 1}) for _click in range(2)]

        assert [answer.url for answer in answers] == [at("office_outcome", draft)] * 2
        assert [said(answer) for answer in answers] == [
            ["Danke. Wer veröffentlichen darf, erfährt, dass das Ergebnis auf die Freigabe wartet."]
        ] * 2
        assert Event.objects.count() == 1

    def test_without_the_version_that_was_read_nothing_is_asked(self, as_, ivo, draft):
        before = snapshot()

        for sent in ({}, {"version": 2}, {"version": "x"}):
            assert as_(ivo).post(at("offer_outcome", draft), sent).status_code == 409

        assert snapshot() == before

    @pytest.mark.parametrize(("who", "shown"), [("ivo", True), ("max", False), ("mia", False)])
    def test_whoever_may_not_publish_has_the_button(self, as_, request, draft, who, shown):
        page = seen(as_(request.getfixturevalue(who)), draft)

        assert ("Um Freigabe bitten" in page) == shown
        assert (f'"{at("offer_outcome", draft)}"' in page) == shown

    @pytest.mark.parametrize("who", ["ivo", "max"])
    def test_once_asked_the_page_says_so_instead(self, as_, request, offered, who):
        page = seen(as_(request.getfixturevalue(who)), offered)

        assert "wartet auf Freigabe" in page
        assert "Um Freigabe bitten" not in page

    def test_the_list_marks_what_waits(self, as_, max, offered):
        OutcomeFactory(state="draft")

        page = as_(max).get(LIST).content.decode()

        assert page.count("wartet auf Freigabe") == 1

    @pytest.mark.parametrize(
        ("who", "words"),
        [
            ("ivo", "Der Entwurf ist gespeichert. Bitten Sie erneut um die Freigabe."),
            ("max", "Der Entwurf ist gespeichert und wartet nicht mehr auf die Freigabe."),
        ],
    )
    def test_whoever_changes_it_reads_that_it_waits_no_longer(self, as_, request, offered, who, words):
        sent = {"title": "Zwei Bänke", "text": "Zwei.", "version": 1}

        answer = as_(request.getfixturevalue(who)).post(at("edit_outcome", offered), sent)

        assert said(answer) == [words]

    def test_whoever_changes_one_that_does_not_wait_reads_nothing_of_that(self, as_, ivo, draft):
        sent = {"title": "Zwei Bänke", "text": "Zwei.", "version": 1}

        assert said(as_(ivo).post(at("edit_outcome", draft), sent)) == ["Der Entwurf ist gespeichert."]
