"""Each letter as a mail server receives it: sent by the real sender over SMTP, and read back strictly."""

import re
from email import message_from_bytes, policy
from html.parser import HTMLParser
from urllib.parse import urldefrag

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from notifications import sender
from notifications.circulars import compose
from notifications.letterbook import BY_NAME
from notifications.letters import render
from notifications.models import Delivery
from notifications.samples import SAMPLE
from participation.accessibility.models import BarrierReport
from participation.actors.models import Actor
from participation.discussion.models import Comment
from participation.events.models import Case
from participation.ideas.models import Answer, Idea, Review
from participation.promises.models import Extension
from participation.reports.models import Objection, Report, Statement
from tests.factories import ActorFactory, AllianceFactory, LegalTextFactory, as_
from tests.notifications.book import a_delivery

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
OFFICE = "buero@allianz.example"
BOOK = sorted(set(BY_NAME) - {SAMPLE})
READERS = {
    "canary": lambda: as_(ActorFactory(posts=["manager"])),
    "newsletter": Client,
}  # the others have the recipient
NOT_ABOUT_ONE_S_OWN = {"report_to_decide", "objection_to_decide"}
CIRCULARS = sorted(name for name in BOOK if BY_NAME[name].readers)
VARYING = {"Content-Type", "Date", "Content-Transfer-Encoding"}
STRICT = policy.SMTP.clone(raise_on_defect=True)
NASTY = "<u>\"Ä'</u>\r\nBcc: eve@evil.example ‮\u05d0😀{{ x }}%(y)s"
PLACEHOLDERS = re.compile(r"{[{%#]|[%#}]}|%\(|[\ue000\ue001]|\bNone\b|\(\)|„“|“”|&lt;|&amp;amp;")


@pytest.fixture(autouse=True)
def _alliance():
    AllianceFactory(name="Allianz „Nord, Süd“", office_address="Hauptstraße 1\n97999 Beispielstadt")
    for kind in ("terms", "accessibility"):
        LegalTextFactory(kind=kind)


class Words(HTMLParser):
    """What of a page is read, and where its links lead."""

    def __init__(self, html):
        super().__init__()
        self.text, self.links, self.muted = [], [], False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.muted = tag in ("title", "style")
        self.links += [value for name, value in attrs if name == "href"]

    def handle_data(self, data):
        if not self.muted:
            self.text.append(data)


def sent(delivery, smtp):
    """The bytes that the mail server got for ``delivery``."""
    sender.send_due()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.reason) == ("sent", "")
    (envelope,) = smtp.letters
    assert envelope.rcpt_tos == [delivery.address or delivery.recipient.email]
    return envelope.content


def read(raw):
    """The message in ``raw``, its text and its HTML; any defect is an error."""
    message = message_from_bytes(raw, policy=STRICT)
    assert [value.defects for value in message.values() if value.defects] == []
    assert message.get_content_type() == "multipart/alternative"
    text, html = message.iter_parts()
    assert [part.get_content_type() for part in (text, html)] == ["text/plain", "text/html"]
    return message, text.get_content(), html.get_content()


def check_lines(raw):
    """Every line fits into SMTP, every head is ASCII, quoted-printable keeps to its 76 characters."""
    lines = raw.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines), "only CR LF ends a line"
    assert max(map(len, lines)) <= 998
    assert raw.partition(b"\r\n\r\n")[0].isascii()
    for part in message_from_bytes(raw, policy=STRICT).iter_parts():
        if part["Content-Transfer-Encoding"] == "quoted-printable":
            assert max(map(len, part.as_bytes().split(b"\r\n"))) <= 78, "76 and the line's end"


def words_of(text):
    """The words of a text, without links, signs and the ways in which blanks are written."""
    plain = re.sub(r"\S+://\S+|\xad", "", text).replace("\xa0", " ")
    return {word for word in re.split(r"[\s:.,;·()„“”\"!?-]+", plain) if word}


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", BOOK)
def test_a_letter_is_valid_mail_whose_two_forms_say_the_same(name, language, smtp):
    raw = sent(a_delivery(name, language), smtp)

    message, text, html = read(raw)
    shown = Words(html)
    check_lines(raw)
    assert len(message["Subject"]) < 78
    assert "…" not in message["Subject"]
    for words in (message["Subject"], text, "".join(shown.text)):
        assert not PLACEHOLDERS.search(words)
    assert words_of(text) - words_of(" ".join(shown.text)) == set()
    assert words_of(" ".join(shown.text)) - words_of(text) <= {"Allianzportal", "Alliance", "portal"}
    assert set(re.findall(r"https?://\S+", text)) == set(shown.links) - {f"mailto:{OFFICE}"}
    assert set(re.findall(r"[\w.+-]+@[\w-]+\.\w+", f"{text} {html}")) == {OFFICE}, "nobody else's address"


@pytest.mark.parametrize("name", BOOK)
def test_every_link_of_a_letter_opens_for_its_reader(name, smtp):
    delivery = a_delivery(name)
    if name in NOT_ABOUT_ONE_S_OWN:
        delivery.recipient = ActorFactory(posts=["moderator"])
        delivery.save()
    _message, _text, html = read(sent(delivery, smtp))
    client = READERS[name]() if name in READERS else as_(delivery.recipient)

    for link in set(Words(html).links) - {f"mailto:{OFFICE}"}:
        assert link.startswith(SITE)
        assert client.get(urldefrag(link).url.removeprefix(SITE) or "/", follow=True).status_code == 200


