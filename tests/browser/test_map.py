"""The map of an idea in a real browser: nothing foreign before somebody asks for it, and a point that hands can set."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from participation.ideas.models import Idea
from participation.ideas.operations.writing import start_draft, submit_idea
from participation.ideas.states import IdeaState
from tests.factories import AllianceFactory, FieldOfActionFactory, IdeaFactory, MunicipalityFactory
from tests.maps import tile_server, with_map

from .axe import faults

NEW = "/ideen/neu/"
SHOW, CANVAS, PIN = "[data-map-show]", "[data-map-canvas]", ".map__pin"
MIDDLE, CLEAR = "[data-map-middle]", "[data-map-clear] button"
TILE = ".leaflet-tile-loaded"
PLACE = """() => { const pin = document.querySelector(".map__pin").getBoundingClientRect();
    const map = document.querySelector("[data-map-canvas]").getBoundingClientRect();
    return [pin.left + pin.width / 2 - map.left - map.width / 2, pin.top + 38 - map.top - map.height / 2]; }"""


@pytest.fixture
def tiles(settings):
    """The requests that reach the server of tiles; each a path and its referrer."""
    with tile_server() as (url, asked):
        with_map(settings, url)
        yield asked


@pytest.fixture
def allow_tiles(settings, open_browser):
    """From now on the browser may ask that server."""
    return lambda: open_browser.hosts.add(urlsplit(settings.TILE_URL).netloc)


@pytest.fixture
def region(site):
    AllianceFactory()
    FieldOfActionFactory()
    MunicipalityFactory(latitude=50.1, longitude=10.2)
    MunicipalityFactory(latitude=49.9, longitude=10.0)


@pytest.fixture
def idea(region, ada):
    return IdeaFactory(author=ada, state=IdeaState.PUBLISHED, latitude="49.972150", longitude="10.123450")


@pytest.fixture
def form(tiles, region, open_browser, allow_tiles, ada):
    """The empty form in Ada's browser, with the map open."""
    page = open_browser(ada)
    page.goto(NEW)
    allow_tiles()
    page.click(SHOW)
    expect(page.locator(TILE).first).to_be_visible()
    return page


def numbers(page):
    return [page.input_value(f"[name={name}]") for name in ("latitude", "longitude")]


def test_nothing_foreign_is_asked_before_the_button_is_pressed(tiles, idea, open_browser, allow_tiles):
    page = open_browser()
    loaded = []
    page.on("request", lambda request: loaded.append(request.url))

    page.goto(idea.get_absolute_url())
    expect(page.locator(SHOW)).to_be_visible()
    page.wait_for_load_state("networkidle")

    assert tiles == []
    assert open_browser.complaints == []
    assert [url for url in loaded if "leaflet" in url] == []
    assert "127.0.0.1" in page.locator("[data-map-offer]").inner_text()
    expect(page.locator("[data-map-credit]")).to_be_hidden()

    allow_tiles()
    page.click(SHOW)
    expect(page.locator(TILE).first).to_be_visible()

    assert tiles
    assert {referrer for _path, referrer in tiles} == {None}
    assert open_browser.complaints == []
    expect(page.locator("[data-map-credit]")).to_contain_text("Beispielvermessung")
    expect(page.locator(SHOW)).to_be_hidden()
    expect(page.locator(CANVAS)).to_be_focused()
    assert [abs(way) < 1.5 for way in page.evaluate(PLACE)] == [True, True]  # it stands in the middle of its map


def test_without_a_map_no_script_of_it_comes(idea, open_browser):
    page = open_browser()
    loaded = []
    page.on("request", lambda request: loaded.append(request.url))

    page.goto(idea.get_absolute_url())
    page.wait_for_load_state("networkidle")

    assert [url for url in loaded if "map" in url or "leaflet" in url] == []


def test_without_javascript_the_numbers_stay(tiles, idea, open_browser):
    page = open_browser(java_script_enabled=False)

    page.goto(idea.get_absolute_url())

    expect(page.locator("a[href='geo:49.97215,10.12345']")).to_be_visible()
    expect(page.locator(SHOW)).to_be_hidden()


