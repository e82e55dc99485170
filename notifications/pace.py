"""Letters a minute, where the mail server bears no more (LETTERS_PER_MINUTE; 0: as many as it takes)."""

from datetime import timedelta

from django.conf import settings
from django.db.models import F

from participation.core.clock import now

from .models import Pace

KEPT = timedelta(hours=1)


def allowance(limit):
    """How many of ``limit`` letters may still be taken in hand in this minute."""
    if not settings.LETTERS_PER_MINUTE:
        return limit
    taken = Pace.objects.filter(minute=_this_minute()).values_list("letters", flat=True).first() or 0
    return max(0, min(limit, settings.LETTERS_PER_MINUTE - taken))


def reserve(letters):
    """Take so many letters in hand within this minute's limit; False where others were faster. One guarded UPDATE."""
    most = settings.LETTERS_PER_MINUTE
    if not most:
        return True
    row, _is_new = Pace.objects.get_or_create(minute=_this_minute())
    free = Pace.objects.filter(pk=row.pk, letters__lte=most - letters)
    return bool(free.update(letters=F("letters") + letters))


def forget():
    """Remove the counts of minutes long past."""
    Pace.objects.filter(minute__lt=now() - KEPT).delete()


def _this_minute():
    return now().replace(second=0, microsecond=0)
