"""From what citizens write to safe HTML: paragraphs, emphasis, lists, quotes and links; nothing else.

What may stay is spelled out: no pictures (a remote one would track every reader), no headings, no tables, no HTML.
Behind each link stands where it leads, since a friendly word may hide a foreign address.
"""

import re

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a"}
ATTRIBUTES = {"*": set(), "a": {"href"}, "ol": {"start"}}
SCHEMES = {"http", "https"}
_OFF = ["image", "html_block", "html_inline", "table", "code", "fence", "hr", "backticks", "reference", "heading",
        "lheading"]  # fmt: skip

_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(_OFF, ignoreInvalid=True)


_SIGNS = re.compile(r"[\\*_\[\]<>&]|^[-+]|(?<=^\d)[.)]", re.MULTILINE)


def escaped(words):
    """``words`` as Markdown that shows them as they are: no emphasis, no link, no list."""
    return _SIGNS.sub(r"\\\g<0>", words)


def rendered(source, *, links):
    """``source`` (Markdown) as HTML that is safe to show as it is. Without ``links`` their targets are plain text."""
    tokens = _markdown.parse(source)
    for token in tokens:
        if token.children:
            token.children = list(_with_targets(token.children, links))
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="nofollow ugc noopener")


def _with_targets(tokens, links):
    """The inline ``tokens`` with each link's target behind its words."""
    target, words = "", ""
    for token in tokens:
        if token.type == "link_open":
            target, words = token.attrs["href"], ""
        elif token.type == "text":
            words += token.content
        if links or token.type not in {"link_open", "link_close"}:
            yield token
        if token.type == "link_close" and words.strip() != target:
            yield Token("text", "", 0, content=f" ({target})")
