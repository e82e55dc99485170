"""The outbox: which letters are due, who sends them, what became of them.

The row knows what is still to do. A sender claims rows by a guarded UPDATE,
sends, and marks each as soon as the server said yes; so a sender that dies
repeats at most the letter in its hand, under the same Message-ID. What a
worker held is free again as soon as a worker of its name starts, what one of
its processes held as soon as another takes its place, else after three minutes.
"""

import logging
import os
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import F, Min
from django.utils.translation import gettext_noop

from participation.core.clock import now

from .catalogue import ACCOUNT_LETTERS
from .models import Delivery
from .pace import allowance, reserve
from .patience import PAUSES, pause_after
from .samples import SAMPLE
from .states import LIFECYCLE, State, Urgency
from .stopping import DIGEST
from .wake import wake_sender

log = logging.getLogger(__name__)

BATCH = 100
STALE = timedelta(minutes=3)  # a task dies at two (CELERY_TASK_TIME_LIMIT)
SERVER_PAUSE = timedelta(minutes=1)
FREE = {"claimed_by": "", "claimed_at": None}


def post(letter, *, recipient=None, address="", language, facts=None, urgency=Urgency.ACCOUNT):
    """Put an account letter into the outbox and wake the sender once the transaction has ended.

    ``recipient`` is the actor whom it concerns, ``address`` where it goes (left
    out: the actor's address at the moment of sending). ``facts`` are those the
    catalogue names for this letter, never a secret: keys and tokens are made
    when the letter is composed. Raises ValueError for other letters or facts.
    """
    facts = facts or {}
    if letter not in ACCOUNT_LETTERS or set(facts) != set(ACCOUNT_LETTERS[letter].facts):
        raise ValueError(f"The catalogue has no account letter {letter} with the facts {sorted(facts)}.")
    delivery = Delivery.objects.create(
        letter=letter, recipient=recipient, address=address, language=language, facts=facts, urgency=urgency,
        message_id=new_message_id(), not_before=now(), created_at=now(),
    )  # fmt: skip
    transaction.on_commit(wake_sender, robust=True)
    return delivery


def post_test(letter, *, to, language):
    """Send the letter ``letter`` with made-up contents to the actor ``to``, who looks at it in their own mailbox."""
    delivery = Delivery.objects.create(
        letter=SAMPLE, recipient=to, language=language, facts={"letter": letter}, urgency=Urgency.OFFICE,
        message_id=new_message_id(), not_before=now(), created_at=now(),
    )  # fmt: skip
    transaction.on_commit(wake_sender, robust=True)
    return delivery


def new_message_id():
    """A Message-ID for a row; every try of the letter carries it, so that a mailbox may know a repeated one."""
    host = settings.SITE_HOST if ":" not in settings.SITE_HOST else "localhost"
    return f"<{uuid4().hex}@{host}>"


def due():
    """The letters that may be sent now."""
    return Delivery.objects.filter(state=State.DUE, not_before__lte=now())


def oldest_due():
    """Since when the oldest letter waits that no recipient's server has put off, or None."""
    waiting = Delivery.objects.filter(state=State.DUE, attempts=0)
    return waiting.aggregate(since=Min("created_at"))["since"]


def claim(limit=BATCH, *, worker="", least=Urgency.DIGEST):
    """Take the most urgent due letters for this sender alone and return their numbers.

    ``worker`` is the name of the worker that sends, unique among those that live;
    ``least`` is the least urgency it cares for.

    The database says who gets a letter: two senders may see the same rows, but
    only one of them moves each. A letter whose sender vanished goes alone.
    """
    waiting = due().filter(urgency__lte=least).order_by("urgency", "not_before", "pk")
    while candidates := list(waiting.values_list("pk", "losses")[: allowance(limit)]):
        numbers = [pk for pk, _losses in candidates]
        if any(losses for _pk, losses in candidates):
            numbers = numbers[:1]
        token = f"{_claims_of(worker)}{os.getpid()}/{uuid4().hex}"
        if not reserve(len(numbers)):
            return []
        rows = Delivery.objects.filter(pk__in=numbers)
        is_still_due = rows.filter(not_before__lte=now())
        if LIFECYCLE.advance_all(is_still_due, State.DUE, State.SENDING, claimed_by=token, claimed_at=now()):
            mine = rows.filter(claimed_by=token)
            return list(mine.order_by("urgency", "not_before", "pk").values_list("pk", flat=True))
    return []


