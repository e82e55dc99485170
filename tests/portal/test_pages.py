"""Pages that gather several slices, the choice of language, and the pages for what went wrong."""

import pytest
from django.conf import settings
from django.test import RequestFactory
from django.urls import reverse

from participation.actors.models import Actor
from portal import pages
from tests.factories import (
    ActorFactory,
    AllianceFactory,
    AppointmentFactory,
    FieldOfActionFactory,
    MunicipalityFactory,
    PartnerFactory,
)

ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}


@pytest.fixture
def english(sam):
    """Sam, reading English: the source's wordings can be looked for."""
    sam.defaults |= ENGLISH
    return sam


def words(answer):
    return " ".join(answer.content.decode().split())


@pytest.mark.django_db
def test_the_start_page_of_an_empty_portal_stands(english):
    page = words(english.get("/"))

    assert f'href="{reverse("account_signup")}"' in page
    assert "The alliance enters its municipalities here." in page
    assert page.count("<h1") == 1


@pytest.mark.django_db
def test_the_start_page_counts_what_there_is_now(english):
    AllianceFactory(name="Allianz am See", slogan="Wir packen an.")
    town = MunicipalityFactory(name="Seeort")
    MunicipalityFactory(name="Bergort")
    FieldOfActionFactory(name="Mobilität")
    FieldOfActionFactory(name="Ausgedientes", active=False)
    PartnerFactory(name="Naturpark")
    PartnerFactory(name="Verborgener", active=False)
    ActorFactory(skills="Backen", visible_to="public")
    ActorFactory(skills="Singen", visible_to="office")

    page = words(english.get("/"))

    for part in (
        "Wir packen an.",
        "Two municipalities",
        "Mobilität",
        "Naturpark",
        "Who can offer what",
        town.get_absolute_url(),
    ):
        assert part in page
    for part in ("Ausgedientes", "Verborgener", "One more municipality"):
        assert part not in page


@pytest.mark.django_db
def test_empty_places_are_shown_and_nothing_is_invented(english, as_, mia):
    AllianceFactory(expected_municipalities=3)
    MunicipalityFactory()

    for path in ("/", "/allianz/"):
        assert words(english.get(path)).count("One more municipality – the alliance enters it") == 2
        assert reverse("add_municipality") not in words(english.get(path))
        assert reverse("add_municipality") in words(as_(mia).get(path))


@pytest.mark.django_db
def test_for_who_is_signed_in_the_button_leads_to_their_page(as_, ada):
    page = words(as_(ada).get("/"))

    assert f'btn--big" href="{reverse("my_page")}"' in page


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_the_start_page_costs_the_same_however_much_there_is(sam, count, django_assert_num_queries):
    AllianceFactory()
    for factory in (MunicipalityFactory, FieldOfActionFactory, PartnerFactory):
        factory.create_batch(count)

    with django_assert_num_queries(10):
        sam.get("/")


@pytest.mark.django_db
def test_the_alliance_shows_who_sits_in_the_steering_group_today(english):
    AllianceFactory(thanks="Dank an die Früheren", network="Wir sind vernetzt", management_label="Umsetzungsbegleitung")
    town = MunicipalityFactory(name="Seeort")
    MunicipalityFactory(name="Bergort")
    AppointmentFactory(actor=ActorFactory(display_name="Die Bürgermeisterin"), post="mayor", municipality=town)
    AppointmentFactory(actor=ActorFactory(display_name="Die Allianzmanagerin"), post="manager")
    AppointmentFactory(actor=ActorFactory(display_name="Der Praktikant"), post="intern")
    former = AppointmentFactory(actor=ActorFactory(display_name="Der Vorgänger"), post="mayor", municipality=town)
    former.until = former.since
    former.save()

    page = words(english.get("/allianz/"))

    for part in (
        "Seeort",
        "Die Bürgermeisterin",
        "Die Allianzmanagerin",
        "Umsetzungsbegleitung",
        "Dank an die Früheren",
        "vernetzt",
    ):
        assert part in page
    for part in ("Der Vorgänger", "Der Praktikant"):
        assert part not in page
    assert page.count("not yet entered") == 3  # Bergort's mayor, ALE, spokesperson


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_the_alliance_costs_the_same_however_many_seats(sam, count, django_assert_num_queries):
    AllianceFactory()
    AppointmentFactory.create_batch(count, post="mayor")

    with django_assert_num_queries(4):
        sam.get("/allianz/")


