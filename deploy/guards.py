"""The guards of a module, found and broken in its syntax tree, for ``mutants.py``.

A guard is an entry of a table of states, each part of a permission, a
``require``, an ``if`` that only raises (whole, and each part of its condition),
a key of ``guard=`` and each condition of a guarded ``filter(pk=…, state=…)`` in
the operations; of the letters each condition of any ``filter`` in a module that
changes or removes rows, and the state that ``advance_all`` asks for.
"""

import ast
import re

CHANGING = re.compile(r"\.(update|delete|advance|advance_all)\(")


class Breaker(ast.NodeTransformer):
    """Lists the guards of a module as ``found`` (line, what); breaks the one with the number ``wanted``."""

    def __init__(self, path, wanted=None):
        self.has_tables = path.endswith("states.py")
        self.has_permissions = path.endswith("rules.py")
        self.is_of_letters = path.startswith("notifications/")
        self.has_operations = "operations" in path or self.is_of_letters
        self.changes_rows = False
        self.wanted = wanted
        self.found = []

    def _breaks(self, node, what):
        self.found.append((node.lineno, what))
        return len(self.found) - 1 == self.wanted

    def visit_Module(self, node):
        """Entries of tables stand outside of functions."""
        self.changes_rows = self.is_of_letters and bool(CHANGING.search(ast.unparse(node)))
        for statement in node.body:
            name = ast.unparse(statement.targets[0]) if isinstance(statement, ast.Assign) else ""
            if name and self.has_tables:
                self._table(name, statement.value)
            elif name == "PERMISSIONS" and self.has_permissions:
                self._permissions(statement.value)
        return self.generic_visit(node)

    def _permissions(self, table):
        """Who may do what: of each permission one part after the other always holds."""
        table.values = [self._permission(key.value, value) for key, value in zip(table.keys, table.values, strict=True)]

    def _permission(self, name, value):
        if isinstance(value, ast.BinOp):
            value.left, value.right = self._permission(name, value.left), self._permission(name, value.right)
        elif self._breaks(value, f"{name} without {ast.unparse(value)}"):
            return ast.Attribute(ast.Name("rules", ast.Load()), "always_true", ast.Load())
        return value

    def _table(self, name, value):
        if isinstance(value, ast.Call) and value.args:
            value = value.args[0]
        if isinstance(value, ast.Dict):
            for key, targets in zip(value.keys, value.values, strict=True):
                self._entries(f"{name}: {ast.unparse(key)} → ", targets)
        else:
            self._entries(f"{name}: ", value)

    def _entries(self, words, value):
        if isinstance(value, ast.Set | ast.Tuple):
            value.elts = [one for one in value.elts if not self._breaks(one, f"{words}{ast.unparse(one)}")]

    def visit_Expr(self, node):
        """``require(…)`` on a line of its own."""
        call = node.value
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "require" and self._said(call):
            return ast.Pass()
        return self.generic_visit(node)

    def visit_If(self, node):
        """``if …: raise …``: what the condition does still happens, only nothing follows from it."""
        self.generic_visit(node)
        if isinstance(node.body[0], ast.Raise):
            words = f"if {ast.unparse(node.test)}: raise"
            test = self._parts(node.test, words)
            node.test = _neutral(test, ast.And) if self._breaks(node, words) else test
        return node

    def _parts(self, test, words):
        """``test``, perhaps with one of its parts that no longer matters."""
        if isinstance(test, ast.UnaryOp):
            test.operand = self._parts(test.operand, words)
        elif isinstance(test, ast.BoolOp):
            test.values = [self._part(one, test.op, words) for one in test.values]
        return test

    def _part(self, part, operator, words):
        words = f"{words} without {ast.unparse(part)}"
        part = self._parts(part, words)
        if not self._breaks(part, words):
            return part
        return _neutral(part, ast.And if isinstance(operator, ast.Or) else ast.Or)

    def visit_Call(self, node):
        """``guard={…}``, ``filter(pk=…, …)`` and ``advance_all(rows, state, …)``."""
        self.generic_visit(node)
        for keyword in node.keywords:
            if keyword.arg == "guard" and isinstance(keyword.value, ast.Dict):
                self._guard(keyword.value)
        if self.has_operations and getattr(node.func, "attr", "") == "filter":
            self._filter(node)
        if self.changes_rows and getattr(node.func, "attr", "") == "advance_all":
            return self._any_state(node)
        return node

    def _guard(self, guard):
        kept = [
            (key, value)
            for key, value in zip(guard.keys, guard.values, strict=True)
            if not self._breaks(key, f"guard without {ast.unparse(key)}")
        ]
        guard.keys, guard.values = [key for key, _value in kept], [value for _key, value in kept]

    def _filter(self, call):
        if self.changes_rows or any(keyword.arg == "pk" for keyword in call.keywords):
            words = f"{ast.unparse(call)} without"
            call.keywords = [
                one for one in call.keywords if one.arg in {"pk", None} or not self._breaks(one, f"{words} {one.arg}")
            ]

    def _any_state(self, call):
        rows, state, to = call.args
        if not self._breaks(call, f"advance_all({ast.unparse(rows)}) whether or not {ast.unparse(state)}"):
            return call
        return ast.Call(ast.Attribute(rows, "update", ast.Load()), [], [ast.keyword("state", to), *call.keywords])

    def _said(self, call):
        return self._breaks(call, f"without {ast.unparse(call)}")


def _neutral(test, operator):
    """``test`` is asked, and then it is False (And) or True (Or)."""
    return ast.BoolOp(operator(), [test, ast.Constant(operator is ast.Or)])


def broken(text, path, number):
    """The module ``text`` with its guard ``number`` broken, as a syntax tree; None breaks nothing."""
    return ast.fix_missing_locations(Breaker(path, number).visit(ast.parse(text)))
