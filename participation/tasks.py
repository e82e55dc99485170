"""The background tasks of all slices, gathered."""

from celery import shared_task
from django.core.management import call_command
from django.db import connection

from .accessibility.operations import forget_addresses
from .actors.operations import purge_unconfirmed
from .actors.sessions import forget_ended_sessions
from .core import drafts, limits


@shared_task(name="participation.tidy")
def tidy(**_):
    """Each hour: remove what has had its time: unconfirmed accounts, unsent forms, counters, addresses, sessions."""
    purge_unconfirmed()
    drafts.purge()
    limits.forget_counters()
    forget_addresses()
    call_command("clearsessions")
    forget_ended_sessions()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA optimize")
