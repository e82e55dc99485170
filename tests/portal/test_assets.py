"""The two stylesheets made from KERN's and our own."""

import pytest

from portal import assets

KERN = (
    '@charset "UTF-8";*{margin:0}@font-face{font-family:Fira Sans;src:url(x.woff2)}'
    ".kern-btn,.kern-kopfzeile{color:red}.kern-row{display:flex}"
    "@media (min-width:1px){.kern-row{gap:0}.kern-hint{gap:1px}}@media print{.kern-row{gap:0}}"
)
LEAFLET_CSS = (
    ".leaflet-tile { left: 0; }\n.leaflet-control-layers-toggle {\n background-image: url(images/layers.png);\n}\n"
)


@pytest.fixture
def node_modules(tmp_path):
    kern = tmp_path / "node_modules/@kern-ux/native/dist/kern.min.css"
    kern.parent.mkdir(parents=True)
    kern.write_text(KERN, encoding="utf-8")
    fonts = tmp_path / "node_modules/@fontsource/fira-sans/files"
    fonts.mkdir(parents=True)
    for script in ("latin", "latin-ext"):
        for weight in (400, 600):
            (fonts / f"fira-sans-{script}-{weight}-normal.woff2").write_bytes(b"font")
    leaflet = tmp_path / "node_modules/leaflet/dist"
    leaflet.mkdir(parents=True)
    (leaflet / "leaflet.css").write_text(LEAFLET_CSS, encoding="utf-8")
    (leaflet / "leaflet.js").write_text("/* (c) */\nmap();\n//# sourceMappingURL=leaflet.js.map", encoding="utf-8")
    return tmp_path / "node_modules"


def test_kern_keeps_only_what_we_use_and_none_of_its_fonts():
    slim = assets.slim_kern(KERN)

    assert slim == "*{margin:0}.kern-btn{color:red}@media (min-width:1px){.kern-hint{gap:1px}}"


def test_minifying_leaves_strings_and_descendants_alone():
    css = """
    /* why */
    .a :focus-visible > b::before {
      content: "  {;}  ";
      width: calc(100% - 2rem);
    }
    """

    assert assets.minified(css) == '.a :focus-visible > b::before{content:"  {;}  ";width:calc(100% - 2rem)}'


def test_both_stylesheets_and_the_fonts_are_written_once(node_modules, tmp_path):
    first = assets.build(node_modules, tmp_path / "static")
    second = assets.build(node_modules, tmp_path / "static")

    assert {path.name for path in first} == {
        "portal.css",
        "desk.css",
        "leaflet.css",
        "leaflet.js",
        "fira-sans-latin-400-normal.woff2",
        "fira-sans-latin-ext-400-normal.woff2",
        "fira-sans-latin-600-normal.woff2",
        "fira-sans-latin-ext-600-normal.woff2",
    }
    assert second == []


def test_fonts_are_linked_from_where_the_stylesheet_lies(node_modules, tmp_path):
    assets.build(node_modules, tmp_path / "static")

    css = (tmp_path / "static/portal/portal.css").read_text(encoding="utf-8")

    assert css.startswith(assets.LAYERS)
    assert 'url("fonts/fira-sans-latin-400-normal.woff2")' in css
    assert "../" not in css


def test_leaflet_asks_for_no_file_that_is_not_served(node_modules, tmp_path):
    assets.build(node_modules, tmp_path / "static")

    served = tmp_path / "static/portal/leaflet"
    assert (served / "leaflet.css").read_text("utf-8") == "@layer leaflet{.leaflet-tile{left:0}}\n"
    assert (served / "leaflet.js").read_text("utf-8") == "/* (c) */\nmap();\n"


def test_every_stylesheet_of_ours_is_in_the_list():
    ours = {path.relative_to(assets.SOURCES).as_posix() for path in assets.SOURCES.rglob("*.css")}

    assert ours == {*assets.PORTAL_CSS, *assets.DESK_CSS, "letter.css"}


def test_without_packages_one_sentence_says_what_to_do(tmp_path, capsys):
    assert assets.main(tmp_path / "nothing", tmp_path / "static") == 1
    assert "npm ci" in capsys.readouterr().err
