"""The office's pages where the alliance manager edits the region."""

import pytest
from django.urls import reverse

from participation.region.models import Alliance, FieldOfAction, Municipality, Partner
from participation.region.queries import the_alliance
from tests.factories import AllianceFactory, FieldOfActionFactory, MunicipalityFactory, PartnerFactory
from tests.participation.region.test_operations import everything

pytestmark = pytest.mark.django_db

TOWN = {
    "version": "1", "name": "Mömbris", "ags": "09671143", "postcodes": "63776", "latitude": "50,0692",
    "longitude": "9.1658", "population": "11564", "address": "Schimborner Straße 6",
    "website": "moembris.example", "about": "",
}  # fmt: skip
FIELD = {"version": "1", "name": "Mobilität", "summary": "Ohne Auto ans Ziel", "icon": "bus", "active": "on"}
PARTNER = {"version": "1", "name": "Naturpark", "together": "Wege", "website": "https://park.example/", "active": "on"}
PROFILE = {
    "version": "1", "name": "Allianz", "short_name": "A", "slogan": "", "district": "", "expected_municipalities": "10",
    "management_label": "Umsetzungsbegleitung", "office_label": "Büro", "office_address": "Weg 1\r\n97999 Ort",
    "email": "buero@allianz.example", "phone": "", "opening_hours": "", "about": "", "network": "", "thanks": "",
    "accent": "#1F5C3D", "holiday_set": "BY", "closing_days": "24.12. 31.12", "answer_days": 10, "responsible_body": "",
    "represented_by": "", "supervisory_authority": "", "data_protection_contact": "",
}  # fmt: skip

PAGES = [
    "edit_alliance", "edit_logo", "office_municipalities", "add_municipality", "edit_municipality",
    "remove_municipality", "office_fields", "add_field", "edit_field", "office_partners", "add_partner",
    "edit_partner", "remove_partner", "office_texts", "edit_text",
]  # fmt: skip


@pytest.fixture
def world():
    return {
        "alliance": AllianceFactory(),
        "municipality": MunicipalityFactory(),
        "field": FieldOfActionFactory(),
        "partner": PartnerFactory(),
    }


def address(name, world):
    if name == "edit_text":
        return reverse(name, args=["terms"])
    thing = name.rpartition("_")[2]
    needs_key = name.startswith(("edit_", "remove_")) and thing in {"municipality", "field", "partner"}
    return reverse(name, args=[world[thing].pk] if needs_key else [])


@pytest.mark.parametrize("name", PAGES)
def test_the_manager_opens_every_page(as_, mia, world, name):
    page = as_(mia).get(address(name, world))

    assert page.status_code == 200
    assert page.content.decode().count("<h1") == 1


@pytest.mark.parametrize("name", PAGES)
def test_sam_the_stranger_is_asked_to_sign_in_and_changes_nothing(sam, world, name):
    before = everything()

    for answer in (sam.get(address(name, world)), sam.post(address(name, world), {"name": "x"})):
        assert answer.status_code in {302, 405}
        assert answer.status_code == 405 or answer["Location"].startswith("/konto/login/?next=/geschaeftsstelle/")
    assert everything() == before


@pytest.mark.parametrize("name", PAGES)
def test_for_people_without_the_post_the_page_does_not_exist(as_, ada, max, ivo, eva, root, fritz, world, name):
    before = everything()

    for person in (ada, max, ivo, eva, root, fritz):
        client = as_(person)
        assert client.get(address(name, world)).status_code == 404
        assert client.post(address(name, world), {"name": "x"}).status_code in {404, 405}
    assert everything() == before


def test_the_profile_is_saved_clean(as_, mia, world):
    answer = as_(mia).post(reverse("edit_alliance"), PROFILE)

    alliance = the_alliance()
    assert answer["Location"] == reverse("edit_alliance")
    assert (alliance.accent, alliance.closing_days) == ("#1f5c3d", "24.12., 31.12.")
    assert (alliance.office_address, alliance.expected_municipalities) == ("Weg 1\n97999 Ort", 10)


def test_an_unreadable_accent_is_refused_at_its_field_and_the_rest_is_kept(as_, mia, world):
    before = everything()

    page = (
        as_(mia).post(reverse("edit_alliance"), PROFILE | {"accent": "#ffff00", "name": "Noch nicht"}).content.decode()
    )

    assert "#707000" in page
    assert 'href="#id_accent"' in page
    assert 'value="Noch nicht"' in page
    assert everything() == before