@pytest.mark.django_db
def test_a_municipality_tells_its_facts(english):
    town = MunicipalityFactory(
        name="Seeort", slug="seeort", postcodes="97999", population=4338, website="https://www.seeort.example/rathaus"
    )  # fmt: skip
    AppointmentFactory(actor=ActorFactory(display_name="Die Bürgermeisterin"), post="mayor", municipality=town)
    ActorFactory(skills="Backen", visible_to="public", municipality=town)

    page = words(english.get("/gemeinde/seeort/"))

    for part in (
        "Seeort",
        "97999",
        "4,338",
        "Die Bürgermeisterin",
        "seeort.example</a>",
        "?gemeinde=seeort",
        "not the town hall",
    ):
        assert part in page


@pytest.mark.django_db
def test_an_unknown_municipality_is_not_found(sam):
    assert sam.get("/gemeinde/atlantis/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/allianz/"])
def test_gathering_pages_are_only_read(sam, path):
    assert sam.post(path).status_code == 405


@pytest.mark.django_db
def test_a_stranger_chooses_a_language_and_keeps_it(sam):
    answer = sam.post("/sprache/", {"language": "en", "next": "/allianz/"})

    assert answer["Location"] == "/allianz/"
    assert sam.get("/allianz/")["Content-Language"] == "en"
    assert set(sam.cookies) <= {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}


@pytest.mark.django_db
def test_the_choice_of_an_actor_stays_with_the_account(as_, ada):
    as_(ada).post("/sprache/", {"language": "en"})

    assert Actor.objects.get(pk=ada.pk).language == "en"


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["", "fr", "xx" * 100, "\x00", "de\r\nSet-Cookie: x"])
def test_a_language_we_do_not_speak_changes_nothing(as_, ada, language):
    client = as_(ada)

    assert client.post("/sprache/", {"language": language}).status_code == 302
    assert Actor.objects.get(pk=ada.pk).language == "de"
    assert client.get("/")["Content-Language"] == "de"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "\t//evil.example",
        "evil",
        "",
    ],
)
def test_the_choice_never_leads_to_a_foreign_host(sam, address):
    assert sam.post("/sprache/", {"language": "en", "next": address})["Location"] == "/"


@pytest.mark.django_db
def test_a_language_is_not_chosen_by_a_link(sam):
    assert sam.get("/sprache/?language=en").status_code == 405


@pytest.mark.django_db
def test_what_does_not_exist_is_said_kindly(english):
    answer = english.get("/gibt/es/nicht/")

    assert answer.status_code == 404
    assert "This page does not exist" in words(answer)


@pytest.mark.parametrize("path", ["/?x=%00", "/%00", "/allianz/?seite=%00"])
def test_nul_in_an_address_gets_a_plain_page(sam, path):
    answer = sam.get(path)

    assert answer.status_code == 400
    assert "<h1" in words(answer)


@pytest.mark.django_db
def test_broken_utf8_in_a_path_is_not_found(sam):
    assert sam.get("/gemeinde/%ff%fe/").status_code == 404


@pytest.mark.django_db
def test_two_thousand_fields_get_a_plain_page(sam):
    answer = sam.post("/sprache/", {f"field{number}": "x" for number in range(2000)})

    assert answer.status_code == 400
    assert "<h1" in words(answer)


@pytest.mark.parametrize(
    ("handler", "status"),
    [
        (lambda request: pages.bad_request(request, None), 400),
        (pages.server_error, 500),
    ],
)
def test_the_last_pages_ask_no_database(handler, status):
    """No mark django_db: a query would raise."""
    answer = handler(RequestFactory().get("/"))

    assert answer.status_code == status
    assert "<h1" in words(answer)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("handler", "status"),
    [
        (lambda request: pages.forbidden(request, None), 403),
        (lambda request: pages.not_found(request, None), 404),
        (pages.too_many_requests, 429),
    ],
)
def test_the_other_pages_stand_for_strangers(handler, status, sam):
    request = sam.get("/").wsgi_request

    assert handler(request).status_code == status


@pytest.mark.django_db
def test_links_of_pages_never_take_the_hosts_word(english):
    answer = english.get("/", HTTP_HOST="evil.example")

    assert answer.status_code == 400
    assert "evil.example" not in words(answer)
