"""What a stranger learns from signing up, signing in and asking for a password: nothing, and not too often."""

import re

import pytest
from django.contrib.auth import hashers
from django.core.cache import cache
from django.test import Client

from notifications.models import Delivery
from participation.actors.models import Actor
from tests.factories import PASSWORD, ActorFactory

from .test_accounts import LOGIN, RESET, SENT, SIGNUP, answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(monkeypatch):
    """Counts how often a password is hashed."""
    hasher = type(hashers.get_hasher())
    encode, calls = hasher.encode, []
    monkeypatch.setattr(hasher, "encode", lambda *args, **kwargs: calls.append(1) or encode(*args, **kwargs))
    return calls


def traces(response):
    """What a stranger sees of an answer."""
    return response.status_code, response.headers.get("Location"), sorted(response.cookies)


def asked(path, data, work):
    """The answer to a stranger's form: what is seen, the page, the hashing, the letters."""
    work.clear()
    letters = Delivery.objects.count()
    response = Client().post(path, data)
    return traces(response), len(work), Delivery.objects.count() - letters


@pytest.mark.parametrize("confirmed", [True, False])
def test_registering_a_known_address_looks_and_works_like_a_new_one(work, confirmed):
    ActorFactory(email="known@post.example", confirmed=confirmed)
    before = Actor.objects.count()

    new = asked(SIGNUP, answers(email="new@post.example"), work)
    known = asked(SIGNUP, answers(email="Known@Post.example"), work)

    assert new == known == ((302, SENT, []), 1, 1)
    assert Actor.objects.count() == before + 1
    assert [row.letter for row in Delivery.objects.order_by("pk")] == [
        "email_confirmation_signup", "account_already_exists",
    ]  # fmt: skip


def test_the_page_after_registering_is_the_same_to_the_letter(ada):
    new, known = Client(), Client()
    new.post(SIGNUP, answers(email="new@post.example"))
    known.post(SIGNUP, answers(email=ada.email))

    pages = [re.sub(rb'"csrfmiddlewaretoken" value="\w+"', b"", client.get(SENT).content) for client in (new, known)]
    assert pages[0] == pages[1]


def test_a_new_password_for_nobody_looks_and_works_like_for_somebody(work, ada):
    somebody = asked(RESET, {"email": ada.email}, work)
    nobody = asked(RESET, {"email": "nobody@post.example"}, work)

    assert somebody == nobody
    assert somebody[2] == 1
    assert [row.letter for row in Delivery.objects.order_by("pk")] == ["password_reset_key", "unknown_account"]


def test_signing_in_as_nobody_looks_and_works_like_a_wrong_password(work, ada):
    ActorFactory(email="open@post.example", confirmed=False)
    results = [
        asked(LOGIN, {"login": login, "password": "wrong-words"}, work)
        for login in (ada.email, "nobody@post.example", "open@post.example")
    ]

    assert results[0] == results[1] == results[2]
    assert results[0][1] == 1


def test_no_letter_holds_a_key(ada):
    Client().post(RESET, {"email": ada.email})
    Client().post(SIGNUP, answers())

    for row in Delivery.objects.all():
        assert set(row.facts) <= {"email_address"}
        assert all(isinstance(value, int) for value in row.facts.values())


class TestLimits:
    @pytest.mark.parametrize("email", ["ada@allianz.example", "nobody@post.example"])
    def test_three_reset_letters_an_hour_to_one_mailbox(self, ada, email):
        spellings = [email, email.upper(), f" {email.title()} ", email]

        statuses = [
            Client(REMOTE_ADDR=f"198.51.100.{number}").post(RESET, {"email": spelling}).status_code
            for number, spelling in enumerate(spellings)
        ]

        assert statuses == [302, 302, 302, 429]
        assert Delivery.objects.count() == 3

    def test_signing_up_and_asking_for_passwords_share_the_mailbox(self):
        for number in range(3):
            Client().post(SIGNUP, answers(display_name=f"Nina {number}"))
        Client().post(RESET, {"email": "nina@post.example"})
        response = Client().post(LOGIN, {"login": "nina@post.example", "password": PASSWORD})

        assert response.url == SENT
        assert Delivery.objects.count() == 3

    def test_a_domain_has_one_spelling(self):
        for domain in ("bücher.example", "xn--bcher-kva.example", "BÜCHER.example", "bücher.example"):
            Client().post(RESET, {"email": f"nina@{domain}"})

        assert Delivery.objects.count() == 3

    def test_guessing_a_password_ends_after_five_times_known_or_not(self, ada):
        for email in (ada.email, "nobody@post.example"):
            for _number in range(5):
                Client().post(LOGIN, {"login": email, "password": "wrong-words"})
            answer = Client().post(LOGIN, {"login": email, "password": PASSWORD})

            (error,) = answer.context["form"].errors.as_data()["__all__"]
            assert error.code == "too_many_login_attempts"

    def test_a_forged_forwarding_header_buys_no_tries(self, settings):
        settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "2/m/ip"}

        statuses = [
            Client(HTTP_X_FORWARDED_FOR=f"203.0.113.{number}").post(LOGIN, {"login": "x", "password": "x"}).status_code
            for number in range(3)
        ]

        assert statuses == [200, 200, 429]

    def test_behind_one_proxy_the_last_entry_counts(self, settings):
        settings.TRUSTED_PROXY_COUNT = 1
        settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "2/m/ip"}

        statuses = [
            Client(HTTP_X_FORWARDED_FOR=f"203.0.113.{number}, 198.51.100.7").post(LOGIN, {"login": "x"}).status_code
            for number in range(3)
        ]
        other = Client(HTTP_X_FORWARDED_FOR="198.51.100.8").post(LOGIN, {"login": "x"})

        assert (*statuses, other.status_code) == (200, 200, 429, 200)

    def test_the_page_says_what_to_do(self, settings):
        settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "signup": "1/m/ip"}
        Client().post(SIGNUP, {})

        answer = Client().post(SIGNUP, {})

        assert answer.status_code == 429
        assert answer.content.decode().count("<h1") == 1

    def test_nothing_of_an_address_stands_in_the_cache(self):
        Client().post(RESET, {"email": "nina@post.example"})

        server = cache._cache.get_client(write=True)
        assert not [key for key in server.scan_iter() if b"nina" in key]
