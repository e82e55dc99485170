"""No template speaks past the catalogue: what people read stands in a translation."""

import re

import pytest
from django.template.base import Lexer, TokenType

from .source import BASE

TEMPLATES = sorted(path for path in (BASE / "templates").rglob("*") if path.is_file())
SAME_EVERYWHERE = {
    "JBSWY-3DPEH-PK3PX",
    "](https://…)",
    "iCalendar",
    "Atom",
}  # a sample key, the signs of a link, names of formats
CUT = "\x00"
NOT_READ = {"blocktranslate": "endblocktranslate", "comment": "endcomment", "block body_class": "endblock"}


def untranslated(text):
    """The words of a template that stand there for everybody, in the page or in attributes that are read out."""
    page = "".join(_plain(text))
    read_out = re.findall(r'\s(?:alt|title|aria-label|placeholder)="([^"]*)"', page)
    page = re.sub(r"<!--.*?-->|<(script|style|svg)\b.*?</\1>", CUT, page, flags=re.DOTALL)
    pieces = [*re.sub(r"<[^>]*>", CUT, page).split(CUT), *CUT.join(read_out).split(CUT)]
    return [piece.strip() for piece in pieces if re.search(r"[^\W\d_]{2,}", re.sub(r"&\w+;", "", piece))]


def _plain(text):
    """What stands between the tags of the template language; a tag cuts the text."""
    until = None
    for token in Lexer(text).tokenize():
        if token.token_type == TokenType.BLOCK:
            word = token.contents.split()[0]
            begun = NOT_READ.get(word) or NOT_READ.get(token.contents)
            until = begun if until is None else (None if word == until else until)
        if until is None:
            yield token.contents if token.token_type == TokenType.TEXT else CUT


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(BASE)))
def test_every_word_is_translated(path):
    assert set(untranslated(path.read_text(encoding="utf-8"))) <= SAME_EVERYWHERE


@pytest.mark.parametrize(
    "text",
    [
        "<p>Plain words</p>", '<img alt="Plain words" src="{{ url }}">', '<a href="{% url "start" %}">Plain words</a>',
        "{% translate 'x' %} Plain words", '<button title="Plain words">{% icon "x" %}</button>',
    ],
)  # fmt: skip
def test_words_for_everybody_are_found(text):
    assert untranslated(text) == ["Plain words"]


@pytest.mark.parametrize(
    "text",
    [
        "{% blocktranslate %}Words{% plural %}more{% endblocktranslate %}", "{# Words #}{{ words }} &nbsp;·&shy;",
        "{% comment %}Words{% endcomment %}", '<p class="words" data-words="x">{{ words }}</p>',
    ],
)  # fmt: skip
def test_what_is_translated_or_not_read_is_fine(text):
    assert untranslated(text) == []
