"""Pages that nobody plans to see: links from letters, the second step of signing in, and all that goes wrong."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.template.loader import render_to_string
from django.urls import reverse

from tests.factories import PASSWORD
from tests.house.things import reset_key
from tests.house.world import World

from .axe import faults

SUBMIT = "main form button:not([type=button])"


@pytest.fixture
def world(site):
    return World()


def sign_in(page, email, password=PASSWORD):
    page.goto("/konto/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", password)
    page.locator(SUBMIT).first.click()


def test_choosing_a_new_password(world, open_browser):
    page = open_browser()

    page.goto(reverse("account_reset_password_from_key", kwargs=reset_key(world, None)))

    assert page.locator("[name=password1]").count()
    assert faults(page) == {}


def test_the_second_step_of_signing_in(world, open_browser):
    TOTP.activate(world.other, generate_totp_secret())
    page = open_browser()

    sign_in(page, world.other.email)

    assert page.locator("[name=code]").count()
    assert faults(page) == {}
    page.fill("[name=code]", "000000")
    page.locator(SUBMIT).first.click()
    assert faults(page) == {}


def test_a_form_without_its_token(world, open_browser):
    page = open_browser()
    page.goto("/konto/login/")
    page.context.clear_cookies()

    page.locator(SUBMIT).first.click()

    assert page.locator("h1").count() == 1
    assert faults(page) == {}


def test_too_many_tries(world, open_browser, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "1/m/ip"}
    page = open_browser()
    answers = []
    page.on("response", lambda answer: answers.append(answer.status))

    sign_in(page, "wer@post.example")
    sign_in(page, "wer@post.example")

    assert 429 in answers
    assert faults(page) == {}


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_pages_that_ask_nothing(name, world, open_browser):
    page = open_browser()
    page.route("**/daneben/", lambda route: route.fulfill(body=render_to_string(name), content_type="text/html"))

    page.goto("/daneben/")

    assert faults(page) == {}
