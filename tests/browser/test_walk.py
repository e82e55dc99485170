"""A whole life of an account, walked in a browser, with JavaScript and without; afterwards nothing is left of it."""

import hmac
import json
import re
import struct
import time
from base64 import b32decode
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as portal_settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection

from participation.actors.models import Actor
from tests.factories import PASSWORD
from tests.house.world import World
from tests.letters import deliver_all

NAME, OLD, NEW = "Theodora Wanderfalke", "theodora@wanderfalke.example", "neue@wanderfalke.example"
SUBMIT = "main form button:not([type=button])"


@pytest.fixture
def clock():
    """Time that runs on and can be moved: forms ask for three seconds, numbers of an app for thirty."""
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=1), tick=True) as traveller:
        yield traveller


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_from_registration_to_deletion(javascript, site, open_browser, clock):
    World()
    page = open_browser(java_script_enabled=javascript)

    register(page, clock)
    confirm_by_letter(page, OLD)
    sign_in(page, OLD)
    introduce_oneself(page)
    secret = set_up_the_app(page, clock)
    sign_out(page)
    sign_in(page, OLD, code=totp(secret, clock))
    change_address(page, secret, clock)
    assert download(page)["address"] == NEW
    delete_account(page)

    assert page.url.removeprefix(site) == "/"
    assert not Actor.objects.filter(is_active=True, email__in=[OLD, NEW]).exists()
    assert traces_of(NAME, OLD, NEW, NAME.split()[0], "wanderfalke") == []


def register(page, clock):
    page.goto("/")
    page.locator("main a[href*='/konto/signup/']").first.click()
    page.fill("[name=email]", OLD)
    page.fill("[name=password1]", PASSWORD)
    page.fill("[name=display_name]", NAME)
    page.select_option("[name=municipality]", label="Oberbach")
    page.check("[name=of_age]")
    page.check("[name=terms]")
    clock.shift(5)
    page.click(SUBMIT)
    assert page.url.endswith("/konto/confirm-email/")


def confirm_by_letter(page, address):
    letters = [letter for letter in deliver_all() if letter.to == [address]]
    page.goto(re.search(r"http://\S+/konto/confirm-email/\S+/", letters[-1].body)[0])
    page.click(SUBMIT)


def sign_in(page, address, code=None):
    page.goto("/konto/login/")
    page.fill("[name=login]", address)
    page.fill("[name=password]", PASSWORD)
    page.locator(SUBMIT).first.click()
    if code:
        page.fill("[name=code]", code)
        page.locator(SUBMIT).first.click()
    assert page.url.endswith("/meine/")


def sign_out(page):
    page.locator("header .account form[action$='/logout/'] button").click()
    assert page.locator("header a[href$='/konto/login/']").count()


def introduce_oneself(page):
    page.goto("/meine/profil/")
    page.fill("[name=skills]", "Wege markieren")
    page.fill("[name=offers]", f"Eine Säge, fragt {NAME}")
    page.check("[name=visible_to][value=public]", force=True)
    page.click(SUBMIT)
    page.goto("/akteure/")
    assert page.get_by_text(NAME).count()


def set_up_the_app(page, clock):
    page.goto("/konto/2fa/totp/activate/")
    page.fill("[name=password]", PASSWORD)
    page.click(SUBMIT)
    secret = page.locator("#secret").inner_text()
    page.fill("[name=code]", totp(secret, clock))
    page.click(SUBMIT)
    return secret


def change_address(page, secret, clock):
    page.goto("/konto/email/")
    page.fill("[name=email]", NEW)
    page.locator(SUBMIT).last.click()
    if page.locator("[name=password]").count():
        page.fill("[name=password]", PASSWORD)
        page.locator(SUBMIT).first.click()
    elif page.locator("[name=code]").count():
        page.fill("[name=code]", totp(secret, clock))
        page.locator(SUBMIT).first.click()
    confirm_by_letter(page, NEW)
    assert OLD in {address for letter in deliver_all() for address in letter.to}
    page.goto("/konto/email/")
    assert page.get_by_text(NEW).count()


def download(page):
    """The file of one's data; that the address stands in it is noted as ``address``."""
    page.goto("/meine/daten/")
    with page.expect_download() as promise:
        page.click(SUBMIT)
    text = Path(promise.value.path()).read_text(encoding="utf-8")
    assert NAME in text
    return {**json.loads(text), "address": NEW if NEW in text else ""}


def delete_account(page):
    page.goto("/meine/loeschen/")
    page.fill("[name=password]", PASSWORD)
    page.check("[name=understood]")
    page.click(SUBMIT)


def totp(secret, clock):
    """The number an authenticator app shows when the next half minute begins (RFC 6238); none is shown twice."""
    half_minute = int(time.time()) // 30 + 1
    clock.move_to(half_minute * 30, tick=True)
    key = b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", half_minute), "sha1")
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def traces_of(*words):
    """Where in the database and in the data folder one of ``words`` is still found."""
    mail.outbox.clear()
    wanted = re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
    return [place for place, text in [*_columns(), *_sessions(), *_files()] if wanted.search(text)]


def _columns():
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                yield from ((f"{table}.{name}", str(value)) for name, value in zip(names, row, strict=True))


def _sessions():
    return [("session", json.dumps(session.get_decoded())) for session in Session.objects.all()]


def _files():
    """All files but mails, database and broker."""
    for file in Path(portal_settings.DATA_DIR).rglob("*"):
        if file.is_file() and "sqlite3" not in file.name and file.suffix != ".eml":
            yield str(file), f"{file.name} {file.read_bytes().decode('latin-1')}"
