"""The public read interface: what all its answers share, and the region's lists."""

import json
from urllib.parse import urlsplit

import pytest

from participation.core import breaker
from tests.factories import FieldOfActionFactory, LegalTextFactory, MunicipalityFactory, PartnerFactory

pytestmark = pytest.mark.django_db
REGION = ["municipalities", "fields-of-action", "partners", "legal-texts"]
LISTS = ["ideas", "comments", "outcomes", *REGION]


def names(answer, key="name"):
    return [row[key] for row in answer.json()["results"]]


def local(address):
    """``address`` without its host, as the test's client asks for it."""
    return urlsplit(address)._replace(scheme="", netloc="").geturl()


def test_municipalities_are_listed_and_shown(sam):
    MunicipalityFactory(name="Seeort", slug="seeort", postcodes="97999, 97998")
    MunicipalityFactory(name="Bergort")

    rows = sam.get("/api/v1/municipalities/")
    one = sam.get("/api/v1/municipalities/seeort/").json()

    assert names(rows) == ["Seeort", "Bergort"]
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


class TestPages:
    """Lists come page by page."""

    def test_pages_follow_each_other_to_the_end(self, sam):
        MunicipalityFactory.create_batch(5)
        found, address = [], "/api/v1/municipalities/?page_size=2"

        while address:
            answer = sam.get(local(address)).json()
            found.append([row["slug"] for row in answer["results"]])
            address = answer["next"]

        assert [len(page) for page in found] == [2, 2, 1]
        assert len({slug for page in found for slug in page}) == 5

    def test_words_name_a_place_as_well(self, sam):
        for kind in ("terms", "privacy", "imprint"):
            LegalTextFactory(kind=kind)
        first = sam.get("/api/v1/legal-texts/?page_size=1").json()

        second = sam.get(local(first["next"])).json()
        LegalTextFactory(kind="imprint", version=99)  # a newer version of what was read stays read

        assert (first["results"][0]["kind"], second["results"][0]["kind"]) == ("imprint", "privacy")
        assert names(sam.get(local(second["next"])), "kind") == ["terms"]

    def test_the_next_page_is_below_the_portals_own_address(self, sam):
        MunicipalityFactory.create_batch(2)

        address = sam.get("/api/v1/municipalities/?page_size=1", headers={"host": "localhost"}).json()["next"]

        assert address.startswith("http://127.0.0.1:8000/api/v1/municipalities/?page_size=1&cursor=")

    def test_a_page_has_fifty_rows_and_never_more_than_a_hundred(self, sam):
        MunicipalityFactory.create_batch(101)

        assert len(sam.get("/api/v1/municipalities/").json()["results"]) == 50
        assert len(sam.get("/api/v1/municipalities/?page_size=100").json()["results"]) == 100


