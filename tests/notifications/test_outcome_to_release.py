"""The letter about an outcome that waits for release: the office hears, but for whoever asked."""

import pytest
from django.utils.translation import override

from notifications.inbox import entries_of, items_of
from notifications.models import Delivery
from participation.actors.models import Actor
from participation.core.clock import travel_to
from participation.events.models import Event
from participation.newsroom.operations.publishing import offer_outcome, publish_outcome, schedule_outcome
from participation.newsroom.operations.writing import change_outcome, discard_outcome
from tests.factories import AllianceFactory
from tests.letters import deliver_all
from tests.newsroom_factories import OutcomeFactory
from tests.notifications.ideas import MONDAY, SITE, fan_out_all, letters, mail

OTHERS = ("ada", "eva", "otto", "ale", "root", "fritz", "all_at_once")
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures(*OTHERS)]
LETTER = "outcome_to_release"
WAITS_NO_LONGER = "the outcome no longer waits for release"


@pytest.fixture(autouse=True)
def _monday(ivo, max, mia):
    AllianceFactory()
    Actor.objects.update(language="en")
    with travel_to(MONDAY):
        yield


@pytest.fixture
def offered(ivo):
    outcome = OutcomeFactory(state="draft", author=ivo, title="Die Bank steht", text="Seit heute steht sie am Bach.")
    offer_outcome(outcome, version=1, by=ivo)
    return outcome


def test_managers_and_moderators_hear_and_the_intern_who_asked_does_not(offered):
    assert letters() == [(LETTER, "Max"), (LETTER, "Mia")]


def test_a_moderator_who_asks_is_not_told(max):
    offer_outcome(OutcomeFactory(state="draft"), version=1, by=max)

    assert letters() == [(LETTER, "Mia")]


def test_it_says_who_asks_what_for_and_where(offered, max, mailoutbox):
    subject, text, html = mail(max, LETTER)

    assert subject == "Please release: Die Bank steht"
    for words in (text, html):
        assert "Ivo" in words
        assert "Die Bank steht" in words
        assert "Seit heute steht sie am Bach." in words
        assert f"{SITE}/geschaeftsstelle/ergebnisse/{offered.pk}/" in words
    assert "You receive this letter because you hold a post of the office." in text


def test_whose_account_is_gone_is_not_named(offered, max, mailoutbox):
    Event.objects.update(by=None)

    assert "Somebody asks you" in mail(max, LETTER)[1]


@pytest.mark.parametrize(
    "moved_on",
    [
        lambda row, intern, moderator: change_outcome(row, version=1, by=intern, title="Anders", text="Anders."),
        lambda row, intern, moderator: publish_outcome(row, version=1, by=moderator),
        lambda row, intern, moderator: schedule_outcome(row, MONDAY.replace(hour=12), version=1, by=moderator),
        lambda row, intern, moderator: discard_outcome(row, version=1, by=intern),
    ],
)
def test_once_it_no_longer_waits_the_letter_stays_behind(moved_on, offered, ivo, max, mailoutbox):
    fan_out_all()
    moved_on(offered, ivo, max)
    deliver_all()

    rows = Delivery.objects.filter(letter=LETTER).values_list("state", "reason")
    assert set(rows) == {("suppressed", WAITS_NO_LONGER)}


def test_asked_for_again_only_the_later_letter_leaves(offered, ivo, max, mailoutbox):
    fan_out_all()
    change_outcome(offered, version=1, by=ivo, title="Zwei Bänke", text="Zwei.")
    offer_outcome(offered, version=2, by=ivo)
    deliver_all()

    assert [one.subject for one in mailoutbox if one.to == [max.email]] == ["Please release: Zwei Bänke"]


def test_in_the_inbox_it_leads_to_its_page_in_the_office(offered, max, mailoutbox):
    deliver_all()

    with override("en"):
        (entry,) = entries_of(max, items_of(max).select_related("event", "case"))

    assert (entry.text, entry.url) == (
        "An outcome waits for release.", f"/geschaeftsstelle/ergebnisse/{offered.pk}/"
    )  # fmt: skip
