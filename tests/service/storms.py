"""Bad weather from outside: a broker that dies, freezes or forgets, a mail server that refuses or hangs."""

import contextlib
import signal
import socket
import threading
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

from aiosmtpd.controller import Controller
from redis import Redis

from portal.broker import leave_place, start_embedded

from .processes import free_port


class Broker:
    """A broker of our own, of the kind that ``manage.py up`` brings."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()
        self.start()

    def start(self):
        """Start, empty, at the same address as before; return when it answers."""
        self.url, self.process = start_embedded(self.folder)

    def stop(self):
        """End without a word."""
        self.process.kill()
        self.process.wait(timeout=10)

    def end(self):
        """Stop and tidy up."""
        self.stop()
        leave_place(self.folder, Path(unquote(urlsplit(self.url).path)).parent)

    def freeze(self):
        """Take connections and answer nothing."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self):
        """Go on."""
        self.process.send_signal(signal.SIGCONT)

    def empty(self):
        """Forget everything; returns how many messages were waiting."""
        with Redis.from_url(self.url) as client:
            waiting = sum(client.llen(key) for key in client.scan_iter(match="allianz:celery*", _type="list"))
            client.flushall()
        return waiting


class MailServer:
    """Takes letters in and notes when; ``close``, ``hang`` and ``refuse`` until it is opened again."""

    def __init__(self):
        self.port = free_port()
        self.url = f"smtp://127.0.0.1:{self.port}"
        self.taken = []  # (moment, address, Message-ID)
        self.news = threading.Condition()
        self.refusals = 0
        self.refuses = self.hangs_up = False
        self.unknown = set()  # addresses that are refused for good
        self.door = self.mute = None
        self.callers = []
        self.open()

    def open(self):
        """Take letters in (again)."""
        self.close()
        self.refuses = self.hangs_up = False
        self._serve()

    def hang_up(self):
        """Close the connection in the middle of each letter."""
        self.close()
        self.hangs_up = True
        self._serve()

    def is_called(self, seconds):
        """Whether, while it hangs, somebody calls within so many seconds."""
        self.mute.settimeout(seconds)
        with contextlib.suppress(TimeoutError):
            self.callers.append(self.mute.accept()[0])
            return True
        return False

    def refuse(self):
        """Answer 451 to each recipient."""
        self.close()
        self.refuses = True
        self._serve()

    def hang(self):
        """Take connections and say nothing."""
        self.close()
        self.mute = socket.create_server(("127.0.0.1", self.port))

    def close(self):
        """Listen no more."""
        if self.door:
            self.door.stop()
        if self.mute:
            self.mute.close()
        for caller in self.callers:
            caller.close()
        self.callers = []
        self.door = self.mute = None

    def waiting(self, addresses, until):
        """Who of ``addresses`` has no letter at the moment ``until``; earlier where all have theirs."""
        with self.news:
            self.news.wait_for(lambda: not self._without(addresses), timeout=max(0, until - time.monotonic()))
            return self._without(addresses)

    def _without(self, addresses):
        return addresses - {to for _moment, to, _name in self.taken}

    def _serve(self):
        self.door = Controller(self, hostname="127.0.0.1", port=self.port)
        self.door.start()

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802  (aiosmtpd's name)
        """Take or refuse the recipient."""
        if self.refuses:
            self.refusals += 1
            return "451 4.3.0 Please come back later"
        if address in self.unknown:
            return "550 5.1.1 Nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  (aiosmtpd's name)
        """Note the letter."""
        if self.hangs_up:
            server.transport.abort()
            return "451 4.3.0 never heard"
        lines = envelope.content.decode("ascii", "replace").splitlines()
        name = next(line for line in lines if line.lower().startswith("message-id:"))
        with self.news:
            self.taken.append((time.monotonic(), envelope.rcpt_tos[0], name))
            self.news.notify_all()
        return "250 taken"
