"""Cleaning what people type, in one place: one function for a line, one for many lines.

Removed: control characters (NUL among them), lone surrogates, characters for
private use (which nobody else can read), and the bidirectional overrides and
isolates that make text show something else than it says (Unicode TR36). Emoji,
right-to-left letters and zero-width joiners stay.
"""

import re
import unicodedata

_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_KEPT = {"\n", "\t"}
_GONE = {"Cc", "Co", "Cs", "Zl", "Zp"}


def clean_line(value):
    """``value`` as one line: NFC, no control characters, line breaks and runs of blanks become one blank."""
    return re.sub(r"\s+", " ", _clean(value)).strip()


def clean_lines(value):
    """``value`` as text of many lines: NFC, ``\\n`` as line break, at most two empty lines in a row."""
    text = _clean(value.replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(r"\n{4,}", "\n\n\n", text).strip()


def shortened(line, most):
    """``line``, or as many of its whole words as fit into ``most`` characters together with the "…" that says so."""
    if len(line) <= most:
        return line
    kept = line[:most].rpartition(" ")[0] or line[: most - 1]
    return kept.rstrip(" ,;:.·–-„“\"'(") + "…"


def _clean(value):
    kept = "".join(sign for sign in value if _may_stay(sign))
    return unicodedata.normalize("NFC", kept)


def _may_stay(sign):
    if sign in _KEPT:
        return True
    return sign not in _BIDI and unicodedata.category(sign) not in _GONE
