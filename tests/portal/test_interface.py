"""The description of the read interface, and its page for people."""

import re
from io import StringIO

import jsonschema
import pytest
from django.core.management import call_command
from django.test import Client

from portal.interface import HEADINGS
from portal.openapi import description
from tests.factories import AllianceFactory

pytestmark = pytest.mark.django_db
OPERATIONS = [(path, operations["get"]) for path, operations in description()["paths"].items()]


def test_the_description_is_valid_and_nothing_in_it_is_guessed():
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=StringIO())


def test_it_is_served_as_json(sam):
    answer = sam.get("/api/schema/")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer.json()["openapi"].startswith("3.")
    assert answer.json()["servers"] == [{"url": "http://127.0.0.1:8000"}]


def test_it_holds_all_that_can_be_read_and_nothing_is_written():
    assert {"/api/v1/ideas/{reference}/trail/", "/api/v1/comments/", "/api/v1/comments/{id}/"} <= {
        path for path, _operation in OPERATIONS
    }
    assert {method for operations in description()["paths"].values() for method in operations} == {"get"}


@pytest.mark.parametrize(("path", "operation"), OPERATIONS, ids=lambda it: it if isinstance(it, str) else "")
def test_each_operation_is_told_whole(path, operation):
    wanted = {"200", "304", "400", "406", "429"} | ({"404"} if "{" in path else set())

    assert operation["responses"].keys() == wanted
    assert operation["tags"][0] in HEADINGS
    assert all(answer["description"] for status, answer in operation["responses"].items() if status != "200")
    assert [it["name"] for it in operation["parameters"] if not described(it)] == []
    assert operation["description"]


def described(parameter):
    return parameter.get("description") or parameter["schema"].get("description") or parameter["in"] == "path"


@pytest.mark.parametrize(("path", "operation"), OPERATIONS, ids=lambda it: it if isinstance(it, str) else "")
def test_each_example_is_what_the_description_says(path, operation):
    for answer in operation["responses"].values():
        for content in answer.get("content", {}).values():
            examples = [it["value"] for it in content.get("examples", {}).values()] or [content["example"]]
            for example in examples:
                jsonschema.validate(example, plain(content["schema"]))


def plain(schema):
    """``schema`` as JSON Schema has it: OpenAPI 3.0 writes “or null” in a way of its own."""
    if isinstance(schema, list):
        return [plain(it) for it in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return plain(description()["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    made = {name: plain(value) for name, value in schema.items() if name != "nullable"}
    if schema.get("type") == "object" and "properties" in schema:
        made["additionalProperties"] = False
    return {"anyOf": [made, {"type": "null"}]} if schema.get("nullable") is True else made


class TestThePage:
    """What people read about it."""

    def test_every_address_stands_on_it_with_an_example_and_its_parameters(self, sam):
        page = sam.get("/api/", headers={"accept-language": "en"}).content.decode()

        for path, operation in OPERATIONS:
            assert f"<code>{path}</code>" in page
            assert all(f"<code>{it['name']}</code>" in page for it in operation["parameters"] if it["in"] == "query")
        assert "&quot;reference&quot;: &quot;2026-0042&quot;" in page
        assert "One address may ask 120 times a minute." in page

    @pytest.mark.parametrize("language", ["de", "en"])
    def test_all_its_links_lead_somewhere(self, sam, language):
        AllianceFactory()
        page = sam.get("/api/", headers={"accept-language": language}).content.decode()

        links = set(re.findall(r'href="(/api/[^"]*)"', page))

        assert {"/api/schema/", "/api/v1/ideas/", "/api/v1/comments/"} <= links
        assert {link: sam.get(link).status_code for link in links} == dict.fromkeys(links, 200)

    def test_the_footer_leads_there(self, sam):
        assert 'href="/api/">API<' in sam.get("/").content.decode()

    def test_nothing_foreign_is_loaded(self):
        page = Client().get("/api/")

        assert re.findall(r'(?:src|href)="(?:https?:)?//[^"]*"', page.content.decode()) == []
        assert "unsafe" not in page["Content-Security-Policy"]
