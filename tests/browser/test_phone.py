"""On a phone: what stays at the edge of the page leaves room to read, whoever looks."""

import pytest

from tests.factories import IdeaFactory
from tests.house.world import World

WIDTHS = (320, 390)
MOST = 110  # pixels of the bar at the lower edge


@pytest.mark.parametrize("width", WIDTHS)
def test_the_bar_to_support_an_idea_is_low_and_fits(site, open_browser, width):
    world = World()
    idea = IdeaFactory(author=world.other, field=world.field, text="Eine Bank. " * 300)

    for person in (None, world.people["actor"], world.other):
        page = open_browser(person, viewport={"width": width, "height": 700})
        page.goto(idea.get_absolute_url())
        bar = page.locator(".support").bounding_box()

        assert bar["height"] <= MOST
        assert page.evaluate("document.documentElement.scrollWidth") == width
