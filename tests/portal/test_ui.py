"""The tags pages share."""

import datetime

import pytest
import time_machine
from django import forms
from django.utils import translation

from portal.templatetags import ui

TODAY = datetime.date(2026, 11, 24)


class Sample(forms.Form):
    title = forms.CharField()
    text = forms.CharField(widget=forms.Textarea(attrs={"class": "tall"}), required=False)
    field = forms.ChoiceField(choices=[("a", "A")])
    places = forms.MultipleChoiceField(choices=[("a", "A")], widget=forms.CheckboxSelectMultiple)
    agreed = forms.BooleanField()
    picture = forms.FileField()
    website = forms.CharField(widget=forms.TextInput(attrs={"tabindex": "-1", "style": "right:-1px"}), required=False)


def test_an_icon_is_hidden_from_screen_readers():
    assert 'aria-hidden="true"' in ui.icon("clock")


def test_an_unknown_icon_is_a_mistake_of_ours():
    with pytest.raises(KeyError):
        ui.icon("unicorn")


@pytest.mark.parametrize(
    ("name", "letters"), [("Kim M.", "KM"), ("Kim", "K"), ("Änne von der Au", "ÄA"), ("", ""), ("  (x) ", "X")]
)
def test_initials(name, letters):
    assert ui.initials(name) == letters


def test_plain_words_stand_together_as_they_are_read():
    html = "<p>Für <strong>alle</strong>, auch <em>hier</em>.</p><ul><li>Eins</li><li>zwei &amp; drei</li></ul>"

    assert ui.plain(html) == "Für alle, auch hier. Eins zwei & drei"


def test_only_long_words_get_soft_hyphens():
    text = ui.soft_hyphens("Die Kulturlandschaftspflege im Ortsteil")

    assert "\N{SOFT HYPHEN}" in text
    assert text.replace("\N{SOFT HYPHEN}", "") == "Die Kulturlandschaftspflege im Ortsteil"
    assert text.endswith(" im Ortsteil")


@pytest.mark.parametrize(("language", "written"), [("de", "3.\xa0November\xa02026"), ("en", "3\xa0November\xa02026")])
def test_a_day_stays_on_one_line(language, written):
    with translation.override(language):
        assert ui.day(datetime.date(2026, 11, 3)) == written


def test_a_moment_is_shown_as_its_day_in_our_time_zone():
    late = datetime.datetime(2026, 11, 3, 23, 30, tzinfo=datetime.UTC)

    with translation.override("de"):
        assert ui.day(late) == "4.\xa0November\xa02026"


def test_a_long_day_names_the_weekday():
    with translation.override("de"):
        assert ui.long_day(TODAY) == "Dienstag, 24.\xa0November\xa02026"


def test_no_date_shows_nothing():
    assert (ui.day(None), ui.long_day(None), ui.relative_day(None)) == ("", "", "")


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (-1, "yesterday"),
        (2, "in 2 days"),
        (-13, "13 days ago"),
        (14, "in 2 weeks"),
        (-59, "8 weeks ago"),
        (90, "in 3 months"),
        (-365, "12 months ago"),
    ],
)
@time_machine.travel("2026-11-24T12:00:00+01:00", tick=False)
def test_relative_days(away, words):
    with translation.override("en"):
        assert ui.relative_day(TODAY + datetime.timedelta(days=away)) == words


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/141.0 Safari/537.36 Edg/141.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36", "Chrome, Android"),
        ("a reader of its own", "a reader of its own"),
        ("", ""),
    ],
)
def test_a_browser_has_the_name_people_know(user_agent, name):
    assert ui.browser(user_agent) == name


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("title", "input"),
        ("text", "textarea"),
        ("field", "select"),
        ("places", "choices"),
        ("agreed", "tick"),
        ("picture", "file"),
        ("website", "trap"),
    ],
)
def test_each_field_knows_how_it_is_drawn(name, kind):
    assert ui.kind(Sample()[name]) == kind


def test_a_summary_leads_to_the_first_of_several_boxes():
    form = Sample()

    assert (ui.anchor(form["title"]), ui.anchor(form["places"])) == ("id_title", "id_places_0")


def test_a_wrong_field_is_tied_to_its_hint_and_its_error():
    html = ui.widget(Sample(data={})["title"], "A short sentence is enough.")

    assert 'aria-describedby="id_title_hint id_title_error"' in html
    assert 'aria-invalid="true"' in html


def test_a_trap_brings_no_style_of_its_own():
    assert "style=" not in ui.widget(Sample()["website"])


def test_a_class_of_the_form_is_kept():
    assert 'class="kern-form-input__input tall"' in ui.widget(Sample()["text"])
