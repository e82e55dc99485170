"""Whoever acts is asked for the right, whatever the door: read from the syntax tree of every operation."""

import ast

import pytest

from .source import modules, parsed

OPERATIONS = [module for module in modules("participation") if "/operations" in module.path]


def unasked(module):
    """The public functions of a module that take ``by`` and neither ask ``require`` nor call a function that does."""
    functions = {node.name: node for node in module.tree.body if isinstance(node, ast.FunctionDef)}
    return [
        name
        for name, node in functions.items()
        if not name.startswith("_") and _must_say_who(node) and not _asks(node, functions)
    ]


def _must_say_who(node):
    """Whether ``by`` is an argument without a default: what everybody may do has one (``by=None``)."""
    return any(
        argument.arg == "by" and default is None
        for argument, default in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
    )


def _asks(node, functions, seen=frozenset()):
    called = {call.func.id for call in ast.walk(node) if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)}
    within = called & functions.keys() - seen
    return "require" in called or any(_asks(functions[name], functions, seen | {name}) for name in within)


@pytest.mark.parametrize("module", OPERATIONS, ids=lambda module: module.path)
def test_every_operation_asks_for_the_right(module):
    assert unasked(module) == []


def test_there_are_operations_to_look_at():
    assert len(OPERATIONS) >= 3


def test_the_check_itself_finds_an_operation_that_does_not_ask():
    words = """
def asks(thing, *, by):
    require(by, "participation.thing", thing)

def asks_by_another(thing, *, by):
    _ask(thing, by)

def _ask(thing, by):
    require(by, "participation.thing", thing)

def open_to_everybody(thing, *, by=None):
    record(thing, by=by)

def forgets(thing, *, by):
    _forget(thing, by=by)

def _forget(thing, *, by):
    record(thing, by=by)
"""

    assert unasked(parsed(words)) == ["forgets"]
