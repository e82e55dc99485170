"""Break each guard of the domain and of its letters, one at a time, and see whether a test notices: ``make mutants``.

A guard is an entry of a table of states, each part of a permission, a
``require``, an ``if`` that only raises (whole, and each part of its condition),
a key of ``guard=`` and each condition of a guarded ``filter(pk=…, state=…)`` in
the operations. Each is
broken in a process of its own against the tests of its slice, the most
promising first; the first failure ends it. Everything happens in a copy of the
tree, on SQLite.

``mutants.py WORD …`` breaks only what has one of the words in its line.
The last line counts the survivors; with any the exit code is 1.
"""

import ast
import gc
import importlib
import os
import re
import shutil
import signal
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType, ModuleType

import pytest
import rules

ROOT = Path(__file__).resolve().parent.parent
DOMAIN = ("events", "promises", "discussion", "ideas", "attachments", "moderation", "reports", "newsroom", "actors")
SLICES = (*(f"participation/{name}" for name in DOMAIN), "notifications")  # each has a folder of that name in tests/
TABLES = ("states.py", "rules.py")
AT_ONCE = 2
PATIENCE = 120  # seconds; tests that do not end have noticed something, too
NOT_COPIED = shutil.ignore_patterns(".*", "node_modules", "var", "build", "__pycache__")
RED = {pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED}
GREEN = {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}


@dataclass(frozen=True)
class Mutant:
    """One way to break the file ``path`` of a slice: its guard number ``number``; None breaks nothing."""

    slice: str
    path: str = ""
    number: int | None = None
    line: int = 0
    what: str = "nothing broken"

    def __str__(self):
        return f"{self.path or self.slice}:{self.line} {self.what}"

    @property
    def words(self):
        """The words of its line, to find the tests that speak of it."""
        return set(re.findall(r"[a-z]{4,}", str(self).lower())) - {"participation", "without", "operations"}

    @property
    def is_table(self):
        """Whether it is an entry of a table: of states, or of who may do what."""
        return self.path.endswith(TABLES)


class Breaker(ast.NodeTransformer):
    """Lists the guards of a module as ``found`` (line, what); breaks the one with the number ``wanted``."""

    def __init__(self, path, wanted=None):
        self.has_tables = path.endswith("states.py")
        self.has_permissions = path.endswith("rules.py")
        self.has_operations = "operations" in path or path.startswith("notifications/")
        self.wanted = wanted
        self.found = []

    def _breaks(self, node, what):
        self.found.append((node.lineno, what))
        return len(self.found) - 1 == self.wanted

    def visit_Module(self, node):
        """Entries of tables stand outside of functions."""
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
        """``guard={…}`` and ``filter(pk=…, …)``."""
        self.generic_visit(node)
        for keyword in node.keywords:
            if keyword.arg == "guard" and isinstance(keyword.value, ast.Dict):
                self._guard(keyword.value)
        if self.has_operations and getattr(node.func, "attr", "") == "filter":
            self._filter(node)
        return node

    def _guard(self, guard):
        kept = [
            (key, value)
            for key, value in zip(guard.keys, guard.values, strict=True)
            if not self._breaks(key, f"guard without {ast.unparse(key)}")
        ]
        guard.keys, guard.values = [key for key, _value in kept], [value for _key, value in kept]

    def _filter(self, call):
        if any(keyword.arg == "pk" for keyword in call.keywords):
            words = f"{ast.unparse(call)} without"
            call.keywords = [
                one for one in call.keywords if one.arg in {"pk", None} or not self._breaks(one, f"{words} {one.arg}")
            ]

    def _said(self, call):
        return self._breaks(call, f"without {ast.unparse(call)}")


def _neutral(test, operator):
    """``test`` is asked, and then it is False (And) or True (Or)."""
    return ast.BoolOp(operator(), [test, ast.Constant(operator is ast.Or)])


def broken(text, path, number):
    """The module ``text`` with its guard ``number`` broken, as a syntax tree; None breaks nothing."""
    return ast.fix_missing_locations(Breaker(path, number).visit(ast.parse(text)))


def mutants_of(root, name):
    """Every way to break the slice in the folder ``name`` of the tree at ``root``."""
    for file in sorted((root / name).rglob("*.py")):
        path = file.relative_to(root).as_posix()
        breaker = Breaker(path)
        breaker.visit(ast.parse(file.read_text("utf-8")))
        for number, (line, what) in enumerate(breaker.found):
            yield Mutant(name, path, number, line, what)


