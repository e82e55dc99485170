"""Each signed link of the newsletter acts on the subscription it was made for, whoever else has one."""

import pytest

from participation.newsroom.newsletter_models import NewsletterConsent
from participation.newsroom.newsletter_queries import confirm_path, end_path, readers
from tests.newsroom_factories import SubscriptionFactory

FIRST, MIDDLE, LAST = range(3)
pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("which", [FIRST, MIDDLE, LAST])]


def proofs():
    """Whose deed was written down."""
    return [(proof.subscription, proof.deed) for proof in NewsletterConsent.objects.all()]


def test_the_one_that_is_named_is_confirmed(sam, which):
    rows = SubscriptionFactory.create_batch(3, state="asked")

    answer = sam.post(confirm_path(rows[which]))

    assert answer.context["is_confirmed"]
    assert list(readers()) == [rows[which]]
    assert proofs() == [(rows[which], "confirmed")]


def test_the_one_that_is_named_is_ended(sam, which):
    rows = SubscriptionFactory.create_batch(3)

    answer = sam.post(end_path(rows[which]))

    assert answer.context["is_ended"]
    assert list(readers()) == [row for row in rows if row != rows[which]]
    assert proofs() == [(rows[which], "ended")]


def test_the_page_shows_how_the_one_that_is_named_stands(sam, which):
    rows = [SubscriptionFactory(state=state) for state in ("asked", "confirmed", "ended")]

    confirming, ending = (sam.get(path(rows[which])).context for path in (confirm_path, end_path))

    assert confirming["is_open"] == (which == FIRST)
    assert confirming["is_confirmed"] == ending["is_wanted"] == (which == MIDDLE)
    assert ending["is_ended"] == (which == LAST)
