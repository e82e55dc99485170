"""A mail server of its own process: takes every letter in and counts.

``python -m bench.sink PORT FILE`` writes one line a letter into FILE, ``recipient<TAB>Message-ID``, and one line
``connection`` for each connection, until it is ended.
"""

import asyncio
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from aiosmtpd.smtp import SMTP

CONNECTION = "connection"
_NUMBER = re.compile(rb"^Message-ID:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


class Counting:
    """Takes in what comes; the line in the file is written before the server says yes."""

    def __init__(self, file):
        self.file = file

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802  (aiosmtpd's name)
        """A connection."""
        session.host_name = hostname
        self.file.write(f"{CONNECTION}\n")
        return responses

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  (aiosmtpd's name)
        """A letter."""
        number = _NUMBER.search(envelope.content)
        self.file.write(f"{envelope.rcpt_tos[0]}\t{number[1].decode()}\n")
        self.file.flush()
        return "250 taken"


class Sink:
    """The process, seen from outside."""

    def __init__(self, port):
        self.port = port
        self.url = f"smtp://127.0.0.1:{port}"
        self.path = Path(tempfile.mkdtemp(prefix="allianz-sink-")) / "letters"
        self.path.touch()
        self.process = subprocess.Popen([sys.executable, "-m", "bench.sink", str(port), str(self.path)])  # noqa: S603
        time.sleep(1)  # until it listens

    def letters(self):
        """(recipient, Message-ID) of each letter, in their order."""
        lines = self.path.read_text("utf-8").split("\n")[:-1]
        return [tuple(line.split("\t")) for line in lines if line != CONNECTION]

    def connections(self):
        """How many there were."""
        return self.path.read_text("utf-8").count(f"{CONNECTION}\n")

    def end(self):
        """End it and forget everything."""
        self.process.terminate()
        self.process.wait(timeout=10)
        self.path.unlink()
        self.path.parent.rmdir()


async def serve(port, path):
    """Listen for ever."""
    with Path(path).open("a", encoding="utf-8") as file:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: SMTP(Counting(file), loop=loop, hostname="sink"), "127.0.0.1", port)
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), sys.argv[2]))
