"""From what the office writes to safe HTML: Markdown with headings, lists, links and emphasis, nothing else.

What may stay is spelled out: no pictures (a remote one would track every reader), no tables, no HTML of one's own.
"""

import nh3
from markdown_it import MarkdownIt

TAGS = {"h2", "h3", "h4", "p", "br", "ul", "ol", "li", "a", "em", "strong"}
ATTRIBUTES = {"*": set(), "a": {"href"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel"}
_OFF = ["image", "html_block", "html_inline", "table", "code", "fence", "hr", "backticks", "reference"]
_HEADINGS = {"h1": "h2", "h5": "h4", "h6": "h4"}

_markdown = MarkdownIt("commonmark", {"html": False}).disable(_OFF, ignoreInvalid=True)


def rendered(source):
    """``source`` (Markdown) as HTML that is safe to show as it is."""
    tokens = _markdown.parse(source)
    for token in tokens:
        token.tag = _HEADINGS.get(token.tag, token.tag)
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener noreferrer")


def escaped(value):
    """``value`` so that Markdown takes each sign for itself; a line break stays one."""
    signs = "".join(f"\\{sign}" if sign in "\\`*_[]<>#" else sign for sign in value)
    return signs.replace("\n", "\\\n")
