"""Letters to many: rendered once per event and language; name, reason and key are filled in for each.

A rendering holds marks where the words of one reader belong; each process has
its own, so that nobody can write one into an idea. The parts of a rendering are
written as quoted-printable (RFC 2045) piece by piece, so that filling in costs
no more than joining bytes.
"""

import quopri
import re
from email.utils import formatdate, parseaddr
from functools import cached_property
from html import escape
from uuid import uuid4

from django.core.mail.message import SafeMIMEMultipart, sanitize_address
from django.utils import translation

from participation.region.queries import the_alliance

from .headers import headers_of, stop_address, ways_out
from .letterbook import BY_NAME
from .letters import address_of, compose_one, render, reply_address, sender_of
from .unwanted import NO_LONGER, Unwanted

_SEAL = f"\ue000{uuid4().hex}\ue001"
MARKS = {name: f"{_SEAL}{name}{_SEAL}" for name in ("name", "reason", "stop_url")}
_MARK = re.compile(f"{_SEAL}({'|'.join(MARKS)}){_SEAL}")
_PLAIN = re.compile(r"[\w.+-]+@[\w.-]+", re.ASCII)
_QUOTED_PRINTABLE = b"Content-Transfer-Encoding: quoted-printable"


def compose(delivery):
    """The letter of ``delivery``, circular or not, as an e-mail. Raises Unwanted where nobody should get it."""
    return Sheets([delivery]).compose(delivery) if BY_NAME[delivery.letter].readers else compose_one(delivery)


class Circular:
    """An e-mail as Django's mail backends take it, made from a Sheet; its words are put together when asked for."""

    cc, bcc, encoding = (), (), None

    def __init__(self, sheet, words, address, head):
        """``words`` fill the marks of ``sheet``; ``head`` are the headers of this letter alone."""
        self.sheet, self.words = sheet, words
        self.subject, self.from_email, self.reply_to = sheet.rendering.subject, sheet.envelope, sheet.reply_to
        self.to, self.extra_headers = [address], head

    def recipients(self):
        """To whom it goes; a plain address as a pair of name and address, which Django need not take apart."""
        return [("", address) if _PLAIN.fullmatch(address) else address for address in self.to]

    def message(self):
        """The letter as it goes over the line."""
        return _Written(self)

    @cached_property
    def body(self):
        """The plain text."""
        return _fill(self.sheet.rendering.text, self.words)

    @cached_property
    def alternatives(self):
        """The other part, with its kind."""
        return [(_fill(self.sheet.rendering.html, _safe(self.words)), "text/html")]


class _Written:
    """What a mail backend asks of a message."""

    def __init__(self, circular):
        address = sanitize_address(circular.recipients()[0], "utf-8")
        self.head = {"To": address, "Date": formatdate(), **circular.extra_headers}
        self.circular = circular

    def __getitem__(self, name):
        return self.head.get(name)

    def as_bytes(self, linesep="\n"):
        """The whole message; SMTP asks for ``linesep`` CR LF. Raises ValueError for a header with a line break."""
        lines = [f"{name}: {value}" for name, value in self.head.items()]
        if any("\n" in line or "\r" in line for line in lines):
            raise ValueError("A header with a line break.")
        head = "\r\n".join(lines).encode("ascii")
        whole = b"\r\n".join([self.circular.sheet.head, head, self.circular.sheet.body(self.circular.words)])
        return whole if linesep == "\r\n" else whole.replace(b"\r\n", linesep.encode())


class Sheet:
    """A letter of the catalogue about one event in one language, ready to be filled in."""

    def __init__(self, delivery, letter, *, named):
        """Render it. Raises Unwanted where nobody should get it any more."""
        alliance = the_alliance()
        self.sender, self.reply_to = sender_of(alliance), reply_address(alliance)
        self.envelope = parseaddr(self.sender)
        self.boundary = f"=_{uuid4().hex}"
        marks = MARKS if named else {**MARKS, "name": ""}
        with translation.override(delivery.language):
            context = {**ways_out(delivery, letter), **marks, **letter.context(delivery)}
        self.rendering = render(letter, context, delivery.language)
        self.head = self._head()
        self._text = _pieces(self.rendering.text)
        self._html = _pieces(self.rendering.html)

    def _head(self):
        """The headers that are the same for all; a circular names nobody in its subject."""
        head = SafeMIMEMultipart(_subtype="alternative", encoding="utf-8", boundary=self.boundary)
        head["Subject"], head["From"] = self.rendering.subject, self.sender
        if self.reply_to:
            head["Reply-To"] = ", ".join(self.reply_to)
        return "\n".join(f"{name}: {value}" for name, value in head.items()).encode("ascii").replace(b"\n", b"\r\n")

    def body(self, words):
        """Both parts as bytes, with their boundaries."""
        mark = self.boundary.encode("ascii")
        return b"".join(
            [
                _opening(mark, b"plain"), *_join(self._text, words),
                _opening(mark, b"html"), *_join(self._html, _safe(words)),
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
        words = {
            "name": delivery.recipient.display_name if delivery.recipient else "",
            "stop_url": stop_address(delivery, letter),
            **reader,
        }
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


def _safe(words):
    """``words`` as they stand in HTML."""
    return {name: escape(value) for name, value in words.items()}


def _fill(text, words):
    return _MARK.sub(lambda mark: words[mark[1]], text)


def _opening(mark, kind):
    return b"\r\n".join(
        [b"", b"--" + mark, b"Content-Type: text/%b; charset=utf-8" % kind, _QUOTED_PRINTABLE, b"", b""]
    )
