"""What people read is translated, completely; the catalogue fits the source."""

import os
import shutil
import subprocess
import sys

import pytest
from babel.messages.pofile import read_po

from .source import BASE, PACKAGES

CATALOGUE = BASE / "portal/locale/de/LC_MESSAGES/django.po"


def read(path):
    """The messages of the catalogue at ``path``, its header aside."""
    with path.open("rb") as file:
        return [message for message in read_po(file, abort_invalid=True) if message.id]


def forms(message):
    """All wordings of a message: one, or singular and plural."""
    return message.string if isinstance(message.string, tuple) else (message.string,)


def name(message):
    """What makes a message one of its kind: context and source text."""
    return message.context, message.id


def unfinished(messages):
    """The messages that are not translated, or only perhaps."""
    return [message.id for message in messages if message.fuzzy or not all(forms(message))]


@pytest.fixture(scope="module")
def catalogue():
    return read(CATALOGUE)


def test_every_message_is_translated_and_none_is_fuzzy(catalogue):
    assert unfinished(catalogue) == []


def test_an_unfinished_message_is_found(tmp_path):
    path = tmp_path / "django.po"
    path.write_text('msgid "a"\nmsgstr ""\n\n#, fuzzy\nmsgid "b"\nmsgstr "B"\n\nmsgid "c"\nmsgstr "C"\n')

    assert unfinished(read(path)) == ["a", "b"]


def test_placeholders_are_the_same_in_both_languages(catalogue):
    wrong = {message.id: list(map(str, message.check())) for message in catalogue if list(message.check())}

    assert wrong == {}


@pytest.mark.skipif(not shutil.which("xgettext"), reason="GNU gettext is not installed; .ci/run has it")
def test_the_catalogue_holds_what_the_source_says_and_nothing_else(tmp_path, catalogue):
    for folder in (*PACKAGES, "templates"):
        shutil.copytree(BASE / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(BASE / "manage.py", tmp_path)
    copy = tmp_path / CATALOGUE.relative_to(BASE)
    copy.unlink()
    environment = {**os.environ, "DATA_DIR": str(tmp_path / "var"), "PYTHONPATH": str(tmp_path)}

    subprocess.run(
        [sys.executable, "manage.py", "makemessages", "-l", "de", "-v0"], cwd=tmp_path, env=environment, check=True
    )

    said, known = {name(message) for message in read(copy)}, {name(message) for message in catalogue}
    assert said - known == set(), "in the source, not in the catalogue"
    assert known - said == set(), "in the catalogue, no longer in the source"
