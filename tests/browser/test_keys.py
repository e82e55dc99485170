"""The office's keys in a real browser: they open, never send, rest while somebody types, and can be switched off."""

import pytest
from django.urls import reverse

from tests.factories import AllianceFactory, IdeaFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOCUS = "() => document.activeElement.id"
SWITCH = "#keys-on"


@pytest.fixture
def case(site, open_browser, max):
    """The page of a case in a browser of Max, in English."""
    AllianceFactory()
    type(max).objects.filter(pk=max.pk).update(language="en")
    idea = IdeaFactory(state="submitted")
    page = open_browser(max, viewport={"width": 1280, "height": 900})
    page.goto(reverse("office_idea", args=[idea.reference]))
    return page


def is_open(page, act):
    return page.locator(f"details:has(form[action$='/{act}/'])").evaluate("act => act.open")


def test_a_key_opens_its_act_at_the_first_field_and_sends_nothing(case):
    case.keyboard.press("p")

    assert is_open(case, "veroeffentlichen")
    assert case.evaluate(FOCUS) == "publish_text"
    assert case.locator("h1").is_visible()


def test_keys_rest_while_somebody_types_and_leave_modifiers_to_the_browser(case):
    case.keyboard.press("n")
    case.keyboard.type("Nun prüfen, bitte")
    case.locator("h1").click()
    case.keyboard.press("Alt+x")

    assert case.locator("#note_text").input_value() == "Nun prüfen, bitte"
    assert not is_open(case, "ablehnen")
    assert not is_open(case, "rueckfrage")


def test_taking_a_case_waits_for_enter(case):
    case.keyboard.press("t")
    assert case.evaluate("() => document.activeElement.dataset.key") == "T"

    case.keyboard.press("Enter")

    case.get_by_text("You look after this case now.").wait_for()


def test_keys_are_documented_switched_off_and_stay_off(case):
    hints = case.locator("kbd.key")
    assert case.locator("[data-keys] dt").all_inner_texts() == ["P", "Q", "X", "N", "E", "T", "H"]
    assert hints.first.is_visible()

    case.locator(SWITCH).uncheck()
    case.reload()
    case.locator("h1").click()
    case.keyboard.press("p")

    assert not case.locator(SWITCH).is_checked()
    assert not hints.first.is_visible()
    assert not is_open(case, "veroeffentlichen")


def test_the_queue_is_walked_with_two_keys(site, open_browser, max):
    AllianceFactory()
    IdeaFactory.create_batch(2, state="submitted")
    page = open_browser(max, viewport={"width": 1280, "height": 900})
    page.goto(reverse("office_ideas"))
    links = page.locator("[data-step]").evaluate_all("links => links.map(link => link.href)")
    walked = []

    for key in "jjjk":
        page.keyboard.press(key)
        walked.append(page.evaluate("() => document.activeElement.href"))

    assert walked == [links[0], links[1], links[1], links[0]]


def test_without_javascript_every_act_is_there_and_no_key_is_promised(open_browser, max):
    AllianceFactory()
    idea = IdeaFactory(state="submitted")
    page = open_browser(max, java_script_enabled=False)
    page.goto(reverse("office_idea", args=[idea.reference]))

    assert not page.locator("[data-keys]").is_visible()
    assert not page.locator("kbd.key").first.is_visible()
    page.locator("details:has(#publish_text) summary").click()
    page.locator("#publish_text").fill("Danke.")
    page.locator("details:has(#publish_text) button.kern-btn--primary").click()

    idea.refresh_from_db()
    assert idea.is_public
