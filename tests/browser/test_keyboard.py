"""Everything is reached without a mouse."""

import pytest

from tests.factories import AllianceFactory

from .axe import PHONE

FOCUSED = (
    "() => document.activeElement.matches(':focus-visible') && getComputedStyle(document.activeElement).outlineStyle"
)


@pytest.fixture(autouse=True)
def _alliance(site):
    AllianceFactory()


def test_the_first_tab_leads_past_the_menu_to_the_content(open_browser):
    page = open_browser()
    page.goto("/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("() => document.activeElement.id") == "content"


def test_tab_reaches_every_entry_of_the_menu_and_shows_where_one_is(open_browser):
    page = open_browser(viewport={"width": 1280, "height": 900})
    page.goto("/")
    wanted = set(page.locator("#menu a").evaluate_all("links => links.map(link => link.href)"))
    reached = set()

    page.keyboard.press("Tab")
    while not page.evaluate("() => document.activeElement === document.body"):
        assert page.evaluate(FOCUSED) not in {False, "none"}
        reached.add(page.evaluate("() => document.activeElement.href"))
        page.keyboard.press("Tab")

    assert wanted
    assert wanted <= reached


def test_the_menu_of_a_phone_opens_and_closes_by_key(open_browser):
    page = open_browser(viewport=PHONE)
    page.goto("/")
    page.locator(".menu-open").focus()

    page.keyboard.press("Enter")
    assert page.locator("#menu").is_visible()

    page.keyboard.press("Escape")
    assert not page.locator("#menu").is_visible()


def test_a_form_that_needs_another_look_starts_at_its_summary(open_browser):
    page = open_browser()
    page.goto("/barriere-melden/")

    page.locator("main form button").last.click()

    summary = page.locator("[data-focus]")
    assert summary.evaluate("box => box === document.activeElement")
    summary.locator("a").first.click()
    assert page.evaluate("() => document.activeElement.matches('input, textarea')")