def test_a_point_is_set_with_the_mouse(form, ada):
    box = form.locator(CANVAS).bounding_box()
    form.mouse.click(box["x"] + box["width"] / 2 + 40, box["y"] + box["height"] / 2 - 30)

    expect(form.locator(PIN)).to_be_visible()
    x, y = form.evaluate(PLACE)
    assert (abs(x - 40) < 1.5, abs(y + 30) < 1.5) == (True, True)
    before = numbers(form)
    assert all(before)

    pin = form.locator(PIN).bounding_box()
    middle = (pin["x"] + pin["width"] / 2, pin["y"] + pin["height"] / 2)
    form.mouse.move(*middle)
    form.mouse.down()
    form.mouse.move(middle[0] + 60, middle[1] + 20, steps=5)
    form.mouse.up()
    after = numbers(form)
    assert float(after[1]) > float(before[1])
    assert float(after[0]) < float(before[0])

    form.fill("[name=title]", "Mitfahrbank am Bahnhof")
    form.fill("[name=text]", "Abends fährt kein Bus.")
    form.select_option("[name=field]", index=1)
    form.check("[name=whole_alliance]")
    form.click("button[value=submit]")
    form.wait_for_url("**/ideen/20*/")
    stored = Idea.objects.get(author=ada, state=IdeaState.SUBMITTED)
    assert stored.point == ", ".join(after)


def test_a_point_is_set_and_moved_with_keys_alone(form, ada):
    form.locator(MIDDLE).focus()
    form.keyboard.press("Enter")
    first = [float(number) for number in numbers(form)]
    assert first == pytest.approx([50.0, 10.1], abs=0.05)  # the middle of the two municipalities

    form.locator(PIN).focus()
    form.keyboard.press("ArrowRight")
    form.keyboard.press("ArrowUp")
    moved = [float(number) for number in numbers(form)]
    assert moved[0] > first[0]
    assert moved[1] > first[1]

    form.keyboard.press("Shift+ArrowLeft")
    fine = [float(number) for number in numbers(form)]
    assert first[1] < fine[1] < moved[1]
    expect(form.locator("[data-map-said]")).to_have_text(", ".join(numbers(form)))
    expect(form.locator(PIN)).to_be_focused()

    form.fill("[name=title]", "Mitfahrbank")
    form.click("button[value=save]")
    form.wait_for_url("**/ideen/entwurf/*/*")
    assert Idea.objects.get(author=ada).point == f"{fine[0]:.5f}, {fine[1]:.5f}"


def test_a_point_is_removed(form):
    form.click(MIDDLE)
    form.click(CLEAR)

    assert numbers(form) == ["", ""]
    expect(form.locator(PIN)).to_have_count(0)
    expect(form.locator(CLEAR)).to_be_hidden()


def test_typed_and_pasted_numbers_move_the_point(form):
    form.fill("[name=latitude]", "50.01234, 10.15432")
    assert numbers(form) == ["50.01234", "10.15432"]
    expect(form.locator(PIN)).to_have_count(1)

    form.fill("[name=longitude]", "words")
    expect(form.locator(PIN)).to_have_count(0)

    form.fill("[name=longitude]", "10,2")
    expect(form.locator(PIN)).to_have_count(1)


def test_a_correction_opens_at_its_point(tiles, region, open_browser, allow_tiles, ada, max):
    words = {"title": "Mitfahrbank", "text": "Eine Bank.", "latitude": "49.97215", "longitude": "10.12345"}
    draft = start_draft(by=ada, **words)
    page = open_browser(ada)
    page.goto(draft.get_absolute_url())
    allow_tiles()

    page.click(SHOW)

    expect(page.locator(PIN)).to_be_visible()
    assert [abs(way) < 1.5 for way in page.evaluate(PLACE)] == [True, True]


def test_a_server_of_tiles_that_is_away_is_said(settings, region, open_browser, ada):
    with_map(settings, "http://127.0.0.1:9/{z}/{x}/{y}.png")
    open_browser.hosts.add("127.0.0.1:9")
    page = open_browser(ada)
    page.goto(NEW)

    page.click(SHOW)

    expect(page.locator("[data-map-said]")).to_have_text(page.locator("[data-map]").get_attribute("data-failed"))
    page.click(MIDDLE)
    assert all(numbers(page))


@pytest.mark.parametrize("where", ["idea", "form", "case"])
def test_axe_finds_nothing_on_an_open_map(tiles, idea, open_browser, allow_tiles, ada, max, where):
    waiting = submit_idea(
        start_draft(
            by=ada, title="Bank", text="Eine Bank.", field=idea.field or FieldOfActionFactory(),
            latitude="49.97215", longitude="10.12345",
        ),
        by=ada,
    )  # fmt: skip
    person, address = {
        "idea": (None, idea.get_absolute_url()),
        "form": (ada, NEW),
        "case": (max, f"/geschaeftsstelle/ideen/{waiting.reference}/"),
    }[where]
    page = open_browser(person)
    page.goto(address)
    allow_tiles()
    page.click(SHOW)
    expect(page.locator(TILE).first).to_be_visible()
    if where == "form":
        page.click(MIDDLE)
    expect(page.locator(PIN)).to_be_visible()

    assert faults(page) == {}
