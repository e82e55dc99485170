"""A point on the map for an idea: only where the portal has a map, near the alliance, and kept with its words."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from participation.actors.operations import erase_actor
from participation.core.personal import export
from participation.core.stamps import new_stamp
from participation.ideas.models import Idea
from participation.ideas.operations.reviewing import return_idea
from participation.ideas.operations.writing import change_draft, resubmit_idea, start_draft, submit_idea
from participation.ideas.states import IdeaState
from participation.region.surroundings import TooFarAway
from tests.factories import AllianceFactory, FieldOfActionFactory, IdeaFactory, MunicipalityFactory
from tests.maps import TILES, with_map

NEW = "/ideen/neu/"
HERE = {"latitude": "49.97215", "longitude": "10.12345"}
POINT = (Decimal("49.97215"), Decimal("10.12345"))
SIGNS = ["leaflet", "map.js", "data-map", "latitude", "geo:", "49.97215", "tiles.example", "Karte"]


@pytest.fixture
def typed(db):
    """What a browser sends for a whole idea."""
    AllianceFactory()
    chosen = {"field": FieldOfActionFactory().pk, "municipalities": [MunicipalityFactory().pk]}
    return {"title": "Mitfahrbank am Bahnhof", "text": "Eine Bank hilft.", **chosen, "stamp": new_stamp()}


@pytest.fixture
def has_map(settings):
    with_map(settings)


@pytest.fixture
def returned(typed, ada, max):
    """Ada's idea with a point, about which the office has asked something."""
    field = FieldOfActionFactory()
    words = {"title": "Mitfahrbank", "text": "Eine Bank.", "field": field, "whole_alliance": True}
    idea = submit_idea(start_draft(by=ada, **words, latitude=POINT[0], longitude=POINT[1]), by=ada)
    return_idea(idea, version=1, question="Wo genau?", by=max)
    idea.refresh_from_db()
    return idea


def point(idea):
    idea.refresh_from_db()
    return (idea.latitude, idea.longitude)


def page(answer):
    return answer.content.decode()


# ── Without a map ────────────────────────────────────────────────────────────


def test_without_a_map_no_page_says_a_word_about_it(as_, ada, max, returned):
    pages = [
        as_(person).get(address)
        for person, address in [
            (ada, NEW), (ada, returned.get_absolute_url()), (ada, reverse("correct_idea", args=[returned.reference])),
            (max, reverse("office_idea", args=[returned.reference])), (ada, "/ideen/"), (ada, "/"),
        ]
    ]  # fmt: skip

    assert {answer.status_code for answer in pages} == {200}
    for answer in pages:
        assert [sign for sign in SIGNS if sign in page(answer).replace("Landkarte", "")] == []
        assert "img-src 'self' data:;" in answer.headers["Content-Security-Policy"] + ";"


@pytest.mark.parametrize("sent", [HERE, {"latitude": "words"}])
def test_without_a_map_what_is_sent_is_ignored(as_, ada, typed, sent):
    assert as_(ada).post(NEW, {**typed, **sent, "action": "submit"}).status_code == 302

    assert point(Idea.objects.get()) == (None, None)


def test_a_point_outlives_a_map_that_is_switched_off(as_, ada, returned):
    sent = {"title": "Mitfahrbank", "text": "Am Bahnhof.", "field": returned.field_id, "whole_alliance": "on"}
    address = reverse("correct_idea", args=[returned.reference])

    as_(ada).post(address, {**sent, "version": 1, "corrected": "Der Ort.", "latitude": "", "longitude": ""})

    assert point(returned) == POINT
    assert returned.state == IdeaState.SUBMITTED


# ── With a map ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "sent",
    [
        HERE,
        {"latitude": "49,97215", "longitude": "10,12345"},
        {"latitude": " 49.972150° ", "longitude": "+10.1234500001"},
        {"latitude": "49.97215, 10.12345", "longitude": ""},
        {"latitude": "49.97215,10.12345"},
        {"latitude": "49.97215 10.12345"},
        {"latitude": "49,97215; 10,12345"},
        {"latitude": "49,97215, 10,12345"},
        {"latitude": "", "longitude": "49.97215, 10.12345"},
    ],
)
def test_a_point_is_taken_as_people_write_it(has_map, as_, ada, typed, sent):
    as_(ada).post(NEW, {**typed, **sent, "action": "submit"})

    idea = Idea.objects.get()
    assert (point(idea), idea.state) == (POINT, IdeaState.SUBMITTED)