def mark_sent(delivery):
    """The server said yes."""
    _finish(delivery, State.SENT, "")


def suppress(delivery, reason):
    """Nobody should get this letter any more."""
    _finish(delivery, State.SUPPRESSED, reason)


def fail(delivery, reason):
    """Give up on the letter, visibly. ``reason`` holds no personal data."""
    log.error("letter %s failed: %s", delivery.pk, reason)
    _finish(delivery, State.FAILED, reason)


def _finish(delivery, state, reason):
    """The letter, and with a digest what it carries, comes to an end."""
    end = {"finished_at": now(), "reason": reason}
    if delivery.letter != DIGEST:
        LIFECYCLE.advance(delivery, state, **end, **FREE)
        return
    with transaction.atomic():
        LIFECYCLE.advance(delivery, state, **end, **FREE)
        LIFECYCLE.advance_all(delivery.items, State.BUNDLED, state, **end)


def postpone(delivery, reason):
    """Count an attempt and try again later: after 1, 5, 30, 120 and 720 minutes; then give up."""
    attempts = delivery.attempts + 1
    pause = pause_after(attempts)
    if pause is None:
        fail(delivery, reason)
    else:
        LIFECYCLE.advance(delivery, State.DUE, attempts=attempts, not_before=now() + pause, reason=reason, **FREE)


def put_back(numbers, *, pause=timedelta(0)):
    """Put claimed letters back without counting an attempt."""
    rows = Delivery.objects.filter(pk__in=numbers)
    LIFECYCLE.advance_all(rows, State.SENDING, State.DUE, not_before=now() + pause, **FREE)


def put_back_stale():
    """Put back what a vanished sender had claimed, and return how many letters that were."""
    return _put_back_lost(Delivery.objects.filter(claimed_at__lt=now() - STALE))


def put_back_claims_of(worker):
    """Put back what an earlier worker of this name held: now that the name is taken anew, that one lives no more."""
    return _put_back_lost(Delivery.objects.filter(claimed_by__startswith=_claims_of(worker)))


def put_back_claims_of_dead_helpers(worker):
    """Put back what processes of this worker held that live no more; call it on the worker's own machine."""
    held = Delivery.objects.filter(state=State.SENDING, claimed_by__startswith=_claims_of(worker))
    claims = set(held.order_by().values_list("claimed_by", flat=True).distinct())
    dead = [claim for claim in claims if not _lives(int(claim.split("/")[-2]))]
    return _put_back_lost(held.filter(claimed_by__in=dead))


def _lives(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _put_back_lost(rows):
    """A letter that loses its sender again and again is given up."""
    lost = rows.filter(state=State.SENDING)
    if hopeless := list(lost.filter(losses__gte=len(PAUSES)).values_list("pk", flat=True)):
        _give_up(lost.filter(pk__in=hopeless), Delivery.objects.filter(bundle__in=hopeless))
    return LIFECYCLE.advance_all(lost, State.SENDING, State.DUE, losses=F("losses") + 1, **FREE)


@transaction.atomic
def _give_up(lost, carried):
    """The letters ``lost`` have failed, and with those that are digests the items ``carried`` by them."""
    end = {"finished_at": now(), "reason": gettext_noop("its sender vanished again and again")}
    LIFECYCLE.advance_all(lost, State.SENDING, State.FAILED, **end, **FREE)
    LIFECYCLE.advance_all(carried.filter(bundle__state=State.FAILED), State.BUNDLED, State.FAILED, **end)


def _claims_of(worker):
    return f"{worker[:150]}/"
