"""Taking files, making them harmless, forgetting them.

Who may attach something to what is decided by the slice that owns the folder;
its operations ask for the right and call these inside their own transaction.
"""

import time

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from ..core.clock import now
from ..core.errors import Refusal
from ..core.wake import wake
from . import shelf, workshop
from .models import Attachment, Folder
from .queries import files_of, free_place, next_waiting, ownerless_folders
from .states import LIFECYCLE, FileState

PREPARE = "participation.prepare_attachments"
A_TURN = 20  # seconds after which a worker lets others have a turn; one file more takes at most a minute
MOST_ATTEMPTS = 3
UNCLAIMED = 3600  # seconds after which a file without a row is nobody's


class Full(Refusal):
    """Five files are there."""

    message = _("Five files at most can be attached. Please remove one first.")


class NoRoom(Refusal):
    """The disk is full, or cannot be written."""

    message = _("At the moment we cannot take files. Please try again later; what you wrote is not lost.")


def store(upload):
    """Write an upload down, before any transaction; returns what ``add_file`` needs. Raises NoRoom."""
    try:
        return shelf.keep(upload)
    except OSError as error:
        raise NoRoom from error


@transaction.atomic
def add_file(folder, stored, *, kind, name, size, owner, alt=""):
    """Put a stored file into ``folder``; the same file twice is there once. Raises Full.

    ``stored`` is what ``store`` gave, ``kind`` what ``kinds.kind_of`` said.
    """
    key, digest = stored
    hold(folder.pk)
    known = files_of(folder.pk).filter(digest=digest).first()
    place = free_place(folder.pk)
    if known or place is None:
        shelf.discard(key)
        if known:
            return known
        raise Full
    row = Attachment.objects.create(
        folder=folder, owner=owner, key=key, digest=digest, kind=kind, name=shelf.shown_name(name), size=size, alt=alt,
        position=place, added_at=now(),
    )  # fmt: skip
    transaction.on_commit(lambda: wake(PREPARE), robust=True)
    return row


def new_folder():
    """An empty folder."""
    return Folder.objects.create(changed_at=now())


def hold(folder_id):
    """Let one transaction after the other change what lies in the folder."""
    Folder.objects.filter(pk=folder_id).update(changed_at=now())


@transaction.atomic
def describe_file(attachment, alt):
    """Say what can be seen in a picture."""
    Attachment.objects.filter(pk=attachment.pk).update(alt=alt)
    attachment.alt = alt


@transaction.atomic
def remove_file(attachment):
    """Take a file out of its folder and off the disk."""
    hold(attachment.folder_id)
    attachment.delete()
    transaction.on_commit(lambda: shelf.discard(attachment.key), robust=True)


@transaction.atomic
def purge_folders():
    """Remove folders to which nothing points any more, with their files; returns how many files went."""
    folders = ownerless_folders()
    keys = list(Attachment.objects.filter(folder__in=folders).values_list("key", flat=True))
    folders.delete()
    transaction.on_commit(lambda: shelf.discard(*keys), robust=True)
    return len(keys)


def prepare_waiting():
    """Remake what waits, one file at a time, for a short turn; says whether something still waits.

    Where another worker is at it, that one goes on and this one has nothing to do.
    """
    end = time.monotonic() + A_TURN
    with workshop.alone() as lock:
        if lock is None:
            return False
        while attachment := next_waiting():
            if time.monotonic() > end:
                return True
            prepare(attachment, lock)
    return False


def prepare(attachment, lock):
    """Remake one file. What has cost several workers their lives is refused unseen."""
    rows = Attachment.objects.filter(pk=attachment.pk, state=FileState.WAITING)
    if not rows.update(attempts=F("attempts") + 1):
        return
    if attachment.attempts < MOST_ATTEMPTS:
        _settle(attachment, workshop.remake(attachment, lock))
    else:
        _settle(attachment, workshop.TOO_HARD)


@transaction.atomic
def _settle(attachment, told):
    """Write down what became of a file; of one that was removed meanwhile nothing stays."""
    hold(attachment.folder_id)
    if not Attachment.objects.filter(pk=attachment.pk).exists():
        shelf.discard(attachment.key)
        return
    if "problem" in told:
        LIFECYCLE.advance(attachment, FileState.REFUSED, problem=told["problem"])
    else:
        name = shelf.name_of(attachment.name, told["media_type"])
        LIFECYCLE.advance(attachment, FileState.READY, name=name, **told)
    transaction.on_commit(lambda: shelf.incoming(attachment.key).unlink(missing_ok=True), robust=True)


def purge_files():
    """Remove files that no row names: of uploads that were broken off, of folders that are gone; returns how many."""
    found = shelf.keys_older_than(UNCLAIMED)
    lost = found - set(Attachment.objects.values_list("key", flat=True))
    shelf.discard(*lost)
    return len(lost)
