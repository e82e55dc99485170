"""From an event to its letters: catalogue × audience, in batches, safe to run twice."""

import logging
from datetime import timedelta
from itertools import islice

from django.db import transaction
from django.db.models import F

from participation.core.clock import now
from participation.events.models import Event

from .catalogue import LETTERS
from .models import Delivery, Intake
from .outbox import new_message_id
from .patience import making_room, pause_after
from .states import State
from .trouble import note
from .wake import FAN_OUT_EVENT, wake, wake_sender

log = logging.getLogger(__name__)

BATCH = 500
ATTEMPTS = 5
LEASE = timedelta(minutes=3)  # longer than a worker may live on one task


def expect(event):
    """Write down that ``event`` waits for its fan-out; in the transaction of the event itself."""
    Intake.objects.create(event=event, not_before=now())


def open_intakes():
    """The fan-outs that somebody should work on now."""
    return Intake.objects.filter(done_at=None, failed_at=None, not_before__lte=now())


def wake_open(limit=200):
    """Wake a worker for each open fan-out, the oldest first."""
    for event_id in open_intakes().order_by("not_before").values_list("event_id", flat=True)[:limit]:
        wake(FAN_OUT_EVENT, event_id=event_id)


def fan_out(event_id):
    """Write the letters of one event and wake the sender. Twice gives no second letter."""
    if not _take(event_id):
        return
    event = Event.objects.select_related("case").get(pk=event_id)
    try:
        for letter in LETTERS.get(event.kind, ()):
            _write(letter, event)
    except Exception as error:
        note(f"fan-out of event {event_id}", error)
        _put_off(event_id)
    else:
        Intake.objects.filter(event_id=event_id, done_at=None).update(done_at=now())
        wake_sender()


def _take(event_id):
    """Take the fan-out for ourselves and count the attempt, so that an event that kills its worker comes to an end."""
    rows = open_intakes().filter(event_id=event_id)
    if rows.filter(attempts__gte=ATTEMPTS).update(failed_at=now()):
        log.error("fan-out of event %s failed %s times", event_id, ATTEMPTS)
        return False
    return bool(rows.update(attempts=F("attempts") + 1, not_before=now() + LEASE))


def _put_off(event_id):
    intake = Intake.objects.get(event_id=event_id)
    given_up = intake.attempts >= ATTEMPTS
    changes = {"failed_at": now()} if given_up else {"not_before": now() + pause_after(intake.attempts)}
    Intake.objects.filter(pk=intake.pk, done_at=None).update(**changes)


def _write(letter, event):
    recipients = iter(letter.audience(event))
    while some := list(islice(recipients, BATCH)):
        with making_room(), transaction.atomic():
            Delivery.objects.bulk_create([delivery_of(letter, event, one) for one in some], ignore_conflicts=True)


def delivery_of(letter, event, recipient):
    """The row for one letter about ``event``, not stored yet."""
    moment = now()
    made_up = event.demonstration
    return Delivery(
        event=event,
        letter=letter.name,
        recipient_id=recipient.actor_id,
        address=recipient.address,
        language=recipient.language,
        urgency=letter.urgency,
        message_id=new_message_id(),
        state=State.RECORDED if made_up else State.DUE,
        not_before=moment,
        created_at=moment,
        finished_at=moment if made_up else None,
    )
