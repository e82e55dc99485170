"""The way of an idea in browsers of three people, from submission to adoption; each letter passes a real mail server.

Who hears what, and when, is written here by hand.
"""

import email
import re
from datetime import UTC, datetime, timedelta
from email.policy import default

import pytest
import time_machine
from django.conf import settings as portal_settings

from participation.ideas.models import Idea
from tests.house.world import World
from tests.letters import deliver_all
from tests.notifications.conftest import smtp

__all__ = ["smtp"]

ADA, OLGA, MAX, MIA = (f"{name}@allianz.example" for name in ("actor", "olga", "moderator", "manager"))
PAGE = re.compile(r"/ideen/2026-\d{4}/$")


@pytest.fixture
def clock():
    """Monday morning, 2 November 2026; time runs on and can be moved."""
    with time_machine.travel(datetime(2026, 11, 2, 8, 0, tzinfo=UTC), tick=True) as traveller:
        yield traveller


class Post:
    """Empties the mail server and tells who got what."""

    def __init__(self, sink):
        self.sink = sink
        self.letters = []

    def news(self):
        """(address, subject) of each letter that came since the last call, in alphabetical order."""
        deliver_all()
        self.letters = [email.message_from_bytes(it.content, policy=default) for it in self.sink.letters]
        self.sink.letters.clear()
        return sorted((it["To"], it["Subject"].strip().replace("\N{NO-BREAK SPACE}", " ")) for it in self.letters)

    def link(self, address, path):
        """The link in the letter to ``address`` whose path begins with ``path``."""
        (letter,) = [it for it in self.letters if it["To"] == address]
        text = letter.get_body(("plain",)).get_content()
        return re.search(rf"{re.escape(portal_settings.SITE_URL)}({re.escape(path)}\S*)", text)[1]


def test_from_submission_to_adoption(site, open_browser, smtp, clock):
    world = World()
    type(world.people["actor"]).objects.update(language="de")
    post = Post(smtp)
    ada = open_browser(world.people["actor"])
    type(world.appointment).objects.filter(actor=world.other).delete()  # here Olga is a citizen
    olga = open_browser(world.other)
    max_, mia = open_browser(world.people["moderator"]), open_browser(world.people["manager"])

    reference = submit(ada, clock)
    day = "16. November 2026"  # ten working days after 2 November
    assert post.news() == [
        (ADA, f"{reference}: Ihre Idee ist da. Antwort bis {day}"),
        (MIA, f"Neue Idee {reference}: bitte antworten bis {day}"),
        (MAX, f"Neue Idee {reference}: bitte antworten bis {day}"),
    ]
    assert olga.request.get(f"/ideen/{reference}/").status == 404
    assert day in text(ada, post.link(ADA, "/ideen/"))

    clock.shift(timedelta(days=1))
    case = post.link(MAX, "/geschaeftsstelle/")
    do(max_, case, "Rückfrage stellen", text="Wo genau soll die Bank stehen?")
    assert post.news() == [(ADA, f"{reference}: Eine Frage zu Ihrer Idee")]

    clock.shift(timedelta(days=1))
    ada.goto(post.link(ADA, "/ideen/"))
    assert "Wo genau soll die Bank stehen?" in ada.inner_text("main")
    correct(ada, clock)
    day = "11. November 2026"  # five working days after 4 November
    assert post.news() == [
        (ADA, f"{reference}: Ihre überarbeitete Idee ist da. Antwort bis {day}"),
        (MIA, f"Überarbeitete Idee {reference}: bitte antworten bis {day}"),
        (MAX, f"Überarbeitete Idee {reference}: bitte antworten bis {day}"),
    ]

    clock.shift(timedelta(days=1))
    do(max_, case, "Veröffentlichen", text="Danke für die Ergänzung.")
    assert post.news() == [(ADA, f"{reference}: Ihre Idee ist veröffentlicht")]
    assert "Zusage gehalten" in text(olga, f"/ideen/{reference}/")

    clock.shift(timedelta(hours=1))
    take_part(olga, reference)
    assert post.news() == [(ADA, f"{reference}: Neuer Kommentar zu Ihrer Idee")]

    for leads_to, body, headline in (
        ("under_consideration", "", "Die Idee wird beraten"),
        ("adopted", "steering_group", "Die Idee wurde angenommen"),
    ):
        clock.shift(timedelta(days=1))
        answer(max_, mia, case, leads_to, body)
        assert post.news() == [
            (ADA, f"{reference}: {headline}"),
            (OLGA, f"{reference}: {headline} · Mitfahrbank am Bahnhof"),
        ]
        assert "Wir stellen Bänke auf." in text(olga, post.link(OLGA, "/ideen/"))

    stations = r"(eingereicht|Rückfrage|überarbeitet|veröffentlicht|beraten|angenommen)\b"
    assert re.findall(stations, way(olga, reference)) == [
        "eingereicht", "Rückfrage", "überarbeitet", "eingereicht", "veröffentlicht", "beraten", "angenommen",
    ]  # fmt: skip
    idea = Idea.objects.get()
    assert (idea.state, idea.support_count, idea.version) == ("adopted", 1, 2)


