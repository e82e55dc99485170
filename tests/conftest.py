"""Shared by all tests: one broker a run, people with names, a fresh cache for each test."""

import os
from datetime import timedelta

import django
import hypothesis
import hypothesis.configuration
import pytest

from tests import alone, environment

RUN_DIR = environment.prepare()
django.setup()

# ruff: noqa: E402  (the environment and Django come first)
from django.conf import settings as portal_settings
from django.test import Client

from participation.core.clock import today
from portal.broker import start_embedded
from tests import factories
from tests.cleaning import forget_cache, hang_up_others

BROKER = pytest.StashKey()

# No deadline: a loaded machine is not a failure. Nothing is written into the checkout.
hypothesis.configuration.set_hypothesis_home_dir(RUN_DIR / "hypothesis")
hypothesis.settings.register_profile("portal", deadline=None, database=None)
hypothesis.settings.load_profile("portal")


def pytest_configure(config):
    """Start the broker; make hashing and static files cheap, the cache patient."""
    portal_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    portal_settings.WHITENOISE_AUTOREFRESH = True  # else each client lists all static files
    portal_settings.STATICFILES_DIRS = [portal_settings.BASE_DIR / "portal/static", environment.styles(RUN_DIR)]
    # In life 0.2 s; a loaded test machine is slower than that, and a limit must not forget its count.
    portal_settings.CACHES["default"]["OPTIONS"].update(socket_timeout=5, socket_connect_timeout=5)
    if environment.CONTROLS and os.environ["REDIS_URL"] == environment.embedded_url(RUN_DIR):
        _, config.stash[BROKER] = start_embedded(RUN_DIR)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers():
    """One more than there are processors: tests of real processes mostly wait."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items):
    """Begin with the tests that wait for real processes, so that others use the time; browsers come last."""
    items.sort(key=lambda item: (item.get_closest_marker("service") is None, "tests/browser/" in item.nodeid))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    """Who measures times has the machine for itself."""
    with alone.turn(RUN_DIR, item.get_closest_marker("alone") is not None):
        return (yield)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config, specs):
    """Let each worker decide its environment before Django reads its settings."""
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)


def pytest_unconfigure(config):
    """Stop the broker and remove the run's folder."""
    if environment.CONTROLS:
        if broker := config.stash.get(BROKER, None):
            broker.terminate()
            broker.wait(timeout=10)
        environment.tidy(RUN_DIR)


@pytest.fixture(scope="session")
def django_db_modify_db_settings():
    """Give each process of each run a database of its own; SQLite's is a file, since threads must share it."""
    database = portal_settings.DATABASES["default"]
    if portal_settings.SQLITE:
        database["TEST"]["NAME"] = f"{portal_settings.DATA_DIR}/test.sqlite3"
    else:
        run = RUN_DIR.name.rpartition("-")[2]
        database["CONN_MAX_AGE"] = 0  # threads of a live server would keep the database from being dropped
        database["TEST"]["NAME"] = "_".join(filter(None, ["test", database["NAME"], run, environment.WORKER]))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Hang up for threads of a live server whose browser left them in the middle of a page: PostgreSQL keeps a
    database that anybody still talks to, and the run would end with an error.
    """
    yield
    if not portal_settings.SQLITE:
        with django_db_blocker.unblock():
            hang_up_others()


@pytest.fixture(autouse=True)
def _fresh_cache():
    """No limit and no failure of one test reaches the next."""
    yield
    forget_cache()


@pytest.fixture
def as_():
    """``as_(ada)`` is a client in which Ada has just signed in."""
    return factories.as_


@pytest.fixture
def sam():
    """Sam, the stranger: a client without an account."""
    return Client()


def _person(name, *posts, **fields):
    return factories.ActorFactory(email=f"{name.lower()}@allianz.example", display_name=name, posts=posts, **fields)


@pytest.fixture
def ada(db):
    """Ada, a regional actor."""
    return _person("Ada")


@pytest.fixture
def olga(db):
    """Olga, another regional actor."""
    return _person("Olga")


@pytest.fixture
def max(db):
    """Max, the moderator."""
    return _person("Max", "moderator")


@pytest.fixture
def mia(db):
    """Mia, the alliance manager."""
    return _person("Mia", "manager")


@pytest.fixture
def ivo(db):
    """Ivo, the intern."""
    return _person("Ivo", "intern")


@pytest.fixture
def eva(db):
    """Eva, a mayor."""
    return _person("Eva", "mayor")


@pytest.fixture
def otto(db):
    """Otto, a spokesperson."""
    return _person("Otto", "spokesperson")


@pytest.fixture
def ale(db):
    """The representative of the Office for Rural Development."""
    return _person("Ale", "ale")


@pytest.fixture
def root(db):
    """Root, a superuser without a post."""
    return _person("Root", is_staff=True, is_superuser=True)


@pytest.fixture
def fritz(db):
    """Fritz, a moderator until yesterday."""
    former = _person("Fritz")
    factories.AppointmentFactory(actor=former, post="moderator", until=today() - timedelta(days=1))
    return former