def test_an_idea_needs_no_point(has_map, as_, ada, typed):
    as_(ada).post(NEW, {**typed, "latitude": " ", "longitude": "", "action": "submit"})

    assert point(Idea.objects.get()) == (None, None)


@pytest.mark.parametrize(
    ("latitude", "longitude", "field"),
    [
        ("49.97215", "", "longitude"),
        ("", "10.12345", "latitude"),
        ("am Bahnhof", "10.12345", "latitude"),
        ("49.97215", "NaN", "longitude"),
        ("NaN", "NaN", "latitude longitude"),
        ("inf", "10", "latitude"),
        ("1e999", "10.12345", "latitude"),
        ("1e1", "10.12345", "latitude"),
        ("49.97215", "9" * 50, "longitude"),
        ("49." + "9" * 100, "10", "latitude"),
        ("٤٩", "10.12345", "latitude"),
        ("49.97215, 10.12345", "10.12345", "latitude"),
        ("49.97215, 10.12345, 3", "", "latitude"),
        ("91", "10", "latitude"),
        ("-90.1", "10", "latitude"),
        ("49.97215", "180.5", "longitude"),
        ("10.12345", "49.97215", "latitude"),
        ("48.13743", "11.57549", "latitude"),
        ("0", "0", "latitude"),
        ("49;", "10", "latitude"),
        ("0x10", "10", "latitude"),
        ("4_9", "10", "latitude"),
    ],
)
@pytest.mark.parametrize("action", ["submit", "save"])
def test_what_is_no_point_of_the_alliance_is_refused_at_its_field(
    has_map, as_, ada, typed, latitude, longitude, field, action
):
    answer = as_(ada).post(NEW, {**typed, "latitude": latitude, "longitude": longitude, "action": action})

    assert not Idea.objects.exists()
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == set(field.split())
    assert answer.context["form"]["latitude"].value() == latitude
    assert "Eine Bank hilft." in page(answer)


def test_each_refusal_says_what_to_do(has_map, as_, ada, typed):
    client = as_(ada)

    def said(latitude, longitude):
        sent = {**typed, "latitude": latitude, "longitude": longitude, "action": "submit"}
        form = client.post(NEW, sent).context["form"]
        with translation.override("en"):
            return [sentence for sentences in form.errors.values() for sentence in sentences]

    assert said("x", "10") == ["Please write the latitude as a number like 49.97215."]
    assert said("49", "y") == ["Please write the longitude as a number like 10.12345."]
    assert said("95", "10") == ["A latitude lies between -90 and 90. Please look at the number again."]
    assert said("49", "195") == ["A longitude lies between -180 and 180. Please look at the number again."]
    assert said("49", "") == ["A point needs both numbers. Please give this one, too, or empty both fields."]
    [far] = said("48", "15")
    assert far.startswith("This point lies more than 50 km from every municipality of the alliance. Please look")


def test_a_draft_keeps_its_point_and_shows_it_again(has_map, as_, ada, typed):
    as_(ada).post(NEW, {**typed, **HERE, "action": "save"})
    idea = Idea.objects.get()

    shown = page(as_(ada).get(idea.get_absolute_url()))

    assert 'value="49.97215"' in shown
    assert 'value="10.12345"' in shown


def test_a_point_can_be_removed(has_map, as_, ada, typed):
    idea = start_draft(by=ada, title="Bank", latitude=POINT[0], longitude=POINT[1])

    as_(ada).post(
        idea.get_absolute_url(), {"title": "Bank", "version": 1, "latitude": "", "longitude": "", "action": "save"}
    )

    assert point(idea) == (None, None)


def test_sending_again_keeps_the_point_and_can_move_it(has_map, as_, ada, max, returned):
    address = reverse("correct_idea", args=[returned.reference])
    shown = as_(ada).get(address).context["form"]
    assert [shown[name].value() for name in ("latitude", "longitude")] == list(HERE.values())
    sent = {
        "title": "Mitfahrbank",
        "text": "Am Bahnhof.",
        "field": returned.field_id,
        "whole_alliance": "on",
        "version": 1,
    }

    as_(ada).post(address, {**sent, **HERE, "corrected": "Der Ort."})
    assert (point(returned), returned.version) == (POINT, 2)

    return_idea(returned, version=2, question="Und wo?", by=max)
    moved = {"latitude": "50.00001", "longitude": "10.2"}
    as_(ada).post(address, {**sent, **moved, "version": 2, "corrected": "Noch einmal."})
    assert (point(returned), returned.version) == ((Decimal("50.00001"), Decimal("10.2")), 3)


