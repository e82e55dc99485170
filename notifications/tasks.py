"""The background tasks: they only wake up, and are safe to run twice. Ears for what the domain records."""

from celery import shared_task
from celery.signals import worker_init, worker_process_init
from django.db import DatabaseError, connections, transaction

from participation.events.record import recorded

from . import canary, digests, fanout, muting, outbox, pace, sender, thinning
from .catalogue import LETTERS
from .states import Urgency
from .trouble import note
from .wake import FAN_OUT_EVENT, SEND_BATCH, SEND_URGENT, wake, wake_sender


def listen():
    """Hear of each event that is recorded."""
    recorded.connect(nudge, dispatch_uid="notifications.nudge")
    recorded.connect(hear, dispatch_uid="notifications.hear")


def nudge(sender, event, **_):
    """Note that the event waits for its letters, and wake a worker once the transaction has ended."""
    if event.kind in LETTERS:
        fanout.expect(event)
        transaction.on_commit(lambda: wake(FAN_OUT_EVENT, event_id=event.pk), robust=True)


def hear(sender, event, **_):
    """Do in the same transaction what the event changes in what people hear of."""
    if event.kind in muting.EARS:
        muting.EARS[event.kind](event)


@worker_init.connect
def free_claims(sender, **_):
    """Before a worker starts: what an earlier one of its name held when it was killed is due again.

    Celery asks that no two living workers have the same name.
    """
    try:
        outbox.put_back_claims_of(sender.hostname)
    except DatabaseError as error:
        note("claims of an earlier worker stay until they are stale", error)
    finally:
        connections.close_all()  # the processes that do the work are forked from this one


@worker_process_init.connect
def free_claims_of_the_dead(sender, **_):
    """When a process of a worker starts: what a killed one held before it is due again."""
    try:
        outbox.put_back_claims_of_dead_helpers(sender)
    except DatabaseError as error:
        note("claims of a killed process stay until they are stale", error)
    finally:
        connections.close_all()


@shared_task(name=FAN_OUT_EVENT)
def fan_out_event(*, event_id, **_):
    """Write the letters of one event."""
    fanout.fan_out(event_id)


@shared_task(name=SEND_BATCH, bind=True)
def send_batch(task, **_):
    """Send due letters for a minute at most; then wake the next."""
    if sender.send_due(worker=task.request.hostname or ""):
        wake_sender()


@shared_task(name=SEND_URGENT, bind=True)
def send_urgent(task, **_):
    """Send what cannot wait behind many others: account letters and those about the reader's own case."""
    if sender.send_due(worker=task.request.hostname or "", least=Urgency.OWN_CASE):
        wake_sender()


@shared_task(name="notifications.sweep")
def sweep(**_):
    """A few times a minute: find what a lost message or a vanished worker left undone."""
    outbox.put_back_stale()
    fanout.wake_open()
    digests.gather_due()
    if outbox.due().exists():
        wake_sender()


@shared_task(name="notifications.canary")
def post_canary(**_):
    """Each hour: a letter to the portal's own mailbox, which shows that letters leave."""
    canary.post_canary()


@shared_task(name="notifications.tidy")
def tidy(**_):
    """Each hour: let go of what rows of letters that ended long ago need no longer."""
    thinning.thin()
    canary.forget_canaries()
    pace.forget()
