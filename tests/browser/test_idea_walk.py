"""The way of an idea in browsers of six people, from submission to adoption; each letter passes a real mail server.

On the way a picture of a telephone, a question, a twin that is merged, a report and an objection. Who gets which
letter, and where it leads, is written here by hand.
"""

import io
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from PIL import Image

from participation.ideas.models import Idea
from tests.factories import ActorFactory
from tests.house.world import World
from tests.notifications.conftest import smtp

from . import steps
from .post import Post
from .steps import COMMENT, SIGHT, text, way

__all__ = ["smtp"]

ADA, OLGA, BERT, MAX, MIA = (f"{name}@allianz.example" for name in ("actor", "olga", "bert", "moderator", "manager"))
ROSA = "rosa@nachbarin.example"  # without an account
TOKEN = r"[\w:-]+"


def expected(idea, twin, report, objection):
    """Every letter of the walk, in the order in which each person gets them: subject, and where its link leads.

    Days are ten working days after a submission, a report and an objection, five after a correction.
    """
    news = [
        (f"{idea}: Die Idee wird beraten · Mitfahrbank am Bahnhof", f"/ideen/{idea}/"),
        (f"{idea}: Die Idee wurde angenommen · Mitfahrbank am Bahnhof", f"/ideen/{idea}/"),
    ]
    office = [
        (f"Neue Idee {idea}: bitte antworten bis 16. November 2026", f"/geschaeftsstelle/ideen/{idea}/"),
        (f"Überarbeitete Idee {idea}: bitte antworten bis 11. November 2026", f"/geschaeftsstelle/ideen/{idea}/"),
        (f"Neue Idee {twin}: bitte antworten bis 20. November 2026", f"/geschaeftsstelle/ideen/{twin}/"),
        (f"Meldung {report}: bitte bis 23. November 2026 entscheiden", f"/geschaeftsstelle/meldungen/{report}/"),
    ]
    return {
        ADA: [
            (f"{idea}: Ihre Idee ist da. Antwort bis 16. November 2026", f"/ideen/{idea}/"),
            (f"{idea}: Eine Frage zu Ihrer Idee", f"/ideen/{idea}/ueberarbeiten/"),
            (f"{idea}: Ihre überarbeitete Idee ist da. Antwort bis 11. November 2026", f"/ideen/{idea}/"),
            (f"{idea}: Ihre Idee ist veröffentlicht", f"/ideen/{idea}/"),
            (f"{idea}: eine Neuigkeit für Sie", rf"/ideen/{idea}/#comment-\d+"),
            (f"{idea}: Die Idee wird beraten", f"/ideen/{idea}/"),
            (f"{idea}: Die Idee wurde angenommen", f"/ideen/{idea}/"),
        ],
        BERT: [
            (f"{twin}: Ihre Idee ist da. Antwort bis 20. November 2026", f"/ideen/{twin}/"),
            (f"{twin}: Ihre Idee ist veröffentlicht", f"/ideen/{twin}/"),
            (f"{twin}: Ihre Idee wurde mit {idea} zusammengelegt", f"/ideen/{idea}/"),
            *news,
        ],
        OLGA: [
            (f"{twin}: Die Idee wurde mit {idea} zusammengelegt", f"/ideen/{idea}/"),
            (f"{idea}: Wir haben Ihren Kommentar ausgeblendet – die Gründe", f"/melden/entscheidung/{TOKEN}/"),
            (f"{objection}: Ihre Beschwerde ist da, Antwort bis 24. November 2026", f"/melden/entscheidung/{TOKEN}/"),
            (f"{objection}: Sie hatten recht, wir nehmen unsere Entscheidung zurück", f"/melden/entscheidung/{TOKEN}/"),
            *news,
        ],
        ROSA: [
            (f"{report}: Ihre Meldung ist da, Antwort bis 23. November 2026", f"/melden/eingang/{TOKEN}/"),
            (f"{report}: Wir folgen Ihrer Meldung", f"/melden/eingang/{TOKEN}/"),
        ],
        MAX: office,
        MIA: [
            *office,
            (
                f"Beschwerde {objection}: bitte bis 24. November 2026 entscheiden",
                f"/geschaeftsstelle/beschwerden/{objection}/",
            ),
        ],
    }


@pytest.fixture
def clock():
    """Monday morning, 2 November 2026; time runs on and can be moved."""
    with time_machine.travel(datetime(2026, 11, 2, 8, 0, tzinfo=UTC), tick=True) as traveller:
        yield traveller


@pytest.fixture
def people(site, clock, open_browser):
    """A browser for each address; whoever has an account is signed in, and all read German."""
    world = World()
    type(world.appointment).objects.filter(actor=world.other).delete()  # here Olga is a citizen
    bert = ActorFactory(email=BERT, display_name="Bert", municipality=world.municipality)
    type(bert).objects.update(language="de")
    accounts = [world.people["actor"], world.other, bert, world.people["moderator"], world.people["manager"]]
    return {ROSA: open_browser(), **{account.email: open_browser(account) for account in accounts}}


def test_from_submission_to_adoption(people, smtp, clock):
    post = Post(smtp, people)
    for address in (OLGA, BERT):
        steps.want_news_at_once(people[address])

    idea, case = submitted_and_published(people, post, clock)
    twin = a_twin_is_merged(people, post, clock, idea)
    report, objection = reported_hidden_and_shown_again(people, post, clock, idea)
    answered_and_adopted(people, post, clock, idea, case)

    assert post.differences(expected(idea, twin, report, objection)) == {}
    stations = r"(eingereicht|Rückfrage|überarbeitet|veröffentlicht|beraten|angenommen)\b"
    assert re.findall(stations, way(people[OLGA], idea)) == [
        "eingereicht", "Rückfrage", "überarbeitet", "eingereicht", "veröffentlicht", "beraten", "angenommen",
    ]  # fmt: skip
    row = Idea.objects.get(case__reference=idea)
    # Olga stood behind both, and counts once.
    assert (row.state, row.support_count, row.version) == ("adopted", 1, 2)


