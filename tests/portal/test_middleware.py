"""What no page can mean is refused at the door; the language is the one somebody chose."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from participation.actors.queries import posts_of
from participation.core.clock import now
from participation.core.memo import asked_once

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/?q=%00", "/akteure/?gemeinde=a%00b", "/akteure/%00/", "/konto/login/?next=%00"])
def test_nul_in_an_address_is_refused(sam, path):
    assert sam.get(path).status_code == 400


def test_nul_in_a_cookie_is_refused():
    client = Client()
    client.cookies["sessionid"] = "abcdefgh\x00"

    assert client.get("/").status_code == 400


def test_broken_utf8_in_a_path_is_no_fault(sam):
    assert sam.get("/akteure/%ff%fe/").status_code in {400, 404}
    assert sam.get("/akteure/?gemeinde=%ff").status_code == 200


@pytest.mark.parametrize("charset", ["utf-7", "unicode_escape", "utf-16"])
def test_bodies_in_other_encodings_are_refused(sam, charset):
    body = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n+2AA-\r\n--x--\r\n'

    response = sam.post("/konto/login/", body, content_type=f"multipart/form-data; boundary=x; charset={charset}")

    assert response.status_code in {400, 200}
    assert b"\xed\xa0\x80" not in response.content


class TestLanguage:
    def test_german_comes_first(self, sam):
        assert sam.get("/konto/login/").headers["Content-Language"] == "de"

    def test_the_browser_is_asked(self, sam):
        assert sam.get("/konto/login/", HTTP_ACCEPT_LANGUAGE="en-GB,fr").headers["Content-Language"] == "en"

    def test_the_account_knows_better(self, as_, ada):
        type(ada).objects.filter(pk=ada.pk).update(language="en")

        assert as_(ada).get("/meine/", HTTP_ACCEPT_LANGUAGE="de").headers["Content-Language"] == "en"

    def test_a_choice_is_the_last_word_until_it_is_nonsense(self, sam):
        session = sam.session
        session["language"] = "en"
        session.save()
        assert sam.get("/konto/login/").headers["Content-Language"] == "en"

        session["language"] = "xx\x00"
        session.save()
        assert sam.get("/konto/login/").headers["Content-Language"] == "de"

    def test_only_two_cookies_are_set(self, sam, ada):
        from tests.factories import PASSWORD

        response = sam.post("/konto/login/", {"login": ada.email, "password": PASSWORD}, follow=True)

        assert response.status_code == 200
        assert set(sam.cookies) <= {"sessionid", "csrftoken"}


class TestSessionsSeen:
    """The use of a session is noted now and then."""

    def test_a_page_that_is_read_writes_nothing(self, ada, as_):
        client = as_(ada)
        client.get("/meine/")

        with CaptureQueriesContext(connection) as queries:
            client.get("/meine/")

        assert [query["sql"] for query in queries if not query["sql"].startswith("SELECT")] == []

    def test_after_five_minutes_it_is_noted_again(self, ada, as_):
        client = as_(ada)
        with time_machine.travel("2026-11-25T10:00:00Z", tick=False) as traveller:
            client.get("/meine/")
            traveller.shift(299)
            client.get("/meine/")
            before = UserSession.objects.get(user=ada).last_seen_at
            traveller.shift(1)
            client.get("/meine/")

            assert before == now() - timedelta(seconds=300)
            assert UserSession.objects.get(user=ada).last_seen_at == now()

    def test_a_session_with_a_new_key_is_noted_at_once(self, ada, as_):
        client = as_(ada)
        client.get("/meine/")
        session = client.session
        session.cycle_key()
        session.save()
        client.cookies["sessionid"] = session.session_key
        client.get("/meine/")

        assert UserSession.objects.filter(user=ada, session_key=session.session_key).exists()


def test_posts_are_asked_once_a_page_and_always_when_something_is_done(mia):
    assert posts_of(mia) == {"manager"}
    with asked_once():
        posts_of(mia)
        with CaptureQueriesContext(connection) as queries:
            assert posts_of(mia) == {"manager"}
    assert len(queries) == 0

    mia.appointments.all().delete()
    assert posts_of(mia) == set()


def test_the_second_factor_is_asked_once_a_page(mia, as_, settings):
    settings.LOOPBACK = False
    TOTP.activate(mia, generate_totp_secret())
    client = as_(mia)
    client.get("/geschaeftsstelle/")

    with CaptureQueriesContext(connection) as queries:
        assert client.get("/geschaeftsstelle/").status_code == 200

    assert len([query for query in queries if "mfa_authenticator" in query["sql"]]) <= 1
