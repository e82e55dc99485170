"""Each letter, in both languages: what it says, what it never shows."""

import re
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils.translation import override

from notifications import letterbook, outbox
from notifications.circulars import compose
from notifications.models import Delivery
from notifications.samples import SAMPLE
from notifications.stopping import DIGEST
from participation.accessibility.models import BarrierReport
from participation.accessibility.operations import answer_barrier, report_barrier
from tests.factories import (
    ActorFactory,
    AllianceFactory,
    BarrierReportFactory,
    CaseFactory,
    LegalTextFactory,
)
from tests.letters import deliver_all
from tests.notifications.book import a_delivery

BOOK = set(letterbook.BY_NAME) - {SAMPLE}

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"


@pytest.fixture(autouse=True)
def _alliance():
    AllianceFactory(name="Allianz „Nord, Süd“", office_address="Hauptstraße 1\n97999 Beispielstadt")


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", sorted(BOOK))
def test_each_letter_is_complete_in_text_and_html(name, language, leaks):
    delivery = a_delivery(name, language)

    letter = compose(delivery)

    html, kind = letter.alternatives[0]
    assert kind == "text/html"
    assert letter.subject
    assert not re.search(r"[\r\n]", letter.subject)
    for text in (letter.subject, letter.body, html):
        assert leaks not in text
        assert not re.search(r"{[{%#]|[%#}]}", text)
    links = re.findall(r"https?://\S+", letter.body)
    assert all(link.startswith(SITE) for link in links)
    kind_of_link = "l-item" if name == DIGEST else "l-btn"
    link = re.search(rf'<table class="{kind_of_link}".*?href="([^"]+)"', html, re.DOTALL)[1]
    assert link in letter.body
    assert 'style="' in html
    assert "<style" not in html
    assert "buero@allianz.example" in letter.body
    assert "Beispielstadt" in letter.body
    assert letter.subject in html or "&" in html


@pytest.mark.parametrize("name", sorted(BOOK))
def test_each_letter_says_why_it_came(name):
    letter = compose(a_delivery(name, "en"))

    assert "You receive this letter because" in letter.body
    assert "You receive this letter because" in letter.alternatives[0][0]


def test_the_headers_name_the_alliance_and_say_that_nobody_should_answer_by_machine():
    delivery = a_delivery("password_changed")

    message = compose(delivery).message()

    assert message["Message-ID"] == delivery.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Reply-To"] == "buero@allianz.example"
    assert message["To"] == "ada@post.example"
    assert message["Date"]
    assert message["Precedence"] is None
    assert message["From"].endswith("<allianzportal@127.0.0.1>")
    assert "Nord, S" not in message["From"], "a comma in a bare name would make two senders"


def test_without_an_address_of_the_office_nobody_is_asked_to_answer_there():
    AllianceFactory._meta.model.objects.update(email="")

    message = compose(a_delivery("password_changed")).message()

    assert message["Reply-To"] is None


def test_a_name_with_markup_and_line_breaks_stays_harmless():
    nasty = "<script>alert(1)</script>\r\nBcc: all@world.example"
    actor = ActorFactory(display_name=nasty, posts=["moderator"])

    letter = compose(a_delivery("password_changed", recipient=actor))

    assert "<script" not in letter.alternatives[0][0]
    assert "&lt;script&gt;" in letter.alternatives[0][0]
    assert letter.message()["Bcc"] is None


def test_a_page_with_line_breaks_does_not_reach_the_subject():
    delivery = a_delivery("barrier_to_answer")
    CaseFactory._meta.model.objects.update(reference="B-1\nBcc: x")

    assert compose(delivery).message()["Subject"]


def test_the_receipt_does_not_repeat_what_a_stranger_typed():
    delivery = a_delivery("barrier_received")
    BarrierReportFactory._meta.model.objects.update(text="Buy now at evil.example")

    letter = compose(delivery)

    assert "evil.example" not in letter.body + letter.alternatives[0][0]


def test_nobody_s_mailbox_is_flooded_with_receipts_but_everybody_hears_the_answer(ada, max):
    for number in range(5):
        report_barrier("Zu klein.", submission=uuid4(), email=("Nina@post.example", "nina@post.example")[number % 2])
        last = report_barrier("Zu klein.", submission=uuid4(), email=ada.email, by=ada)
    answer_barrier(BarrierReport.objects.filter(reporter=None).last(), "Jetzt größer.", by=max)
    answer_barrier(last, "Jetzt größer.", by=max)

    deliver_all()

    sent = Delivery.objects.filter(state="sent")
    counted = [
        sent.filter(letter=letter, address__iexact=address).count()
        for letter in ("barrier_received", "barrier_answered")
        for address in ("nina@post.example", ada.email)
    ]
    assert counted == [3, 5, 1, 1]


def test_confirmation_letters_do_not_greet_by_a_name_that_a_stranger_typed():
    actor = ActorFactory(display_name="Buy at evil.example", confirmed=False)

    letter = compose(a_delivery("email_confirmation_signup", recipient=actor))

    assert "evil.example" not in letter.body + letter.alternatives[0][0]


def test_the_answer_of_the_office_reaches_the_reporter(max, django_capture_on_commit_callbacks):
    LegalTextFactory()
    report = BarrierReportFactory()

    answer_barrier(report, "Wir haben die Schrift <b>dunkler</b> gemacht.\n\nDanke!", by=max)
    (letter,) = deliver_all()

    assert letter.to == ["leser@post.example"]
    assert "Wir haben die Schrift <b>dunkler</b> gemacht.\n\nDanke!" in letter.body
    assert "<b>dunkler" not in letter.alternatives[0][0]


def test_the_language_of_the_letter_is_the_recipient_s_not_the_worker_s():
    delivery = a_delivery("appointment_made", "en")

    with override("de"):
        letter = compose(delivery)

    assert "Moderator" in letter.subject or "moderator" in letter.subject
    assert '<html lang="en">' in letter.alternatives[0][0]


def test_every_confirmation_link_opens(client):
    actor = ActorFactory(confirmed=False)
    address = EmailAddress.objects.get(user=actor)
    outbox.post(
        "email_confirmation_signup",
        recipient=actor,
        address=actor.email,
        language="de",
        facts={"email_address": address.pk},
    )
    (letter,) = deliver_all()

    client.post(re.search(rf"{SITE}(/\S+)", letter.body)[1])

    address.refresh_from_db()
    assert address.verified


def test_every_reset_link_opens(client, ada):
    outbox.post("password_reset_key", recipient=ada, address=ada.email, language="de")
    (letter,) = deliver_all()

    answer = client.get(re.search(rf"{SITE}(/\S+)", letter.body)[1])

    assert answer.status_code == 302
    assert "set-password" in answer["Location"]


def test_no_secret_is_stored(ada):
    address = EmailAddress.objects.create(user=ada, email="new@post.example")
    outbox.post("password_reset_key", recipient=ada, address=ada.email, language="de")
    outbox.post(
        "email_confirmation", recipient=ada, address=address.email, language="de", facts={"email_address": address.pk}
    )
    deliver_all()

    keys = [re.search(rf"{SITE}/\S+/([^/\s]+)/?$", letter.body, re.MULTILINE)[1] for letter in mail.outbox]
    stored = str(list(Delivery.objects.values()))
    assert len(keys) == 2
    assert not any(part in stored for key in keys for part in key.split("-") if len(part) > 8)


def test_two_letters_of_one_row_carry_the_same_message_id():
    delivery = a_delivery("password_changed")

    first, second = compose(delivery).message(), compose(delivery).message()

    assert first["Message-ID"] == second["Message-ID"]
