"""Citizens' text: emphasis, lists, quotes and links whose target is shown; nothing else."""

import pytest

from participation.core.markup import rendered

KEPT = {
    "Ein *Weg* und **noch einer**": "<p>Ein <em>Weg</em> und <strong>noch einer</strong></p>\n",
    "eins\nzwei": "<p>eins<br>\nzwei</p>\n",
    "- a\n- b": "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n",
    "> so": "<blockquote>\n<p>so</p>\n</blockquote>\n",
}
REFUSED = [
    "# Groß", "![x](https://evil.example/p.png)", "<script>alert(1)</script>", "<b onclick=x>b</b>", "`code`",
    "[x](javascript:alert(1))", "[x](data:text/html,x)", "|a|b|\n|-|-|\n|c|d|", "---",
]  # fmt: skip


@pytest.mark.parametrize("source", KEPT)
def test_what_stays(source):
    assert rendered(source, links=True) == KEPT[source]


@pytest.mark.parametrize("source", REFUSED)
def test_what_never_comes_through(source):
    html = rendered(source, links=True)

    for tag in ("<h", "<img", "<script", "<b ", "onclick=x>", "<code", 'javascript:alert(1)"', "<table", 'href="data'):
        assert tag not in html


def test_behind_a_link_stands_where_it_leads():
    html = rendered("[Rathaus](https://evil.example/)", links=True)

    assert 'href="https://evil.example/"' in html
    assert 'rel="nofollow ugc noopener"' in html
    assert "(https://evil.example/)" in html


def test_an_address_is_not_repeated():
    assert rendered("<https://rad.example/>", links=True).count("https://rad.example/") == 2  # href and words


def test_without_links_the_target_is_plain_text():
    assert rendered("[Rathaus](https://rad.example/)", links=False) == "<p>Rathaus (https://rad.example/)</p>\n"
