"""Changing password, address and second factor of an account."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from notifications.models import Delivery
from participation.actors.models import Actor
from tests.factories import PASSWORD, ActorFactory

from .test_accounts import LOGIN, confirm_path

pytestmark = pytest.mark.django_db


class TestAskingAgain:
    """A sign-in that is long past changes nothing of an account until the password is given again."""

    @pytest.mark.parametrize(
        ("path", "data"),
        [
            ("/konto/email/", {"action_add": "1", "email": "mallory@post.example"}),
            ("/konto/2fa/totp/activate/", {"code": "123456"}),
            ("/konto/2fa/recovery-codes/generate/", {}),
            ("/konto/2fa/webauthn/add/", {}),
        ],
    )
    def test_before_anything_is_changed(self, ada, path, data):
        client = Client()
        client.force_login(ada)

        answer = client.post(path, data)

        assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/konto/reauthenticate/")
        assert EmailAddress.objects.filter(user=ada).count() == 1
        assert not Authenticator.objects.exists()

    def test_before_a_second_factor_is_taken_away(self, ada):
        TOTP.activate(ada, "JBSWY3DPEHPK3PXP")
        client = Client()
        client.force_login(ada)

        assert client.post("/konto/2fa/totp/deactivate/").url.startswith("/konto/")
        assert Authenticator.objects.exists()


class TestChanging:
    @pytest.fixture
    def client(self, ada):
        client = Client()
        client.post(LOGIN, {"login": ada.email, "password": PASSWORD})
        client.post("/konto/reauthenticate/", {"password": PASSWORD})
        return client

    def test_the_password(self, client, ada):
        response = client.post("/konto/password/change/", {"oldpassword": PASSWORD, "password1": "ganz-neue-worte"})

        ada.refresh_from_db()
        assert response.url == LOGIN
        assert ada.check_password("ganz-neue-worte")
        assert client.get("/meine/").status_code == 302
        assert Delivery.objects.get().letter == "password_changed"

    def test_the_address_with_a_letter_to_both(self, client, ada):
        client.post("/konto/email/", {"action_add": "1", "email": "ada@neu.example"})

        ada.refresh_from_db()
        assert ada.email == "ada@allianz.example"
        letter = Delivery.objects.get()
        assert (letter.letter, letter.recipient, letter.address) == ("email_confirmation", ada, "ada@neu.example")

        client.post(confirm_path(ada))

        ada.refresh_from_db()
        assert ada.email == "ada@neu.example"
        assert [row.email for row in EmailAddress.objects.filter(user=ada)] == ["ada@neu.example"]
        notice = Delivery.objects.latest("pk")
        assert (notice.letter, notice.recipient, notice.address) == ("email_changed", ada, "ada@allianz.example")

    def test_the_address_also_with_a_second_factor(self, client, ada):
        TOTP.activate(ada, "JBSWY3DPEHPK3PXP")

        client.post("/konto/email/", {"action_add": "1", "email": "ada@neu.example"})

        assert EmailAddress.objects.filter(user=ada, email="ada@neu.example").exists()

    def test_an_address_claimed_by_somebody_who_never_confirmed_it(self, client, ada):
        ActorFactory(email="ada@neu.example", confirmed=False)
        client.post("/konto/email/", {"action_add": "1", "email": "ada@neu.example"})

        client.post(confirm_path(ada))

        assert [row.email for row in Actor.objects.all()] == ["ada@neu.example"]

    def test_an_address_of_somebody_else_is_not_given_away(self, client, ada, olga):
        page = client.post("/konto/email/", {"action_add": "1", "email": olga.email})
        assert page.url == "/konto/email/"

        answer = client.post(confirm_path(ada))

        ada.refresh_from_db()
        assert answer.status_code == 200
        assert ada.email == "ada@allianz.example"

    def test_taking_a_change_back(self, client, ada):
        client.post("/konto/email/", {"action_add": "1", "email": "ada@neu.example"})

        client.post("/konto/email/", {"action_remove": "1", "email": "ada@neu.example"})

        ada.refresh_from_db()
        assert ada.email == "ada@allianz.example"
        assert [row.email for row in EmailAddress.objects.filter(user=ada)] == ["ada@allianz.example"]

    def test_what_concerns_safety_asks_for_the_password_again(self, ada):
        client = Client()
        client.post(LOGIN, {"login": ada.email, "password": PASSWORD})

        response = client.get("/konto/2fa/totp/activate/")

        assert response.url.startswith("/konto/reauthenticate/")

    def test_the_app_and_its_recovery_codes(self, client, ada, django_capture_on_commit_callbacks):
        from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

        page = client.get("/konto/2fa/totp/activate/")
        secret = page.context["form"].secret
        code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))

        with django_capture_on_commit_callbacks(execute=True):
            response = client.post("/konto/2fa/totp/activate/", {"code": code})

        assert response.url == "/konto/2fa/recovery-codes/"
        assert {row.letter for row in Delivery.objects.all()} == {"totp_activated"}
        assert client.get(response.url).status_code == 200
        fresh = Client()
        second = fresh.post(LOGIN, {"login": ada.email, "password": PASSWORD})
        assert second.url == "/konto/2fa/authenticate/"
        assert fresh.get("/meine/").status_code == 302
        codes = client.get("/konto/2fa/recovery-codes/").context["unused_codes"]
        assert fresh.post(second.url, {"code": codes[0]}).url == "/meine/"