def test_a_refused_correction_loses_nothing_typed(has_map, as_, ada, returned):
    address = reverse("correct_idea", args=[returned.reference])
    sent = {
        "title": "Mitfahrbank",
        "text": "Neue Worte.",
        "field": returned.field_id,
        "whole_alliance": "on",
        "version": 1,
    }

    answer = as_(ada).post(address, {**sent, "latitude": "48", "longitude": "15", "corrected": "Der Ort."})

    assert (point(returned), returned.version) == (POINT, 1)
    assert "Neue Worte." in page(answer)
    assert answer.context["form"]["longitude"].value() == "15"


# ── The operations and the table ─────────────────────────────────────────────


def test_no_door_takes_a_point_far_away(ada, typed, returned):
    far = {"latitude": Decimal("48"), "longitude": Decimal("15")}
    draft = start_draft(by=ada, title="Bank")
    count = Idea.objects.count()

    with pytest.raises(TooFarAway):
        start_draft(by=ada, title="Bank", **far)
    with pytest.raises(TooFarAway):
        change_draft(draft, version=1, by=ada, **far)
    with pytest.raises(TooFarAway):
        resubmit_idea(
            returned, version=1, corrected="Ort", by=ada, title="B", text="T", field=returned.field, **far
        )  # fmt: skip

    assert Idea.objects.count() == count
    assert (point(draft), point(returned), returned.version) == ((None, None), POINT, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(("latitude", "longitude"), [(49, None), (None, 10), (91, 10), (49, 181), (-91, 0)])
def test_the_table_takes_whole_points_on_earth_only(latitude, longitude):
    idea = IdeaFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Idea.objects.filter(pk=idea.pk).update(latitude=latitude, longitude=longitude)


# ── Reading ──────────────────────────────────────────────────────────────────


@pytest.fixture
def published(typed):
    return IdeaFactory(state=IdeaState.PUBLISHED, latitude=POINT[0], longitude=POINT[1])


@pytest.mark.parametrize("language", ["de", "en"])
def test_everybody_reads_the_point_of_a_public_idea(has_map, sam, published, language):
    answer = sam.get(published.get_absolute_url(), headers={"accept-language": language})

    shown = page(answer)
    assert 'href="geo:49.97215,10.12345"' in shown
    assert ">49.97215, 10.12345</a>" in shown
    assert f'data-tiles="{TILES}"' in shown
    assert "tiles.example" in shown.split("data-map-offer")[1]
    assert "© Beispielvermessung" in shown
    assert "img-src 'self' data: https://tiles.example" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_the_office_reads_it_in_the_case(has_map, as_, max, returned):
    shown = page(as_(max).get(reverse("office_idea", args=[returned.reference])))

    assert "geo:49.97215,10.12345" in shown
    assert "portal/js/map.js" in shown


def test_an_idea_without_a_point_has_no_map(has_map, sam, typed):
    shown = page(sam.get(IdeaFactory(state=IdeaState.PUBLISHED).get_absolute_url()))

    assert [sign for sign in ("map.js", "data-map", "geo:") if sign in shown] == []


def test_lists_and_the_start_page_show_no_points(has_map, sam, published):
    for address in ("/", "/ideen/"):
        shown = page(sam.get(address))
        assert [sign for sign in ("map.js", "data-map", "geo:", "49.97") if sign in shown] == []


def test_nobody_else_learns_the_point_of_an_idea_in_review(has_map, sam, as_, olga, typed, ada):
    idea = IdeaFactory(author=ada, latitude=POINT[0], longitude=POINT[1], state=IdeaState.SUBMITTED)

    assert sam.get(idea.get_absolute_url()).status_code == 404
    assert as_(olga).get(idea.get_absolute_url()).status_code == 404


# ── A person leaves ──────────────────────────────────────────────────────────


def test_the_download_names_the_point(ada, returned):
    rows = [row for rows in export(ada).values() for row in rows if "latitude" in row]

    assert [(row["latitude"], row["longitude"]) for row in rows] == [POINT]


def test_whoever_leaves_leaves_the_points_of_submitted_ideas_and_none_of_drafts(ada, returned):
    draft = start_draft(by=ada, title="Bank", latitude=POINT[0], longitude=POINT[1])

    erase_actor(ada, by=ada)

    assert point(returned) == POINT
    assert not Idea.objects.filter(pk=draft.pk, latitude__isnull=False).exists()
