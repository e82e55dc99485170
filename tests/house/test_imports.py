"""The contracts of import-linter hold, and each is seen failing when provoked in a copy of the house."""

import shutil
import subprocess
import sys

import pytest

from .source import BASE, PACKAGES

LINT = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-cache"]


def lint(folder):
    """What import-linter says about the house in ``folder``: (whether it passes, its words)."""
    answer = subprocess.run(LINT, cwd=folder, capture_output=True, text=True, check=False)
    return answer.returncode == 0, answer.stdout + answer.stderr


@pytest.fixture
def copy(tmp_path):
    """A copy of the three packages and of the contracts."""
    for package in PACKAGES:
        shutil.copytree(
            BASE / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "static", "locale")
        )
    shutil.copy(BASE / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_contracts_hold():
    kept, words = lint(BASE)

    assert kept, words


PROVOCATIONS = {
    "the domain imports the frame": (
        "participation/region/queries.py", "import portal.env", "The floors of the house BROKEN",
    ),
    "a lower slice imports a higher one inside a function": (
        "participation/region/queries.py", "def f():\n    from ..actors import models",
        "The slices of the domain BROKEN",
    ),
    "a slice stands on no floor": (
        "participation/helpers/__init__.py", "", "The slices of the domain BROKEN",
    ),
    "a model calls a higher storey": (
        "participation/actors/models.py", "from . import rules", "The storeys inside a slice BROKEN",
    ),
    "notifications run the domain": (
        "notifications/fanout.py", "import participation.actors.operations",
        "Notifications read the domain, they do not run it BROKEN",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("path", "line", "words"), PROVOCATIONS.values(), ids=PROVOCATIONS)
def test_a_contract_breaks_when_provoked(copy, path, line, words):
    (copy / "participation/actors/operations.py").touch()
    file = copy / path
    file.parent.mkdir(exist_ok=True)
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    file.write_text(f"{before}\n\n{line}\n", encoding="utf-8")

    kept, said = lint(copy)

    assert not kept
    assert words in said