def submitted_and_published(people, post, clock):
    """Ada's idea with her picture, a question of the office and her answer; returns its reference and its case."""
    ada, olga, max_ = people[ADA], people[OLGA], people[MAX]
    steps.write(ada, "Mitfahrbank am Bahnhof", "Abends fährt **kein** Bus.")
    steps.attach_phone_picture(ada)
    idea = steps.hand_in(ada, clock)
    assert post.comes() == [ADA, MIA, MAX]
    assert "16. November 2026" in text(ada, post.path(ADA))
    assert olga.request.get(f"/ideen/{idea}/").status == 404

    clock.shift(timedelta(days=1))
    case = post.path(MAX)
    steps.do(max_, case, "Rückfrage stellen", text="Wo genau soll die Bank stehen?")
    assert post.comes() == [ADA]

    clock.shift(timedelta(days=1))
    assert "Wo genau soll die Bank stehen?" in text(ada, post.path(ADA))
    steps.correct(ada, clock)
    assert post.comes() == [ADA, MIA, MAX]

    clock.shift(timedelta(days=1))
    steps.do(max_, case, "Veröffentlichen", text="Danke für die Ergänzung.")
    assert post.comes() == [ADA]
    assert "Zusage gehalten" in text(olga, f"/ideen/{idea}/")
    the_picture_is_harmless(olga)

    clock.shift(timedelta(hours=1))
    steps.take_part(olga, idea)
    assert post.comes() == []  # Ada hears of comments once a day
    return idea, case


def the_picture_is_harmless(page):
    """What was 8000 × 6000 is small and upright, says what can be seen, and no longer knows where it was taken."""
    shown = page.locator(".attached__picture img")
    content = page.request.get(shown.get_attribute("src")).body()
    picture = Image.open(io.BytesIO(content))

    assert shown.get_attribute("alt") == SIGHT
    assert (picture.format, picture.size, dict(picture.getexif())) == ("JPEG", (1800, 2400), {})
    assert b"geheim" not in content.lower()
    assert shown.evaluate("it => it.decode().then(() => [it.naturalWidth, it.naturalHeight])") == [1800, 2400]


def a_twin_is_merged(people, post, clock, idea):
    """Bert asks for the same, Olga supports it, and Ada's idea stands for both; returns the twin's reference."""
    bert, olga, max_ = people[BERT], people[OLGA], people[MAX]
    clock.shift(timedelta(days=1))
    steps.write(bert, "Eine Mitfahrbank für den Bahnhof", "Am Bahnhof wartet man vergeblich auf den Bus.")
    twin = steps.hand_in(bert, clock)
    assert post.comes() == [ADA, BERT, MIA, MAX]
    assert COMMENT in text(people[ADA], post.path(ADA))
    case = post.path(MAX)
    steps.do(max_, case, "Veröffentlichen")
    assert post.comes() == [BERT]
    steps.support(olga, twin)

    steps.merge(max_, case, idea)
    assert post.comes() == [BERT, OLGA]

    assert "Mitfahrbank am Bahnhof" in text(people[ROSA], f"/ideen/{twin}/")
    assert people[ROSA].url.endswith(f"/ideen/{idea}/")
    assert "Bert" in people[ROSA].inner_text("main")
    return twin


def reported_hidden_and_shown_again(people, post, clock, idea):
    """Rosa reports Olga's comment, Max hides it, Olga objects, Mia decides otherwise; returns both references."""
    olga, rosa, max_, mia = people[OLGA], people[ROSA], people[MAX], people[MIA]
    clock.shift(timedelta(days=3))
    report = steps.report_comment(rosa, idea, clock, ROSA)
    assert post.comes() == [MIA, MAX, ROSA]
    assert report in text(rosa, post.path(ROSA))

    clock.shift(timedelta(days=1))
    steps.do(max_, post.path(MAX), "Der Meldung folgen und ausblenden", facts="Der Satz stimmt nicht.")
    assert post.comes() == [OLGA, ROSA]
    assert COMMENT not in text(rosa, f"/ideen/{idea}/")
    assert "hat diesen Kommentar" in rosa.inner_text("main")
    assert "Wir folgen Ihrer Meldung" in text(rosa, post.path(ROSA))

    clock.shift(timedelta(hours=1))
    assert "Der Satz stimmt nicht." in text(olga, post.path(OLGA))
    objection = steps.object_to(olga, post.path(OLGA))
    assert post.comes() == [MIA, OLGA]
    page = post.path(MIA)
    assert "Entscheiden" not in text(max_, page)

    clock.shift(timedelta(days=1))
    steps.do(mia, page, "Die Entscheidung zurücknehmen", text="Der Satz ist eine Meinung.")
    assert post.comes() == [OLGA]
    assert COMMENT in text(rosa, f"/ideen/{idea}/")
    assert "Der Satz ist eine Meinung." in text(olga, post.path(OLGA))
    return report, objection


def answered_and_adopted(people, post, clock, idea, case):
    """The office answers twice; all who are concerned hear of it."""
    for leads_to, body in (("under_consideration", ""), ("adopted", "steering_group")):
        clock.shift(timedelta(days=1))
        steps.answer(people[MAX], people[MIA], case, leads_to, body)
        assert post.comes() == [ADA, BERT, OLGA]
        assert "Wir stellen Bänke auf." in text(people[OLGA], post.path(OLGA))
