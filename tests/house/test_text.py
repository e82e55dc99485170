"""Any text at all: what cleaning promises, tried with texts that no one would think of."""

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from participation.core.text import clean_line, clean_lines
from tests.factories import as_

ANY = st.text(alphabet=st.characters(), max_size=200)  # lone surrogates among them
GONE = {"Cc", "Co", "Cs", "Zl", "Zp"}


@given(ANY)
def test_a_line_is_one_line_and_stays_as_it_is_when_cleaned_again(text):
    line = clean_line(text)

    assert clean_line(line) == line == line.strip()
    assert not [sign for sign in line if unicodedata.category(sign) in GONE]


@given(ANY)
def test_many_lines_hold_no_control_signs_but_line_breaks_and_tabs(text):
    lines = clean_lines(text)

    assert clean_lines(lines) == lines
    assert not [sign for sign in lines if unicodedata.category(sign) in GONE and sign not in "\n\t"]
    assert "\n\n\n\n" not in lines


@given(text=st.text(max_size=80).filter(lambda text: text.isprintable()))
def test_printable_text_loses_nothing_but_blanks(text):
    kept = "".join(clean_line(text).split())

    assert kept == "".join(unicodedata.normalize("NFC", text).split())


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=100))
def test_a_profile_takes_any_text_or_says_why_not(ada, text):
    answer = as_(ada).post(
        "/meine/profil/", {"display_name": "Ada", "skills": text, "visible_to": "office", "language": "de"}
    )

    assert answer.status_code in {200, 302}
    ada.refresh_from_db()
    assert answer.status_code == 200 or ada.skills == clean_lines(text)
