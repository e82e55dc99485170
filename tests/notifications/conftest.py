"""A mail server that says what a test wants, and mail settings that reach it."""

import socket
import threading
from dataclasses import replace

import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.template import engines

from notifications.states import Rhythm
from notifications.topics import DEFAULTS
from participation.actors.models import Actor
from participation.core.clock import travel_to
from tests.factories import AllianceFactory
from tests.notifications.due import START
from tests.notifications.news import NOON


@pytest.fixture
def all_at_once(monkeypatch):
    """Whoever chose nothing hears of everything at once, so that a test reads each letter by itself."""
    for topic, default in DEFAULTS.items():
        monkeypatch.setitem(DEFAULTS, topic, replace(default, email=Rhythm.AT_ONCE))


@pytest.fixture
def noon(ada, olga):
    """A Monday at noon; there is an alliance, and Ada and Olga read English."""
    AllianceFactory()
    Actor.objects.update(language="en")
    with travel_to(NOON):
        yield


@pytest.fixture
def leaks():
    """Names of variables that a template asked for and did not get show up in the text."""
    engine = engines["django"].engine
    before, engine.string_if_invalid = engine.string_if_invalid, "LEAK(%s)"
    yield "LEAK("
    engine.string_if_invalid = before


class Sink:
    """Takes letters in; ``answers`` maps an address to what the server says to it instead of 250."""

    def __init__(self):
        self.answers = {}
        self.data_answer = None
        self.letters = []
        self.connections = 0
        self.after_letter = lambda: None

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802  (aiosmtpd's name)
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  (aiosmtpd's name)
        if self.data_answer:
            return self.data_answer
        self.letters.append(envelope)
        self.after_letter()
        return "250 taken"

    async def handle_EHLO(self, server, session, envelope, hostname):  # noqa: N802  (aiosmtpd's name)
        self.connections += 1
        session.host_name = hostname
        return "250 HELP"

    def addresses(self):
        """To whom letters were taken in, in their order."""
        return [envelope.rcpt_tos[0] for envelope in self.letters]


def free_port():
    """A port on which nobody listens."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return line.getsockname()[1]


@pytest.fixture
def smtp(settings):
    """A real SMTP server; letters go to it."""
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=free_port())
    controller.start()
    _use(settings, controller.port)
    yield sink
    controller.stop()


@pytest.fixture
def refusing_smtp(settings):
    """An address at which no mail server listens."""
    _use(settings, free_port())


@pytest.fixture
def hanging_smtp(settings):
    """A mail server that takes the connection and then says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        _use(settings, server.getsockname()[1])
        settings.EMAIL_TIMEOUT = 0.2
        yield server


@pytest.fixture
def choking_smtp(settings):
    """A mail server that hangs up on whoever names the address ``choke@post.example``; it takes all others."""
    sink = Sink()
    with socket.create_server(("127.0.0.1", 0)) as server:
        _use(settings, server.getsockname()[1])
        threading.Thread(target=_serve_and_choke, args=(server, sink), daemon=True).start()
        yield sink


def _serve_and_choke(server, sink):
    while True:
        try:
            line, _peer = server.accept()
        except OSError:
            return
        with line, line.makefile("rwb") as talk:
            _talk(talk, sink)


def _talk(talk, sink):
    _say(talk, "220 ready")
    for words in talk:
        verb = words[:4].upper()
        if verb == b"RCPT" and b"choke@" in words:
            return
        if verb == b"DATA":
            _say(talk, "354 go on")
            while talk.readline() != b".\r\n":
                pass
            sink.letters.append(words)
        _say(talk, "221 bye" if verb == b"QUIT" else "250 OK")
        if verb == b"QUIT":
            return


def _say(talk, words):
    talk.write(words.encode() + b"\r\n")
    talk.flush()


def _use(settings, port):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""


@pytest.fixture
def clock():
    """A clock that stands still until a test moves it."""
    with time_machine.travel(START, tick=False) as clock:
        yield clock
