"""Reading outcomes: list, page, trail, start page, picture, feeds."""

import json
from datetime import timedelta
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from participation.attachments import shelf
from participation.attachments.operations import prepare_waiting
from participation.core.clock import now, travel_to
from participation.core.hiding import hide
from participation.newsroom.operations.publishing import publish_outcome, withdraw_outcome
from participation.newsroom.operations.writing import begin_outcome, correct_outcome
from participation.newsroom.views.public import PAGE
from tests import files
from tests.factories import AllianceFactory, IdeaFactory
from tests.files import AttachmentFactory
from tests.newsroom_factories import OutcomeFactory

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "http://127.0.0.1:8000"


@pytest.fixture
def idea(ada):
    return IdeaFactory(author=ada, title="Eine Bank am Bach")


@pytest.fixture
def outcome(idea, mia):
    row = AttachmentFactory(alt="Die neue Bank")
    shelf.ready(row.key).write_bytes(b"a picture")
    words = {"title": "Die Bank steht", "text": "Seit **heute** steht sie."}
    return OutcomeFactory(author=mia, ideas=[idea], folder=row.folder, slug="die-bank-steht", **words)


def page(client, address):
    return client.get(address).content.decode()


class TestTheList:
    def test_an_empty_one_says_so_and_what_to_do_next(self, sam):
        words = page(sam, "/ergebnisse/")

        assert "Noch gibt es kein Ergebnis" in words
        assert reverse("ideas") in words

    def test_each_card_shows_picture_day_and_first_words(self, sam, outcome):
        words = page(sam, "/ergebnisse/")

        assert 'alt="Die neue Bank"' in words
        assert "Seit heute steht sie." in words
        assert 'href="/ergebnisse/die-bank-steht/"' in words
        for name in ("outcomes_atom", "outcomes_json"):
            assert f'rel="alternate" type="application/{"atom+xml" if "atom" in name else "feed+json"}"' in words
            assert reverse(name) in words

    def test_only_what_is_public_stands_in_it(self, sam):
        for state in ("draft", "scheduled", "withdrawn"):
            OutcomeFactory(state=state, title=f"Geheim {state}")

        assert "Geheim" not in page(sam, "/ergebnisse/")

    def test_page_by_page_each_one_once_the_newest_first(self, sam):
        moment = now()
        rows = [OutcomeFactory(created_at=moment - timedelta(days=day)) for day in range(PAGE + 3)]

        first = sam.get("/ergebnisse/").context
        second = sam.get(f"/ergebnisse/?ab={first['page'].after}").context

        assert [*first["outcomes"], *second["outcomes"]] == rows
        assert second["page"].after == ""

    def test_the_navigation_leads_there(self, sam):
        assert 'href="/ergebnisse/"' in page(sam, "/")


class TestOnePage:
    def test_it_shows_words_picture_and_the_idea_with_which_it_began(self, sam, outcome, idea):
        words = page(sam, "/ergebnisse/die-bank-steht/")

        assert "<strong>heute</strong>" in words
        assert outcome.reference in words
        assert idea.get_absolute_url() in words
        assert "In der Geschäftsstelle öffnen" not in words

    def test_a_hidden_idea_is_not_named(self, sam, outcome, idea):
        hide(idea, "rude")

        assert idea.title not in page(sam, "/ergebnisse/die-bank-steht/")

    def test_a_correction_says_what_and_shows_the_words(self, sam, outcome, idea, mia):
        words = {
            "title": outcome.title,
            "text": "Seit gestern steht sie.",
            "cases": [idea.case],
            "alt": "Die neue Bank",
        }
        correct_outcome(outcome, version=1, note="Es war gestern.", by=mia, **words)

        shown = page(sam, "/ergebnisse/die-bank-steht/")

        assert "Es war gestern." in shown
        assert "<del>" in shown
        assert "<ins>" in shown

    def test_a_withdrawn_one_says_why_and_nothing_of_its_words(self, sam, outcome, mia):
        withdraw_outcome(outcome, reason="Die Bank steht woanders.", by=mia)

        answer = sam.get("/ergebnisse/die-bank-steht/")

        assert answer.status_code == 410
        shown = answer.content.decode()
        assert "Die Bank steht woanders." in shown
        assert "Seit" not in shown
        assert "Die Bank steht<" not in shown

    @pytest.mark.parametrize("state", ["draft", "scheduled"])
    def test_what_is_not_public_has_no_address(self, sam, state):
        assert OutcomeFactory(state=state, title="Die Bank").slug is None
        assert sam.get("/ergebnisse/die-bank/").status_code == 404


