"""What ``make mutants`` breaks: each guard of a module once, and nothing else."""

import ast

import pytest

from deploy.guards import Breaker, broken

LETTERS, OPERATIONS, PAGES = "notifications/outbox.py", "participation/ideas/operations/hiding.py", "portal/views.py"


def broken_each(text, path):
    """What the guards of ``text`` are called, each with what it becomes once it is broken."""
    breaker = Breaker(path)
    breaker.visit(ast.parse(text))
    names = [what for _line, what in breaker.found]
    return {what: ast.unparse(broken(text, path, number)) for number, what in enumerate(names)}


@pytest.mark.parametrize("path", [LETTERS, OPERATIONS, PAGES])
def test_what_is_asked_for_and_what_only_raises_is_a_guard_everywhere(path):
    assert broken_each("require(by, HIDE)", path) == {"without require(by, HIDE)": "pass"}
    assert broken_each("if late():\n    raise Late", path) == {
        "if late(): raise": "if late() and False:\n    raise Late",
    }


def test_each_entry_of_a_table_is_a_guard():
    table = "LIFECYCLE = Lifecycle({S.DUE: {S.SENT, S.HELD}})\nENDED = (S.SENT,)"

    assert broken_each(table, "notifications/states.py") == {
        "LIFECYCLE: S.DUE → S.SENT": "LIFECYCLE = Lifecycle({S.DUE: {S.HELD}})\nENDED = (S.SENT,)",
        "LIFECYCLE: S.DUE → S.HELD": "LIFECYCLE = Lifecycle({S.DUE: {S.SENT}})\nENDED = (S.SENT,)",
        "ENDED: S.SENT": "LIFECYCLE = Lifecycle({S.DUE: {S.SENT, S.HELD}})\nENDED = ()",
    }
    assert broken_each(table, LETTERS) == {}


def test_operations_guard_a_row_by_its_number_and_more():
    text = "rows.filter(pk=1, state=DUE).update(state=SENT)\nrows.filter(state=DUE).delete()"

    assert list(broken_each(text, OPERATIONS)) == ["rows.filter(pk=1, state=DUE) without state"]


def test_a_module_of_letters_that_changes_rows_guards_them_by_each_condition():
    text = "rows.filter(state=DUE, lost=0).update(lost=1)"

    assert broken_each(text, LETTERS) == {
        "rows.filter(state=DUE, lost=0) without state": "rows.filter(lost=0).update(lost=1)",
        "rows.filter(state=DUE, lost=0) without lost": "rows.filter(state=DUE).update(lost=1)",
    }
    assert broken_each("rows.filter(state=DUE, lost=0).count()", LETTERS) == {}


def test_letters_are_moved_together_out_of_one_state_alone():
    text = "LIFECYCLE.advance_all(rows, DUE, SENT, sent_at=now())"

    assert broken_each(text, LETTERS) == {
        "advance_all(rows) whether or not DUE": "rows.update(state=SENT, sent_at=now())",
    }
    assert broken_each(text, OPERATIONS) == {}
