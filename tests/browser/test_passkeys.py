"""Passkeys: the one thing that needs JavaScript. Chromium brings a device of its own."""

import pytest

from tests.factories import AllianceFactory

DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def page(ada, open_browser):
    AllianceFactory()
    page = open_browser(ada)
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return page


def test_a_passkey_is_added_and_opens_the_account_without_a_password(page):
    page.goto("/konto/2fa/webauthn/add/")
    page.fill("[name=name]", "Mein Rechner")
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(lambda url: "/add/" not in url)
    page.goto("/konto/2fa/webauthn/")
    assert page.get_by_text("Mein Rechner").count()

    page.locator("header .account form[action$='/logout/'] button").click()
    page.goto("/konto/login/")
    page.click("#passkey_login")

    page.wait_for_url("**/meine/")
