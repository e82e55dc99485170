"""Our own source, parsed: what the house's rules are checked on."""

import ast
import tomllib
from dataclasses import dataclass
from pathlib import Path

BASE = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((BASE / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES = ("portal", "participation", "notifications")


@dataclass(frozen=True)
class Module:
    """One Python file: its path below the project, and its syntax tree."""

    path: str
    tree: ast.Module

    @property
    def calls(self):
        """All calls in the file."""
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.Call)]


def parsed(text, path="participation/somewhere/operations.py"):
    """``text`` as the module at ``path``: for provoking a rule."""
    return Module(path, ast.parse(text))


def modules(*packages):
    """All modules of ``packages`` (of all three without any), migrations aside."""
    files = [file for package in packages or PACKAGES for file in sorted((BASE / package).rglob("*.py"))]
    return [
        parsed(file.read_text(encoding="utf-8"), file.relative_to(BASE).as_posix())
        for file in files
        if "migrations" not in file.parts
    ]


def places(module, nodes):
    """``nodes`` as ``path:line``, for a message that can be clicked."""
    return [f"{module.path}:{node.lineno}" for node in nodes]


def called(call):
    """The last word of what a call calls: ``a.b.update()`` → ``update``."""
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def mentioned(tree):
    """Every name in ``tree`` with its node: names, attributes, imported names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id, node
        elif isinstance(node, ast.Attribute):
            yield node.attr, node
        elif isinstance(node, ast.alias):
            yield node.name.rpartition(".")[2], node
