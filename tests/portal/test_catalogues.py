"""Catalogues are compiled without GNU gettext, and only when they changed."""

import gettext
import os
from pathlib import Path

import pytest
from babel.messages.pofile import PoFileError

from portal.catalogues import compile_all

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
HELLO = 'msgid "Hello"\nmsgstr "Grüß Gott"\n\n#, fuzzy\nmsgid "Bye"\nmsgstr "Ade"\n'


@pytest.fixture
def source(tmp_path):
    """A German catalogue."""
    path = tmp_path / "de/LC_MESSAGES/django.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEAD + HELLO, encoding="utf-8")
    return path


def test_a_catalogue_is_compiled_once(source, tmp_path):
    first, second = compile_all(tmp_path), compile_all(tmp_path)

    assert first == [source.with_suffix(".mo")]
    assert second == []
    with first[0].open("rb") as file:
        german = gettext.GNUTranslations(file)
    assert german.gettext("Hello") == "Grüß Gott"
    assert german.gettext("Bye") == "Bye"
    assert sorted(path.name for path in source.parent.iterdir()) == ["django.mo", "django.po"]


def test_a_changed_catalogue_is_compiled_again(source, tmp_path):
    compile_all(tmp_path)
    later = Path(source.with_suffix(".mo")).stat().st_mtime + 10
    os.utime(source, (later, later))

    assert compile_all(tmp_path) == [source.with_suffix(".mo")]


def test_nonsense_is_refused(source, tmp_path):
    source.write_text("this is no catalogue\n", encoding="utf-8")

    with pytest.raises(PoFileError):
        compile_all(tmp_path)
