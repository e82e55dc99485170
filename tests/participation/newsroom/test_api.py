"""Outcomes for other programs: what a stranger reads on the pages, and not more."""

from datetime import UTC, datetime, timedelta

import pytest

from participation.core.hiding import hide
from participation.core.markup import rendered
from participation.newsroom.models import Outcome
from participation.newsroom.operations.writing import correct_outcome
from tests.factories import AllianceFactory, IdeaFactory
from tests.files import AttachmentFactory, FolderFactory
from tests.newsroom_factories import OutcomeFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/outcomes/"
SITE = "http://127.0.0.1:8000"
NOVEMBER = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _alliance():
    AllianceFactory()


def found(client, question=""):
    answer = client.get(f"{URL}{question}")
    assert answer.status_code == 200, answer.content
    return [row["slug"] for row in answer.json()["results"]]


def outcome(slug, at=NOVEMBER, **fields):
    return OutcomeFactory(slug=slug, created_at=at, **fields)


def test_it_says_what_its_page_says(sam):
    idea = IdeaFactory(case__reference="2026-0042")
    picture = AttachmentFactory(alt="Eine Holzbank", name="bank.webp")
    outcome(
        "die-bank-steht", title="Die Bank steht", text="Am **Ortsrand**.", ideas=[idea], folder=picture.folder,
        case__reference="E-2026-0007",
    )  # fmt: skip

    assert sam.get(f"{URL}die-bank-steht/").json() == {
        "reference": "E-2026-0007", "slug": "die-bank-steht", "title": "Die Bank steht", "text": "Am **Ortsrand**.",
        "html": rendered("Am **Ortsrand**.", links=True), "ideas": ["2026-0042"],
        "picture": {
            "alt": "Eine Holzbank", "media_type": picture.media_type, "width": picture.width, "height": picture.height,
            "url": f"{SITE}/ergebnisse/bild/{picture.key}/bank.webp",
        },
        "version": 1, "published_at": "2026-11-20T10:00:00Z", "corrected_at": None,
        "changed_at": "2026-11-20T10:00:00Z", "url": f"{SITE}/ergebnisse/die-bank-steht/",
    }  # fmt: skip


def test_a_picture_that_the_office_hid_and_one_that_is_not_ready_are_none(sam):
    for slug in ("hidden", "waiting"):
        outcome(slug, folder=FolderFactory())
    hide(AttachmentFactory(folder=Outcome.objects.get(slug="hidden").folder), "rude")
    AttachmentFactory(folder=Outcome.objects.get(slug="waiting").folder, state="waiting", media_type="")

    assert [sam.get(f"{URL}{slug}/").json()["picture"] for slug in ("hidden", "waiting")] == [None, None]


@pytest.mark.parametrize("state", ["draft", "scheduled", "withdrawn"])
def test_what_is_not_public_is_not_there(sam, state):
    row = OutcomeFactory(state=state)

    assert found(sam) == []
    assert sam.get(f"{URL}{row.slug or 'die-bank'}/").status_code == 404


def test_ideas_that_nobody_may_read_any_more_are_not_named(sam):
    hidden, shown = IdeaFactory(), IdeaFactory()
    outcome("die-bank-steht", ideas=[hidden, shown])
    hide(hidden, "rude")

    assert sam.get(f"{URL}die-bank-steht/").json()["ideas"] == [shown.reference]
    assert sam.get(f"{URL}?idea={hidden.reference}").status_code == 400


def test_a_correction_moves_it_and_is_counted(sam, max):
    row = outcome("die-bank-steht")
    correct_outcome(row, title="Zwei Bänke stehen", text="Am Ortsrand.", note="Es sind zwei.", version=1, by=max)

    said = sam.get(f"{URL}die-bank-steht/").json()

    assert (said["title"], said["version"]) == ("Zwei Bänke stehen", 2)
    assert said["published_at"] < said["corrected_at"] == said["changed_at"]


def test_the_orders(sam):
    outcome("first", corrected_at=NOVEMBER + timedelta(days=5))
    outcome("second", NOVEMBER + timedelta(days=1))
    outcome("third", NOVEMBER + timedelta(days=2))

    assert found(sam) == ["third", "second", "first"]
    assert found(sam, "?order=published") == ["first", "second", "third"]
    assert found(sam, "?order=changed") == ["second", "third", "first"]


@pytest.mark.parametrize("order", ["-published", "published", "changed"])
def test_page_by_page_each_comes_once(sam, order):
    for number in range(7):  # three of one moment: pages of two end amid them, in each order
        outcome(f"number-{number}", NOVEMBER + timedelta(hours=number // 3))
    slugs, address = [], f"{URL}?page_size=2&order={order}"

    while address:
        answer = sam.get(address.removeprefix(SITE)).json()
        slugs += [row["slug"] for row in answer["results"]]
        address = answer["next"]

    assert sorted(slugs) == [f"number-{number}" for number in range(7)]


def test_the_filters(sam):
    one, two = IdeaFactory(), IdeaFactory()
    outcome("about-both", ideas=[one, two])
    outcome("about-one", NOVEMBER + timedelta(days=1), ideas=[one])
    outcome("corrected", NOVEMBER - timedelta(days=9), corrected_at=NOVEMBER + timedelta(days=2))

    assert found(sam, f"?idea={two.reference}") == ["about-both"]
    assert found(sam, f"?idea={one.reference}&idea={two.reference}") == ["about-one", "about-both"]
    assert found(sam, "?published_since=2026-11-21") == ["about-one"]
    assert found(sam, "?changed_since=2026-11-21&order=changed") == ["about-one", "corrected"]
