"""How long who waits."""

import time
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection

PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720)]


def pause_after(attempts):
    """How long to wait after so many attempts; None when patience is at its end."""
    return PAUSES[attempts - 1] if attempts <= len(PAUSES) else None


@contextmanager
def making_room():
    """Leave the database to others for as long as the block took: SQLite has one writer at a time."""
    started = time.monotonic()
    yield
    if connection.vendor == "sqlite":
        time.sleep(time.monotonic() - started)  # a worker that writes in a tight loop starves the web
