"""axe, the accessibility checker, run inside a page."""

from pathlib import Path

import axe_playwright_python

SOURCE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """tags => axe.run(document, {runOnly: tags, resultTypes: ["violations"]}).then(result =>
    result.violations.flatMap(found => found.nodes.map(
        node => `${found.id}: ${node.target} ${node.html.slice(0, 160)}`)))
"""
PHONE, DESKTOP = {"width": 320, "height": 720}, {"width": 1280, "height": 900}


def violations(page):
    """What axe finds in ``page`` as it is shown now."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(SOURCE)
    return page.evaluate(RUN, TAGS)


def sideways(page):
    """Whether ``page`` scrolls sideways, and which elements stick out."""
    return page.evaluate("""() => {
        const width = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= width) return [];
        const wide = [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > width + 1);
        return wide.slice(0, 5).map(e => `sticks out: ${e.outerHTML.slice(0, 120)}`).concat("scrolls sideways");
    }""")


BRIEFLY = [(DESKTOP, "light"), (PHONE, "dark")]
WHOLLY = [(DESKTOP, "light"), (DESKTOP, "dark"), (PHONE, "dark"), (PHONE, "light")]


def unfold(page):
    """Open what is folded, so that it is looked at as well."""
    page.evaluate("() => document.querySelectorAll('details').forEach(folded => { folded.open = true; })")


def faults(page, looks=WHOLLY):
    """What axe and the ruler find in ``page`` in each of ``looks`` (size, colour scheme); told once each."""
    found = {}
    unfold(page)
    for size, scheme in looks:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        for fault in [*violations(page), *sideways(page)]:
            found.setdefault(fault, f"{scheme}, {size['width']} px")
    headings = page.locator("h1").count()
    if headings != 1:
        found[f"{headings} headings of the first rank"] = "always"
    return found