def tests_of(name):
    """Where the tests of the slice in the folder ``name`` stand."""
    return Path("tests", name)


def put_in_place(mutant):
    """Break the imported module: its functions get other code, its tables other entries."""
    module = importlib.import_module(mutant.path.removesuffix(".py").replace("/", ".").removesuffix(".__init__"))
    file = Path(module.__file__)
    code = compile(broken(file.read_text("utf-8"), mutant.path, mutant.number), module.__file__, "exec")
    codes = {(one.co_qualname, one.co_firstlineno): one for one in _all_codes(code)}
    for function in [one for one in gc.get_objects() if isinstance(one, FunctionType)]:
        if function.__code__.co_filename == module.__file__:
            function.__code__ = codes[function.__code__.co_qualname, function.__code__.co_firstlineno]
    if mutant.path.endswith("states.py"):
        _replace_tables(module, code)
    elif mutant.path.endswith("rules.py"):
        _replace_permissions(module, code)


def _all_codes(code):
    for one in code.co_consts:
        if isinstance(one, type(code)):
            yield one
            yield from _all_codes(one)


def _replace_tables(module, code):
    """Tables change where they are, tuples also where they were imported to."""
    fresh = {"__name__": module.__name__, "__package__": module.__package__}
    exec(code, fresh)  # noqa: S102 - our own module
    for name, new in fresh.items():
        old = getattr(module, name, None)
        if isinstance(new, dict) and not name.startswith("__"):
            old.clear()
            old.update(new)
        elif hasattr(new, "moves"):
            old.moves = new.moves
        elif isinstance(new, tuple) and new != old:
            _rebind(old, new)


def _replace_permissions(module, code):
    """The module says again who may do what."""
    for name in module.PERMISSIONS:
        rules.remove_perm(name)
    exec(code, {"__name__": module.__name__, "__package__": module.__package__})  # noqa: S102 - our own module


def _rebind(old, new):
    for module in [one for one in sys.modules.values() if isinstance(one, ModuleType)]:
        names = [name for name, value in vars(module).items() if value is old]
        vars(module).update(dict.fromkeys(names, new))


class Rounds:
    """A plugin of pytest that runs no test itself: each mutant meets the tests of its slice in a process of its own.

    Tests may be made of tables, so a table or a permission is broken before they
    are collected. Everything else is broken in processes that find them collected.
    """

    def __init__(self, mutants, folder):
        self.mutants, self.folder = mutants, folder
        self.slices = list(dict.fromkeys(mutant.slice for mutant in mutants))
        self.survivors = []
        self.noticed = set()  # the tests that turned red in earlier rounds
        self.is_round = None  # the mutant of this process

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self, session):
        """Make the database and break tables. Then collect the tests, in a round those of its slice only."""
        _make_database(session, self.folder / "pristine.sqlite3")
        importlib.import_module("portal.urls")
        self._judge(session, [mutant for mutant in self.mutants if mutant.is_table])
        names = [self.is_round.slice] if self.is_round else self.slices
        session.config.args = [str(tests_of(name)) for name in names]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session):
        """See that all is green, and break what is no table. In a round the tests go their way."""
        if not self.is_round:
            self._need_green(session)
        if not self.is_round:
            self._judge(session, [mutant for mutant in self.mutants if not mutant.is_table])
        if not self.is_round:
            return True
        folder = tests_of(self.is_round.slice).resolve()
        items = [item for item in session.items if folder in item.path.parents]
        session.items = sorted(items, key=self._promise, reverse=True)
        return None

    def _promise(self, item):
        """How likely the test ``item`` is to notice: it has words of the broken line in its name, or noticed others."""
        name = item.nodeid.lower()
        return 2 * (item.nodeid in self.noticed) + sum(word in name for word in self.is_round.words)

    @pytest.hookimpl
    def pytest_runtest_logreport(self, report):
        """Tell the first process which test noticed."""
        if self.is_round and report.failed:
            (self.folder / f"{os.getpid()}.red").write_text(report.nodeid, "utf-8")

    def _need_green(self, session):
        for mutant, was_green in self._rounds(session, [Mutant(name) for name in self.slices]):
            if not was_green:
                pytest.exit(f"The tests of {mutant.slice} are red without any change.", returncode=2)

    def _judge(self, session, mutants):
        for mutant, was_green in self._rounds(session, mutants):
            if was_green:
                self.survivors.append(mutant)
                print(f"survived: {mutant}", flush=True)

    def _rounds(self, session, mutants):
        """Yield each mutant and whether all tests stayed green; in the process of a round nothing, and end."""
        waiting, running = list(reversed(mutants)), {}
        while waiting or running:
            while waiting and len(running) < AT_ONCE:
                mutant = waiting.pop()
                process = os.fork()
                if not process:
                    self._begin(session, mutant)
                    return
                running[process] = mutant
            process, status = os.wait()
            if process in running:
                self._learn(self.folder / f"{process}.red")
                yield running.pop(process), _was_green(status, self.folder / f"{process}.log")

    def _learn(self, file):
        if file.exists():
            self.noticed.add(file.read_text("utf-8"))

    def _begin(self, session, mutant):
        """This process is a round from now on: silent, limited, with a database of its own."""
        self.is_round = mutant
        signal.alarm(PATIENCE)
        log = os.open(self.folder / f"{os.getpid()}.log", os.O_WRONLY | os.O_CREAT)
        os.dup2(log, 1)
        os.dup2(log, 2)
        print(mutant, flush=True)
        _own_database(self.folder)
        if mutant.number is not None:
            put_in_place(mutant)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, exitstatus):
        """A round ends here; the first process goes on and tidies up."""
        if self.is_round:
            sys.stdout.flush()
            os._exit(exitstatus)


