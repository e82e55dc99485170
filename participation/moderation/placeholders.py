"""The placeholders of text blocks, and what stands for them in words about an idea."""

import re

from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localdate

from ..core.markup import escaped

GAP = "[…]"
_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")


def _promised_day(idea):
    """The promised day in the author's language, while the promise is open."""
    if not (idea.promise and idea.promise.is_open):
        return ""
    with translation.override(idea.author.language if idea.author else None):
        return date_format(localdate(idea.promise.due_at), "DATE_FORMAT")


# Name → what stands for it, given an idea with its promise.
PLACEHOLDERS = {
    "name": lambda idea: idea.author.display_name if idea.author else "",
    "title": lambda idea: idea.title,
    "reference": lambda idea: idea.reference,
    "day": _promised_day,
    "field": lambda idea: idea.field.name if idea.field else "",
}
IN_PUBLIC = {"name": lambda idea: idea.author.display_name if idea.author and not idea.author.is_hidden else ""}


def known():
    """The placeholders as they are typed, in one line."""
    return ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)


def unknown_in(text):
    """The placeholders of ``text`` that nothing could stand for, as typed, each once."""
    return list(dict.fromkeys(f"{{{name}}}" for name in _PLACEHOLDER.findall(text) if name not in PLACEHOLDERS))


def filled(text, idea, *, in_public=False):
    """``text`` about ``idea``, and the placeholders for which nothing is known; GAP stands for those.

    ``in_public``: the words are Markdown that everybody reads, so a value shows as it is, and no hidden name is told.
    """
    table = PLACEHOLDERS | IN_PUBLIC if in_public else PLACEHOLDERS
    values = {name: table[name](idea) for name in _PLACEHOLDER.findall(text) if name in table}
    shown = {name: escaped(value) if in_public else value for name, value in values.items()}
    words = _PLACEHOLDER.sub(lambda found: shown.get(found[1], found[0]) or GAP, text)
    return words, [f"{{{name}}}" for name, value in values.items() if not value]