class TestElsewhere:
    def test_the_page_of_the_idea_and_its_trail_lead_to_it(self, sam, outcome, idea):
        for address in (idea.get_absolute_url(), reverse("trail", args=[idea.reference])):
            shown = page(sam, address)
            assert 'href="/ergebnisse/die-bank-steht/"' in shown
            assert "Das ist daraus geworden" in shown

    def test_until_it_is_withdrawn(self, sam, outcome, idea, mia):
        withdraw_outcome(outcome, reason="Ein Irrtum.", by=mia)

        for address in (idea.get_absolute_url(), reverse("trail", args=[idea.reference])):
            assert "/ergebnisse/die-bank-steht/" not in page(sam, address)

    def test_the_start_page_shows_the_three_newest(self, sam, outcome):
        later = [OutcomeFactory(created_at=now() + timedelta(hours=hour)) for hour in (1, 2, 3)]

        assert sam.get("/").context["outcomes"] == later[::-1]

    def test_without_outcomes_it_shows_what_was_realised(self, sam):
        IdeaFactory(state="realised", title="Ein Steg")

        shown = page(sam, "/")

        assert "Ein Steg" in shown
        assert "Alle Ergebnisse" not in shown


class TestThePicture:
    def test_it_is_handed_out_and_harmless(self, sam, outcome):
        picture = outcome.folder.files.get()

        answer = sam.get(reverse("outcome_picture", args=[picture.key, picture.name]))

        assert b"".join(answer) == b"a picture"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"

    @pytest.mark.parametrize("fields", [{"state": "waiting", "media_type": ""}, {"kind": "pdf"}])
    def test_only_pictures_that_were_prepared(self, sam, fields):
        row = AttachmentFactory(**fields)
        OutcomeFactory(folder=row.folder)

        assert sam.get(reverse("outcome_picture", args=[row.key, row.name])).status_code == 404

    def test_a_hidden_one_is_not_shown(self, sam, outcome):
        picture = outcome.folder.files.get()
        hide(picture, "private")

        assert picture.key not in page(sam, "/ergebnisse/die-bank-steht/")
        assert sam.get(reverse("outcome_picture", args=[picture.key, picture.name])).status_code == 404

    def test_that_of_a_withdrawn_outcome_is_there_for_the_office_alone(self, sam, as_, outcome, ada, ivo, max):
        picture = outcome.folder.files.get()
        address = reverse("outcome_picture", args=[picture.key, picture.name])
        before = sam.get(address)
        assert b"".join(before) == b"a picture"
        kept = {"If-None-Match": before.headers["ETag"]}
        withdraw_outcome(outcome, reason="Ein Irrtum.", by=max)

        other_addresses = [picture.get_absolute_url(), reverse("outcome_picture", args=[picture.key, "bild.webp"])]
        for client in (sam, as_(ada)):
            assert [client.get(one).status_code for one in (address, *other_addresses)] == [404] * 3
            assert client.get(address, headers=kept).status_code == 404
        for person in (ivo, max):
            assert b"".join(as_(person).get(address)) == b"a picture"

    def test_pictures_of_ideas_have_another_address(self, sam):
        row = AttachmentFactory()
        IdeaFactory(folder=row.folder)

        assert sam.get(reverse("outcome_picture", args=[row.key, row.name])).status_code == 404


