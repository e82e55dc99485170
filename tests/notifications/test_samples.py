"""Letters with made-up contents: one for each letter, saying what a real one says."""

import re

import pytest
from django.utils.translation import override

from notifications.circulars import MARKS, Sheets
from notifications.headers import ways_out
from notifications.letterbook import BY_NAME
from notifications.letters import render
from notifications.samples import SAMPLE, SAMPLES, context_of
from tests.factories import AllianceFactory
from tests.notifications.book import a_delivery

BOOK = sorted(set(BY_NAME) - {SAMPLE})

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _alliance():
    AllianceFactory(office_address="Hauptstraße 1\n97999 Beispielstadt")


def what_is_real(delivery):
    """The context of a real letter."""
    letter = BY_NAME[delivery.letter]
    marks = {}
    if letter.readers:
        reader = Sheets([delivery])._reader(delivery, letter)
        marks = {**dict.fromkeys(MARKS, ""), **reader}
    return {**marks, **ways_out(delivery, letter), **letter.context(delivery)}


def test_every_letter_has_a_sample_and_no_sample_is_left_over():
    assert sorted(SAMPLES) == BOOK


@pytest.mark.parametrize("name", BOOK)
def test_a_sample_has_what_the_real_letter_has(name):
    with override("en"):
        real = what_is_real(a_delivery(name, "en"))

        sample = context_of(name)

    assert set(sample) == set(real)
    assert {key: type(value) for key, value in sample.items() if value is not None} == {
        key: type(value) for key, value in real.items() if sample[key] is not None
    }
    assert _mildly(sample["reason"]) == _mildly(real["reason"])


def _mildly(reason):
    """Why it came, the two ways of being a friend of an idea taken as one."""
    return re.sub("follow this idea. You can stop that on its page", "support this idea", reason)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", BOOK)
def test_a_sample_says_all_that_its_letter_asks_for(name, language, leaks, django_assert_max_num_queries):
    with override(language), django_assert_max_num_queries(2):
        shown = render(BY_NAME[name], context_of(name), language)

    for words in (shown.subject, shown.text, shown.html):
        assert leaks not in words
        assert "None" not in words
        assert not re.search(r"{[{%#]|[%#}]}|\(\)|„“|“”", words)
