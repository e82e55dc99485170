"""What is installed is locked with hashes, names no address, and is the same in tests as in service."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ["requirements.lock", "requirements-test.lock"]


def pins(name):
    return set(re.findall(r"^[\w.-]+==[^ \\]+", (ROOT / name).read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("name", [*LOCKS, "package-lock.json"])
def test_a_lock_file_names_no_address(name):
    text = (ROOT / name).read_text("utf-8")

    assert not re.search(r"file:|https?:", text)


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_has_a_hash(name):
    text = (ROOT / name).read_text("utf-8")
    entries = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]

    assert len(entries) == len(pins(name)) > 30
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_tests_run_on_the_packages_that_serve():
    assert pins("requirements.lock") <= pins("requirements-test.lock")


def test_every_front_end_package_has_an_integrity():
    text = (ROOT / "package-lock.json").read_text("utf-8")

    assert text.count('"node_modules/') == text.count('"integrity": "sha512-') > 0
