"""What every file of the project keeps to: length, docstrings, templates without inline code, portable lock files."""

import ast
import re

import pytest

from .source import BASE, modules

LONGEST = 400
LOCK_FILES = ["requirements.lock", "requirements-test.lock", "package-lock.json"]
TEMPLATES = sorted((BASE / "templates").rglob("*.html"))
LETTERS = BASE / "templates/letters"

BREACHES = {
    "inline style": re.compile(r"\sstyle\s*=|<style", re.I),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)|javascript:", re.I),
    "inline handler": re.compile(r"\son[a-z]+\s*=\s*[\"'{]", re.I),
    "unescaped": re.compile(r"\|\s*safe\b|autoescape\s+off", re.I),
    "two headings of the first rank": re.compile(r"<h1\b.*<h1\b(?!.*{% else %})", re.S),
    "foreign address": re.compile(r"(?:src|href|action)=[\"']?(?:https?:)?//", re.I),
}
# What is allowed all the same, and why: (file below templates/, breach).
ALLOWED = {
    # Blocks of type application/json that tell allauth's scripts the ids of the page: data, which no browser runs.
    ("mfa/authenticate.html", "inline script"),
    ("mfa/webauthn/add_form.html", "inline script"),
    ("mfa/webauthn/reauthenticate.html", "inline script"),
}


def breaches(text):
    """Which of BREACHES the template ``text`` commits, comments aside."""
    text = re.sub(r"{% comment .*?{% endcomment %}|{#.*?#}", "", text, flags=re.S)
    return {what for what, pattern in BREACHES.items() if pattern.search(text)}


def test_no_module_is_longer_than_400_lines():
    files = [*(BASE / module.path for module in modules()), *(BASE / "tests").rglob("*.py")]
    lengths = {str(file.relative_to(BASE)): len(file.read_text(encoding="utf-8").splitlines()) for file in files}

    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_every_module_says_what_it_is_for():
    silent = [module.path for module in modules() if module.tree.body and not ast.get_docstring(module.tree)]

    assert silent == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(BASE / "templates").as_posix())
def test_a_template_holds_no_inline_code(path):
    name = path.relative_to(BASE / "templates").as_posix()
    found = breaches(path.read_text(encoding="utf-8"))
    if path.is_relative_to(LETTERS):
        found -= {"inline style"}  # mail programs know no style sheets; letters carry theirs

    assert found - {what for file, what in ALLOWED if file == name} == set()


def test_every_exception_is_still_needed():
    texts = {path.relative_to(BASE / "templates").as_posix(): path.read_text(encoding="utf-8") for path in TEMPLATES}

    assert {(file, what) for file, what in ALLOWED if what not in breaches(texts.get(file, ""))} == set()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('<p style="color: red">', "inline style"),
        ("<script>alert(1)</script>", "inline script"),
        ('<script type="module">x</script>', "inline script"),
        ('<a href="javascript:x">', "inline script"),
        ('<a onclick="x()">', "inline handler"),
        ("{{ text|safe }}", "unescaped"),
        ("{% autoescape off %}", "unescaped"),
        ("<h1>a</h1>\n<h1>b</h1>", "two headings of the first rank"),
        ('<img src="https://cdn.example/x.png">', "foreign address"),
        ('<script src="//cdn.example/x.js"></script>', "foreign address"),
    ],
)
def test_a_breach_is_found(text, what):
    assert breaches(text) == {what}


def test_what_is_allowed_passes():
    assert breaches('{# style="x" #}<script src="{% static "a.js" %}" defer></script><h1>{{ title }}</h1>') == set()


@pytest.mark.parametrize("name", LOCK_FILES)
def test_a_lock_file_names_no_address(name):
    lines = (BASE / name).read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if re.search(r"file:|https?:", line)] == []
