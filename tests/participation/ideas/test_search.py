"""Full text search: the same words find the same ideas on both databases."""

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from participation.core.clock import now
from participation.core.personal import erase
from participation.ideas.models import Idea
from participation.ideas.operations.reviewing import publish_idea
from participation.ideas.search import _stem, index, index_again, matching, similar, stems
from participation.ideas.states import IdeaState
from tests.factories import AllianceFactory, FieldOfActionFactory, IdeaFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db


def made(title, **fields):
    """An idea that can be found; nothing but its title and text says anything."""
    idea = IdeaFactory(title=title, **{"text": "", "field": None, **fields})
    index(idea)
    return idea


def found(words):
    """The titles of the public ideas that hold ``words``."""
    return set(Idea.objects.public().filter(pk__in=matching(words)).values_list("title", flat=True))


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Radweg", "Radwege"), ("Radwege", "radweg"), ("Bäume", "Baeume"), ("Baeume", "Bäume"), ("Bäume", "Baum"),
        ("Straße", "Strasse"), ("Strasse", "STRASSE"), ("Straßen", "straße"), ("Café", "cafe"), ("Cafe", "Café"),
        ("Mitfahrbänke", "Mitfahrb"), ("Größe", "groesse"), ("Öffentlichkeit", "oeffentlich"), ("E-Bike", "bike"),
        ("Kläranlage Nord", "nord kläranlage"), ("5G", "5g"), ("Ba\u0308ume", "Bäume"), ("Noëls Hof", "noels"),
        ("Marke\N{TRADE MARK SIGN}", "marketm"), ("\U0001e900\U0001e901", "\U0001e922\U0001e923"),
    ],
)  # fmt: skip
def test_words_that_mean_the_same_find_each_other(written, asked):
    made(written)
    made("Etwas anderes")

    assert found(asked) == {written}


def test_all_words_must_be_there():
    made("Radweg am Bach", text="Entlang der Wiese.")
    made("Radweg am Bahnhof")

    assert found("Radweg") == {"Radweg am Bach", "Radweg am Bahnhof"}
    assert found("radweg wiese") == {"Radweg am Bach"}
    assert found("radweg mond") == set()


def test_only_the_last_word_may_be_a_beginning():
    made("Mitfahrbank")

    assert found("mitfahr") == {"Mitfahrbank"}
    assert found("mitfahr mitfahrbank") == set()
    assert found("mi") == set()


def test_place_municipality_field_and_reference_are_found():
    idea = IdeaFactory(title="Bank", text="", place="Am Marktplatz", field=FieldOfActionFactory(name="Mobilität"))
    idea.municipalities.add(MunicipalityFactory(name="Oberbach"))
    index(idea)

    for words in ("Marktplatz", "Oberbach", "Mobilität", idea.reference):
        assert found(words) == {"Bank"}


def test_small_words_need_not_be_there():
    made("Radweg am Bach")

    assert found("der Radweg in") == {"Radweg am Bach"}
    assert found("für den Radweg zum Mond") == set()


def test_small_words_count_where_nothing_else_was_asked():
    made("Radweg am Bach")
    made("Spielplatz")

    assert found("am") == {"Radweg am Bach"}


@pytest.mark.parametrize("words", ["", "   ", '"', "'", "***", "- - -", "\u200b", "🎉", "()", "|&!:", "_"])
def test_what_holds_no_word_is_said_to_hold_none(words):
    assert matching(words) is None
    assert similar(words) == []


@pytest.mark.parametrize(
    "words",
    [
        '"Radweg', "Radweg'", "Radweg*", "Radweg:*", "Radweg AND", "NOT Radweg OR", "(Radweg", "Radweg)", "Radweg & |",
        "^Radweg", "NEAR(Radweg)", "words:Radweg", "Radweg -- ", "Radweg\\", "{Radweg}", "+Radweg", "x" * 10_000,
        "a " * 5_000, "שלום", "道路",
    ],
)  # fmt: skip
def test_signs_that_mean_something_to_a_database_mean_nothing(words):
    made("Radweg")

    assert found(words) <= {"Radweg"}


