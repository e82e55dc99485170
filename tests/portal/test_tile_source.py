"""Which addresses TILE_URL may be, and what follows from them for the start and for browsers."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from portal import checks
from portal.tile_source import host_of, origin_of

ROOT = Path(__file__).resolve().parents[2]
ASK = """
import json
from django.conf import settings as s
print(json.dumps([s.TILE_ORIGIN, s.CONTENT_SECURITY_POLICY["DIRECTIVES"], s.SECURE_REFERRER_POLICY]))
"""


@pytest.mark.parametrize(
    ("template", "origin"),
    [
        ("https://tiles.example/{z}/{x}/{y}.png", "https://tiles.example"),
        ("https://Tiles.example:8443/a/{z}/{y}/{x}{r}.png", "https://tiles.example:8443"),
        ("https://tiles.example/?key=a&z={z}&x={x}&y={y}", "https://tiles.example"),
        ("http://localhost:9000/{z}/{x}/{y}", "http://localhost:9000"),
        ("http://127.0.0.1/{z}/{x}/{y}", "http://127.0.0.1"),
        ("http://[::1]:9000/{z}/{x}/{y}", "http://[::1]:9000"),
    ],
)
def test_the_origin_is_all_that_browsers_may_load_from(template, origin):
    assert origin_of(template) == origin


NONSENSE = [
    "", "tiles", "/{z}/{x}/{y}.png", "//tiles.example/{z}/{x}/{y}", "ftp://tiles.example/{z}/{x}/{y}",
    "http://tiles.example/{z}/{x}/{y}", "https:///{z}/{x}/{y}", "https://tiles.example/{z}/{x}.png",
    "https://tiles.example/{z}/{x}/{y}/{key}", "https://{s}.tiles.example/{z}/{x}/{y}", "https://*/{z}/{x}/{y}",
    "https://*.example/{z}/{x}/{y}", "https://a;script-src *;/{z}/{x}/{y}", "https://a b/{z}/{x}/{y}",
    "https://ada:secret@tiles.example/{z}/{x}/{y}", "https://tiles.example:99999/{z}/{x}/{y}",
    "https://tiles.example:/{z}/{x}/{y}", "https://tiles.example:x/{z}/{x}/{y}", "https://[::1/{z}/{x}/{y}",
    "https://tiles.example/{z}/{x}/{y}#{z}", "https://tiles.example/{z}/{x}/{y}/{",
    "https://tiles.example/{z}/ {x}/{y}", "https://tiles.example/#{z}/{x}/{y}", "javascript:{z}{x}{y}",
]  # fmt: skip


@pytest.mark.parametrize("template", NONSENSE)
def test_anything_else_gives_browsers_nothing(template):
    assert origin_of(template) == ""


@pytest.mark.parametrize("template", NONSENSE)
def test_the_host_of_anything_can_be_asked(template):
    assert isinstance(host_of(template), str)


def dangers(settings, **values):
    for name, value in values.items():
        setattr(settings, name, value)
    settings.TILE_ORIGIN = origin_of(settings.TILE_URL)
    return [danger.id for danger in checks.dangers(server=False)]


@pytest.mark.parametrize("template", NONSENSE[1:])
def test_nonsense_refuses_the_start(settings, template):
    assert dangers(settings, TILE_URL=template, TILE_ATTRIBUTION="© Beispiel") == ["portal.E008"]


def test_a_map_needs_the_words_below_it(settings):
    assert dangers(settings, TILE_URL="https://tiles.example/{z}/{x}/{y}", TILE_ATTRIBUTION="") == ["portal.E009"]


def test_a_good_address_and_none_may_start(settings):
    assert dangers(settings, TILE_URL="https://tiles.example/{z}/{x}/{y}", TILE_ATTRIBUTION="© Beispiel") == []
    assert dangers(settings, TILE_URL="", TILE_ATTRIBUTION="") == []


def read(tmp_path, **environment):
    """What a fresh process makes of this environment."""
    base = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "portal.settings", "DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-c", ASK]
    ended = subprocess.run(
        command, cwd=ROOT, env=base | environment, check=True, capture_output=True, text=True, timeout=60
    )  # fmt: skip
    return json.loads(ended.stdout)


def test_the_policy_of_browsers_changes_by_the_origin_alone(tmp_path):
    _, without, referrer = read(tmp_path)
    origin, with_it, same_referrer = read(tmp_path, TILE_URL="https://tiles.example/{z}/{x}/{y}.png")
    _, with_nonsense, _ = read(tmp_path, TILE_URL="https://a;script-src *;/{z}/{x}/{y}")

    assert origin == "https://tiles.example"
    assert with_it == {**without, "img-src": ["'self'", "data:", "https://tiles.example"]}
    assert with_nonsense == without
    assert referrer == same_referrer == "same-origin"
