"""Each hour a letter to the portal's own mailbox: it takes the way of all letters, and shows whether they leave."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Max, Min, Q

from participation.core.clock import now

from .canary_letters import CANARY
from .models import Delivery
from .outbox import new_message_id
from .states import State, Urgency
from .wake import wake_sender

PATIENCE = timedelta(hours=2)
KEPT = timedelta(days=7)


def canaries():
    """All canaries that are still known."""
    return Delivery.objects.filter(letter=CANARY)


def post_canary():
    """Post one and wake the sender. While one waits there is no second: that one is tried anew at once."""
    moment = now()
    if not canaries().filter(state=State.DUE).update(not_before=moment, attempts=0):
        _write(moment)
    wake_sender()


def _write(moment):
    """A constraint lets only one wait, whoever else posts at the same moment."""
    row = Delivery(
        letter=CANARY, address=settings.CANARY_ADDRESS, language=settings.LANGUAGE_CODE[:2], urgency=Urgency.OFFICE,
        message_id=new_message_id(), not_before=moment, created_at=moment,
    )  # fmt: skip
    Delivery.objects.bulk_create([row], ignore_conflicts=True)


def last_sent():
    """When the last canary was sent, and when the first one that is known was posted; each None before that."""
    is_sent = Q(state=State.SENT)
    found = canaries().aggregate(sent=Max("finished_at", filter=is_sent), first=Min("created_at"))
    return found["sent"], found["first"]


def silent_since():
    """Since when no canary was sent, where that is too long; else None. Before the first was posted nothing is late."""
    sent, first = last_sent()
    since = sent or first
    return since if since and now() - since >= PATIENCE else None


def forget_canaries():
    """Remove those that ended more than a week ago; the last one that was sent stays, to say since when none was."""
    old = canaries().filter(finished_at__lt=now() - KEPT)
    last = canaries().filter(state=State.SENT).order_by("-finished_at").values("pk")[:1]
    old.exclude(pk__in=list(last.values_list("pk", flat=True))).delete()