def text(page, address):
    """What somebody reads at ``address``."""
    page.goto(address)
    return page.inner_text("main").replace("\N{NO-BREAK SPACE}", " ")


def way(page, reference):
    page.goto(f"/vorgang/{reference}/")
    return page.locator("section[aria-labelledby=lines]").inner_text()


def submit(page, clock):
    """Submit an idea from the start page; returns its reference."""
    page.goto("/ideen/")
    page.click("main a[href='/ideen/neu/']")
    page.fill("[name=title]", "Mitfahrbank am Bahnhof")
    page.fill("[name=text]", "Abends fährt **kein** Bus.")
    page.select_option("[name=field]", label="Mobilität")
    page.check("[name=whole_alliance]")
    clock.shift(5)
    page.click("button[value=submit]:not(.sr)")
    page.wait_for_url(PAGE)
    return page.url.rstrip("/").rpartition("/")[2]


def correct(page, clock):
    """Answer on the page that the letter leads to."""
    assert page.url.endswith("/ueberarbeiten/")
    page.fill("[name=text]", "Abends fährt **kein** Bus. Die Bank soll vor dem Bahnhof stehen.")
    page.fill("[name=corrected]", "Der Ort steht jetzt dabei.")
    clock.shift(5)
    page.click("button[value=submit]:not(.sr)")
    page.wait_for_url(PAGE)


def do(page, case, act, **fields):
    """One act of the office on the page of a case."""
    page.goto(case)
    folded = page.locator("details.act", has=page.locator("summary", has_text=act))
    folded.locator("summary").click()
    for name, value in fields.items():
        folded.locator(f"[name={name}]").fill(value)
    folded.locator("button:not([type=button])").click()
    page.wait_for_selector(".messages .message")


def answer(page, colleague, case, leads_to, body):
    """Draft an official answer; a colleague publishes it."""
    page.goto(case)
    page.click("a[href$='/antwort/']")
    page.fill("[name=text]", "Wir stellen Bänke auf.")
    page.select_option("[name=leads_to]", leads_to)
    if body:
        page.select_option("[name=body]", body)
        page.fill("[name=decided_on]", datetime.now(UTC).date().isoformat())
    page.click("main form button:not([type=button])")
    page.wait_for_selector(".messages .message")
    colleague.goto(case)
    colleague.click("form[action$='/veroeffentlichen/'] button")
    colleague.wait_for_selector(".messages .message")


def take_part(page, reference):
    """Support, follow and comment."""
    page.goto(f"/ideen/{reference}/")
    page.click("form[action$='/unterstuetzen/'] button")
    page.click("form[action$='/folgen/'] button")
    page.fill("[name=text]", "Das fehlt bei uns schon lange.")
    page.click("form[action$='/kommentieren/'] button:not([type=button])")
    page.wait_for_url("**#comment-*")
