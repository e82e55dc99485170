"""Every address, every role: the table in permissions.toml against the portal, and the table against itself."""

import re
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.http import HttpResponseNotFound
from django.test import Client
from django.urls import resolve, reverse

from tests.factories import as_

from . import table
from .things import THINGS
from .values import filled
from .world import ROLES, addresses, snapshot, undone, writing

ROWS = table.rows()
PATTERNS = table.patterns()
NAMES = addresses()
EXAMPLES = {"object_id": "999999", "content_type_id": "1", "app_label": "participation", "url": "nichts"}


@pytest.fixture(autouse=True)
def _bare_refusals(monkeypatch):
    """Two thousand refusals, of which only the number is looked at."""
    monkeypatch.setattr("portal.urls.handler404", lambda request, exception: HttpResponseNotFound())


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_row(row, world, settings):
    if row.public:
        settings.LOOPBACK = False

    answers = {role: answer(row, role, world) for role in ROLES}

    assert differences(row, answers) == {}


def differences(row, answers):
    """Where the portal and the table disagree, in words."""
    return {role: f"{said}, not {row.answers[role]}" for role, said in answers.items() if said != row.answers[role]}


def answer(row, role, world, address=""):
    """What ``role`` is answered; everything the request did is undone."""
    person = world.people[role]
    owner = world.other if row.whose == "other" else person
    with undone():
        thing = THINGS[row.object](world, owner)
        client = as_(person) if person else Client()
        address = address or reverse(row.url, kwargs=thing)
        data = filled(row.data, world)
        start = transaction.savepoint()
        with writing() as written:
            response = getattr(client, row.method.lower())(address, data)
            b"".join(response)  # a file is closed when it was read to its end
        changed = bool(written) and is_different(start)
    return verdict(response, changed)


def is_different(start):
    """Whether any row is another one than at the savepoint ``start``, to which this goes back."""
    after = snapshot()
    transaction.savepoint_rollback(start)
    return after != snapshot()


def verdict(response, changed):
    """The answer in the table's words."""
    if response.status_code != 302:
        return f"{response.status_code} done" if changed else response.status_code
    target = resolve(urlsplit(response.headers["Location"]).path).view_name
    if target == "account_login" and not changed:
        return "login"
    if target == "mfa_index" and not changed:
        return "second factor"
    return "done" if changed else "moved"


@pytest.mark.parametrize("row", PATTERNS, ids=str)
def test_pattern(row, world):
    names = [name for name in NAMES if table.pattern_for(name, row.method, ROWS, PATTERNS) == row]

    wrong = {
        name: differences(row, {role: answer(row, role, world, example(NAMES[name])) for role in ROLES})
        for name in names
    }

    assert {name: words for name, words in wrong.items() if words} == {}


def example(route):
    """An address that ``route`` leads to, for routes that nobody can tell apart by what stands behind them."""
    plain = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", route).replace("^", "").replace("$", "")
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda part: EXAMPLES[part[1]], plain)


class TestTheTable:
    """The table is whole."""

    def test_every_address_and_method_has_a_row(self):
        assert table.gaps(NAMES, ROWS, PATTERNS) == []

    def test_every_row_has_an_address(self):
        assert table.strays(NAMES, ROWS, PATTERNS) == []

    def test_every_role_has_an_answer(self):
        assert table.holes([*ROWS, *PATTERNS]) == []

    def test_no_row_stands_twice(self):
        assert table.doubles([*ROWS, *PATTERNS]) == []

    def test_no_two_addresses_are_the_same(self):
        routes = list(NAMES.values())

        assert {name: route for name, route in NAMES.items() if routes.count(route) > 1} == {}


class TestTheChecksThemselves:
    """Each check of the table is seen failing."""

    KNOWN = table.rows({"row": [{"url": "start", "method": "GET", "others": 200}]})
    MANY = table.patterns({"pattern": [{"url": "admin:*", "method": "GET", "others": 404}]})

    def test_an_address_without_a_row_is_found(self):
        gaps = table.gaps(["start", "admin:index", "secret"], self.KNOWN, self.MANY)

        assert gaps == [("admin:index", "POST"), ("secret", "GET"), ("secret", "POST"), ("start", "POST")]

    def test_a_row_without_an_address_is_found(self):
        assert table.strays(["desk"], self.KNOWN, self.MANY) == ["GET admin:*", "GET start"]

    def test_a_role_without_an_answer_is_found(self):
        holes = table.holes(table.rows({"row": [{"url": "start", "method": "GET", "stranger": 200}]}))

        assert holes == [f"GET start: {role}" for role in ROLES[1:]]

    def test_a_row_that_stands_twice_is_found(self):
        assert table.doubles(self.KNOWN * 2) == ["GET start"]

    def test_a_refusal_that_changes_something_is_found(self, world):
        before = snapshot()

        type(world.partner).objects.filter(pk=world.partner.pk).update(together="")

        assert snapshot() != before
