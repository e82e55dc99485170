"""Attachments from the upload to the ready file: one at a time, five at most, and nothing lost with a killed worker."""

import os
import subprocess
import time
from pathlib import Path

import pytest
from django.conf import settings as portal_settings
from django.db import IntegrityError, transaction

from participation.attachments import operations, shelf, workshop
from participation.attachments.models import Attachment, Problem
from participation.attachments.operations import (
    Full,
    NoRoom,
    add_file,
    new_folder,
    prepare_waiting,
    purge_files,
    purge_folders,
    remove_file,
    store,
)
from participation.attachments.queries import files_of, next_waiting, ready_files
from participation.attachments.states import FileState
from participation.tasks import prepare_attachments
from tests import files
from tests.factories import IdeaFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_shelf(settings, tmp_path):
    settings.ATTACHMENTS_ROOT = tmp_path / "attachments"


@pytest.fixture
def folder(db):
    return new_folder()


def added(folder, content, kind="picture", owner=None, **more):
    upload = files.sent(content)
    return add_file(folder, store(upload), kind=kind, name="Bank.png", size=upload.size, owner=owner, **more)


def on_disk():
    root = Path(portal_settings.ATTACHMENTS_ROOT)
    return {path.parent.name + "/" + path.name for path in root.glob("*/*")}


def many_pictures(number):
    return [files.picture((10 + side, 10)) for side in range(number)]


def test_a_picture_waits_and_then_is_ready(folder):
    row = added(folder, files.picture((3000, 1500)), alt="Eine Bank")

    assert (row.state, row.alt, on_disk()) == (FileState.WAITING, "Eine Bank", {f"incoming/{row.key}"})
    assert not ready_files(folder.pk)

    assert not prepare_waiting()

    row.refresh_from_db()
    assert (row.state, row.media_type, row.width, row.height) == (FileState.READY, "image/jpeg", 2400, 1200)
    assert (row.name, row.attempts, row.size) == ("Bank.jpg", 1, shelf.ready(row.key).stat().st_size)
    assert on_disk() == {f"ready/{row.key}"}


def test_a_document_becomes_ready(folder):
    row = added(folder, files.document(), kind="pdf")

    prepare_waiting()

    row.refresh_from_db()
    assert (row.state, row.media_type, row.name) == (FileState.READY, "application/pdf", "Bank.pdf")


@pytest.mark.parametrize(
    ("content", "kind", "problem"),
    [
        (files.truncated(), "picture", Problem.BROKEN),
        (files.bomb(), "picture", Problem.TOO_MANY_PIXELS),
        (b"%PDF-1.7", "pdf", Problem.BROKEN),
    ],
)
def test_what_cannot_be_prepared_is_refused_with_a_sentence(folder, content, kind, problem):
    row = added(folder, content, kind)

    prepare_waiting()

    row.refresh_from_db()
    assert (row.state, row.problem, row.what_to_do) == (FileState.REFUSED, problem, problem.label)
    assert on_disk() == set()


def test_every_problem_that_the_bench_names_has_a_sentence():
    named = {"broken", "pixels", "too_hard", "locked"}

    assert named == set(Problem.values)


def test_five_files_and_no_more(folder):
    for content in many_pictures(5):
        added(folder, content)

    with pytest.raises(Full):
        added(folder, files.picture((99, 9)))

    assert [row.position for row in files_of(folder.pk)] == [1, 2, 3, 4, 5]
    assert len(on_disk()) == 5


def test_the_database_takes_no_sixth_file(folder):
    for content in many_pictures(5):
        row = added(folder, content)

    for position in (5, 6, 0):
        copy = Attachment(folder=folder, key=f"k{position}", digest=f"d{position}", kind="picture", name="x", size=1)
        copy.position, copy.added_at = position, row.added_at
        with pytest.raises(IntegrityError), transaction.atomic():
            copy.save()


def test_a_removed_file_makes_room_in_its_place(folder):
    first, *_others = [added(folder, content) for content in many_pictures(5)]

    remove_file(first)
    new = added(folder, files.picture((99, 9)))

    assert new.position == 1
    assert f"incoming/{first.key}" not in on_disk()


def test_the_same_file_is_attached_once(folder):
    first, second = added(folder, files.picture()), added(folder, files.picture())

    assert first == second
    assert on_disk() == {f"incoming/{first.key}"}


