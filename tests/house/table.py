"""The permission table, read: which role gets which answer from which address."""

import fnmatch
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from .world import ROLES

FILE = Path(__file__).with_name("permissions.toml")
METHODS = ("GET", "POST")


@dataclass(frozen=True)
class Row:
    """One line: an address, a method, the object behind it and whose it is, and what each role is answered.

    An answer is a status; ``"login"`` and ``"second factor"`` are redirects to
    there, ``"moved"`` is any other redirect, ``"done"`` a redirect after which
    something is different, ``"200 done"`` a page after which something is. With
    any other answer every row of the database is as it was before.
    """

    url: str
    method: str
    answers: dict
    object: str = ""
    whose: str = ""
    data: dict = field(default_factory=dict)
    public: bool = False

    def __str__(self):
        words = [self.method, self.url, self.object, self.whose, "public" if self.public else ""]
        return " ".join(filter(None, words))


def rows(table=None):
    """The rows of ``table`` (of the file without it), patterns for many addresses aside."""
    table = table if table is not None else load()
    forms = table.get("data", {})
    private = [_row(entry, forms, public=False) for entry in table["row"]]
    return private + [_row(entry, forms, public=True) for entry in table.get("public", [])]


def patterns(table=None):
    """The rows that stand for many addresses, such as those of Django's admin."""
    table = table if table is not None else load()
    return [
        _row({**entry, "method": method}, {}, public=False)
        for entry in table.get("pattern", [])
        for method in (METHODS if entry["method"] == "*" else [entry["method"]])
    ]


def load():
    """The file as it stands."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _row(entry, forms, *, public):
    words = {name: value for name, value in entry.items() if name not in {*ROLES, "others", "data"}}
    answers = {role: entry.get(role, entry.get("others")) for role in ROLES}
    return Row(answers=answers, public=public, data=forms[entry["data"]] if "data" in entry else {}, **words)


def pattern_for(name, method, found, many):
    """The pattern that speaks for an address: the first that fits, unless a row of its own does."""
    if any((row.url, row.method) == (name, method) for row in found):
        return None
    return next((row for row in many if row.method == method and fnmatch.fnmatchcase(name, row.url)), None)


def gaps(names, found, many):
    """Which (name, method) of the addresses ``names`` no row of ``found`` and no pattern of ``many`` covers."""
    known = {(row.url, row.method) for row in found if not row.public}
    wanted = {(name, method) for name in names for method in METHODS}
    return sorted(pair for pair in wanted - known if not pattern_for(*pair, [], many))


def strays(names, found, many):
    """Rows for addresses that the portal does not have."""
    lost = [row for row in found if row.url not in names]
    return sorted(map(str, [*lost, *[row for row in many if not fnmatch.filter(names, row.url)]]))


def holes(found):
    """Rows that leave a role without an answer."""
    return [f"{row}: {role}" for row in found for role, answer in row.answers.items() if answer is None]


def doubles(found):
    """Rows that stand twice."""
    seen = [(str(row), repr(row.data)) for row in found]
    return sorted({name for name, data in seen if seen.count((name, data)) > 1})
