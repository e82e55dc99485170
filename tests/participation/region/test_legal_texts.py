"""The texts the law asks for: delivered wordings, versions, pages."""

import pytest
from django.urls import reverse
from django.utils import translation

from participation.core.errors import Outdated
from participation.events.kinds import Kind
from participation.events.models import Event
from participation.region import legal
from participation.region.models import LegalText
from participation.region.operations import change_alliance, ensure_first_texts, publish_text
from participation.region.queries import legal_text
from tests.factories import AllianceFactory, LegalTextFactory

pytestmark = pytest.mark.django_db
KINDS = list(LegalText.Kind)
TERMS = LegalText.Kind.TERMS


@pytest.mark.parametrize("kind", KINDS)
def test_before_the_first_version_the_page_names_the_office(sam, kind):
    AllianceFactory(phone="06024 12345")

    page = sam.get(reverse(kind))

    assert page.status_code == 200
    assert "06024 12345" in page.content.decode()


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_delivered_wordings_are_whole(kind, language):
    text = legal.first_wording(kind, language)

    known = {name for name, _label in legal.markers()}
    assert {f"{{{name}}}" for name in legal._MARKER.findall(text)} <= known
    assert text.count("## ") >= 5
    assert "lorem" not in text.lower()


def test_a_fresh_portal_gets_all_four_texts_once():
    ensure_first_texts()
    ensure_first_texts()

    assert sorted(LegalText.objects.values_list("kind", "version")) == sorted((kind, 1) for kind in KINDS)
    assert Event.objects.filter(kind=Kind.LEGAL_TEXT_PUBLISHED).count() == 4


def test_a_text_that_was_published_before_is_not_touched(mia):
    publish_text(TERMS, "Unsere eigenen", by=mia)

    ensure_first_texts()

    assert legal_text(TERMS).text == "Unsere eigenen"


def test_markers_are_filled_from_the_profile_when_the_text_is_published(mia):
    AllianceFactory(responsible_body="Markt *Beispiel*\nMarktplatz 1", email="buero@allianz.example")

    text = publish_text(TERMS, "Wir sind {responsible_body}, {email}, {vertreten} ab {minimum_age}.", by=mia)

    assert "Markt *Beispiel*<br>\nMarktplatz 1" in text.html
    assert '<a href="mailto:buero@allianz.example"' in text.html
    assert "{vertreten} ab 16" in text.html


def test_what_the_profile_lacks_is_said_in_the_text_in_its_language(mia):
    AllianceFactory()

    text = publish_text(TERMS, "{responsible_body}", text_en="{responsible_body}", by=mia)

    with translation.override("en"):
        lacking = [str(label) for label in legal.missing(text.text, AllianceFactory.build())]
    assert text.html_en == "<p><strong>[to be entered by the alliance: responsible body]</strong></p>\n"
    assert lacking == ["responsible body"]


def test_publishing_again_after_the_profile_changed_makes_a_version(mia):
    AllianceFactory()
    publish_text(TERMS, "Post an {email}", by=mia)
    publish_text(TERMS, "Post an {email}", by=mia)
    change_alliance(by=mia, email="neu@allianz.example")

    publish_text(TERMS, "Post an {email}", by=mia)

    assert list(LegalText.objects.order_by("version").values_list("version", flat=True)) == [1, 2]
    assert "neu@allianz.example" in legal_text(TERMS).html


def test_a_new_wording_is_a_new_version_and_the_old_one_stays(mia):
    publish_text(TERMS, "Alt", by=mia)
    publish_text(TERMS, "Neu", by=mia, seen=1)

    assert list(LegalText.objects.order_by("version").values_list("version", "text")) == [(1, "Alt"), (2, "Neu")]
    assert Event.objects.latest("pk").facts == {"text": "terms", "version": 2}


def test_a_wording_that_started_from_an_old_version_is_refused(mia):
    publish_text(TERMS, "Alt", by=mia)
    publish_text(TERMS, "Neu", by=mia, seen=1)
    before = list(LegalText.objects.values())

    with pytest.raises(Outdated):
        publish_text(TERMS, "Auch neu", by=mia, seen=1)

    assert list(LegalText.objects.values()) == before


def test_the_page_shows_version_and_date_and_links_the_earlier_ones(sam, mia):
    publish_text(TERMS, "Alte Fassung", by=mia)
    publish_text(TERMS, "Neue Fassung", by=mia)

    page = sam.get("/nutzungsbedingungen/").content.decode()
    earlier = sam.get("/nutzungsbedingungen/?version=1").content.decode()

    assert "Neue Fassung" in page
    assert "Alte Fassung" not in page
    assert "?version=1" in page
    assert "Alte Fassung" in earlier


@pytest.mark.parametrize(
    "nonsense", ["0", "-1", "9", "x", "1e3", "18446744073709551616", "", "1&version=x", "٣", "%F0%9F%98%80"]
)
def test_a_broken_version_means_the_one_in_force(sam, nonsense):
    LegalTextFactory(kind=TERMS, version=1, text="Alte Fassung")
    LegalTextFactory(kind=TERMS, version=2, text="Neue Fassung")

    page = sam.get(f"/nutzungsbedingungen/?version={nonsense}")

    assert page.status_code == 200
    assert "Neue Fassung" in page.content.decode()


def test_readers_of_english_see_the_rendering_where_there_is_one(sam):
    LegalTextFactory(kind="privacy", version=1, html="<p>Deutsch</p>", html_en="<p>English</p>")
    LegalTextFactory(kind="terms", version=1, html="<p>Nur Deutsch</p>")

    english = {"HTTP_ACCEPT_LANGUAGE": "en"}
    privacy = sam.get("/datenschutz/", **english).content.decode()
    terms = sam.get("/nutzungsbedingungen/", **english).content.decode()

    assert '<div class="prose" lang="en"><p>English</p>' in privacy
    assert '<div class="prose" lang="de"><p>Nur Deutsch</p>' in terms
    assert "This text exists in German only." in terms


def test_the_accessibility_statement_has_all_parts_the_law_asks_for(sam):
    AllianceFactory()
    ensure_first_texts()

    page = sam.get("/barrierefreiheit/").content.decode()

    for part in (
        "Stand der Vereinbarkeit", "Nicht barrierefreie Inhalte", "Erstellung dieser Erklärung",
        "Feedback und Kontaktangaben", "Durchsetzungsverfahren", "LDBV", "/barriere-melden/",
    ):  # fmt: skip
        assert part in page
    assert 'type="application/json" href="/api/v1/legal-texts/accessibility/"' in page


def test_the_privacy_text_tells_the_settings_the_portal_really_has(sam, settings):
    AllianceFactory()
    ensure_first_texts()

    page = sam.get("/datenschutz/").content.decode()

    assert f"nach {settings.UNCONFIRMED_DAYS} Tagen" in page
    assert f"mindestens {settings.MINIMUM_AGE} Jahre" in page
    assert settings.SESSION_COOKIE_NAME in page
    assert settings.CSRF_COOKIE_NAME in page
    assert settings.SESSION_COOKIE_AGE == 14 * 24 * 3600


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_however_many_versions_there_are(sam, count, django_assert_num_queries):
    for version in range(1, count + 1):
        LegalTextFactory(kind=TERMS, version=version)

    with django_assert_num_queries(4):
        sam.get("/nutzungsbedingungen/")
