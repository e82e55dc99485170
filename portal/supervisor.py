"""Keeps several processes alive and ends them together.

One thread: it reads what the children say, prefixes their lines, and starts
again who ends. Each child leads a session of its own, so that a signal to it
reaches its own children too, and Ctrl-C in the terminal reaches only us.
"""

import contextlib
import ctypes
import os
import selectors
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

WAITS = (1, 2, 5, 10)  # seconds before a child starts again for the first, second, third, fourth time
MOST_ENDS = 5  # of one child within WINDOW seconds; then everything stops
WINDOW = 60
PATIENCE = 15  # seconds between asking a child to end and killing it
READY_PATIENCE = 10
TICK = 0.2
KEPT_LINES = 20
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)


class EndedTooOften(Exception):  # noqa: N818  (told to people as what happened)
    """A child that cannot be kept alive; the text says which, and shows its last lines."""


@dataclass
class Child:
    """One process to keep alive."""

    name: str
    command: list[str]
    env: dict[str, str] | None = None
    cwd: str | None = None
    pass_fds: tuple[int, ...] = ()
    is_ready: Callable[[], bool] = lambda: True  # the next child waits for it, READY_PATIENCE at most
    quiet: bool = False  # keep its lines for the case that it ends too often, but do not show them
    process: subprocess.Popen | None = None
    start_at: float | None = None
    ends: deque = field(default_factory=deque)
    lines: deque = field(default_factory=lambda: deque(maxlen=KEPT_LINES))
    unfinished: bytes = b""


class Supervisor:
    """Starts ``children`` in their order and stops them in the reverse one."""

    def __init__(self, children, *, waits=WAITS, patience=PATIENCE, out=None):
        self.children = children
        self.waits = waits
        self.patience = patience
        self.out = out or sys.stdout
        self.selector = selectors.DefaultSelector()
        self.signals = 0

    def run(self, then=lambda: None):
        """Keep the children alive until a signal comes; ``then`` is called when all have started.

        Raises EndedTooOften. Either way no child is left; a second signal kills at once.
        """
        with self._listening():
            try:
                for child in self.children:
                    self._start(child)
                    self._watch(until=child.is_ready, seconds=READY_PATIENCE)
                if not self.signals:
                    then()
                self._watch()
            finally:
                self._stop()

    def _watch(self, until=lambda: False, seconds=float("inf")):
        end = time.monotonic() + seconds
        while not (self.signals or until() or time.monotonic() > end):
            self._read()
            for child in self.children:
                if child.process and child.process.poll() is not None:
                    self._ended(child)
                if child.start_at and time.monotonic() >= child.start_at:
                    self._start(child)

    def _start(self, child):
        child.start_at = None
        child.process = subprocess.Popen(  # noqa: S603  (our own commands)
            child.command,
            env=child.env,
            cwd=child.cwd,
            pass_fds=child.pass_fds,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_end_with_parent if hasattr(LIBC, "prctl") else None,  # noqa: PLW1509  (there is one thread)
        )
        os.set_blocking(child.process.stdout.fileno(), False)
        self.selector.register(child.process.stdout, selectors.EVENT_READ, child)

    def _ended(self, child):
        """Bury a child that ended by itself and decide when it starts again."""
        code = self._bury(child)
        now = time.monotonic()
        child.ends.append(now)
        while child.ends[0] < now - WINDOW:
            child.ends.popleft()
        if len(child.ends) >= MOST_ENDS:
            last = "\n".join(child.lines)
            raise EndedTooOften(
                f"“{child.name}” ended {MOST_ENDS} times within a minute, so everything stops. Its last lines:\n{last}"
            )
        wait = self.waits[len(child.ends) - 1]
        child.start_at = now + wait
        self._say("up", f"“{child.name}” ended ({_how(code)}); it starts again in {wait} s.")

    def _bury(self, child):
        """Kill what is left of the child's session, read its last words and return its exit code."""
        with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS: EPERM for a group of zombies
            os.killpg(child.process.pid, signal.SIGKILL)
        code = child.process.wait()
        self._hear(child)
        if child.unfinished:
            self._line(child, child.unfinished)
        with contextlib.suppress(KeyError):  # it had closed its output before
            self.selector.unregister(child.process.stdout)
        child.process.stdout.close()
        child.process, child.unfinished = None, b""
        return code

    def _stop(self):
        self._say("up", "Ending …")
        for child in reversed(self.children):
            if child.process:
                self._end(child)
        self.selector.close()

    def _end(self, child):
        child.process.terminate()
        end = time.monotonic() + self.patience
        while child.process.poll() is None and time.monotonic() < end and self.signals < 2:
            self._read()
        self._bury(child)

    def _read(self):
        for key, _ in self.selector.select(TICK):
            if key.data is None:
                os.read(key.fd, 4096)  # a signal arrived, for instance SIGCHLD; who ended is asked by _watch
            elif not self._hear(key.data):
                self.selector.unregister(key.fileobj)

    def _hear(self, child):
        """Pass on what the child said; False where it will say no more."""
        with contextlib.suppress(BlockingIOError):
            while said := os.read(child.process.stdout.fileno(), 65536):
                *lines, child.unfinished = (child.unfinished + said).split(b"\n")
                for line in lines:
                    self._line(child, line)
            return False
        return True

    def _line(self, child, line):
        text = line.decode("utf-8", "replace").rstrip()
        child.lines.append(text)
        if not child.quiet:
            self._say(child.name, text)

    def _say(self, name, text):
        with contextlib.suppress(OSError):  # a closed terminal is no reason to stop serving
            self.out.write(f"{name:<6} | {text}\n")
            self.out.flush()

    @contextlib.contextmanager
    def _listening(self):
        """Note signals that ask us to stop, and wake up at once when a child ends."""
        awake, wake = os.pipe()
        os.set_blocking(wake, False)
        self.selector.register(awake, selectors.EVENT_READ)
        before = {number: signal.signal(number, self._note) for number in STOPPING}
        before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
        before_wake = signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(before_wake)
            for number, handler in before.items():
                signal.signal(number, handler)
            os.close(awake)
            os.close(wake)

    def _note(self, *_):
        self.signals += 1


def _end_with_parent():
    """Ask Linux to end this child when the supervisor is killed."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _how(code):
    return f"exit {code}" if code >= 0 else signal.Signals(-code).name
