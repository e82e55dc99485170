"""Join KERN's and our own styles into the two stylesheets the portal serves, and copy fonts and Leaflet.

``python -m portal.assets`` reads node_modules (made by ``npm ci``) and writes build/static. It needs nothing beyond
Python's standard library, may run as often as you like and only touches files whose content changed.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
SOURCES = Path(__file__).resolve().parent / "static" / "portal" / "css"

LAYERS = "@layer kern, tokens, base, layout, leaflet, components, print;"
PORTAL_CSS = (
    "fonts.css",
    "tokens.css",
    "base.css",
    "layout.css",
    "components/header.css",
    "components/breadcrumb.css",
    "components/footer.css",
    "components/button.css",
    "components/message.css",
    "components/alarm.css",
    "components/field.css",
    "components/form.css",
    "components/files.css",
    "components/error_summary.css",
    "components/hero.css",
    "components/way.css",
    "components/promise.css",
    "components/card.css",
    "components/empty.css",
    "components/badge.css",
    "components/chip.css",
    "components/avatar.css",
    "components/date_leaf.css",
    "components/list.css",
    "components/description_list.css",
    "components/answer.css",
    "components/idea.css",
    "components/story.css",
    "components/support.css",
    "components/talk.css",
    "components/pagination.css",
    "components/tabs.css",
    "components/table.css",
    "components/tile_map.css",
    "components/map.css",
    "components/topics.css",
    "components/office_contact.css",
    "components/code.css",
    "print.css",
)
DESK_CSS = (
    "components/desk.css",
    "components/counts.css",
    "components/note.css",
    "components/letter.css",
    "components/ledger.css",
)

# KERN's file carries a whole grid, 400 utility classes and 90 icons that no page of ours uses: 340 kB. A selector stays
# when each KERN class in it begins with one of these; to use another part of KERN, add its name.
KERN_PARTS = ("body", "btn", "dark", "error", "fieldset", "form-input", "hint", "label", "light", "link", "sr-only")

_KERN_CLASS = re.compile(r"\.kern-([a-z-]+)")
_FONT_URL = re.compile(r"\.\./(fonts/([\w-]+\.woff2))")
_SOURCE_MAP = re.compile(r"\n//# sourceMappingURL=.*")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_QUOTED = re.compile(r"(\"[^\"]*\"|'[^']*')")


class MissingPackages(Exception):  # noqa: N818 - it reads as what happened
    """The npm packages are not there; the text says what to do."""


def build(node_modules: Path, target: Path) -> list[Path]:
    """Write portal.css, desk.css, the fonts and Leaflet below ``target``/portal and return the files that changed.

    Raises MissingPackages when ``node_modules`` lacks KERN, the fonts or Leaflet.
    """
    kern = node_modules / "@kern-ux/native/dist/kern.min.css"
    fonts = node_modules / "@fontsource/fira-sans/files"
    leaflet = node_modules / "leaflet/dist"
    if not (kern.is_file() and fonts.is_dir() and leaflet.is_dir()):
        raise MissingPackages(f"There are no styles in {node_modules}: please run “npm ci --ignore-scripts” first.")

    home = target / "portal"
    own = _joined(PORTAL_CSS)
    wanted = {
        home / "portal.css": f"{LAYERS}@layer kern{{{slim_kern(_text(kern))}}}{minified(own)}\n".encode(),
        home / "desk.css": f"{minified(_joined(DESK_CSS))}\n".encode(),
        home / "leaflet/leaflet.css": f"@layer leaflet{{{slim_leaflet(_text(leaflet / 'leaflet.css'))}}}\n".encode(),
        home / "leaflet/leaflet.js": _SOURCE_MAP.sub("\n", _text(leaflet / "leaflet.js")).encode(),
    }
    for _, name in _FONT_URL.findall(_joined(PORTAL_CSS, keep_font_paths=True)):
        wanted[home / "fonts" / name] = (fonts / name).read_bytes()
    return [path for path, content in wanted.items() if _written(path, content)]


def slim_kern(css: str) -> str:
    """Return KERN's styles without its fonts (130 kB a cut) and without the parts we do not use."""
    return "".join(_kept_rules(css.removeprefix('@charset "UTF-8";')))


def slim_leaflet(css: str) -> str:
    """Return Leaflet's styles without those that ask for its pictures: our marker is drawn by ``map.css``."""
    return "".join(f"{head}{{{body}}}" for head, body in _blocks(minified(css)) if "url(" not in body)


def minified(css: str) -> str:
    """Strip comments and needless white space; strings stay as they are."""
    parts = _QUOTED.split(_COMMENT.sub("", css))
    return "".join(part if index % 2 else _tight(part) for index, part in enumerate(parts)).strip()


def _tight(css: str) -> str:
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};]) ?", r"\1", css)
    return re.sub(r"(?<=[\w-]): ", ":", css).replace(";}", "}")


def _kept_rules(css: str) -> Iterator[str]:
    for head, body in _blocks(css):
        if head.startswith("@font-face"):
            continue
        if head.startswith(("@media", "@supports", "@layer")):
            inner = "".join(_kept_rules(body))
            if inner:
                yield f"{head}{{{inner}}}"
        elif head.startswith("@"):
            yield f"{head}{{{body}}}"
        elif selectors := [selector for selector in _selectors(head) if _is_used(selector)]:
            yield f"{','.join(selectors)}{{{body}}}"


def _is_used(selector: str) -> bool:
    return all(name.startswith(KERN_PARTS) for name in _KERN_CLASS.findall(selector))


def _selectors(head: str) -> list[str]:
    """Split a list of selectors at its outer commas, not at those inside :not(…) or :is(…)."""
    return re.split(r",(?![^(]*\))", head)


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """Yield the outermost rules as (what stands before the brace, what stands inside)."""
    depth = start = opened = 0
    for match in re.finditer(r"\"[^\"]*\"|'[^']*'|[{}]", css):
        if match[0] == "{":
            if depth == 0:
                opened = match.start()
            depth += 1
        elif match[0] == "}":
            depth -= 1
            if depth == 0:
                yield css[start:opened].strip(), css[opened + 1 : match.start()]
                start = match.end()


def _joined(names: tuple[str, ...], *, keep_font_paths: bool = False) -> str:
    css = "\n".join(_text(SOURCES / name) for name in names)
    # The sources lie one folder deeper than the file they are joined into.
    return css if keep_font_paths else _FONT_URL.sub(r"\1", css)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _written(path: Path, content: bytes) -> bool:
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return True


def main(node_modules: Path = BASE_DIR / "node_modules", target: Path = BASE_DIR / "build" / "static") -> int:
    """Build with the usual folders; the answer is the exit code."""
    try:
        changed = build(node_modules, target)
    except MissingPackages as missing:
        print(missing, file=sys.stderr)  # noqa: T201 - a command speaks to who runs it
        return 1
    for path in changed:
        print(path.relative_to(target))  # noqa: T201 - as above
    return 0


if __name__ == "__main__":
    sys.exit(main())
