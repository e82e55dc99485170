"""The office's page of all letters: complete, harmless, and a test goes to one's own mailbox."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from notifications import purposes, sender
from notifications.catalogue import LETTERS
from notifications.letterbook import BY_NAME
from notifications.models import Delivery
from notifications.samples import SAMPLE
from notifications.silent import SILENT
from notifications.views.book import MOST_TESTS
from participation.actors.models import Appointment
from tests.factories import AllianceFactory
from tests.letters import deliver_all

pytestmark = pytest.mark.django_db

BOOK = sorted(set(BY_NAME) - {SAMPLE})
OWED_SECTIONS = {"owed", "account", "portal"}


@pytest.fixture(autouse=True)
def _alliance():
    AllianceFactory()


def test_every_letter_stands_on_the_page_once_with_its_reader_and_occasion(as_, max):
    page = as_(max).get(reverse("office_letters")).content.decode()

    found = re.findall(r'href="/geschaeftsstelle/briefe/(\w+)/"', page)
    assert sorted(found) == BOOK
    assert sorted(purposes.PURPOSES) == BOOK
    assert set(purposes.WHO) == {letter.audience for letters in LETTERS.values() for letter in letters}


def test_the_page_ends_with_what_is_told_by_no_letter(as_, mia):
    page = as_(mia).get(reverse("office_letters"))

    shown = page.context["silent"]
    assert [reason for _kind, reason in shown] == list(SILENT.values())
    assert str(SILENT[next(iter(SILENT))]) in page.content.decode()


def test_owed_letters_and_others_stand_apart():
    found = {section.key: [entry.name for entry in section.entries] for section in purposes.sections()}

    assert all(BY_NAME[name].is_owed for key in OWED_SECTIONS for name in found[key])
    assert not any(BY_NAME[name].is_owed for key, names in found.items() if key not in OWED_SECTIONS for name in names)


@pytest.mark.parametrize("name", BOOK)
def test_a_letter_is_shown_in_both_languages(name, as_, max):
    client, address = as_(max), reverse("office_letter", args=[name])

    german, english = (client.get(address, {"sprache": language}) for language in ("de", "en"))

    assert german.context["shown"].subject != english.context["shown"].subject
    assert f'src="{address}html/?sprache=en"' in english.content.decode()
    assert "sandbox>" in english.content.decode()
    html = client.get(f"{address}html/?sprache=en").content.decode()
    assert '<html lang="en">' in html


def test_an_unknown_language_is_that_of_the_page(as_, max):
    answer = as_(max).get(reverse("office_letter", args=["idea_received"]), {"sprache": "xx"})

    assert answer.context["language"] == "de"


@pytest.mark.parametrize("page", ["office_letter", "office_letter_html"])
def test_a_letter_that_is_none_has_no_page(page, as_, max):
    assert as_(max).get(reverse(page, args=["no_such_letter"])).status_code == 404


def test_a_letter_that_is_none_is_not_tested(as_, max):
    assert as_(max).post(reverse("send_test_letter", args=["no_such_letter"])).status_code == 404
    assert not Delivery.objects.exists()


def test_the_frame_of_a_letter_lets_nothing_run_load_or_leave(as_, max):
    answer = as_(max).get(reverse("office_letter_html", args=["idea_received"]))

    directives = dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))
    assert directives == {
        "default-src": "'none'", "style-src": "'unsafe-inline'", "form-action": "'none'", "base-uri": "'none'",
        "frame-ancestors": "'self'", "sandbox": "",
    }  # fmt: skip
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "<script" not in answer.content.decode()
    assert '<base target="_blank">' in answer.content.decode()


def test_only_the_frame_of_a_letter_allows_styles_in_tags(as_, max):
    client = as_(max)

    for page in ("office_letters", "office_letter"):
        policy = client.get(reverse(page, args=["digest"] if page == "office_letter" else []))
        assert "unsafe-inline" not in policy["Content-Security-Policy"]


@pytest.mark.parametrize("name", BOOK)
def test_a_test_reaches_one_s_own_mailbox_and_says_what_it_is(name, as_, max, mia, smtp):
    as_(max).post(reverse("send_test_letter", args=[name]), {"sprache": "en"})

    sender.send_due()

    (envelope,) = smtp.letters
    assert envelope.rcpt_tos == [max.email]
    assert b"Test: " in envelope.content or b"Test=3A" in envelope.content


def test_a_test_says_that_it_is_made_up_and_can_still_lead_to_the_choices(as_, max):
    as_(max).post(reverse("send_test_letter", args=["idea_news"]), {"sprache": "en"})

    (letter,) = deliver_all()

    assert letter.subject.startswith("Test: 2026-0042: ")
    assert "What it says is made up" in letter.body
    assert "What it says is made up" in letter.alternatives[0][0]
    assert "/meine/benachrichtigungen/" in letter.body
    assert "List-Id" not in letter.extra_headers


def test_a_test_is_kept_until_it_can_be_sent(as_, max, settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"

    answer = as_(max).post(reverse("send_test_letter", args=["digest"]), {"sprache": "de"}, follow=True)

    assert "ist auf dem Weg an max@allianz.example" in answer.content.decode()
    row = Delivery.objects.get()
    assert (row.letter, row.facts, row.state, row.language) == (SAMPLE, {"letter": "digest"}, "due", "de")


def test_nobody_floods_their_own_mailbox(as_, max, mia):
    client, address = as_(max), reverse("send_test_letter", args=["digest"])

    answers = [client.post(address, follow=True) for _ in range(MOST_TESTS + 1)]

    assert Delivery.objects.count() == MOST_TESTS
    assert "sehr viele Tests" in answers[-1].content.decode()
    as_(mia).post(address)
    assert Delivery.objects.filter(recipient=mia).count() == 1


def test_whoever_has_left_the_office_gets_no_test_any_more(as_, max):
    as_(max).post(reverse("send_test_letter", args=["digest"]))
    Appointment.objects.filter(actor=max).delete()

    assert deliver_all() == []
    assert Delivery.objects.get().state == "suppressed"


def test_a_test_of_a_letter_that_is_gone_is_not_sent(as_, max):
    as_(max).post(reverse("send_test_letter", args=["digest"]))
    Delivery.objects.update(facts={"letter": "former"})

    deliver_all()

    assert (Delivery.objects.get().state, mail.outbox) == ("suppressed", [])
