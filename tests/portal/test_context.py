"""The frame of every page."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from participation.accessibility.queries import RECEIPT
from portal.context import frame
from tests.factories import AllianceFactory, BarrierReportFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db
OFFICE = "/geschaeftsstelle/"
OUTBOX = "/geschaeftsstelle/postausgang/"


def asked_by(person, path="/"):
    request = RequestFactory().get(path)
    request.user = person
    return request


def urls(items):
    return [item.url for item in items]


def test_nothing_is_asked_before_a_template_asks(django_assert_num_queries, ada):
    with django_assert_num_queries(0):
        frame(asked_by(ada))


def test_the_frame_knows_the_alliance_and_its_municipalities():
    AllianceFactory(name="Allianz am See")
    town = MunicipalityFactory()

    context = frame(asked_by(AnonymousUser()))

    assert context["alliance"].name == "Allianz am See"
    assert list(context["alliance_municipalities"]) == [town]


def test_before_anybody_filled_it_in_there_is_an_alliance_too():
    assert frame(asked_by(AnonymousUser()))["alliance"].accent_digest


@pytest.mark.parametrize(
    "path", ["/konto/confirm-email/a-key/", "/konto/password/reset/key/1-a-key/", "/barriere-melden/eingang/{}/"]
)
def test_an_address_that_works_as_a_key_is_not_passed_on(sam, path):
    page = sam.get(path.format(RECEIPT.sign(BarrierReportFactory().pk)))

    assert page.status_code == 200
    assert re.findall(r'href="/barriere-melden/([^"]*)"', page.content.decode()) == [""] * 2


def test_the_form_for_barriers_learns_which_page_one_came_from(sam):
    assert "/barriere-melden/?seite=%2Fpartner%2F" in sam.get("/partner/").content.decode()


@pytest.mark.parametrize("name", ["max", "mia", "ivo"])
def test_the_office_stands_in_the_menu_of_those_who_work_there(name, request):
    assert OFFICE in urls(frame(asked_by(request.getfixturevalue(name)))["navigation"])


@pytest.mark.parametrize("name", ["ada", "eva", "otto", "ale", "root", "fritz"])
def test_the_office_does_not_stand_in_the_menu_of_others(name, request):
    context = frame(asked_by(request.getfixturevalue(name)))

    assert OFFICE not in urls(context["navigation"])
    assert [item.url for item in context["desk_navigation"]] == ([OUTBOX] if name == "root" else [])
    assert (OUTBOX in urls(context["navigation"])) == (name == "root")
    assert not context["may_enter_office"]
    assert not context["may_edit_region"]


def test_each_post_sees_the_pages_it_may_open(mia, max, ivo):
    seen = {person.display_name: urls(frame(asked_by(person))["desk_navigation"]) for person in (mia, max, ivo)}

    assert seen["Ivo"] == [
        OFFICE, f"{OFFICE}ideen/", f"{OFFICE}arbeitsgruppen/", f"{OFFICE}ergebnisse/", f"{OFFICE}newsletter/",
        f"{OFFICE}barrieren/", f"{OFFICE}textbausteine/",
    ]  # fmt: skip
    assert seen["Max"] == [
        OFFICE, f"{OFFICE}ideen/", f"{OFFICE}arbeitsgruppen/", f"{OFFICE}ergebnisse/", f"{OFFICE}newsletter/",
        f"{OFFICE}meldungen/", f"{OFFICE}barrieren/", f"{OFFICE}textbausteine/", f"{OFFICE}briefe/",
        f"{OFFICE}akteure/",
    ]  # fmt: skip
    assert seen["Mia"][10:] == [
        f"{OFFICE}{page}/"
        for page in ("aemter", "allianz", "gemeinden", "handlungsfelder", "partner", "texte", "postausgang")
    ]


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/geschaeftsstelle/", [OFFICE]),
        ("/geschaeftsstelle/gemeinden/7/", [f"{OFFICE}gemeinden/"]),
        ("/partner/naturpark/", []),
    ],
)
def test_only_the_page_one_is_on_is_marked(mia, path, current):
    items = frame(asked_by(mia, path))["desk_navigation"]

    assert [item.url for item in items if item.current] == current


def test_a_right_is_asked_once_a_request(mia, django_assert_num_queries):
    context = frame(asked_by(mia))
    list(context["desk_navigation"])

    with django_assert_num_queries(0):
        list(context["navigation"])
        assert context["may_edit_region"]
