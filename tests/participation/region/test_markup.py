"""What becomes of the office's Markdown."""

import pytest

from participation.region.markup import escaped, rendered


def test_headings_lists_links_and_emphasis_stay():
    html = rendered("## Titel\n\n- eins\n- *zwei* und **drei**\n\n1. a\n\n[wir](https://allianz.example/)")

    for part in ("<h2>Titel</h2>", "<ul>", "<em>zwei</em>", "<strong>drei</strong>", "<ol>"):
        assert part in html
    assert '<a href="https://allianz.example/" rel="noopener noreferrer">wir</a>' in html


def test_the_page_keeps_its_only_first_heading():
    assert rendered("# Oben\n\n##### Unten") == "<h2>Oben</h2>\n<h4>Unten</h4>\n"


@pytest.mark.parametrize(
    ("source", "gone"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("<img src=x onerror=alert(1)>", "<img"),
        ("![Zähler](https://evil.example/x.png)", "<img"),
        ("[böse](javascript:alert(1))", "href"),
        ("[böse](JaVaScRiPt&#58;alert(1))", "href"),
        ("[böse](data:text/html;base64,PHNjcmlwdD4=)", "href"),
        ("[böse](vbscript:x)", "href"),
        ("[böse](file:///etc/passwd)", "href"),
        ("<a href='https://x.example' onclick='x()'>x</a>", "<a"),
        ("<iframe src=//evil.example></iframe>", "<iframe"),
        ("<style>p{}</style>", "<style"),
        ("| a |\n|---|\n| b |", "<table"),
        ("```\nx\n```", "<pre"),
        ('[x](https://x.example "Titel")', "title="),
    ],
)
def test_everything_else_is_gone(source, gone):
    assert gone not in rendered(source)


def test_emoji_and_right_to_left_text_stay():
    assert rendered("😀 שלום") == "<p>😀 שלום</p>\n"


def test_escaped_values_are_taken_word_by_word():
    assert rendered(escaped("Markt *A* <b>\n[x](y) #1")) == "<p>Markt *A* &lt;b&gt;<br>\n[x](y) #1</p>\n"


def test_a_deeply_nested_text_does_not_hang():
    assert rendered("> " * 500 + "x")
