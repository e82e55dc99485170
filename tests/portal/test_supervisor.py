"""Children that end start again, five ends are enough, and nobody is left behind."""

import io
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from portal.supervisor import Child, EndedTooOften, Supervisor

SOON = (0.01, 0.02, 0.03, 0.04)
TELL_PARENT = "os.kill(os.getppid(), signal.SIGTERM)"
WAIT = "while True: signal.pause()"


def child(name, program, *arguments, **options):
    code = "import os, pathlib, signal, subprocess, sys\n" + textwrap.dedent(program)
    return Child(name, [sys.executable, "-S", "-E", "-c", code, *map(str, arguments)], **options)


def is_alive(pid):
    """A process that nobody has buried yet (Z) does not count."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def run():
    """Run children to their end and return what was said; after a minute somebody presses Ctrl-C."""

    def _run(*children, **options):
        out = io.StringIO()
        impatience = threading.Timer(60, os.kill, [os.getpid(), signal.SIGTERM])
        impatience.start()
        try:
            Supervisor(children, out=out, **({"waits": SOON, "patience": 10} | options)).run()
        finally:
            impatience.cancel()
        return out.getvalue()

    return _run


def test_a_child_that_ends_starts_again(run, tmp_path):
    starts = tmp_path / "starts"
    program = f"""
        with open(sys.argv[1], "a") as file: file.write("x")
        if os.path.getsize(sys.argv[1]) < 3: sys.exit(3)
        {TELL_PARENT}
        {WAIT}
    """

    said = run(child("web", program, starts))

    assert starts.read_text() == "xxx"
    assert "up     | “web” ended (exit 3); it starts again in 0.01 s." in said
    assert "up     | “web” ended (exit 3); it starts again in 0.02 s." in said


def test_a_killed_child_starts_again(run, tmp_path):
    starts = tmp_path / "starts"
    program = f"""
        with open(sys.argv[1], "a") as file: file.write("x")
        if os.path.getsize(sys.argv[1]) < 2: os.kill(os.getpid(), signal.SIGKILL)
        {TELL_PARENT}
        {WAIT}
    """

    assert "“web” ended (SIGKILL)" in run(child("web", program, starts))


def test_five_ends_stop_everything_and_the_last_lines_say_why(run, tmp_path):
    other = tmp_path / "other"
    waiting = child("beat", f"pathlib.Path(sys.argv[1]).write_text(str(os.getpid()))\n{WAIT}", other)
    waiting.is_ready = other.exists
    failing = child("worker", 'for n in range(30): print("reason", n)\nsys.exit(1)')

    with pytest.raises(EndedTooOften, match="“worker” ended 5 times within a minute") as caught:
        run(waiting, failing)

    reason = str(caught.value)
    assert "reason 29" in reason
    assert "reason 10" in reason
    assert "reason 9\n" not in reason
    assert not is_alive(int(other.read_text()))


def test_lines_carry_the_name_of_who_said_them(run):
    program = f"""
        print("one", flush=True)
        os.write(1, b"broken \\xff utf-8\\nno line end")
        {TELL_PARENT}
        {WAIT}
    """

    said = run(child("web", program))

    assert "web    | one\nweb    | broken \ufffd utf-8\n" in said
    assert "web    | no line end\n" in said


def test_a_quiet_child_is_not_heard(run):
    assert "hello" not in run(child("broker", f'print("hello", flush=True)\n{TELL_PARENT}\n{WAIT}', quiet=True))


def test_a_child_may_close_its_output_and_live_on(run):
    assert "Ending" in run(child("web", f"os.close(1); os.close(2)\n{TELL_PARENT}\n{WAIT}"))


def test_children_start_in_order_and_stop_in_the_reverse_one(run, tmp_path):
    story = tmp_path / "story"
    program = f"""
        def note(word):
            with open(sys.argv[1], "a") as file: file.write(f"{{word}} {{sys.argv[2]}}, ")
        signal.signal(signal.SIGTERM, lambda *_: (note("stop"), sys.exit()))
        note("start")
        if sys.argv[2] == "worker": {TELL_PARENT}
        {WAIT}
    """
    names = ["broker", "web", "worker"]
    children = [child(name, program, story, name) for name in names]
    for one in children:
        one.is_ready = lambda name=one.name: story.exists() and f"start {name}" in story.read_text()

    run(*children)

    assert story.read_text() == "start broker, start web, start worker, stop worker, stop web, stop broker, "


def test_what_a_child_started_ends_with_it(run, tmp_path):
    grandchild = tmp_path / "grandchild"
    program = f"""
        if not os.path.exists(sys.argv[1]):
            sleeper = subprocess.Popen([sys.executable, "-S", "-c", "import signal; signal.pause()"])
            pathlib.Path(sys.argv[1]).write_text(str(sleeper.pid))
            os._exit(1)
        {TELL_PARENT}
        {WAIT}
    """

    run(child("worker", program, grandchild))

    assert not is_alive(int(grandchild.read_text()))


def test_who_does_not_listen_is_killed_after_a_while(run):
    stubborn = child("worker", f"signal.signal(signal.SIGTERM, signal.SIG_IGN)\n{TELL_PARENT}\n{WAIT}")

    run(stubborn, patience=0.1)

    assert stubborn.process is None


def test_a_second_signal_kills_at_once(run):
    program = f"""
        signal.signal(signal.SIGTERM, lambda *_: {TELL_PARENT})
        {TELL_PARENT}
        {WAIT}
    """
    started = time.monotonic()

    run(child("worker", program), patience=60)

    assert time.monotonic() - started < 10


def test_signal_handlers_are_put_back(run):
    before = signal.getsignal(signal.SIGTERM)

    run(child("web", f"{TELL_PARENT}\n{WAIT}"))

    assert signal.getsignal(signal.SIGTERM) is before


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
def test_children_end_when_the_supervisor_is_killed():
    sleeper = ["-S", "-c", "import os, signal; print(os.getpid(), flush=True); signal.pause()"]
    program = (
        "import sys; from portal.supervisor import Child, Supervisor\n"
        f"Supervisor([Child('web', [sys.executable, *{sleeper!r}])]).run()"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as supervisor:
        pid = int(supervisor.stdout.readline().partition("|")[2])
        supervisor.kill()

    end = time.monotonic() + 10
    while is_alive(pid) and time.monotonic() < end:
        time.sleep(0.01)  # the kernel tells the child; nothing reports when
    assert not is_alive(pid)