class TestParameters:
    """What a parameter cannot mean is refused in a sentence that names it."""

    @pytest.mark.parametrize("size", ["0", "101", "1000000", "x", "-1", "", "1e1", "²", "18446744073709551616", "5.0"])
    def test_a_size_that_no_page_has(self, sam, size):
        answer = sam.get(f"/api/v1/municipalities/?page_size={size}", headers={"accept-language": "en"})

        assert answer.status_code == 400
        words = "Please look at the parameter “page_size”: please give a number from 1 to 100."
        assert answer.json() == {"detail": words, "parameter": "page_size"}

    @pytest.mark.parametrize("name", LISTS)
    @pytest.mark.parametrize(
        "cursor",
        ["", "x", "W10", "bnVsbA", "e30", "WzFd", "WyJhZGRlZCIsMS41XQ", "WyJhZGRlZCIsdHJ1ZV0", "WyJhZGRlZCIsLTFd",
         "WyJhZGRlZCIsIngiXQ", "WyJhZGRlZCIsMTg0NDY3NDQwNzM3MDk1NTE2MTZd", "x" * 201, "A" * 3000, "%F0%9F%98%80",
         "WyJraW5kIiwiXHVkODAwIl0", "WyJraW5kIiw1XQ", "WyItcHVibGlzaGVkIiw5MjIzMzcyMDM2ODU0Nzc1ODA3LDFd", "W" * 200],
    )  # fmt: skip
    def test_a_cursor_that_no_answer_gave(self, sam, name, cursor):
        answer = sam.get(f"/api/v1/{name}/?cursor={cursor}")

        assert (answer.status_code, answer.json()["parameter"]) == (400, "cursor")

    @pytest.mark.parametrize("name", ["", *(f"{name}/" for name in LISTS)])
    def test_an_unknown_one(self, sam, name):
        answer = sam.get(f"/api/v1/{name}?seite=2")

        assert (answer.status_code, answer.json()["parameter"]) == (400, "seite")

    def test_a_single_row_takes_none(self, sam):
        MunicipalityFactory(slug="seeort")

        answer = sam.get("/api/v1/municipalities/seeort/?page_size=5", headers={"accept-language": "en"})

        assert answer.status_code == 400
        assert answer.json()["detail"] == "Please look at the parameter “page_size”: this address takes no parameters."

    def test_the_refusal_lists_those_that_there_are(self, sam):
        answer = sam.get("/api/v1/municipalities/?page=2", headers={"accept-language": "en"})

        assert answer.json()["detail"].endswith("There are: cursor, page_size.")

    def test_one_that_is_given_twice(self, sam):
        answer = sam.get("/api/v1/municipalities/?page_size=1&page_size=2")

        assert (answer.status_code, answer.json()["parameter"]) == (400, "page_size")

    def test_a_long_name_is_cut_and_made_harmless(self, sam):
        answer = sam.get("/api/v1/municipalities/?%E2%80%AE" + "x" * 3000)

        assert answer.json()["parameter"] == "x" * 40

    @pytest.mark.parametrize("query", ["q=%00", "q=%ED%B2%80", "%00=1", "=&&==", "%FF=%FE", "q=" + "x" * 9000])
    def test_what_no_text_is(self, sam, query):
        answer = sam.get(f"/api/v1/ideas/?{query}")

        assert answer.status_code in {200, 400}
        assert answer["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    "key", ["atlantis", "x" * 2000, "%F0%9F%98%80", "..", "18446744073709551616", "%ED%B2%80", "%FF"]
)
@pytest.mark.parametrize("name", LISTS)
def test_what_does_not_exist_is_not_found(sam, name, key):
    answer = sam.get(f"/api/v1/{name}/{key}/", headers={"accept-language": "en"})

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/json")
    assert answer.json() == {"detail": "There is nothing at this address, or nothing that everybody may read."}


def test_an_address_with_a_nul_is_refused_in_json(sam):
    answer = sam.get("/api/v1/partners/%00/")

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/json")
    assert set(answer.json()) == {"detail"}


def test_our_own_fault_is_said_in_json(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("participation.region.api.partners", lambda: 1 / 0)

    answer = client.get("/api/v1/partners/")

    assert (answer.status_code, answer["Content-Type"]) == (500, "application/json")
    assert answer["Access-Control-Allow-Origin"] == "*"


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


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "*/*", "nonsense"])
def test_the_answer_is_json_or_a_refusal(sam, accept):
    answer = sam.get("/api/v1/municipalities/", HTTP_ACCEPT=accept)

    assert answer.status_code in {200, 406}
    assert answer["Content-Type"] == "application/json"


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_however_long(sam, count, django_assert_num_queries):
    MunicipalityFactory.create_batch(count)

    with django_assert_num_queries(1):
        sam.get("/api/v1/municipalities/")


