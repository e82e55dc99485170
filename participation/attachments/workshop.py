"""Files are remade one at a time, each in a process of its own (``bench``): memory stays bounded, whatever was sent."""

import contextlib
import fcntl
import json
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from . import shelf
from .models import Attachment, Problem

MODULES = {Attachment.Kind.PICTURE: "pictures", Attachment.Kind.PDF: "documents"}
PATIENCE = 60  # seconds for one file
TOO_HARD = {"problem": Problem.TOO_HARD.value}


@contextlib.contextmanager
def alone():
    """Hold the workshop inside the block; gives None where another process of this data folder is at work.

    The system frees it when its holder dies, however that happens.
    """
    Path(settings.ATTACHMENTS_ROOT).mkdir(parents=True, exist_ok=True)
    with (Path(settings.ATTACHMENTS_ROOT) / "workshop.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
        else:
            yield lock


def remake(attachment, lock):
    """Make a clean file of what was sent; returns what ``Attachment`` stores of it, or ``{"problem": …}``.

    The child holds ``lock`` as well: while it lives, nobody else begins.
    """
    target = shelf.ready(attachment.key)
    draft = target.with_suffix(".part")
    told = _told(MODULES[attachment.kind], shelf.incoming(attachment.key), draft, lock)
    if "problem" not in told:
        told["size"] = draft.stat().st_size
        draft.replace(target)
    draft.unlink(missing_ok=True)
    return told


def _told(module, source, target, lock):
    command = [sys.executable, "-m", f"participation.attachments.{module}", str(source), str(target)]
    try:
        done = subprocess.run(  # noqa: S603  (our own module; the paths are random names in our own folder)
            command, cwd=settings.BASE_DIR, env={}, pass_fds=(lock.fileno(),),
            stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, check=True,
        )  # fmt: skip
        return json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        return TOO_HARD
