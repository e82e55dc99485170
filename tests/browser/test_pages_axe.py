"""axe finds nothing on any page, light and dark, phone and desktop; nothing scrolls sideways."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import as_
from tests.house import table
from tests.house.things import THINGS
from tests.house.world import World

from .axe import BRIEFLY, PHONE, WHOLLY, faults, unfold, violations

ROLES = ["stranger", "actor", "manager"]
TYPED = "input:not([type]), input[type=text], input[type=email], input[type=password], input[type=url], textarea"

TAKES_NOTHING = {row.url for row in table.rows() if row.method == "POST" and set(row.answers.values()) == {405}}
SENDS = "button:not([type=button])"


@pytest.fixture
def world(site):
    return World()


def pages(world, role):
    """The pages of the permission table that ``role`` sees, as (row, address, whether no role before saw it)."""
    person = world.people[role]
    client = as_(person) if person else Client()
    for row in table.rows():
        if row.method != "GET" or row.public or row.answers[role] not in {200, "200 done"}:
            continue
        address = reverse(row.url, kwargs=THINGS[row.object](world, world.other if row.whose == "other" else person))
        response = client.get(address)
        if b"<!doctype html>" in b"".join(response):
            yield row, address, all(row.answers[before] != row.answers[role] for before in ROLES[: ROLES.index(role)])


@pytest.mark.parametrize("role", ROLES)
def test_every_page(role, world, open_browser):
    page = open_browser(world.people[role])
    found = {}

    for _row, address, is_new in pages(world, role):
        page.goto(address)
        found[address] = faults(page, WHOLLY if is_new else BRIEFLY)

    assert len(found) > 10
    assert {address: wrong for address, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("role", ROLES)
def test_every_form_sent_empty(role, world, open_browser):
    page = open_browser(world.people[role])
    found = {}

    for row, address, is_new in list(pages(world, role)):
        if not is_new or row.url in TAKES_NOTHING:
            continue
        page.goto(address)
        if send_empty(page):
            found[address] = faults(page)

    assert found
    assert {address: wrong for address, wrong in found.items() if wrong} == {}


def send_empty(page):
    """Empty the first form in which something is typed, and send it; says whether there was one."""
    forms = page.locator("main form[method=post]").filter(has=page.locator(TYPED)).filter(has=page.locator(SENDS))
    form = forms.first
    unfold(page)
    if not forms.count():
        return False
    for entry in form.locator(TYPED).all():
        if entry.is_visible() and entry.is_editable():
            entry.fill("")
    form.locator(SENDS).last.click()
    page.wait_for_load_state()
    return True


@pytest.mark.parametrize("path", ["/gibt-es-nicht/", "/gemeinde/nirgends/"])
def test_a_page_that_does_not_exist(path, world, open_browser):
    page = open_browser()

    answer = page.goto(path)

    assert answer.status == 404
    assert faults(page) == {}


@pytest.mark.parametrize("role", ROLES)
def test_the_open_menu_of_a_phone(role, world, open_browser):
    page = open_browser(world.people[role], viewport=PHONE)
    page.goto("/")

    page.locator("[popovertarget=menu]").last.click()

    assert page.locator("#menu").is_visible()
    assert violations(page) == []
