"""The environment of a test run: decided here, before Django reads its settings.

Only ``DATABASE_URL`` and ``REDIS_URL`` are taken from outside. Everything else
that a developer may have set for ``make run`` is put aside, and each process of
pytest-xdist has a data folder, a database and a cache prefix of its own.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
CONTROLS = not WORKER
FOREIGN = [
    "ATTACHMENTS_ROOT", "DEBUG", "DEMO", "EMAIL_PASSWORD", "EMAIL_URL", "HASHED_STATIC",
    "HSTS_INCLUDE_SUBDOMAINS", "HSTS_PRELOAD", "HSTS_SECONDS", "LETTERS_PER_MINUTE", "MAIL_FROM",
    "MEDIA_ROOT", "MINIMUM_AGE", "PORT", "SECRET_KEY_FILE", "SINGLE_HOST", "TILE_ATTRIBUTION", "TILE_URL",
    "TRUSTED_PROXY_COUNT", "X_ACCEL_PREFIX",
]  # fmt: skip


def prepare():
    """Set the variables of this run and return its temporary folder."""
    if "portal.settings" in sys.modules:
        raise RuntimeError("Please unset DJANGO_SETTINGS_MODULE: the tests choose their settings themselves.")
    if CONTROLS:
        os.environ["TEST_RUN_DIR"] = tempfile.mkdtemp(prefix="allianz-test-")
    folder = Path(os.environ["TEST_RUN_DIR"])
    for name in FOREIGN:
        os.environ.pop(name, None)
    os.environ.setdefault("REDIS_URL", embedded_url(folder))
    os.environ.update(
        DJANGO_SETTINGS_MODULE="portal.settings",
        DJANGO_ALLOW_ASYNC_UNSAFE="true",  # Playwright's event loop runs in the thread of the tests
        SITE_URL="http://127.0.0.1:8000",
        SECRET_KEY="only-for-tests-only-for-tests-only-for-tests-only-for-tests",
        DATA_DIR=str(folder / (WORKER or "data")),
        STATIC_ROOT=str(folder / "collected"),
        CACHE_PREFIX=f"{folder.name}-{WORKER}",
        QUEUE_PREFIX=f"{folder.name}:",
        LOG_LEVEL="CRITICAL",
    )
    Path(os.environ["DATA_DIR"]).mkdir(exist_ok=True)
    return folder


def embedded_url(folder):
    """The address of the run's own broker."""
    return f"unix://{folder}/broker.sock"


def styles(folder):
    """Where this run builds the style sheets that browsers need; empty for all other tests."""
    path = folder / "static"
    path.mkdir(exist_ok=True)
    return path


def tidy(folder):
    """Remove what the run left behind."""
    shutil.rmtree(folder, ignore_errors=True)
