"""Numbers in running text."""

import pytest
from django.utils import translation

from portal.wording import in_words, opening


@pytest.mark.parametrize(
    ("number", "word"), [(0, "0"), (1, "one"), (9, "nine"), (12, "twelve"), (13, "13"), (142, "142")]
)
def test_numbers_up_to_twelve_are_words(number, word):
    with translation.override("en"):
        assert in_words(number) == word


def test_a_sentence_begins_with_a_capital_letter():
    assert [opening(text) for text in ("neun Gemeinden", "éine", "", "9 Orte")] == [
        "Neun Gemeinden",
        "Éine",
        "",
        "9 Orte",
    ]