def test_operators_are_words_like_others():
    made("Radweg")

    assert found('"Radweg') == {"Radweg"}
    assert found("Radweg AND") == set()


def test_what_is_no_longer_public_is_not_found():
    idea = made("Radweg")
    Idea.objects.filter(pk=idea.pk).update(state=IdeaState.WITHDRAWN)

    assert found("Radweg") == set()


def test_new_words_take_the_place_of_the_old_ones():
    idea = made("Radweg")
    Idea.objects.filter(pk=idea.pk).update(title="Spielplatz")
    index_again(idea.pk)

    assert (found("Radweg"), found("Spielplatz")) == (set(), {"Spielplatz"})


def test_what_was_never_public_is_never_put_in():
    idea = IdeaFactory(state=IdeaState.SUBMITTED, title="Geheim")
    index_again(idea.pk)

    assert not Idea.objects.filter(pk__in=matching("Geheim")).exists()


def test_publishing_makes_it_findable(max):
    AllianceFactory()
    idea = IdeaFactory(state=IdeaState.SUBMITTED, title="Wasserspielplatz")
    assert found("Wasserspielplatz") == set()

    publish_idea(idea, version=1, by=max)

    assert found("Wasserspielplatz") == {"Wasserspielplatz"}


class TestSimilar:
    """Ideas like the one that is being written."""

    def test_most_in_common_comes_first(self):
        made("Bank am Bahnhof")
        made("Mitfahrbank am Bahnhof")
        made("Spielplatz")

        assert [idea.title for idea in similar("Eine Mitfahrbank beim Bahnhof")] == [
            "Mitfahrbank am Bahnhof",
            "Bank am Bahnhof",
        ]

    def test_of_equals_the_newest_comes_first(self):
        for days in (2, 0, 1):
            made(f"Radweg {days}", published_at=now() - timedelta(days=days))

        assert [idea.title for idea in similar("Radwege")] == ["Radweg 0", "Radweg 1", "Radweg 2"]

    def test_a_short_noun_counts(self):
        made("Bus am Abend")

        assert [idea.title for idea in similar("Mehr Bus")] == ["Bus am Abend"]

    def test_words_of_the_text_alone_do_not_count(self):
        made("Spielplatz", text="Am Bahnhof.")

        assert similar("Bahnhof") == []

    def test_small_words_do_not_count(self):
        made("Der Bus und die Bahn")

        assert similar("Der Spielplatz und die Wiese") == []

    def test_only_public_ones_and_at_most_five(self):
        for _ in range(7):
            made("Radweg")
        hidden = made("Radweg im Entwurf")
        Idea.objects.filter(pk=hidden.pk).update(state=IdeaState.WITHDRAWN)

        assert [idea.title for idea in similar("Radwege")] == ["Radweg"] * 5


def test_erasing_an_account_takes_the_name_out_of_the_search(ada):
    ada.display_name = "Quastenflosser"
    ada.save()
    made("Bank von Quastenflosser", author=ada)
    assert found("Quastenflosser")

    erase(ada)

    assert not Idea.objects.filter(pk__in=matching("Quastenflosser")).exists()


def test_stems_keep_their_order_and_are_short():
    assert stems("Radwege und Bäume") == ["radweg", "und", "baum"]
    assert max(map(len, stems("x" * 500))) == 40


def test_threads_that_work_at_the_same_moment_get_their_own_stems():
    words = [f"{word}{number}" for number in range(400) for word in ("radwege", "bäume", "spielplätze")]
    expected = [_stem.__wrapped__(word) for word in words]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    _stem.cache_clear()
    try:
        with ThreadPoolExecutor(4) as pool:
            together = list(pool.map(lambda _: [_stem(word) for word in words], range(4)))
    finally:
        sys.setswitchinterval(interval)

    assert together == [expected] * 4
