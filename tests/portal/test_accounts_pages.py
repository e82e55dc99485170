"""Every page of an account is in our dress, and each odd request has a sane answer."""

import time

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import NoReverseMatch, reverse

from participation.core.clock import now
from tests.factories import PASSWORD

from .test_accounts import LOGIN, SIGNUP, answers

pytestmark = pytest.mark.django_db

PUBLIC = [
    "/konto/login/", "/konto/signup/", "/konto/password/reset/", "/konto/password/reset/done/",
    "/konto/password/reset/key/done/", "/konto/password/reset/key/1-x/", "/konto/confirm-email/",
    "/konto/confirm-email/x/", "/konto/inactive/",
]  # fmt: skip
OWN = [
    "/konto/email/", "/konto/password/change/", "/konto/reauthenticate/", "/konto/logout/", "/konto/2fa/",
    "/konto/2fa/totp/activate/", "/konto/2fa/webauthn/", "/konto/2fa/webauthn/add/", "/konto/sessions/",
]  # fmt: skip
PROTECTED = [
    "/konto/2fa/", "/konto/2fa/totp/deactivate/", "/konto/2fa/recovery-codes/", "/konto/2fa/recovery-codes/generate/",
    "/konto/2fa/reauthenticate/", "/konto/2fa/webauthn/",
]  # fmt: skip


def trusted(actor):
    """A client in which ``actor`` has just shown again who it is."""
    client = Client()
    client.force_login(actor)
    session = client.session
    session["_account_authentication_methods_user"] = session["account_authentication_methods_user"] = str(actor.pk)
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session.save()
    return client


def is_ours(response):
    """Whether the page has our frame, one heading, and nothing that the security policy forbids."""
    page = response.content.decode()
    assert response.status_code == 200
    assert page.count("<h1") == 1
    assert 'class="skip"' in page
    for forbidden in ("style=", "onclick=", "<style", "javascript:", "placeholder="):
        assert forbidden not in page
    for script in page.split("<script")[1:]:
        assert "src=" in script.split(">")[0] or "application/json" in script.split(">")[0]


@pytest.mark.parametrize("path", PUBLIC)
def test_a_stranger_sees_our_pages(sam, path):
    is_ours(sam.get(path))


@pytest.mark.parametrize("path", OWN)
def test_somebody_signed_in_sees_our_pages(ada, path):
    is_ours(trusted(ada).get(path))


@pytest.mark.parametrize("path", OWN)
def test_a_stranger_is_asked_to_sign_in(sam, path):
    answer = sam.get(path)

    assert answer.status_code == 302
    assert answer.url.startswith((LOGIN, "/"))


@pytest.mark.parametrize("path", PROTECTED)
def test_with_a_second_factor_too(ada, path):
    TOTP.activate(ada, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(ada)

    is_ours(trusted(ada).get(path))


@pytest.mark.parametrize("verb", ["edit", "remove"])
def test_one_passkey(ada, verb):
    key = Authenticator.objects.create(
        user=ada, type="webauthn", data={"name": "Schlüssel", "credential": {}}, created_at=now()
    )

    is_ours(trusted(ada).get(f"/konto/2fa/webauthn/keys/{key.pk}/{verb}/"))


def test_somebody_elses_passkey_does_not_exist(ada, olga):
    key = Authenticator.objects.create(
        user=olga, type="webauthn", data={"name": "Schlüssel", "credential": {}}, created_at=now()
    )

    assert trusted(ada).post(f"/konto/2fa/webauthn/keys/{key.pk}/remove/").status_code == 404
    assert trusted(ada).get("/konto/2fa/webauthn/keys/99999999999999999999/edit/").status_code == 404
    assert Authenticator.objects.count() == 1


def test_the_second_step_of_signing_in(sam, ada):
    TOTP.activate(ada, "JBSWY3DPEHPK3PXP")
    step = sam.post(LOGIN, {"login": ada.email, "password": PASSWORD})

    is_ours(sam.get(step.url))
    assert sam.post(step.url, {"code": "000000"}).status_code == 200
    assert sam.post(step.url, {"credential": '{"id": "\\ud800\\u0000"}'}).status_code == 200


@pytest.mark.parametrize(
    "credential",
    ["", "x", "[]", "null", "1", '"\\ud800"', "[" * 5_000,
     '{"id": "\\u0000", "response": {"userHandle": "OTk5OTk5OTk5OTk5OTk5OTk5"}}'],
)  # fmt: skip
def test_nonsense_instead_of_a_passkey(sam, credential):
    response = sam.post("/konto/2fa/webauthn/login/", {"credential": credential})

    assert response.status_code == 302
    assert response.url == LOGIN


def test_only_the_script_for_passkeys_gets_json(sam):
    headers = {"HTTP_ACCEPT": "application/json"}

    assert "request_options" in sam.get("/konto/2fa/webauthn/login/", **headers).json()
    assert sam.get("/konto/login/", **headers).headers["Content-Type"].startswith("text/html")
    assert sam.get("/konto/2fa/webauthn/login/").url == LOGIN


def test_forms_speak_kindly_and_in_our_words(sam):
    response = sam.post(SIGNUP, answers(email="x", municipality="x", display_name=""))

    errors = str(response.context["form"].errors.as_data())

    for word in ("error", "invalid ", "Gib ", "gültig", "zwingend", "valid email"):
        assert word not in errors.replace("ValidationError", "")


@pytest.mark.parametrize("name", ["account_request_login_code", "socialaccount_connections", "account_change_phone"])
def test_ways_that_make_no_sense_do_not_exist(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/konto/", LOGIN),
        ("/konto/login/code/confirm/", LOGIN),
        ("/konto/2fa/authenticate/", LOGIN),
        ("/konto/password/set/", "/konto/login/?next=/konto/password/set/"),
    ],
)
def test_ways_that_lead_nowhere_lead_on(sam, path, target):
    assert sam.get(path).url == target


def test_setting_a_first_password_where_there_is_one(as_, ada):
    assert as_(ada).get("/konto/password/set/").url == "/konto/password/change/"


def test_2000_fields_are_too_many(sam):
    data = answers(**{f"field{number}": "x" for number in range(2000)})

    response = sam.post(SIGNUP, data)

    assert response.status_code == 400
    assert response.content.decode().count("<h1") == 1


def test_repeated_parameters_count_once(sam):
    response = sam.post(SIGNUP, answers(display_name=["Nina", "Nora"], email=["x", "nina@post.example"]))

    assert response.status_code == 302


def test_another_host_is_refused(sam):
    assert sam.get(LOGIN, HTTP_HOST="evil.example").status_code == 400


def test_an_expired_token_says_what_to_do():
    response = Client(enforce_csrf_checks=True).post(LOGIN, {"login": "x", "password": "y"})

    assert response.status_code == 403
    assert response.content.decode().count("<h1") == 1
