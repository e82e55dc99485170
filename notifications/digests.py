"""Digests: what is due for one person, claimed together and carried by one letter.

A digest has no window of time. Its items are the rows that are held and due;
so a missed run loses nothing, a second one finds nothing, and none is empty.
"""

import time

from django.db import transaction

from participation.actors.models import Actor
from participation.core.clock import now

from .models import Delivery
from .outbox import new_message_id
from .patience import making_room
from .states import LIFECYCLE, State, Urgency
from .stopping import DIGEST
from .trouble import note

MOST_SECONDS = 20
MOST_ITEMS = 200


def gather_due():
    """Make the digests that are due, for some seconds at most; return how many."""
    until, made = time.monotonic() + MOST_SECONDS, 0
    people = _held().order_by("recipient").values_list("recipient", flat=True).distinct()
    for number in list(people):
        try:
            with making_room():
                made += gather(number)
        except Exception as error:
            note(f"digest for {number}", error)  # nobody else waits for it; the next sweep tries again
        if time.monotonic() > until:
            break
    return made


@transaction.atomic
def gather(actor_id):
    """Put what is due for the actor into one digest; return whether there was something.

    One guarded UPDATE takes the rows: of two gatherers one gets all of them, the other nothing.
    """
    language = Actor.objects.values_list("language", flat=True).get(pk=actor_id)
    digest = Delivery.objects.create(
        letter=DIGEST, recipient_id=actor_id, language=language, urgency=Urgency.DIGEST,
        message_id=new_message_id(), not_before=now(), created_at=now(),
    )  # fmt: skip
    mine = _held().filter(recipient=actor_id).order_by("pk").values_list("pk", flat=True)[:MOST_ITEMS]
    if LIFECYCLE.advance_all(Delivery.objects.filter(pk__in=list(mine)), State.HELD, State.BUNDLED, bundle=digest):
        return True
    digest.delete()
    return False


def _held():
    return Delivery.objects.filter(state=State.HELD, not_before__lte=now(), recipient__isnull=False)