class TestKeeping:
    """An answer can be kept, and is asked for again only where it changed."""

    @pytest.mark.parametrize("address", ["/api/v1/", "/api/schema/", *(f"/api/v1/{name}/" for name in LISTS)])
    @pytest.mark.parametrize("method", ["get", "head"])
    def test_who_has_it_is_told_that_nothing_changed(self, sam, address, method):
        first = getattr(sam, method)(address)

        again = getattr(sam, method)(address, headers={"if-none-match": first["ETag"]})

        assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
        kept = ("ETag", "Cache-Control", "Vary", "Access-Control-Allow-Origin")
        assert [again[name] for name in kept] == [first[name] for name in kept]
        assert (first["Cache-Control"], first["Vary"]) == ("public, max-age=60", "Accept, Accept-Language")

    def test_what_changed_comes_anew(self, sam):
        first = sam.get("/api/v1/municipalities/")
        MunicipalityFactory()

        assert sam.get("/api/v1/municipalities/", headers={"if-none-match": first["ETag"]}).status_code == 200

    @pytest.mark.parametrize("address", ["/api/v1/ideas/?x=1", "/api/v1/partners/nichts/", "/api/v1/nichts/"])
    def test_a_refusal_is_not_kept(self, sam, address):
        answer = sam.get(address)

        assert (answer["Cache-Control"], answer.has_header("ETag")) == ("no-cache", False)

    def test_no_cookie_is_read_or_set(self, as_, mia, django_assert_num_queries):
        client = as_(mia)

        with django_assert_num_queries(1):
            answer = client.get("/api/v1/partners/")

        assert not answer.cookies


class TestOtherHosts:
    """Scripts on other websites may read, and only here."""

    def test_all_may_read(self, sam):
        answer = sam.get("/api/v1/ideas/", headers={"origin": "https://gemeinde.example"})

        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "ETag" in answer["Access-Control-Expose-Headers"]
        assert not answer.has_header("Access-Control-Allow-Credentials")

    def test_they_may_ask_whether_something_changed(self, sam):
        headers = {"origin": "https://gemeinde.example", "access-control-request-headers": "if-none-match"}

        answer = sam.options("/api/v1/ideas/", headers=headers)

        assert answer.status_code == 200
        assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
        assert "If-None-Match" in answer["Access-Control-Allow-Headers"]

    @pytest.mark.parametrize("address", ["/", "/api/", "/ideen/", "/konto/login/"])
    def test_pages_for_people_stay_closed(self, sam, address):
        assert not sam.get(address).has_header("Access-Control-Allow-Origin")


class TestLimits:
    """Who asks too often waits."""

    def test_one_address_may_ask_a_hundred_and_twenty_times_a_minute_another_one_goes_on(self, sam):
        answers = [sam.get("/api/v1/").status_code for _time in range(121)]

        assert answers == [200] * 120 + [429]
        assert sam.get("/api/v1/", HTTP_X_FORWARDED_FOR="203.0.113.9").status_code == 429
        assert sam.get("/api/v1/", REMOTE_ADDR="203.0.113.9").status_code == 200

    def test_the_refusal_says_when_to_go_on(self, sam):
        answer = [sam.get("/api/v1/", headers={"accept-language": "en"}) for _time in range(121)][-1]

        assert 1 <= int(answer["Retry-After"]) <= 60
        assert answer.json()["detail"].startswith("Too many questions at once. Please go on in ")

    def test_without_redis_the_limit_holds(self, sam, settings):
        away = {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:9/0"}
        settings.CACHES = {**settings.CACHES, "default": away}
        breaker.reset()

        answers = [sam.get("/api/v1/").status_code for _time in range(121)]

        breaker.reset()
        assert answers == [200] * 120 + [429]

    def test_behind_a_proxy_everybody_has_a_counter_of_their_own(self, sam, settings):
        settings.TRUSTED_PROXY_COUNT = 1
        answers = [sam.get("/api/v1/", HTTP_X_FORWARDED_FOR=f"10.0.0.{_time}, 203.0.113.9") for _time in range(121)]

        assert answers[-1].status_code == 429
        assert sam.get("/api/v1/", HTTP_X_FORWARDED_FOR="203.0.113.10").status_code == 200