@pytest.mark.parametrize("days", ["31.2.", "24.13.", "morgen", "0.1.", "24.12.2026", "<b>"])
def test_a_closing_day_that_no_year_has_is_refused(as_, mia, world, days):
    before = everything()

    assert as_(mia).post(reverse("edit_alliance"), PROFILE | {"closing_days": days}).status_code == 200
    assert everything() == before


def test_a_municipality_is_entered_and_found(as_, mia, sam):
    answer = as_(mia).post(reverse("add_municipality"), TOWN)

    town = Municipality.objects.get()
    assert answer["Location"] == reverse("office_municipalities")
    assert (town.slug, town.latitude, town.website) == ("moembris", 50.0692, "https://moembris.example")
    assert sam.get("/gemeinde/moembris/").status_code == 200


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("63776", "63776"), ("63776,63825", "63776, 63825"), (" 63776 ; 63825\r\n63826 ", "63776, 63825, 63826")],
)
def test_postcodes_may_be_separated_as_people_do(as_, mia, typed, stored):
    as_(mia).post(reverse("add_municipality"), TOWN | {"postcodes": typed})

    assert Municipality.objects.get().postcodes == stored


BAD_TOWNS = [
    {"name": ""}, {"name": "   "}, {"name": "x" * 81}, {"name": "\x00\u202e"},
    {"ags": "123"}, {"ags": "0967114٣"}, {"ags": "<script>"}, {"ags": "09671143\nBcc: x"},
    {"postcodes": "6377"}, {"postcodes": "x" * 10_000}, {"postcodes": ""},
    {"latitude": "91"}, {"latitude": "nan"}, {"latitude": "inf"}, {"latitude": "1e400"}, {"latitude": "Nord"},
    {"longitude": "-181"}, {"longitude": ""},
    {"population": "-1"}, {"population": "18446744073709551616"}, {"population": "viele"},
    {"website": "javascript:alert(1)"}, {"website": "ftp://x.example"}, {"website": "https://"}, {"website": "x" * 300},
    {"about": "x" * 2001}, {"version": "x"}, {"version": "18446744073709551616"},
]  # fmt: skip


@pytest.mark.parametrize("bad", BAD_TOWNS, ids=str)
def test_bad_input_is_said_kept_and_changes_nothing(as_, mia, bad):
    before = everything()

    page = as_(mia).post(reverse("add_municipality"), TOWN | bad)

    assert page.status_code == 200
    assert 'role="alert"' in page.content.decode()
    assert "Schimborner Straße 6" in page.content.decode()
    assert everything() == before


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Möm\x00bris", "Mömbris"),
        ("Mömbris\r\nBcc: alle@evil.example", "Mömbris Bcc: alle@evil.example"),
        ("\u202eMömbris\u2066", "Mömbris"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("Mömbris 😀 שלום", "Mömbris 😀 שלום"),
    ],
)
def test_strange_signs_are_cleaned_or_shown_as_they_are(as_, mia, sam, typed, stored):
    as_(mia).post(reverse("add_municipality"), TOWN | {"name": typed})

    town = Municipality.objects.get()
    assert town.name == stored
    assert "<script>alert(1)" not in sam.get(town.get_absolute_url()).content.decode()


def test_repeated_parameters_count_once(as_, mia):
    as_(mia).post(reverse("add_municipality"), TOWN | {"name": ["Eins", "Zwei"], "postcodes": ["1", "63776"]})

    assert Municipality.objects.get().name == "Zwei"


