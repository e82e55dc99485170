"""Writing an idea in a real browser: nothing typed is lost, and nothing is left on a device that others use."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from participation.core.models import PendingDraft
from participation.ideas.models import Idea
from participation.ideas.search import index
from participation.ideas.states import IdeaState
from tests.factories import AllianceFactory, FieldOfActionFactory, IdeaFactory

NEW = "/ideen/neu/"
COPIES = "() => Object.keys(localStorage).filter(name => name.startsWith('idea:'))"
SOON = 15_000  # the draft saves itself every ten seconds
OFFER = "[data-local-copy]"


@pytest.fixture
def page(site, open_browser, ada):
    """The empty page in Ada's browser."""
    AllianceFactory()
    FieldOfActionFactory()
    page = open_browser(ada)
    page.goto(NEW)
    return page


def in_a_dead_spot(page):
    """Let nothing that is sent arrive."""
    page.route("**/*", lambda route: route.abort("aborted") if route.request.method == "POST" else route.continue_())


def test_a_reload_before_anything_was_saved_gives_the_words_back(page):
    page.fill("[name=title]", "Mitfahrbank")
    page.fill("[name=text]", "Abends fährt kein Bus.")

    page.reload()
    expect(page.locator("[name=title]")).to_have_value("")
    page.click("[data-put-back]")

    expect(page.locator("[name=title]")).to_have_value("Mitfahrbank")
    expect(page.locator("[name=text]")).to_have_value("Abends fährt kein Bus.")
    expect(page.locator(OFFER)).to_be_hidden()


def test_words_that_are_not_wanted_back_are_gone(page):
    page.fill("[name=title]", "Mitfahrbank")
    page.reload()

    page.click("[data-throw-away]")

    assert page.evaluate(COPIES) == []
    page.reload()
    expect(page.locator(OFFER)).to_be_hidden()


def test_the_draft_saves_itself_and_the_copy_goes(page, ada):
    page.fill("[name=title]", "Mitfahrbank")
    page.wait_for_url("**/ideen/entwurf/*/", timeout=SOON)

    assert Idea.objects.get(author=ada).title == "Mitfahrbank"
    assert page.evaluate(COPIES) == []
    page.reload()
    expect(page.locator("[name=title]")).to_have_value("Mitfahrbank")
    expect(page.locator(OFFER)).to_be_hidden()


def test_who_is_no_longer_signed_in_is_told_and_finds_the_words_again(page, ada):
    Session.objects.all().delete()

    page.fill("[name=title]", "Mitfahrbank")
    told = page.locator("[data-idea-form]").get_attribute("data-signed-out")

    expect(page.locator("[data-saved]")).to_have_text(told, timeout=SOON)
    assert PendingDraft.objects.get(actor=ada).fields["title"] == ["Mitfahrbank"]
    assert page.evaluate(COPIES) != []


def test_whoever_signs_out_leaves_no_words_behind(page):
    page.fill("[name=title]", "Mitfahrbank")
    assert page.evaluate(COPIES) != []

    page.locator("form[action$='/logout/'] button:visible").first.click()
    page.wait_for_url(lambda url: NEW not in url)

    assert page.evaluate(COPIES) == []


def test_another_person_on_the_same_device_is_offered_nothing(page, site, as_, olga, settings):
    page.fill("[name=title]", "Mitfahrbank")
    cookie = as_(olga).cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])

    page.goto(NEW)

    expect(page.locator("[data-idea-form]")).to_have_attribute("data-person", str(olga.pk))
    expect(page.locator(OFFER)).to_be_hidden()


def test_a_shared_computer_keeps_nothing_for_whoever_comes_next(page):
    page.fill("[name=title]", "Mitfahrbank")
    page.check("#shared")
    page.fill("[name=text]", "Abends fährt kein Bus.")
    assert page.evaluate(COPIES) == []

    page.reload()

    expect(page.locator("#shared")).to_be_checked()
    expect(page.locator(OFFER)).to_be_hidden()


def test_a_dead_spot_while_sending_loses_nothing(page):
    page.fill("[name=title]", "Mitfahrbank")
    in_a_dead_spot(page)
    with page.expect_event("requestfailed", lambda request: request.is_navigation_request()):
        page.click("button[value=save]")

    page.goto(NEW)
    page.click("[data-put-back]")

    expect(page.locator("[name=title]")).to_have_value("Mitfahrbank")


def test_submitting_sends_one_idea_and_leaves_no_copy(page, ada):
    page.fill("[name=title]", "Mitfahrbank am Bahnhof")
    page.fill("[name=text]", "Abends fährt kein Bus.")
    page.select_option("[name=field]", index=1)
    page.check("[name=whole_alliance]")

    page.dblclick("button[value=submit]")
    page.wait_for_url("**/ideen/20*/")

    assert [idea.state for idea in Idea.objects.filter(author=ada)] == [IdeaState.SUBMITTED]
    page.goto(NEW)
    assert page.evaluate(COPIES) == []


def test_similar_ideas_appear_while_one_types(page):
    there = IdeaFactory(title="Mitfahrbänke zwischen den Ortsteilen")
    index(there)
    beside = page.locator("[data-similar]")

    page.locator("[name=title]").press_sequentially("Mitfahrbank", delay=20)
    expect(beside.get_by_role("link")).to_have_attribute("href", there.get_absolute_url())

    page.fill("[name=title]", "")
    expect(beside).to_be_empty()
