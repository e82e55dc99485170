"""The office's pages for the logo and for the legal texts."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from participation.region.models import LegalText
from participation.region.queries import legal_text, the_alliance
from tests.factories import AllianceFactory, LegalTextFactory
from tests.participation.region.test_operations import everything
from tests.participation.region.test_pictures import drawn

pytestmark = pytest.mark.django_db
EDIT = "/geschaeftsstelle/texte/terms/"
TEXT = {"version": "0", "text": "## Neu\n\nText", "text_en": "## New"}


@pytest.fixture(autouse=True)
def _alliance(db):
    AllianceFactory()


def test_a_logo_is_uploaded_and_removed(as_, mia, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client = as_(mia)

    client.post(reverse("edit_logo"), {"logo": SimpleUploadedFile("x.svg", drawn()), "alt": "Hügel"})
    assert the_alliance().logo_alt == "Hügel"

    client.post(reverse("edit_logo"), {"remove": "1"})
    assert the_alliance().logo == ""


@pytest.mark.parametrize(
    ("file", "alt"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Hügel"),
        (b"<!doctype html>", "Hügel"),
        (b"", "Hügel"),
        (b"x" * (2 * 1024 * 1024 + 1), "Hügel"),
        (drawn(), ""),
        (drawn(), "x" * 121),
    ],
    ids=["svg", "html", "empty", "large", "no words", "many words"],
)
def test_a_logo_that_does_not_fit_is_refused_with_a_word(as_, mia, settings, tmp_path, file, alt):
    settings.MEDIA_ROOT = tmp_path
    before = everything()

    page = as_(mia).post(reverse("edit_logo"), {"logo": SimpleUploadedFile("logo.png", file, "image/png"), "alt": alt})

    assert page.status_code == 200
    assert 'role="alert"' in page.content.decode()
    assert everything() == before
    assert not (tmp_path / "logo").exists()


def test_a_form_without_a_file_is_refused(as_, mia):
    page = as_(mia).post(reverse("edit_logo"), {"alt": "Hügel"})

    assert 'href="#id_logo"' in page.content.decode()


def test_a_text_is_previewed_without_being_published(as_, mia):
    LegalTextFactory(kind="terms", version=1, text="Bleibt\nGeht")

    page = as_(mia).post(EDIT, {"version": "1", "text": "Bleibt\nKommt", "text_en": "", "preview": "1"})
    text = page.content.decode()

    assert "Geht</del>" in text
    assert "Kommt</ins>" in text
    assert LegalText.objects.count() == 1


def test_a_preview_shows_no_script(as_, mia):
    page = as_(mia).post(
        EDIT,
        {"version": "0", "text": "<script>alert(1)</script>", "text_en": "", "preview": "1"},
    )

    assert "<script>alert" not in page.content.decode()


def test_a_text_is_published_as_the_next_version(as_, mia, sam):
    as_(mia).post(EDIT, TEXT)

    assert legal_text("terms").version == 1
    assert "<h2>Neu</h2>" in sam.get("/nutzungsbedingungen/").content.decode()


def test_a_text_that_somebody_else_published_meanwhile_is_kept(as_, mia):
    LegalTextFactory(kind="terms", version=1, text="Alt")
    LegalTextFactory(kind="terms", version=2, text="Von jemand anderem")
    client = as_(mia)

    page = client.post(EDIT, TEXT | {"version": "1"})

    assert legal_text("terms").version == 2
    assert "## Neu" in page.content.decode()
    assert 'name="version" value="2"' in page.content.decode()

    client.post(EDIT, TEXT | {"version": "2"})
    assert legal_text("terms").version == 3


@pytest.mark.parametrize(
    "bad", [{"text": ""}, {"text": " \x00 "}, {"text": "x" * 40_001}, {"text_en": "x" * 40_001}, {"version": "x"}]
)
def test_a_text_that_does_not_fit_is_refused(as_, mia, bad):
    assert as_(mia).post(EDIT, TEXT | bad).status_code == 200
    assert not LegalText.objects.exists()


@pytest.mark.parametrize("kind", ["unknown", "Terms", "x" * 300])
def test_an_unknown_text_is_not_found(as_, mia, kind):
    assert as_(mia).get(f"/geschaeftsstelle/texte/{kind}/").status_code == 404
