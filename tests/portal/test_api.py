"""The public read interface."""

import json

import pytest

from tests.factories import FieldOfActionFactory, LegalTextFactory, MunicipalityFactory, PartnerFactory

pytestmark = pytest.mark.django_db
LISTS = ["municipalities", "fields-of-action", "partners", "legal-texts"]


def names(answer, key="name"):
    return [row[key] for row in answer.json()["results"]]


def test_municipalities_are_listed_and_shown(sam):
    MunicipalityFactory(name="Seeort", slug="seeort", postcodes="97999, 97998")
    MunicipalityFactory(name="Bergort")

    rows = sam.get("/api/v1/municipalities/")
    one = sam.get("/api/v1/municipalities/seeort/").json()

    assert names(rows) == ["Bergort", "Seeort"]
    assert one["postcodes"] == ["97999", "97998"]
    assert one["url"] == "http://127.0.0.1:8000/gemeinde/seeort/"


def test_only_fields_in_use_and_partners_that_are_shown_are_told(sam):
    FieldOfActionFactory(name="Mobilität", slug="mobilitaet")
    FieldOfActionFactory(name="Früher", slug="frueher", active=False)
    PartnerFactory(name="Naturpark", slug="naturpark")
    PartnerFactory(name="Still", slug="still", active=False)

    assert names(sam.get("/api/v1/fields-of-action/")) == ["Mobilität"]
    assert names(sam.get("/api/v1/partners/")) == ["Naturpark"]
    assert sam.get("/api/v1/fields-of-action/frueher/").status_code == 404
    assert sam.get("/api/v1/partners/still/").status_code == 404


def test_of_a_legal_text_the_version_in_force_is_told(sam):
    LegalTextFactory(kind="terms", version=1, text="Alt")
    LegalTextFactory(kind="terms", version=2, text="Neu")
    LegalTextFactory(kind="privacy", version=1, text="Daten")

    assert names(sam.get("/api/v1/legal-texts/"), "text") == ["Daten", "Neu"]
    assert sam.get("/api/v1/legal-texts/terms/").json()["version"] == 2


def test_the_root_lists_what_there_is(sam):
    assert set(sam.get("/api/v1/").json()) == set(LISTS)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_changed_from_outside(as_, mia, name, method):
    answer = getattr(as_(mia), method)(f"/api/v1/{name}/", json.dumps({"name": "\ud800"}), "application/json")

    assert answer.status_code == 405
    assert answer["Content-Type"] == "application/json"


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("method", ["head", "options"])
def test_polite_questions_are_answered(sam, name, method):
    assert getattr(sam, method)(f"/api/v1/{name}/").status_code == 200


@pytest.mark.parametrize("page", ["0", "-1", "x", "999", "18446744073709551616", "9" * 5000, "%F0%9F%98%80", "1e3"])
def test_a_page_that_does_not_exist_is_said_in_a_sentence(sam, page):
    answer = sam.get(f"/api/v1/municipalities/?page={page}", HTTP_ACCEPT_LANGUAGE="en")

    assert answer.status_code == 404
    assert answer.json() == {"detail": "There is no such page. Please start at the first one."}


BROKEN = ["page_size=1000000", "page_size=x", "page_size=-1", "page_size=18446744073709551616", "municipality=x"]


@pytest.mark.parametrize("query", [*BROKEN, "page=2x&page=1"])
def test_other_broken_parameters_are_ignored(sam, query):
    MunicipalityFactory()

    assert len(sam.get(f"/api/v1/municipalities/?{query}").json()["results"]) == 1


def test_a_page_is_never_larger_than_a_hundred(sam):
    MunicipalityFactory.create_batch(101)

    assert len(sam.get("/api/v1/municipalities/?page_size=5000").json()["results"]) == 100
    assert len(sam.get("/api/v1/municipalities/").json()["results"]) == 50


@pytest.mark.parametrize("key", ["atlantis", "x" * 2000, "%F0%9F%98%80", "..", "18446744073709551616"])
def test_what_does_not_exist_is_not_found(sam, key):
    assert sam.get(f"/api/v1/municipalities/{key}/").status_code == 404


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "*/*", "nonsense"])
def test_the_answer_is_json_or_a_refusal(sam, accept):
    answer = sam.get("/api/v1/municipalities/", HTTP_ACCEPT=accept)

    assert answer.status_code in {200, 406}
    assert answer["Content-Type"] == "application/json"


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_however_long(sam, count, django_assert_num_queries):
    MunicipalityFactory.create_batch(count)

    with django_assert_num_queries(2):
        sam.get("/api/v1/municipalities/")


def test_one_address_may_ask_a_hundred_and_twenty_times_a_minute_another_one_goes_on(sam):
    answers = [sam.get("/api/v1/").status_code for _time in range(121)]

    assert answers == [200] * 120 + [429]
    assert sam.get("/api/v1/", HTTP_X_FORWARDED_FOR="203.0.113.9").status_code == 429
    assert sam.get("/api/v1/", REMOTE_ADDR="203.0.113.9").status_code == 200


def test_behind_a_proxy_everybody_has_a_counter_of_their_own(sam, settings):
    settings.TRUSTED_PROXY_COUNT = 1
    answers = [sam.get("/api/v1/", HTTP_X_FORWARDED_FOR=f"10.0.0.{_time}, 203.0.113.9") for _time in range(121)]

    assert answers[-1].status_code == 429
    assert sam.get("/api/v1/", HTTP_X_FORWARDED_FOR="203.0.113.10").status_code == 200
