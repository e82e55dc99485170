"""Partners, colours and logo, as everybody sees them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from participation.region.operations import change_alliance, set_logo
from participation.region.queries import the_alliance
from tests.factories import AllianceFactory, PartnerFactory
from tests.participation.region.test_pictures import drawn

pytestmark = pytest.mark.django_db


def test_partners_are_listed_and_have_a_page(sam):
    AllianceFactory()
    partner = PartnerFactory(name="Naturpark", slug="naturpark", website="https://www.naturpark.example/x")

    assert partner.name in sam.get("/partner/").content.decode()
    page = sam.get("/partner/naturpark/").content.decode()
    assert "Gemeinsam öffnen wir Höfe." in page
    assert 'href="https://www.naturpark.example/x" rel="noopener noreferrer"' in page
    assert "naturpark.example</span>" in page


def test_hidden_partners_do_not_exist(sam):
    hidden = PartnerFactory(active=False)

    assert hidden.name not in sam.get("/partner/").content.decode()
    assert sam.get(hidden.get_absolute_url()).status_code == 404


def test_an_empty_list_says_what_comes(sam):
    assert "No partners yet" in sam.get("/partner/", HTTP_ACCEPT_LANGUAGE="en").content.decode()


@pytest.mark.parametrize("page", ["18446744073709551616", "-1", "x", "0", "999", "1&seite=2", "%F0%9F%98%80"])
def test_a_broken_page_number_is_no_trouble(sam, page):
    PartnerFactory()

    assert sam.get(f"/partner/?seite={page}").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_partners_cost_the_same_however_many(sam, count, django_assert_num_queries):
    PartnerFactory.create_batch(count)

    with django_assert_num_queries(4):
        sam.get("/partner/")


def test_markup_of_an_entry_is_shown_as_text(sam):
    partner = PartnerFactory(name="<script>x</script>", together="<b>fett</b>")

    page = sam.get(partner.get_absolute_url()).content.decode()

    assert "<script>x" not in page
    assert "&lt;b&gt;fett&lt;/b&gt;" in page


def test_the_colours_may_be_kept_for_ever_under_their_address(sam):
    alliance = AllianceFactory(accent="#004494")

    answer = sam.get(reverse("accent", args=[alliance.accent_digest]))

    assert answer["Content-Type"] == "text/css"
    assert "immutable" in answer["Cache-Control"]
    assert "--accent-light: #004494;" in answer.content.decode()


def test_an_old_address_of_the_colours_leads_to_the_present_ones(sam, mia):
    old = AllianceFactory().accent_digest
    change_alliance(by=mia, accent="#004494")

    answer = sam.get(f"/farben-{old}.css")

    assert answer.status_code == 302
    assert answer["Location"] == f"/farben-{the_alliance().accent_digest}.css"


@pytest.mark.parametrize("digest", ["x", "ÄÖ", "../x", "f" * 65, ""])
def test_what_is_no_address_of_colours_does_not_exist(sam, digest):
    assert sam.get(f"/farben-{digest}.css").status_code == 404


def test_every_page_links_the_present_colours(sam):
    alliance = AllianceFactory(accent="#004494")

    assert f"/farben-{alliance.accent_digest}.css" in sam.get("/partner/").content.decode()


def test_the_logo_is_served_as_a_picture_and_nothing_else(sam, mia, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    alliance = set_logo(SimpleUploadedFile("x.png", drawn()), alt="Hügel", by=mia)

    answer = sam.get(alliance.logo_url)

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in answer["Cache-Control"]
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
    assert f'src="{alliance.logo_url}" alt="Hügel"' in sam.get("/partner/").content.decode()


def test_other_files_are_never_served(sam, mia, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "logo").mkdir()
    (tmp_path / "logo" / "fremd.png").write_bytes(b"x")
    (tmp_path / "secret").write_bytes(b"x")

    for name in ["fremd.png", "..%2fsecret", "%2e%2e/secret", "x"]:
        assert sam.get(f"/logo/{name}").status_code == 404


def test_a_logo_whose_file_is_lost_does_not_exist(sam, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    alliance = AllianceFactory(logo="weg.png")

    assert sam.get(alliance.logo_url).status_code == 404


@pytest.mark.parametrize("path", ["/partner/", "/impressum/", "/datenschutz/", "/farben-abc.css", "/logo/x.png"])
def test_public_pages_are_only_read(sam, path):
    assert sam.post(path).status_code == 405