class TestFeeds:
    def test_atom_holds_what_rfc_4287_asks_for(self, sam, outcome):
        answer = sam.get("/ergebnisse/atom.xml")

        assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
        feed = ElementTree.fromstring(answer.content)
        assert feed.tag == f"{ATOM}feed"
        assert [feed.find(f"{ATOM}{name}").text for name in ("id", "title")] == [
            f"{SITE}/ergebnisse/", "Ergebnisse – Kommunale Allianz Beispielland"
        ]  # fmt: skip
        assert feed.find(f"{ATOM}author/{ATOM}name").text == "Kommunale Allianz Beispielland"
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        assert links == {"self": f"{SITE}/ergebnisse/atom.xml", "alternate": f"{SITE}/ergebnisse/"}
        [entry] = feed.findall(f"{ATOM}entry")
        address = f"{SITE}/ergebnisse/die-bank-steht/"
        assert [entry.find(f"{ATOM}{name}").text for name in ("id", "title")] == [address, "Die Bank steht"]
        content = entry.find(f"{ATOM}content")
        assert (content.get("type"), content.text) == ("html", "<p>Seit <strong>heute</strong> steht sie.</p>\n")
        assert entry.find(f"{ATOM}updated").text == feed.find(f"{ATOM}updated").text
        links = {link.get("rel"): link for link in entry.findall(f"{ATOM}link")}
        assert links["alternate"].get("href") == address
        picture = links["enclosure"]
        assert (picture.get("type"), picture.get("length")) == ("image/jpeg", "1000")
        assert picture.get("href").startswith(f"{SITE}/ergebnisse/bild/")

    def test_json_feed_holds_what_its_version_1_1_asks_for(self, sam, outcome):
        answer = sam.get("/ergebnisse/feed.json")

        assert answer.headers["Content-Type"] == "application/feed+json; charset=utf-8"
        feed = json.loads(answer.content)
        [item] = feed.pop("items")
        assert feed == {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Ergebnisse – Kommunale Allianz Beispielland",
            "description": "Was aus den Ideen der Bürgerinnen und Bürger geworden ist",
            "home_page_url": f"{SITE}/ergebnisse/",
            "feed_url": f"{SITE}/ergebnisse/feed.json",
            "language": "de",
            "authors": [{"name": "Kommunale Allianz Beispielland"}],
        }
        address = f"{SITE}/ergebnisse/die-bank-steht/"
        assert (item["id"], item["url"], item["title"]) == (address, address, "Die Bank steht")
        assert item["content_html"] == "<p>Seit <strong>heute</strong> steht sie.</p>\n"
        assert item["image"].startswith(f"{SITE}/ergebnisse/bild/")
        assert item["date_published"] == item["date_modified"] == outcome.published_at.isoformat()

    @pytest.mark.parametrize("name", ["outcomes_atom", "outcomes_json"])
    def test_without_pictures_and_without_anything_they_are_whole(self, sam, name):
        assert sam.get(reverse(name)).status_code == 200

        OutcomeFactory()

        assert sam.get(reverse(name)).status_code == 200

    @pytest.mark.parametrize("name", ["outcomes_atom", "outcomes_json"])
    def test_who_has_it_already_is_told_so(self, sam, name, outcome):
        answer = sam.get(reverse(name))

        by_tag = sam.get(reverse(name), headers={"If-None-Match": answer.headers["ETag"]})
        by_day = sam.get(reverse(name), headers={"If-Modified-Since": answer.headers["Last-Modified"]})

        assert (by_tag.status_code, by_day.status_code) == (304, 304)
        assert by_tag.content == by_day.content == b""
        moment = parsedate_to_datetime(answer.headers["Last-Modified"])
        assert abs(moment - outcome.updated_at) < timedelta(seconds=1)

    @pytest.mark.parametrize("name", ["outcomes_atom", "outcomes_json"])
    def test_an_empty_feed_is_the_same_each_time(self, sam, name):
        assert sam.get(reverse(name)).headers["ETag"] == sam.get(reverse(name)).headers["ETag"]

    @pytest.mark.parametrize("name", ["outcomes_atom", "outcomes_json"])
    def test_a_correction_a_withdrawal_and_a_picture_make_it_new(self, sam, name, outcome, mia):
        tags = [sam.get(reverse(name)).headers["ETag"]]

        correct_outcome(outcome, version=1, note="x", by=mia, title="Die Bank", text="Sie steht.", alt="Die neue Bank")
        tags.append(sam.get(reverse(name)).headers["ETag"])
        other = OutcomeFactory()
        tags.append(sam.get(reverse(name)).headers["ETag"])
        type(other).objects.filter(pk=other.pk).update(folder=AttachmentFactory().folder)
        tags.append(sam.get(reverse(name)).headers["ETag"])
        withdraw_outcome(outcome, reason="x", by=mia)
        tags.append(sam.get(reverse(name)).headers["ETag"])

        assert len(set(tags)) == 5

    @pytest.mark.parametrize("name", ["outcomes_atom", "outcomes_json"])
    def test_a_withdrawal_is_news_for_who_asks_by_the_day(self, sam, name, outcome, mia):
        OutcomeFactory()
        seen = sam.get(reverse(name)).headers["Last-Modified"]
        with travel_to(now() + timedelta(minutes=5)):
            withdraw_outcome(outcome, reason="Ein Irrtum.", by=mia)

        answer = sam.get(reverse(name), headers={"If-Modified-Since": seen})

        assert answer.status_code == 200
        assert "die-bank-steht" not in answer.content.decode()
        assert parsedate_to_datetime(answer.headers["Last-Modified"]) > parsedate_to_datetime(seen)

    @pytest.mark.parametrize("name", ["outcomes_atom", "outcomes_json"])
    def test_a_picture_that_is_ready_later_is_news_for_who_asks_by_the_day(self, sam, name, mia):
        upload = files.sent(files.picture())
        outcome = begin_outcome(by=mia, title="Die Bank steht", text="Seit heute.", upload=upload, alt="Eine Bank")
        publish_outcome(outcome, version=1, by=mia)
        early = sam.get(reverse(name))
        assert "/ergebnisse/bild/" not in early.content.decode()
        with travel_to(now() + timedelta(minutes=5)):
            prepare_waiting()

        answer = sam.get(reverse(name), headers={"If-Modified-Since": early.headers["Last-Modified"]})

        assert answer.status_code == 200
        assert "/ergebnisse/bild/" in answer.content.decode()
        again = {"If-Modified-Since": answer.headers["Last-Modified"]}
        assert sam.get(reverse(name), headers=again).status_code == 304

    def test_a_picture_of_a_draft_changes_nothing_for_who_asks_by_the_day(self, sam, outcome, ivo):
        seen = sam.get("/ergebnisse/atom.xml").headers["Last-Modified"]
        with travel_to(now() + timedelta(minutes=5)):
            upload = files.sent(files.picture())
            begin_outcome(by=ivo, title="Geheim", text="Noch geheim.", upload=upload, alt="Eine Bank")
            prepare_waiting()

        answer = sam.get("/ergebnisse/atom.xml", headers={"If-Modified-Since": seen})

        assert (answer.status_code, answer.headers["Last-Modified"]) == (304, seen)

    def test_a_name_with_markup_stays_harmless(self, sam):
        AllianceFactory._meta.model.objects.update(name="Allianz <b>&</b>")
        OutcomeFactory(title="Bank & <i>Tisch</i>")

        feed = ElementTree.fromstring(sam.get("/ergebnisse/atom.xml").content)

        assert feed.find(f"{ATOM}author/{ATOM}name").text == "Allianz <b>&</b>"
        assert feed.find(f"{ATOM}entry/{ATOM}title").text == "Bank & <i>Tisch</i>"