def test_where_nothing_can_be_written_it_is_said(folder, settings, tmp_path):
    (tmp_path / "file").write_text("no folder")
    settings.ATTACHMENTS_ROOT = tmp_path / "file"

    with pytest.raises(NoRoom):
        added(folder, files.picture())


def test_while_one_is_at_work_the_other_has_nothing_to_do(folder):
    row = added(folder, files.picture())

    with workshop.alone() as lock:
        assert lock
        assert not prepare_waiting()

    row.refresh_from_db()
    assert (row.state, row.attempts) == (FileState.WAITING, 0)
    assert not prepare_waiting()
    assert ready_files(folder.pk).get() == row


def test_a_turn_ends_and_the_rest_is_for_the_next(folder, monkeypatch):
    added(folder, files.picture())
    monkeypatch.setattr(operations, "A_TURN", -1)
    woken = []
    monkeypatch.setattr("participation.tasks.wake", woken.append)

    prepare_attachments()
    assert woken == [operations.PREPARE]

    monkeypatch.undo()
    prepare_attachments()
    assert next_waiting() is None


def test_what_cost_three_workers_their_lives_is_refused_unseen(folder):
    bad, good = added(folder, files.picture()), added(folder, files.picture((9, 9)))
    Attachment.objects.filter(pk=bad.pk).update(attempts=3)

    assert next_waiting() == good
    prepare_waiting()

    bad.refresh_from_db()
    assert (bad.state, bad.problem) == (FileState.REFUSED, Problem.TOO_HARD)


def test_what_another_worker_has_prepared_is_left_alone(folder):
    row = added(folder, files.picture())
    prepare_waiting()
    row.refresh_from_db()

    with workshop.alone() as lock:
        operations.prepare(row, lock)

    row.refresh_from_db()
    assert (row.state, row.attempts) == (FileState.READY, 1)


def test_a_file_that_was_removed_meanwhile_leaves_nothing(folder, monkeypatch):
    row = added(folder, files.picture())
    remake = workshop.remake

    def slow(attachment, lock):
        told = remake(attachment, lock)
        Attachment.objects.get(pk=row.pk).delete()
        return told

    monkeypatch.setattr(workshop, "remake", slow)
    prepare_waiting()

    assert on_disk() == set()


def test_a_bench_that_breaks_down_refuses_the_file(folder, monkeypatch):
    row = added(folder, files.picture())
    monkeypatch.setitem(workshop.MODULES, "picture", "nowhere")

    prepare_waiting()

    row.refresh_from_db()
    assert row.problem == Problem.TOO_HARD


def test_a_bench_that_takes_too_long_refuses_the_file(folder, monkeypatch):
    row = added(folder, files.picture((7000, 7000), "PNG"))
    monkeypatch.setattr(workshop, "PATIENCE", 0.05)

    prepare_waiting()

    row.refresh_from_db()
    assert row.problem == Problem.TOO_HARD


def test_the_bench_knows_no_secret(folder, monkeypatch):
    seen = []
    monkeypatch.setattr(subprocess, "run", lambda *args, env, **more: seen.append(env) or 1 / 0)
    added(folder, files.picture())

    with pytest.raises(ZeroDivisionError):
        prepare_waiting()

    assert seen == [{}]


def test_files_that_no_row_names_are_removed_after_an_hour(folder):
    kept, gone, fresh = [added(folder, content) for content in many_pictures(3)]
    Attachment.objects.filter(pk__in=[gone.pk, fresh.pk]).delete()
    half = shelf.ready("half").with_suffix(".part")
    half.touch()
    long_ago = time.time() - operations.UNCLAIMED - 1
    for path in (shelf.incoming(kept.key), shelf.incoming(gone.key), half):
        os.utime(path, (long_ago, long_ago))

    assert purge_files() == 2
    assert on_disk() == {f"incoming/{kept.key}", f"incoming/{fresh.key}"}


def test_a_folder_goes_with_its_files(folder):
    other = new_folder()
    IdeaFactory(folder=other)
    gone, kept = added(folder, files.picture()), added(other, files.picture())

    assert purge_folders() == 1

    assert (list(Attachment.objects.all()), on_disk()) == ([kept], {f"incoming/{kept.key}"})
    assert gone.key != kept.key


def test_the_files_lie_outside_of_all_that_is_served(settings):
    served = [settings.STATIC_ROOT, settings.MEDIA_ROOT, *settings.STATICFILES_DIRS]
    root = portal_settings.DATA_DIR / "attachments"

    assert [str(place) for place in served if root.is_relative_to(place) or Path(place).is_relative_to(root)] == []
