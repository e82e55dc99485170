"""From an event to its letters: catalogue × audience × preferences, in batches whose progress stands in the row.

A worker that is killed leaves its batch half done or whole; its successor goes
on where the row says, and unique constraints let nobody be written to twice.
"""

import logging
import time
from datetime import timedelta
from itertools import islice

from django.db import transaction
from django.db.models import F

from participation.core.clock import now

from .audiences import Crowd
from .catalogue import LETTERS
from .choices import verdicts
from .models import Delivery, InboxItem, Intake
from .outbox import new_message_id
from .patience import making_room, pause_after
from .states import UNFINISHED, State
from .trouble import note
from .wake import FAN_OUT_EVENT, wake, wake_sender

log = logging.getLogger(__name__)

BATCH = 500
MOST_SECONDS = 60  # then the next task goes on
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
    intake = Intake.objects.select_related("event__case").get(event_id=event_id)
    try:
        if not _expand(intake):
            wake(FAN_OUT_EVENT, event_id=event_id)
            return
    except Exception as error:
        note(f"fan-out of event {event_id}", error)
        _put_off(event_id)
    else:
        Intake.objects.filter(event_id=event_id).update(done_at=now())
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


def _expand(intake):
    """Write what is left of the event's letters, for a minute at most; return whether nothing is left."""
    until = time.monotonic() + MOST_SECONDS
    for letter in LETTERS.get(intake.event.kind, ())[intake.letters_done :]:
        for some, reached in _batches(letter.audience(intake.event), intake.reached):
            _write(letter, intake, some, reached=reached)
            if time.monotonic() > until:
                _hand_on(intake)
                return False
        _write(letter, intake, [], letters_done=intake.letters_done + 1, reached=0)
    return True


def _batches(audience, reached):
    """Recipients in batches, each with the number up to which it goes."""
    if not isinstance(audience, Crowd):
        recipients = iter(audience)
        while some := list(islice(recipients, BATCH)):
            yield some, 0
        return
    while rows := list(audience.rows.filter(pk__gt=reached).order_by("pk")[:BATCH]):
        reached = rows[-1].pk
        yield [audience.recipient(row) for row in rows], reached


def _write(letter, intake, recipients, **progress):
    """Store the rows for ``recipients``, and in the same transaction how far we are.

    Where that is further than before, nothing here is poison: the attempts are counted anew. The lease begins again.
    """
    event = intake.event
    if any(getattr(intake, name) != value for name, value in progress.items()):
        progress["attempts"] = 1
    with making_room(), transaction.atomic():
        if recipients:
            found = verdicts(letter, event, recipients)
            rows = [delivery_of(letter, event, one, found[one]) for one in recipients if found[one].by_mail]
            Delivery.objects.bulk_create(rows, ignore_conflicts=True)
            items = [item_of(letter, event, one) for one in recipients if found[one].in_inbox]
            InboxItem.objects.bulk_create(items, ignore_conflicts=True)
        Intake.objects.filter(pk=intake.pk).update(not_before=now() + LEASE, **progress)
    for name, value in progress.items():
        setattr(intake, name, value)


def _hand_on(intake):
    """Let the next task go on at once."""
    Intake.objects.filter(pk=intake.pk).update(attempts=0, not_before=now())


def delivery_of(letter, event, recipient, verdict):
    """The row for one letter about ``event``, not stored yet."""
    moment = now()
    state = State.RECORDED if event.demonstration else verdict.state
    return Delivery(
        event=event,
        letter=letter.name,
        recipient_id=recipient.actor_id,
        address=recipient.address,
        language=recipient.language,
        urgency=letter.urgency,
        rhythm=verdict.rhythm,
        message_id=new_message_id(),
        state=state,
        reason="" if event.demonstration else verdict.reason,
        not_before=verdict.not_before or moment,
        created_at=moment,
        finished_at=None if state in UNFINISHED else moment,
    )


def item_of(letter, event, recipient):
    """The row in the inbox of ``recipient``, not stored yet."""
    return InboxItem(
        recipient_id=recipient.actor_id, event=event, case_id=event.case_id, letter=letter.name, created_at=now()
    )