def _was_green(status, log):
    code = os.waitstatus_to_exitcode(status)
    if code not in RED | GREEN | {-signal.SIGALRM}:
        pytest.exit(f"A round ended with {code}: {log.read_text('utf-8')}", returncode=3)
    return code in GREEN


def _make_database(session, file):
    """Migrate one database for all rounds; pytest-django finds its work done."""
    from django.conf import settings  # noqa: PLC0415 - the tests' conftest has set Django up by now
    from django.db import connections  # noqa: PLC0415
    from django.test import utils  # noqa: PLC0415
    from pytest_django.plugin import blocking_manager_key  # noqa: PLC0415

    settings.DATABASES["default"]["TEST"]["NAME"] = str(file)
    with session.config.stash[blocking_manager_key].unblock():
        utils.setup_databases(verbosity=0, interactive=False)
        connections.close_all()
    utils.setup_databases = utils.teardown_databases = lambda *_, **__: None


def _own_database(folder):
    """Let this process alone use a copy of the database, and a part of the cache."""
    from django.conf import settings  # noqa: PLC0415
    from django.core.cache import caches  # noqa: PLC0415
    from django.db import connections  # noqa: PLC0415

    file = shutil.copy(folder / "pristine.sqlite3", folder / f"{os.getpid()}.sqlite3")
    settings.DATABASES["default"]["NAME"] = connections["default"].settings_dict["NAME"] = str(file)
    caches.close_all()
    settings.CACHES["default"]["KEY_PREFIX"] += f"-{os.getpid()}"
    caches["default"].key_prefix = settings.CACHES["default"]["KEY_PREFIX"]


def main(words, root=ROOT):
    """Break what has one of ``words`` in its line, everything without any; return the exit code."""
    mutants = [mutant for name in SLICES for mutant in mutants_of(root, name)]
    chosen = [mutant for mutant in mutants if not words or any(word in str(mutant) for word in words)]
    with tempfile.TemporaryDirectory(prefix="allianz-mutants-") as folder:
        tree = shutil.copytree(root, Path(folder) / "tree", ignore=NOT_COPIED)
        (tree / "node_modules").symlink_to(root / "node_modules")
        os.environ.pop("DATABASE_URL", None)
        os.chdir(tree)
        sys.path[0] = str(tree)
        rounds = Rounds(chosen, Path(folder))
        code = pytest.main(["-q", "-x", "-s", "-p", "no:xdist", "-p", "no:cacheprovider"], plugins=[rounds])
        os.chdir(root)
    if code != pytest.ExitCode.OK:
        return int(code)
    print(f"survivors: {len(rounds.survivors)} of {len(chosen)}")
    return int(bool(rounds.survivors))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
