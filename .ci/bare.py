"""The portal on a bare machine: ``bare.py USER REPOSITORY COVERAGE`` as root.

A fresh user with an empty environment and a PATH of sh, coreutils, make, git and
Debian's python3 clones the repository into a folder with a blank and 120
characters, and does what the README says. What its tests covered is copied to COVERAGE.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.service.processes import command_of, everybody, free_port, until
from tests.service.visitor import Visitor

FIRST_START, NEXT_START, LETTER, END = 180, 15, 120, 60  # seconds
FOLDER = "a folder with a blank and a hundred and twenty characters " + "x" * 120


class Newcomer:
    """The fresh user: what it runs sees nothing but its PATH folder."""

    def __init__(self, name):
        self.user = pwd.getpwnam(name)
        self.path = Path(self.user.pw_dir) / "bin"
        self.folder = Path(self.user.pw_dir) / FOLDER

    def lay_out_path(self):
        """Make the PATH folder."""
        self.path.mkdir(mode=0o755)
        listed = subprocess.run(["dpkg", "-L", "coreutils"], check=True, capture_output=True, text=True).stdout
        tools = [Path(line) for line in listed.splitlines() if line.startswith(("/bin/", "/usr/bin/"))]
        for tool in [*tools, Path("/bin/sh"), Path("/usr/bin/make"), Path("/usr/bin/git"), Path("/usr/bin/python3")]:
            (self.path / tool.name).symlink_to(tool)

    def start(self, *command, cwd, **options):
        """Start ``command`` as this user in a session of its own."""
        return subprocess.Popen(
            command, cwd=cwd, user=self.user.pw_uid, group=self.user.pw_gid, extra_groups=[], umask=0o022,
            stdin=subprocess.DEVNULL, start_new_session=True, **options,
        )  # fmt: skip

    def environment(self, **variables):
        """Nothing but PATH and ``variables``."""
        return {"PATH": str(self.path)} | variables

    def run(self, *command, cwd, **variables):
        """Run ``command`` to its end; it must end well."""
        program = str(self.path / command[0])
        code = self.start(program, *command[1:], cwd=cwd, env=self.environment(**variables)).wait()
        if code:
            sys.exit(f"“{' '.join(command)}” ended with {code}.")

    def processes(self):
        """What runs for this user."""
        return [pid for pid in everybody() if owner_of(pid) == self.user.pw_uid]


def main(name, repository, coverage):
    """Walk through the README's first screen."""
    newcomer = Newcomer(name)
    newcomer.lay_out_path()
    newcomer.run("git", "clone", "--quiet", repository, str(newcomer.folder), cwd=newcomer.user.pw_dir)
    print(f"The path has {len(str(newcomer.folder))} characters.", flush=True)

    with_portal(newcomer, FIRST_START, register)
    with_portal(newcomer, NEXT_START, lambda *_: None)
    newcomer.run("make", "test", "ARGS=--quiet -rs --cov --cov-report= --durations=10", cwd=newcomer.folder)
    shutil.copyfile(newcomer.folder / ".coverage", coverage)
    left = newcomer.processes()
    if left:
        sys.exit(f"After “make test” these still run: {[command_of(pid) for pid in left]}")


def with_portal(newcomer, patience, visit):
    """“make run”, a look at the start page, ``visit``, Ctrl-C; nothing is left."""
    port = free_port()
    site = f"http://127.0.0.1:{port}"
    log = newcomer.folder.parent / f"make-run-{port}.log"
    started = time.monotonic()
    with log.open("wb") as out:
        make = newcomer.start(
            "make", "run", cwd=newcomer.folder, env=newcomer.environment(PORT=str(port)), stdout=out, stderr=out,
            executable=str(newcomer.path / "make"),
        )  # fmt: skip
    try:
        page = until(lambda: make.poll() is not None or start_page(site), patience, "GET / answers")
        if make.poll() is not None:
            sys.exit("“make run” ended by itself.")
        print(f"GET / answers after {time.monotonic() - started:.1f} s.", flush=True)
        if "Anmelden" not in page or "Sign in" in page:
            sys.exit("The start page does not speak German.")
        visit(newcomer, site)
    except BaseException:
        print(log.read_text(errors="replace")[-5000:])
        raise
    finally:
        os.killpg(make.pid, signal.SIGINT)
        make.wait(timeout=END)
    until(lambda: not newcomer.processes(), 5, "Ctrl-C leaves no process")
    print(f"Ctrl-C ended everything (exit {make.returncode}).", flush=True)


def register(newcomer, site):
    """Register; the letter must come."""
    Visitor(site).register("ada@actor.example")
    mail = newcomer.folder / "var/mail"
    letter = until(lambda: next(iter(mail.glob("*.eml")), None), LETTER, "the letter lies in var/mail")
    if b"ada@actor.example" not in letter.read_bytes():
        sys.exit("The letter is for somebody else.")
    print(f"The letter lies in var/mail/{letter.name}.", flush=True)


def start_page(site):
    """The start page's text; empty while it does not answer."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{site}/", timeout=5) as answer:
            return answer.read().decode()
    except OSError:
        return ""


def owner_of(pid):
    """Whose process it is; None where it has just gone."""
    try:
        return Path(f"/proc/{pid}").stat().st_uid
    except FileNotFoundError:
        return None


if __name__ == "__main__":
    main(*sys.argv[1:])
