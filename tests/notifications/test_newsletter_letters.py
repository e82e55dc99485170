"""Letters of the newsletter: the double opt-in, a test to oneself, and an issue to all who want it."""

import re

import pytest
from django.core import mail

from notifications import fanout
from notifications.circulars import compose
from notifications.models import Delivery
from notifications.states import State
from notifications.unwanted import NO_LONGER, Unwanted
from participation.core.clock import now, travel_to
from participation.events.models import Event
from participation.newsroom.newsletter_models import VALID, Subscription
from participation.newsroom.newsletter_queries import confirm_path, end_path
from participation.newsroom.operations.issuing import discard_issue, send_issue, try_issue
from participation.newsroom.operations.subscribing import (
    AGAIN,
    ask_for_newsletter,
    confirm_newsletter,
    end_newsletter,
)
from tests.factories import AllianceFactory
from tests.letter_factories import DeliveryFactory
from tests.letters import deliver_all
from tests.newsroom_factories import IssueFactory, OutcomeFactory, SubscriptionFactory
from tests.notifications.ideas import SITE, fan_out_all

pytestmark = pytest.mark.django_db
ADDRESS = "lena@post.example"


@pytest.fixture(autouse=True)
def _alliance():
    AllianceFactory()


def asked(language="en"):
    ask_for_newsletter(ADDRESS, language=language)
    return Subscription.objects.get(email=ADDRESS)


def sent(**fields):
    """An issue that ``max`` sends now."""
    return IssueFactory(outcomes=[OutcomeFactory(title="Die Bank steht")], **fields)


class TestTheOptIn:
    def test_one_letter_to_the_bare_address_with_a_link_that_asks_once_more(self, sam):
        row = asked()

        [letter] = deliver_all()

        assert letter.to == [ADDRESS]
        assert letter.subject == "Would you like to get our newsletter?"
        for words in (letter.body, letter.alternatives[0][0]):
            assert SITE + confirm_path(row) in words
            assert "somebody asked for the newsletter with this address" in words
        delivery = Delivery.objects.get()
        assert (delivery.recipient, delivery.address, delivery.language) == (None, ADDRESS, "en")
        link = re.search(rf"{SITE}(\S+bestaetigen\S+)", letter.body)[1]
        assert sam.post(link).status_code == 200
        assert Subscription.objects.get().is_confirmed

    def test_no_token_lies_in_a_row(self):
        row = asked()
        fan_out_all()

        token = confirm_path(row).split("/")[-2]
        assert all(token not in repr(vars(one)) for one in [*Delivery.objects.all(), *Event.objects.all(), row])

    def test_none_once_it_is_confirmed_ended_late_or_gone(self):
        row = asked()
        fan_out_all()
        delivery = Delivery.objects.get()

        with travel_to(now() + VALID), pytest.raises(Unwanted):
            compose(delivery)
        confirm_newsletter(row, language="de")
        with pytest.raises(Unwanted):
            compose(delivery)
        row.delete()
        with pytest.raises(Unwanted):
            compose(delivery)

    def test_a_mailbox_is_not_flooded(self):
        for _number in range(3):
            DeliveryFactory(recipient=None, address=ADDRESS)
        asked()
        fan_out_all()

        with pytest.raises(Unwanted, match="three letters"):
            compose(Delivery.objects.latest("pk"))

    def test_each_time_one_asks_in_earnest_there_is_one_letter(self):
        asked()
        asked()
        with travel_to(now() + AGAIN * 2):
            asked()
            assert len(deliver_all()) == 2

    def test_an_address_that_was_forgotten_meanwhile_gets_none(self):
        row = asked()
        Subscription.objects.filter(pk=row.pk).update(state="ended", ended_at=now(), email="")

        assert deliver_all() == []


class TestAnIssue:
    def test_goes_to_all_who_confirmed_and_to_nobody_else(self, max, ada):
        readers = {SubscriptionFactory().email for _number in range(3)}
        for state in ("asked", "ended"):
            SubscriptionFactory(state=state)
        issue = sent()

        send_issue(issue, version=1, by=max)

        assert {letter.to[0] for letter in deliver_all()} == readers
        assert len(mail.outbox) == 3
        deliver_all()
        assert len(mail.outbox) == 3

    def test_the_audience_comes_in_batches_each_address_once(self, max, monkeypatch):
        monkeypatch.setattr(fanout, "BATCH", 2)
        emails = [SubscriptionFactory().email for _number in range(5)]
        send_issue(sent(), version=1, by=max)

        assert [letter.to[0] for letter in deliver_all()] == emails

    def test_who_confirms_later_gets_the_next_one(self, max):
        send_issue(sent(), version=1, by=max)
        with travel_to(now() + VALID):
            SubscriptionFactory()

        assert deliver_all() == []

    def test_each_letter_ends_only_ones_own_subscription(self, max, sam):
        one, other = SubscriptionFactory(language="en"), SubscriptionFactory()
        issue = sent(subject="Volle Flaschen", intro="Guten **Tag**.")
        send_issue(issue, version=1, by=max)

        letter = next(letter for letter in deliver_all() if letter.to == [one.email])

        assert letter.subject == "Volle Flaschen"
        html = letter.alternatives[0][0]
        for words in (letter.body, html):
            assert "Die Bank steht" in words
            assert f"{SITE}/newsletter/{issue.number}/" in words
            assert SITE + end_path(one) in words
            assert end_path(other) not in words
            assert "because you asked for our newsletter" in words
        assert "<strong>Tag</strong>" in html
        assert sam.post(end_path(one)).status_code == 200
        assert [row.email for row in Subscription.objects.confirmed()] == [other.email]

    def test_who_ended_it_meanwhile_gets_nothing(self, max):
        row = SubscriptionFactory()
        send_issue(sent(), version=1, by=max)
        fan_out_all()
        end_newsletter(row, language="de")

        assert deliver_all() == []
        delivery = Delivery.objects.get()
        assert (delivery.state, delivery.reason) == (State.SUPPRESSED, NO_LONGER)

    def test_a_row_whose_address_was_scrubbed_gets_nothing(self, max):
        SubscriptionFactory()
        send_issue(sent(), version=1, by=max)
        fan_out_all()
        Delivery.objects.update(address="")

        assert deliver_all() == []


class TestATest:
    def test_goes_to_oneself_alone(self, ivo):
        SubscriptionFactory()
        issue = sent(subject="Volle Flaschen")

        try_issue(issue, by=ivo)

        [letter] = deliver_all()
        assert letter.to == [ivo.email]
        assert letter.subject == "Probe: Volle Flaschen"
        assert "abmelden" not in letter.body

    def test_of_a_draft_that_is_gone_is_not_sent(self, ivo):
        issue = sent()
        try_issue(issue, by=ivo)
        fan_out_all()
        discard_issue(issue, version=1, by=ivo)

        assert deliver_all() == []