@pytest.mark.parametrize("name", BOOK)
def test_hostile_names_and_words_stay_what_they_are(name, smtp):
    delivery = a_delivery(name)
    Actor.objects.update(display_name=NASTY)
    for table, fields in {
        Idea: ("title", "text"), Case: ("title",), Review: ("text",), Answer: ("text",), Comment: ("text",),
        Extension: ("reason",), Report: ("page", "answer"), Statement: ("facts", "rule", "lifted_because"),
        Objection: ("answer",), BarrierReport: ("page", "text"),
    }.items():  # fmt: skip
        for field in fields:
            table.objects.exclude(**{field: ""}).update(**{field: NASTY})

    raw = sent(delivery, smtp)

    message, _text, html = read(raw)
    check_lines(raw)
    assert message["Bcc"] is None
    assert "<u>" not in html
    assert not re.search("[\r\n‮]", message["Subject"])
    assert len(message["Subject"]) < 78
    assert message["To"] == (delivery.address or delivery.recipient.email)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", BOOK)
def test_the_longest_names_and_titles_leave_the_subject_short(name, language, smtp):
    delivery = a_delivery(name, language)
    Actor.objects.update(display_name="Maximiliane Ägidia von Hohenlohe-Öhringen zu Weikersheim 123")
    Idea.objects.update(title=("Mitfahrgelegenheiten für Jüngere und Ältere " * 4)[:120])
    Case.objects.update(title=("Mitfahrgelegenheiten für Jüngere und Ältere " * 4)[:120])

    raw = sent(delivery, smtp)

    message, _text, _html = read(raw)
    check_lines(raw)
    assert len(message["Subject"]) < 78
    assert not message["Subject"].endswith((" …", ",…"))


def as_python_writes_it(letter):
    """The same words and headers as a message of Django's."""
    plain = EmailMultiAlternatives(
        letter.subject,
        letter.body,
        letter.sheet.sender,
        letter.to,
        reply_to=letter.reply_to,
        headers=letter.extra_headers,
    )
    plain.attach_alternative(*letter.alternatives[0])
    return plain.message()


@pytest.mark.parametrize("name", CIRCULARS)
def test_a_circular_reads_as_if_python_had_written_it(name):
    letter = compose(a_delivery(name))

    ours = read(letter.message().as_bytes(linesep="\r\n"))
    theirs = read(as_python_writes_it(letter).as_bytes(linesep="\r\n"))

    assert ours[1:] == theirs[1:]
    heads = [{key: value.strip() for key, value in head.items() if key not in VARYING} for head in (ours[0], theirs[0])]
    assert heads[0] == heads[1]


def test_a_circular_has_no_header_with_a_line_break(ada):
    letter = compose(a_delivery("idea_news", recipient=ada))
    letter.extra_headers["List-ID"] = "<ideen>\r\nBcc: eve@evil.example"

    with pytest.raises(ValueError, match="line break"):
        letter.message().as_bytes(linesep="\r\n")


@pytest.mark.parametrize("length", [*range(60, 80), 998, 2500])
def test_a_circular_keeps_its_lines_short_whatever_is_filled_in(length, ada):
    delivery = a_delivery("idea_news", recipient=ada)
    sheet = compose(delivery).sheet

    for sign in "a=Ä😀":
        body = sheet.body({"name": sign * length, "reason": sign * length, "stop_url": sign * length})
        assert max(map(len, body.split(b"\r\n"))) <= 76 + len(sheet.boundary)
        assert max(len(line) for line in body.split(b"\r\n") if sheet.boundary.encode() not in line) <= 76


@pytest.mark.parametrize(
    "address", ["a@post.example\nBcc: eve@evil.example", "a@post.example, eve@evil.example", "a@post.example\r\n.\r\n"]
)
@pytest.mark.parametrize("name", ["password_changed", "idea_news"])
def test_an_address_that_smuggles_something_in_gets_nothing_and_stops_nobody(name, address, smtp, ada):
    bad = a_delivery(name, recipient=ada)
    good = a_delivery("unknown_account")
    Actor.objects.filter(pk=ada.pk).update(email=address)

    sender.send_due()

    assert smtp.addresses() == [good.recipient.email]
    assert Delivery.objects.get(pk=bad.pk).state in {"due", "failed"}


def test_whoever_hides_their_profile_is_not_named_in_a_letter(ada, olga):
    delivery = a_delivery("idea_commented", recipient=ada)
    Comment.objects.exclude(parent=None).update(author=olga)
    type(olga).objects.filter(pk=olga.pk).update(hidden_at=delivery.created_at, hidden_reason="rude")

    letter = compose(delivery)

    assert "Olga" not in letter.body + letter.alternatives[0][0]


def test_a_subject_is_cut_between_words():
    title = "Ein Platz für alle und noch viel mehr " * 6
    shown = render(BY_NAME["idea_news"], {"headline": "2026-0042: angenommen", "idea": {"title": title}}, "de")

    assert shown.subject == "2026-0042: angenommen · Ein Platz für alle und noch viel mehr Ein Platz für…"
    assert len(title) > 200
    assert title.strip() in shown.text.partition("\n")[0]


@pytest.mark.parametrize("mark", ["x", "stop_url", "name"])
def test_what_looks_like_a_mark_in_an_idea_is_none(mark, smtp):
    delivery = a_delivery("idea_news", "de")
    Idea.objects.update(title=f"Bank \ue000{mark}\ue001")

    message, text, _html = read(sent(delivery, smtp))

    assert "Bank" in message["Subject"]
    assert text.count("/abmelden/") == 1
    assert text.count(delivery.recipient.display_name) == 1
