"""What changed between two versions of an idea, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\S+\s*|^\s+")


@dataclass(frozen=True)
class Piece:
    """Some words; ``kind`` is "same", "gone" or "new"."""

    kind: str
    text: str


def changes(before, after):
    """Field → pieces for ``title`` and ``text`` of two IdeaVersions; ``before`` is None for the first."""
    if before is None:
        return {name: [Piece("same", getattr(after, name))] for name in ("title", "text")}
    return {name: _compared(getattr(before, name), getattr(after, name)) for name in ("title", "text")}


def _compared(before, after):
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    pieces = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
            continue
        pieces += [Piece("gone", "".join(old[a:b]))] if b > a else []
        pieces += [Piece("new", "".join(new[c:d]))] if d > c else []
    return pieces
