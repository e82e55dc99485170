"""Letters to many: rendered once per event and language; name, reason and key are filled in for each.

A rendering holds marks where the words of one reader belong. Its parts are
written as quoted-printable (RFC 2045) piece by piece, so that filling in costs
no more than joining bytes.
"""

import quopri
import re
from email.utils import formatdate
from html import escape
from uuid import uuid4

from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import SafeMIMEMultipart
from django.utils import translation

from participation.region.queries import the_alliance

from .headers import headers_of, ways_out
from .letterbook import BY_NAME
from .letters import Rendering, address_of, compose_one, render, reply_address, sender_of
from .unwanted import NO_LONGER, Unwanted

MARKS = {name: f"\ue000{name}\ue001" for name in ("name", "reason", "stop_url")}
_MARK = re.compile("\ue000(\\w+)\ue001")
_QUOTED_PRINTABLE = b"Content-Transfer-Encoding: quoted-printable"


def compose(delivery):
    """The letter of ``delivery``, circular or not, as an e-mail. Raises Unwanted where nobody should get it."""
    return Sheets([delivery]).compose(delivery) if BY_NAME[delivery.letter].readers else compose_one(delivery)


class Circular(EmailMultiAlternatives):
    """An e-mail whose bytes are made from a Sheet."""

    def __init__(self, sheet, words, address, head):
        """``words`` fill the marks of ``sheet``."""
        self.sheet, self.words = sheet, words
        rendering = sheet.filled(words)
        super().__init__(
            rendering.subject, rendering.text, sheet.sender, [address], reply_to=sheet.reply_to, headers=head
        )
        self.attach_alternative(rendering.html, "text/html")

    def message(self):
        """The head as Django writes it, the body ready as bytes."""
        return _Written(self)


class _Written:
    """What a mail backend asks of a message."""

    def __init__(self, circular):
        self.circular = circular
        self.head = SafeMIMEMultipart(_subtype="alternative", encoding="utf-8", boundary=circular.sheet.boundary)
        self.head["Subject"] = circular.subject
        self.head["From"] = circular.from_email
        self.head["To"] = ", ".join(circular.to)
        if circular.reply_to:
            self.head["Reply-To"] = ", ".join(circular.reply_to)
        self.head["Date"] = formatdate()
        for name, value in circular.extra_headers.items():
            self.head[name] = value

    def __getitem__(self, name):
        return self.head[name]

    def as_bytes(self, linesep="\n"):
        """The whole message; SMTP asks for ``linesep`` CR LF."""
        lines = "".join(f"{name}: {value}\n" for name, value in self.head.items()).encode("ascii")
        whole = lines.replace(b"\n", b"\r\n") + self.circular.sheet.body(self.circular.words)
        return whole if linesep == "\r\n" else whole.replace(b"\r\n", linesep.encode())


class Sheet:
    """A letter of the catalogue about one event in one language, ready to be filled in."""

    def __init__(self, delivery, letter, *, named):
        """Render it. Raises Unwanted where nobody should get it any more."""
        alliance = the_alliance()
        self.sender, self.reply_to = sender_of(alliance), reply_address(alliance)
        self.boundary = f"=_{uuid4().hex}"
        marks = MARKS if named else {**MARKS, "name": ""}
        with translation.override(delivery.language):
            context = {**ways_out(delivery, letter), **marks, **letter.context(delivery)}
        self.rendering = render(letter, context, delivery.language)
        self._text = _pieces(self.rendering.text)
        self._html = _pieces(self.rendering.html)

    def filled(self, words):
        """The Rendering for one reader."""
        safe = {name: escape(value) for name, value in words.items()}
        return Rendering(
            _fill(self.rendering.subject, words), _fill(self.rendering.text, words), _fill(self.rendering.html, safe)
        )

    def body(self, words):
        """Both parts as bytes, with their boundaries."""
        safe = {name: escape(value) for name, value in words.items()}
        mark = self.boundary.encode("ascii")
        return b"".join(
            [
                _opening(mark, b"plain"), *_join(self._text, words),
                _opening(mark, b"html"), *_join(self._html, safe),
                b"\r\n--", mark, b"--\r\n",
            ]
        )  # fmt: skip


class Sheets:
    """The sheets and readers of one batch of deliveries; each is asked for once."""

    def __init__(self, deliveries):
        """``deliveries`` with their events and recipients at hand."""
        self.deliveries = [row for row in deliveries if row.letter in BY_NAME and BY_NAME[row.letter].readers]
        self._sheets, self._readers = {}, {}

    def compose(self, delivery):
        """The e-mail for ``delivery``. Raises Unwanted where its reader should not get it any more."""
        letter = BY_NAME[delivery.letter]
        address = address_of(delivery, letter)
        reader = self._reader(delivery, letter)
        sheet = self._sheet(delivery, letter)
        out = ways_out(delivery, letter)
        words = {"name": delivery.recipient.display_name if delivery.recipient else "", **out, **reader}
        head = headers_of(delivery, letter, stop_url=reader.get("stop_url", ""))
        return Circular(sheet, words, address, head)

    def _reader(self, delivery, letter):
        """Why this reader gets it."""
        key = (delivery.letter, delivery.event_id, delivery.language)
        if key not in self._readers:
            same = [row for row in self.deliveries if (row.letter, row.event_id, row.language) == key]
            with translation.override(delivery.language):
                self._readers[key] = letter.readers(same)
        try:
            found = self._readers[key][delivery.recipient_id or delivery.address]
        except KeyError:
            raise Unwanted(NO_LONGER) from None
        return found if isinstance(found, dict) else {"reason": str(found)}

    def _sheet(self, delivery, letter):
        key = (delivery.letter, delivery.event_id, delivery.language, delivery.recipient_id is not None)
        if key not in self._sheets:
            self._sheets[key] = Sheet(delivery, letter, named=delivery.recipient_id is not None)
        return self._sheets[key]


def _pieces(text):
    """Encoded words and names of marks in turn."""
    return [part if number % 2 else _encoded(part) for number, part in enumerate(_MARK.split(text))]


def _encoded(text):
    """``text`` as quoted-printable whose last line goes on: it leaves room for the sign that says so."""
    text = re.sub("\r\n?", "\n", text)
    lines = quopri.encodestring(f"{text}~".encode())[:-1]
    return lines.replace(b"\n", b"\r\n") + b"=\r\n"


def _join(pieces, words):
    return [_encoded(words[part]) if number % 2 else part for number, part in enumerate(pieces)]


def _fill(text, words):
    return _MARK.sub(lambda mark: words[mark[1]], text)


def _opening(mark, kind):
    return b"\r\n".join(
        [b"", b"--" + mark, b"Content-Type: text/%b; charset=utf-8" % kind, _QUOTED_PRINTABLE, b"", b""]
    )
