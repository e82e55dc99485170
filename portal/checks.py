"""Checks that refuse an unsafe start.

``manage.py check`` asks what concerns every process; ``check --deploy`` and
``refuse_unsafe_start`` (web server, worker, beat) also ask what only a server
needs. On a loopback address a fresh checkout passes.
"""

import sys
from dataclasses import dataclass

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

LEAST_SECRET = 50
WORKER_CANNOT_BOOT = 3  # gunicorn.arbiter.Arbiter.WORKER_BOOT_ERROR
DEFAULT_SECRET = "django-insecure-"  # noqa: S105  (how Django's own start project begins)


@dataclass(frozen=True)
class Danger:
    """One reason not to start: when it holds, what to say, and whether it concerns servers only."""

    id: str
    holds: object
    sentence: str
    servers_only: bool = False


def _secret_is_weak():
    try:
        secret = settings.SECRET_KEY
    except ImproperlyConfigured:
        return True
    return len(secret) < LEAST_SECRET or secret.startswith(DEFAULT_SECRET)


DANGERS = [
    Danger(
        "portal.E001",
        _secret_is_weak,
        f"SECRET_KEY must be a random text of {LEAST_SECRET} or more characters of your own.",
    ),
    Danger(
        "portal.E002",
        lambda: settings.DEBUG and not settings.LOOPBACK,
        "DEBUG shows the portal's inside to every visitor: please leave it off.",
    ),
    Danger(
        "portal.E003",
        lambda: settings.DEMO and not settings.LOOPBACK,
        "DEMO makes accounts whose passwords lie in a file: it is only for addresses such as http://127.0.0.1:8000.",
    ),
    Danger(
        "portal.E004",
        lambda: settings.SQLITE and not (settings.LOOPBACK or settings.SINGLE_HOST),
        "SQLite serves one machine only: please set DATABASE_URL, or SINGLE_HOST=1 if everything runs on this machine.",
    ),
    Danger(
        "portal.E005",
        lambda: not (settings.HTTPS or settings.LOOPBACK),
        "Passwords would travel readable: SITE_URL must begin with https://.",
    ),
    Danger(
        "portal.E006",
        lambda: not settings.SITE_URL_GIVEN,
        "Please set SITE_URL: the links in letters are made from it.",
        servers_only=True,
    ),
    Danger(
        "portal.E007",
        lambda: settings.DEBUG,
        "DEBUG shows the portal's inside to every visitor: servers refuse it, “manage.py runserver” takes it.",
        servers_only=True,
    ),
    Danger(
        "portal.E008",
        lambda: bool(settings.TILE_URL) and not settings.TILE_ORIGIN,
        "TILE_URL must look like https://tiles.example/{z}/{x}/{y}.png, with these three and {r} at most "
        "(http:// only on this machine).",
    ),
    Danger(
        "portal.E009",
        lambda: bool(settings.TILE_URL) and not settings.TILE_ATTRIBUTION,
        "TILE_URL needs TILE_ATTRIBUTION: the words under the map that name whose pictures these are.",
    ),
]


def dangers(*, server):
    """The dangers that hold now; ``server`` asks what only servers need, too."""
    return [danger for danger in DANGERS if (server or not danger.servers_only) and danger.holds()]


def refuse_unsafe_start():
    """End the process with one sentence a danger, unless there is none.

    The exit code is the one after which Gunicorn gives up; after any other it
    starts its workers again and again.
    """
    found = dangers(server=True)
    if found:
        sys.stderr.write("\n".join(["The portal does not start:", *(f"- {danger.sentence}" for danger in found), ""]))
        raise SystemExit(WORKER_CANNOT_BOOT)


@checks.register(checks.Tags.security)
def nothing_unsafe(app_configs, **_):
    """Report what concerns every process."""
    return [_as_error(danger) for danger in dangers(server=False)]


@checks.register(checks.Tags.security, deploy=True)
def safe_to_serve(app_configs, **_):
    """Report what only servers need."""
    return [_as_error(danger) for danger in dangers(server=True) if danger.servers_only]


def _as_error(danger):
    return checks.Error(danger.sentence, id=danger.id)