def test_a_double_click_enters_one_municipality(as_, mia):
    client = as_(mia)

    client.post(reverse("add_municipality"), TOWN)
    again = client.post(reverse("add_municipality"), TOWN)

    assert again.status_code == 200
    assert Municipality.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "data", "model"),
    [
        ("edit_municipality", TOWN, Municipality),
        ("edit_field", FIELD, FieldOfAction),
        ("edit_partner", PARTNER, Partner),
    ],
)
def test_a_second_click_on_save_is_no_conflict(as_, mia, world, name, data, model):
    client = as_(mia)

    answers = [client.post(address(name, world), data) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert model.objects.get().version == 2


def test_who_was_slower_sees_the_difference_keeps_the_text_and_can_save_again(as_, mia, world):
    client = as_(mia)
    Municipality.objects.update(name="Von jemand anderem", version=2)

    page = client.post(address("edit_municipality", world), TOWN)
    text = page.content.decode()

    assert Municipality.objects.get().name == "Von jemand anderem"
    assert "<dd>Von jemand anderem</dd>" in text
    assert 'value="Mömbris"' in text
    assert 'name="version" value="2"' in text

    client.post(address("edit_municipality", world), TOWN | {"version": "2"})
    assert Municipality.objects.get().name == "Mömbris"


def test_a_name_that_is_taken_is_said(as_, mia, world):
    PartnerFactory(name="Naturpark")
    before = everything()

    page = as_(mia).post(address("edit_partner", world), PARTNER)

    assert page.status_code == 200
    assert everything() == before


@pytest.mark.parametrize(
    "name", ["edit_municipality", "remove_municipality", "edit_field", "edit_partner", "remove_partner"]
)
@pytest.mark.parametrize("key", [0, 999, 2**63, 2**70])
def test_what_does_not_exist_is_not_found(as_, mia, name, key):
    assert as_(mia).get(reverse(name, args=[key])).status_code == 404


def test_removing_asks_first(as_, mia, world):
    client = as_(mia)

    client.get(address("remove_municipality", world))
    assert Municipality.objects.exists()

    client.post(address("remove_municipality", world))
    assert not Municipality.objects.exists()


def test_a_partner_goes_and_takes_its_page_along(as_, mia, sam, world):
    as_(mia).post(address("remove_partner", world))

    assert sam.get(world["partner"].get_absolute_url()).status_code == 404


def test_fields_move_by_post(as_, mia):
    first, second = FieldOfActionFactory(position=1), FieldOfActionFactory(position=2)

    as_(mia).post(reverse("office_fields"), {"field": second.pk, "to": "up"})

    assert list(FieldOfAction.objects.order_by("position")) == [second, first]


@pytest.mark.parametrize("key", ["", "x", "-1", "18446744073709551616", "9" * 400, "٣", "\x00"])
def test_moving_what_is_no_field_is_not_found(as_, mia, world, key):
    before = everything()

    assert as_(mia).post(reverse("office_fields"), {"field": key, "to": "up"}).status_code == 404
    assert everything() == before


def test_a_field_is_entered_and_retired(as_, mia):
    client = as_(mia)
    client.post(reverse("add_field"), FIELD)

    field = FieldOfAction.objects.get()
    client.post(reverse("edit_field", args=[field.pk]), {**FIELD, "active": ""})

    field.refresh_from_db()
    assert (field.slug, field.active) == ("mobilitaet", False)


def test_an_unknown_drawing_is_refused(as_, mia):
    assert as_(mia).post(reverse("add_field"), FIELD | {"icon": "bomb"}).status_code == 200
    assert not FieldOfAction.objects.exists()


def test_a_form_whose_session_ended_keeps_what_was_typed(as_, mia, sam, world):
    client = as_(mia)
    page = client.get(address("edit_partner", world)).content.decode()
    mark = page.partition('name="mark" value="')[2].partition('"')[0]
    client.logout()

    client.post(address("edit_partner", world), {**PARTNER, "together": "Lange geschrieben", "mark": mark})

    assert Partner.objects.get().together != "Lange geschrieben"
    assert "Lange geschrieben" in as_(mia).get(address("edit_partner", world)).content.decode()


LISTS = {
    "office_municipalities": MunicipalityFactory,
    "office_fields": FieldOfActionFactory,
    "office_partners": PartnerFactory,
}


@pytest.mark.parametrize("name", LISTS)
def test_lists_cost_the_same_however_long(as_, mia, name, django_assert_max_num_queries):
    AllianceFactory()
    client = as_(mia)
    client.get(reverse(name))
    seen = []
    for _time in range(2):
        LISTS[name].create_batch(2)
        with django_assert_max_num_queries(40) as queries:
            client.get(reverse(name))
        seen.append(len(queries))

    assert seen[0] == seen[1]


def test_the_alliance_is_asked_once_a_request(as_, mia, world, django_assert_max_num_queries):
    with django_assert_max_num_queries(40) as queries:
        as_(mia).get(reverse("office_municipalities"))

    assert sum('FROM "participation_alliance"' in query["sql"] for query in queries) == 1
    assert Alliance.objects.count() == 1
