"""What people type is cleaned in one place, and addresses are trusted only after a look."""

import pytest
from django import forms
from django.test import RequestFactory

from participation.actors.models import Actor
from participation.core.fields import CleanTextMixin, LineField, LinesField, has_letters, no_addresses
from participation.core.text import clean_line, clean_lines
from participation.core.web import absolute, client_address, is_local, page_number, page_of, safe_next, searched


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  a \t b\r\nc ", "a b c"),
        ("a\x00b\x07c\x7f", "abc"),
        ("a\u202eb\u2066c", "abc"),
        ("a\ud800b", "ab"),
        ("a\ue000b\uf8ff\U000f0000", "ab"),
        ("a\u2028b", "ab"),
        ("e\u0301", "é"),
        ("👩\u200d🌾 שלום", "👩\u200d🌾 שלום"),
        ("<b>&", "<b>&"),
    ],
)
def test_a_line_is_one_line_of_plain_text(typed, kept):
    assert clean_line(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("a\r\nb\rc", "a\nb\nc"), ("a\n\n\n\n\n\nb", "a\n\n\nb"), ("\x00\n a", "a"), ("a\tb\u202e", "a\tb")],
)
def test_lines_keep_their_breaks(typed, kept):
    assert clean_lines(typed) == kept


class NameForm(CleanTextMixin, forms.ModelForm):
    class Meta:
        model = Actor
        fields = ("display_name", "skills", "language")
        widgets = {"skills": forms.Textarea}


def test_model_forms_clean_by_widget_and_keep_their_labels():
    form = NameForm({"display_name": " A\n\x00da ", "skills": "a\r\nb\x07", "language": "de"})

    assert form.is_valid()
    assert (form.cleaned_data["display_name"], form.cleaned_data["skills"]) == ("A da", "a\nb")
    assert (type(form.fields["display_name"]), type(form.fields["skills"])) == (LineField, LinesField)
    assert type(NameForm.base_fields["display_name"]) is forms.CharField
    assert form.fields["display_name"].widget.attrs["maxlength"] == "60"


@pytest.mark.parametrize("length", [61, 1_000_000])
def test_too_long_is_said_and_nothing_is_cut(length):
    form = NameForm({"display_name": "a" * length, "language": "de"})

    assert form.errors.as_data()["display_name"][0].code == "max_length"
    assert len(form["display_name"].value()) == length


def test_nothing_left_after_cleaning_is_nothing():
    assert (
        NameForm({"display_name": "\x00\u202e ", "language": "de"}).errors.as_data()["display_name"][0].code
        == "required"
    )


@pytest.mark.parametrize(
    "text",
    [
        "https://casino.example",
        "www.casino.example",
        "ich@post.example",
        "Mehr auf casino.com!",
        "HTTP://X",
        "t.example@x.de",
    ],
)
def test_addresses_in_a_profile_are_refused(text):
    with pytest.raises(forms.ValidationError):
        no_addresses(text)


@pytest.mark.parametrize(
    "text", ["Dipl.-Ing., z.B. Dachstühle", "Musikverein e.V.", "2 Std./Woche", "Café @ Bahnhof", "Hr. Dr. h.c.", ""]
)
def test_everyday_words_are_no_addresses(text):
    assert no_addresses(text) is None


def test_a_name_has_letters():
    assert has_letters("李") is None
    for text in ("🌻", "\u200b", "—"):
        with pytest.raises(forms.ValidationError):
            has_letters(text)


@pytest.mark.parametrize("address", ["/", "/meine/?a=b#c", "/ä/"])
def test_paths_of_the_portal_are_local(address):
    assert is_local(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "x",
        "//evil.example",
        "/\\evil.example",
        "///evil.example",
        "https://evil.example/",
        "/a\nb",
        "/\x00",
        " /a",
        "/\t/e",
    ],
)
def test_everything_else_is_not(address):
    assert not is_local(address)
    assert safe_next(RequestFactory().post("/", {"next": address}), default="/da/") == "/da/"


def test_where_to_go_on():
    assert safe_next(RequestFactory().get("/?next=/meine/")) == "/meine/"
    assert safe_next(RequestFactory().get("/")) == "/"


@pytest.mark.parametrize(
    ("asked", "page"),
    [("", 1), ("2", 2), ("0", 1), ("-1", 1), ("x", 1), ("18446744073709551616", 1),
     ("²", 1), ("٣", 1), ("1e3", 1), ("999999", 100_000)],
)  # fmt: skip
def test_the_number_of_a_page_is_bounded(asked, page):
    assert page_number(RequestFactory().get("/", {"seite": asked})) == page


def test_beyond_the_end_is_the_last_page():
    page = page_of(list(range(45)), RequestFactory().get("/?seite=99999"), size=20)

    assert (page.number, page.object_list) == (3, [40, 41, 42, 43, 44])


def test_search_words_are_cleaned_and_bounded():
    assert searched(RequestFactory().get("/", {"q": " a\n\u202eb " + "c" * 5000}), most=10) == "a b cccccc"


def test_links_come_from_the_settings(settings):
    settings.SITE_URL = "https://allianz.example"

    assert absolute("/meine/") == "https://allianz.example/meine/"


@pytest.mark.parametrize(
    ("proxies", "header", "address"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.0.0.1, 203.0.113.9", "203.0.113.9"),
        (2, "10.0.0.1, 203.0.113.9, 198.51.100.1", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
        (2, "", "192.0.2.1"),
        (1, "nonsense", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "2001:DB8::1", "2001:db8::1"),
        (1, "fe80::1%eth0", "fe80::1"),
    ],
)
def test_only_our_own_proxies_say_who_calls(settings, proxies, header, address):
    settings.TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=header)

    assert client_address(request) == address
