"""Break each guard of the domain and of its letters, one at a time, and see whether a test notices: ``make mutants``.

What a guard is says ``guards.py``. Each is broken in a process of its own
against the tests of its slice, the most promising first; the first failure ends
it. Everything happens in a copy of the tree, on SQLite.

``mutants.py WORD …`` breaks only what has one of the words in its line.
The last line counts the survivors; with any the exit code is 1.
"""

import ast
import gc
import importlib
import math
import os
import re
import shutil
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType, ModuleType

import pytest
import rules
from guards import Breaker, broken

ROOT = Path(__file__).resolve().parent.parent
DOMAIN = (
    "events", "promises", "discussion", "ideas", "attachments", "moderation", "reports", "newsroom", "actors", "groups",
)  # fmt: skip
SLICES = (*(f"participation/{name}" for name in DOMAIN), "notifications")  # each has a folder of that name in tests/
TABLES = ("states.py", "rules.py")
AT_ONCE = 2
PATIENCE = 900  # seconds; tests that do not end have noticed something, too
TIMES = 3  # as long as they take without any change: then they do not end
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
        self.patience = {}  # slice → seconds

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
        begun = time.monotonic()
        for mutant, was_green in self._rounds(session, [Mutant(name) for name in self.slices]):
            if not was_green:
                pytest.exit(f"The tests of {mutant.slice} are red without any change.", returncode=2)
            if not self.is_round:
                self.patience[mutant.slice] = math.ceil(TIMES * (time.monotonic() - begun))

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
        signal.alarm(min(self.patience.get(mutant.slice, PATIENCE), PATIENCE))
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
