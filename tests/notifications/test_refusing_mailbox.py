"""A mailbox that refuses our letters: its owner reads on “my page” what to do, until it takes one again."""

import pytest
from django.core.cache import cache

from notifications import outbox, sender
from notifications.mailboxes import refusal_of, refusing, remember_refusal
from notifications.models import Refusal
from notifications.views.choosing import TRIES_A_DAY
from participation.actors.models import Actor
from tests.factories import AllianceFactory
from tests.notifications.news import news

pytestmark = pytest.mark.django_db

BANNER = "Your mailbox does not take our letters"


@pytest.fixture(autouse=True)
def _english(ada, olga):
    AllianceFactory()
    Actor.objects.update(language="en")


def my_page(as_, person):
    return as_(Actor.objects.get(pk=person.pk)).get("/meine/").content.decode()


def refuse(smtp, person):
    smtp.answers[person.email] = "550 5.2.2 mailbox full"
    outbox.post("password_changed", recipient=person, language="en")
    sender.send_due()
    smtp.answers.clear()


def test_its_owner_reads_what_to_do(as_, smtp, ada, olga):
    refuse(smtp, ada)

    page = my_page(as_, ada)
    assert BANNER in page
    assert ada.email in page
    assert "Check or change the address" in page
    assert BANNER not in my_page(as_, olga)


def test_it_is_gone_when_a_letter_is_taken_again(as_, smtp, ada):
    refuse(smtp, ada)
    outbox.post("password_changed", recipient=ada, language="en")
    sender.send_due()

    assert BANNER not in my_page(as_, ada)


def test_what_other_mailboxes_refuse_is_another_matter(smtp, ada, olga):
    refuse(smtp, ada)
    refuse(smtp, olga)
    assert refusing({ada.email, "x@post.example"}) == {ada.email}

    outbox.post("password_changed", recipient=ada, language="en")
    sender.send_due()

    assert (refusal_of(ada), refusal_of(olga).address) == (None, olga.email)


def test_it_is_gone_when_the_address_was_changed(as_, smtp, ada):
    refuse(smtp, ada)
    Actor.objects.filter(pk=ada.pk).update(email="neu@allianz.example")

    assert BANNER not in my_page(as_, ada)


def test_the_owner_may_let_us_try_again(as_, smtp, ada, all_at_once):
    refuse(smtp, ada)
    as_(ada).post("/meine/benachrichtigungen/postfach/")
    news("2026-0001", ada)
    sender.send_due()

    assert BANNER not in my_page(as_, ada)
    assert smtp.addresses() == [ada.email]


def test_nobody_lets_us_try_the_mailbox_of_another(as_, ada, olga):
    remember_refusal(ada.email, "refused: 550")

    as_(olga).post("/meine/benachrichtigungen/postfach/")

    assert refusal_of(ada)


def test_a_few_times_a_day(as_, ada):
    cache.clear()
    for _ in range(TRIES_A_DAY + 1):
        remember_refusal(ada.email, "refused: 550")
        assert Refusal.objects.count() == 1
        as_(ada).post("/meine/benachrichtigungen/postfach/")

    assert refusal_of(ada)
