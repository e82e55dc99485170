"""``python manage.py up``: the whole portal on one machine with one command."""

import contextlib
import fcntl
import os
import socket
import subprocess
import sys
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import OperationalError, connections

from portal import broker, env
from portal.supervisor import Child, EndedTooOften, Supervisor

PYTHON = [sys.executable, "-m"]
CELERY = [*PYTHON, "celery", "--quiet", "--app", "portal"]
# Names are new with each start: a worker frees what its forerunner of the same name held (notifications.tasks).
START = uuid4().hex
WORKER = [*CELERY, "worker", "--without-gossip", "--without-mingle", "--without-heartbeat"]
WORKERS = {
    "worker": [*WORKER, "--hostname", f"up-{START}@%h", "--concurrency", "2"],
    "urgent": [*WORKER, "--hostname", f"urgent-{START}@%h", "--concurrency", "1", "--queues", "urgent"],
}
GUNICORN = [*PYTHON, "gunicorn", "--config", "deploy/gunicorn.conf.py", "--workers", "1"]
WEB_CHILDREN = ("web 1", "web 2")  # two, so that one still answers when the other is killed


class Command(BaseCommand):
    """Migrate, then keep broker, web, worker and beat running until Ctrl-C."""

    help = "Serve the whole portal on this machine until Ctrl-C."

    def handle(self, *args, **options):
        """Start everything; ends with one sentence where that is not possible."""
        os.umask(0o077)  # letters, the database and the accounts' file are nobody else's business
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        with _only_one(), _listening() as door, _broker_folder() as folder:
            environment = _environment(folder)
            self._prepare(environment)
            supervisor = Supervisor([*_broker(folder), *_children(environment, door)], out=self.stdout)
            try:
                supervisor.run(then=self._greet)
            except EndedTooOften as reason:
                raise SystemExit(str(reason)) from None

    def _prepare(self, environment):
        try:
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)
            if _demo_wanted() and _demo_missing():
                self._load_demo(environment)
        except OperationalError as error:
            raise SystemExit(f"The database does not answer: {error}") from None
        finally:
            connections.close_all()

    def _load_demo(self, environment):
        self.stdout.write("Loading the demonstration alliance …")
        unfinished = _unfinished_demo()
        unfinished.touch()
        command = [sys.executable, "manage.py", "demo"]
        calm = environment | {"LOG_LEVEL": "ERROR"}  # the broker is not there yet; that is no news
        done = subprocess.run(command, cwd=settings.BASE_DIR, env=calm, stdout=subprocess.DEVNULL, check=False)  # noqa: S603
        if done.returncode:
            raise SystemExit("The demonstration alliance could not be loaded. DEMO=0 starts without it.")
        unfinished.unlink()

    def _greet(self):
        accounts = settings.DATA_DIR / "demo-accounts.txt"
        if _demo_wanted() and accounts.exists():
            self.stdout.write(f"\nAccounts of the demonstration ({accounts}):\n{accounts.read_text(encoding='utf-8')}")
        self.stdout.write(f"\nThe portal answers at {settings.SITE_URL} – Ctrl-C ends it.\n")
        self.stdout.flush()


def _environment(folder):
    """What the children read: the same settings as ours, DEBUG off, the broker that we run."""
    chosen = {
        "DATA_DIR": str(settings.DATA_DIR),
        "SITE_URL": settings.SITE_URL,
        "DEBUG": "0",
        "DEMO": "1" if _demo_wanted() else "0",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PYTHONUNBUFFERED": "1",
    }
    if folder:
        chosen["REDIS_URL"] = broker.url(folder)
    return {**os.environ, **chosen}


def _broker(folder):
    if folder:
        command = broker.command()
        yield Child("broker", command, cwd=str(folder), is_ready=lambda: broker.answers(folder), quiet=True)


def _children(environment, door):
    """Web, beat and workers; they stop in the reverse order."""
    common = {"env": environment, "cwd": str(settings.BASE_DIR)}
    for name in WEB_CHILDREN:
        command = [*GUNICORN, "--bind", f"fd://{door.fileno()}", "portal.wsgi"]
        yield Child(name, command, pass_fds=(door.fileno(),), **common)
    yield Child("beat", [*CELERY, "beat"], **common)
    for name, command in WORKERS.items():
        yield Child(name, command, **common)


def _demo_wanted():
    return env.flag("DEMO", default=settings.LOOPBACK)


def _demo_missing():
    return _unfinished_demo().exists() or not get_user_model().objects.exists()


def _unfinished_demo():
    return settings.DATA_DIR / "demo-unfinished"


@contextlib.contextmanager
def _only_one():
    """Hold the data folder; ends the process where another start holds it."""
    with (settings.DATA_DIR / "up.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            raise SystemExit(
                f"The portal already runs on {settings.DATA_DIR} ({lock.read().strip()}): "
                "please end it first, or choose another DATA_DIR."
            ) from None
        lock.truncate(0)
        lock.write(f"process {os.getpid()}, {settings.SITE_URL}\n")
        lock.flush()
        yield


@contextlib.contextmanager
def _listening():
    """The socket that all web processes share: while one starts again, requests wait instead of failing."""
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(("127.0.0.1", settings.PORT))
        except OSError as error:
            raise SystemExit(
                f"Port {settings.PORT} cannot be used ({error.strerror}): "
                f"please choose another one, for instance PORT={settings.PORT + 1 if settings.PORT < 65535 else 8000}."
            ) from None
        door.listen(512)
        yield door


@contextlib.contextmanager
def _broker_folder():
    """Where the embedded broker lives; None where ``REDIS_URL`` names a server."""
    if env.text("REDIS_URL"):
        yield None
        return
    folder = broker.find_place(settings.DATA_DIR)
    try:
        yield folder
    finally:
        broker.leave_place(settings.DATA_DIR, folder)
