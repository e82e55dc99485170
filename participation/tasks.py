"""The background tasks of all slices, gathered."""

from celery import shared_task
from django.core.management import call_command
from django.db import connection

from .accessibility.operations import forget_addresses
from .actors.operations import purge_unconfirmed
from .actors.sessions import forget_ended_sessions
from .attachments.operations import PREPARE, prepare_waiting, purge_files, purge_folders
from .core import drafts, limits
from .core.wake import wake
from .groups.operations.inviting import purge_expired_invitations as purge_member_invitations
from .groups.operations.joining import tell_of_late_requests
from .groups.operations.living import ask_silent_groups, begin_due_reports
from .groups.operations.meeting import remind_of_meetings
from .groups.operations.polls import look_after_polls
from .groups.operations.tasks import remind_of_tasks
from .ideas.operations.coauthors import purge_expired_invitations
from .ideas.operations.reviewing import warn_of_open_questions
from .ideas.operations.writing import purge_ownerless_drafts
from .newsroom.operations.publishing import publish_due
from .newsroom.operations.subscribing import purge_subscriptions
from .promises.operations import remind_of_due, remind_of_overdue
from .reports.operations.reporting import forget_reporters


@shared_task(name="participation.tidy")
def tidy(**_):
    """Each hour: remove what has had its time: unconfirmed accounts, unsent forms, counters, addresses,
    invitations, subscriptions, sessions."""
    purge_unconfirmed()
    drafts.purge()
    limits.forget_counters()
    forget_addresses()
    forget_reporters()
    purge_ownerless_drafts()
    purge_expired_invitations()
    purge_member_invitations()
    purge_subscriptions()
    purge_folders()
    purge_files()
    call_command("clearsessions")
    forget_ended_sessions()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA optimize")


@shared_task(name="participation.remind")
def remind(**_):
    """Each morning: say what is overdue and due soon, warn authors whose time to answer ends, and look after groups."""
    remind_of_overdue()
    remind_of_due()
    warn_of_open_questions()
    tell_of_late_requests()
    ask_silent_groups()
    begin_due_reports()
    remind_of_meetings()
    look_after_polls()
    remind_of_tasks()


@shared_task(name=PREPARE)
def prepare_attachments(**_):
    """A few times a minute, and whenever something is attached: make files harmless; wake the next where some wait."""
    if prepare_waiting():
        wake(PREPARE)


@shared_task(name="participation.publish_due")
def publish_outcomes(**_):
    """Each minute: publish the outcomes whose time has come."""
    publish_due()
