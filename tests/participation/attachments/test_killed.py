"""A real worker is killed in the middle of a picture: its successor prepares it."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import pytest
from celery import Celery
from django.db import connection

from participation.attachments.operations import PREPARE, add_file, new_folder, store
from participation.attachments.states import FileState
from tests import files
from tests.service.processes import command_of, everybody, is_alive, parent_of, until

pytestmark = [
    pytest.mark.service,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc"),
]
WORKER = [
    sys.executable, "-m", "celery", "--quiet", "--app", "portal", "worker", "--concurrency", "1",
    "--without-gossip", "--without-mingle", "--without-heartbeat",
]  # fmt: skip


class Workers:
    """Celery workers with a queue of their own, on the database and the shelf of this test."""

    def __init__(self, settings):
        prefix = f"attachments-{uuid4().hex}:"
        self.folder = settings.BASE_DIR
        self.queue = Celery("probe", broker=settings.CELERY_BROKER_URL, set_as_current=False)
        self.queue.conf.broker_transport_options = {
            **settings.CELERY_BROKER_TRANSPORT_OPTIONS, "global_keyprefix": prefix,
        }  # fmt: skip
        self.environment = {
            **os.environ, "DATABASE_URL": database(), "QUEUE_PREFIX": prefix,
            "ATTACHMENTS_ROOT": str(settings.ATTACHMENTS_ROOT),
        }  # fmt: skip
        self.started = []

    def start(self):
        """A worker, and a word to it."""
        self.started.append(subprocess.Popen(WORKER, cwd=self.folder, env=self.environment))
        self.queue.send_task(PREPARE, retry=False)
        return self.started[-1]

    def end(self):
        """No process and no connection is left."""
        for worker in self.started:
            for pid in [*descendants(worker.pid), worker.pid]:
                kill(pid)
            worker.wait(10)
        self.queue.close()


def database():
    """The address of the tests' database."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{quote(str(given['NAME']))}"
    return f"postgres://{given['USER']}:{quote(given['PASSWORD'])}@{given['HOST']}:{given['PORT']}/{given['NAME']}"


def descendants(pid):
    """The children of a process, and theirs."""
    parents = {one: parent_of(one) for one in everybody()}
    found = [pid]
    for each in found:
        found += [child for child, parent in parents.items() if parent == each]
    return found[1:]


def kill(pid):
    """End a process, if it is still there."""
    if is_alive(pid):
        os.kill(pid, signal.SIGKILL)


def bench_of(worker):
    """The process in which ``worker`` just has a picture made anew."""
    return next((pid for pid in descendants(worker.pid) if "attachments.pictures" in command_of(pid)), None)


@pytest.fixture
def workers(settings, tmp_path):
    settings.ATTACHMENTS_ROOT = tmp_path / "attachments"
    workers = Workers(settings)
    yield workers
    workers.end()


def test_a_worker_killed_in_the_middle_leaves_the_file_to_its_successor(workers, tmp_path):
    upload = files.sent(files.picture((5000, 5000), "PNG", "RGBA", (1, 2, 3, 4)))
    row = add_file(new_folder(), store(upload), kind="picture", name="Bank.png", size=upload.size, owner=None)
    first = workers.start()
    bench = until(lambda: bench_of(first), 60, "a picture is on the bench")

    for pid in [pid for pid in descendants(first.pid) if pid != bench]:
        kill(pid)
    kill(first.pid)

    until(lambda: not is_alive(bench), 10, "the bench ends with its worker")
    row.refresh_from_db()
    assert (row.state, row.attempts) == (FileState.WAITING, 1)

    workers.start()

    until(lambda: not row.refresh_from_db() and row.is_ready, 60, "the successor has done it")
    assert row.attempts == 2
    kept = {path.relative_to(tmp_path).as_posix() for path in Path(tmp_path).rglob("*") if path.is_file()}
    assert kept == {f"attachments/ready/{row.key}", "attachments/workshop.lock"}
