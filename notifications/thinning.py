"""Thinning: what rows of finished letters lose with time. Who was told what, when, and what became of it stays.

A stored address goes after 30 days, as was promised to those who gave one
(the privacy statement; ``participation.accessibility.operations.KEPT``), and
with it the facts. After LETTERS_KEPT_DAYS go the reasons, and whole the letters
that belong to no event: account letters and digests. Each batch says itself
what it takes, so that a run may end anywhere and twice does no harm.
"""

import time
from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from participation.core.clock import now

from .models import Delivery, Resending
from .patience import making_room

ADDRESSES_KEPT = timedelta(days=30)
BATCH = 1000
MOST_SECONDS = 20  # for each step; what is left waits for the next hour


def thin():
    """Take from finished letters what their age no longer allows."""
    kept = timedelta(days=settings.LETTERS_KEPT_DAYS)
    since = now() - kept
    old = Delivery.objects.filter(finished_at__lt=since)
    with_address = Delivery.objects.filter(finished_at__lt=now() - min(ADDRESSES_KEPT, kept)).exclude(address="")
    _in_batches(with_address, lambda rows: rows.update(address="", facts={}))
    _in_batches(old.exclude(reason=""), lambda rows: rows.update(reason="", claimed_by="", claimed_at=None))
    _in_batches(_retold(since), lambda rows: rows.update(former_reason=""))
    _in_batches(_without_event(since), lambda rows: rows.delete())


def _retold(since):
    """What is remembered of letters that were sent again."""
    return Resending.objects.filter(former_finished_at__lt=since).exclude(former_reason="")


def _without_event(since):
    """Letters that stand for nothing else; a digest only once all that it carried is as old."""
    young = Delivery.objects.filter(Q(finished_at=None) | Q(finished_at__gte=since), bundle=OuterRef("pk"))
    return Delivery.objects.filter(finished_at__lt=since, event=None).exclude(Exists(young))


def _in_batches(rows, take):
    until = time.monotonic() + MOST_SECONDS
    while numbers := list(rows.values_list("pk", flat=True)[:BATCH]):
        with making_room():
            take(rows.filter(pk__in=numbers))
        if time.monotonic() > until:
            return
