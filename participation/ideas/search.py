"""Full text search over public ideas, with the same hits on SQLite and PostgreSQL.

The words of an idea are reduced to German stems here, in Python, and each database only compares stems: Radwege finds
Radweg, Baeume finds Bäume, Strasse finds Straße. Nothing is ranked: the caller orders.
"""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer
from django.db import connection, transaction
from django.db.models.expressions import RawSQL

from .models import Idea

MOST_WORDS = 12  # of a question; more are left out
LONGEST_WORD = 40  # characters; the rest does not count
SHORTEST_BEGINNING = 3  # letters from which a last word may be the beginning of a longer one
SHORTEST_COMMON = 3  # letters of a stem that make two titles similar
CANDIDATES = 1000  # the newest ideas with a word in common that are compared with a title
SMALL_WORDS = {  # left out of a question that holds others
    "aber", "als", "am", "an", "auf", "aus", "bei", "beim", "das", "dass", "dem", "den", "der", "des", "die", "durch",
    "ein", "eine", "einem", "einen", "einer", "eines", "er", "es", "für", "fuer", "ich", "ihr", "im", "in", "ins",
    "ist", "mit", "nach", "noch", "oder", "sich", "sie", "sind", "so", "über", "ueber", "um", "und", "vom", "von",
    "wie", "wir", "zu", "zum", "zur",
}  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
_DIAERESIS = "\N{COMBINING DIAERESIS}"
_OTHER_DOTS = re.compile(rf"(?<![aou]){_DIAERESIS}")


def index(idea):
    """Let the words of ``idea`` be found from now on; again after they changed."""
    places = " ".join(idea.municipalities.values_list("name", flat=True))
    field = idea.field.name if idea.field_id else ""
    words = sorted(set(stems(" ".join([idea.title, idea.text, idea.place, idea.reference, field, places]))))
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "INSERT INTO participation_idea_search (idea_id, words) VALUES (%s, array_to_tsvector(%s::text[]))"
                " ON CONFLICT (idea_id) DO UPDATE SET words = EXCLUDED.words",
                [idea.pk, words],
            )
        else:
            cursor.execute("DELETE FROM participation_idea_search WHERE rowid = %s", [idea.pk])
            cursor.execute(
                "INSERT INTO participation_idea_search (rowid, words) VALUES (%s, %s)", [idea.pk, " ".join(words)]
            )


def index_again(pk):
    """Let the words that the idea with this key holds now be found, if it was ever public."""
    idea = Idea.objects.select_related("case", "field").filter(pk=pk, published_at__isnull=False).first()
    if idea:
        index(idea)


def matching(words):
    """The keys of ideas that hold all ``words``, as an expression for ``pk__in``; None where there is no word in them.

    The last word may be the beginning of a longer one. Ideas that are no longer public are among the keys.
    """
    typed = _words(words)
    asked = (_telling(typed) or typed)[:MOST_WORDS]
    if not asked:
        return None
    *whole, last = map(_stem, asked)
    terms = [_exactly(stem) for stem in whole]
    return _keys(" & ".join([*terms, _beginning(last) if len(last) >= SHORTEST_BEGINNING else _exactly(last)]))


def similar(title, *, limit=5):
    """At most ``limit`` public ideas whose titles share words with ``title``: most in common first, then the newest."""
    asked = {stem for stem in map(_stem, _telling(_words(title))[:MOST_WORDS]) if len(stem) >= SHORTEST_COMMON}
    if not asked:
        return []
    rows = Idea.objects.public().filter(pk__in=_keys(" | ".join(map(_exactly, sorted(asked)))))
    titles = rows.order_by("-published_at", "-pk").values_list("pk", "title")[:CANDIDATES]
    common = {pk: len(asked & set(stems(other))) for pk, other in titles}
    best = sorted((pk for pk in common if common[pk]), key=lambda pk: -common[pk])[:limit]
    ideas = Idea.objects.public().select_related("case").defer("text", "html").in_bulk(best)
    return [ideas[pk] for pk in best if pk in ideas]


def stems(text):
    """The German stems of the words in ``text``, in their order."""
    return [_stem(word) for word in _words(text)]


def _telling(words):
    return [word for word in words if word not in SMALL_WORDS]


def _words(text):
    return [word[:LONGEST_WORD] for word in _WORD.findall(_plain(text))]


@lru_cache(maxsize=10_000)
def _stem(word):
    """The stem of ``word``. The stemmer keeps its place in itself: each thread needs its own."""
    return snowballstemmer.stemmer("german").stemWord(word)


def _plain(text):
    """``text`` in small letters without accents; the dots of ä, ö and ü stay, since the stemmer knows them."""
    pieces = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(sign for sign in pieces if sign == _DIAERESIS or not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", _OTHER_DOTS.sub("", kept))


def _exactly(stem):
    return f"'{stem}'" if connection.vendor == "postgresql" else f'"{stem}"'


def _beginning(stem):
    return f"'{stem}':*" if connection.vendor == "postgresql" else f'"{stem}"*'


def _keys(query):
    if connection.vendor == "postgresql":
        return RawSQL("SELECT idea_id FROM participation_idea_search WHERE words @@ %s::tsquery", [query])
    query = query.replace(" & ", " AND ").replace(" | ", " OR ")
    return RawSQL("SELECT rowid FROM participation_idea_search WHERE words MATCH %s", [query])
