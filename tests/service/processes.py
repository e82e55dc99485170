"""``manage.py up`` on a data folder of its own, and its children by name."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from email import message_from_bytes, policy
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAMES = {
    "broker": "unixsocket:broker.sock",
    "web": "gunicorn",
    "beat": " portal beat",
    "worker": "--hostname up-",
    "urgent": "--hostname urgent-",
}


def until(true, seconds, what):
    """Wait until ``true()``; real processes report to nobody."""
    end = time.monotonic() + seconds
    while not (answer := true()):
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(0.1)  # real processes and files: nothing reports a change
    return answer


def free_port():
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Up:
    """The portal's real processes, from the outside."""

    def __init__(self, data_dir, **environment):
        self.data_dir = data_dir
        self.port = free_port()
        self.site = f"http://127.0.0.1:{self.port}"
        self.environment = {
            "PATH": os.environ["PATH"], "DATA_DIR": str(data_dir), "PORT": str(self.port), "DEMO": "0",
        } | environment  # fmt: skip
        self.log = data_dir.parent / f"up-{self.port}.log"

    def start(self):
        """Start and wait for the first page."""
        command = [sys.executable, "manage.py", "up"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        until(lambda: self.process.poll() is not None or self.answers("/"), 90, "GET /")
        assert self.process.poll() is None, self.said()
        return self

    def stop(self, number=signal.SIGINT):
        """Ctrl-C; returns what is left of our processes."""
        ours = self.family()
        if self.process.poll() is None:
            self.process.send_signal(number)
            self.process.wait(timeout=60)
        return [pid for pid in ours if is_alive(pid)]

    def answers(self, path, timeout=5):
        """Whether ``path`` answers 200."""
        try:
            with urllib.request.urlopen(f"{self.site}{path}", timeout=timeout) as answer:
                return answer.status == 200
        except OSError:
            return False

    def children(self, name):
        """The ids of the processes called ``name``, the elder first."""
        return [pid for pid in self.family() if NAMES[name] in command_of(pid)]

    def family(self):
        """All our processes."""
        parents = {pid: parent_of(pid) for pid in everybody()}
        found = [self.process.pid]
        for pid in found:
            found += sorted(child for child, parent in parents.items() if parent == pid)
        return found

    def letters(self, address):
        """The letters to ``address`` in the data folder."""
        found = (message_from_bytes(path.read_bytes(), policy=policy.default) for path in self.mail())
        return [letter for letter in found if letter["To"] == address]

    def mail(self):
        """The files of all letters."""
        return sorted((self.data_dir / "mail").glob("*.eml"))

    def said(self):
        """All output so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")


def everybody():
    """The ids of all processes that live."""
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit() and is_alive(int(entry.name))]


def parent_of(pid):
    """The parent's id; None where the process has just gone."""
    fields = _stat(pid)
    return int(fields[1]) if fields else None


def is_alive(pid):
    """Whether the process lives; one that only waits for its burial does not."""
    fields = _stat(pid)
    return bool(fields) and fields[0] != "Z"


def command_of(pid):
    """The command line."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _stat(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []
