"""What the operators' page counts: the queue, what failed, how fast letters leave, which fan-outs hang."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Min
from django.db.models.functions import TruncMinute

from participation.core.clock import now
from participation.events.models import Event

from .models import Delivery, Intake, Pace, Refusal
from .reasons import in_words
from .states import UNFINISHED, State, Urgency

WEEK = timedelta(days=7)
HOUR = timedelta(hours=1)
SHOWN = 20


@dataclass
class Queue:
    """The letters of one urgency that have not ended: state → how many, and since when the oldest waits."""

    urgency: Urgency
    states: Counter = field(default_factory=Counter)
    oldest: datetime | None = None

    @property
    def total(self):
        """All of them."""
        return self.states.total()

    def add(self, state, number, oldest):
        """Count ``number`` letters in ``state``."""
        self.states[state] += number
        self.oldest = min(filter(None, [self.oldest, oldest]))


def queues():
    """A Queue for each urgency, the most urgent first; one question to the database."""
    found = {urgency: Queue(urgency) for urgency in Urgency}
    rows = Delivery.objects.filter(state__in=UNFINISHED).values_list("urgency", "state")
    for urgency, state, number, oldest in rows.annotate(number=Count("pk"), oldest=Min("created_at")):
        found[Urgency(urgency)].add(state, number, oldest)
    return list(found.values())


def ended():
    """Within a week: how many letters failed and how many were not sent, each by reason in words."""
    found = {State.FAILED: Counter(), State.SUPPRESSED: Counter()}
    rows = Delivery.objects.filter(state__in=list(found), finished_at__gte=now() - WEEK).values_list("state", "reason")
    for state, reason, number in rows.annotate(number=Count("pk")):
        found[State(state)][in_words(reason)] += number
    return found


def minutes():
    """How many e-mails left in each of the last 60 minutes, the oldest first; what a digest carried counts as one."""
    this = now().replace(second=0, microsecond=0)
    first = this - HOUR + timedelta(minutes=1)
    rows = Delivery.objects.filter(state=State.SENT, finished_at__gte=first, bundle=None)
    by_minute = rows.annotate(minute=TruncMinute("finished_at")).values_list("minute").annotate(number=Count("pk"))
    numbers = dict(by_minute)
    return [numbers.get(first + timedelta(minutes=each), 0) for each in range(60)]


def fan_outs():
    """How many fan-outs are open and since when, how many were given up, and the newest of these with their events."""
    rows = Intake.objects.filter(done_at=None, failed_at=None)
    found = rows.aggregate(open=Count("pk"), first=Min("event_id"))  # without a join, which SQLite begins at the events
    failed = Intake.objects.filter(failed_at__isnull=False)
    return {
        "open": found["open"],
        "oldest": Event.objects.values_list("at", flat=True).get(pk=found["first"]) if found["open"] else None,
        "failed": failed.count(),
        "shown": list(failed.select_related("event__case").order_by("-failed_at")[:SHOWN]),
    }


def refusing_mailboxes():
    """How many mailboxes refuse letters, by reason in words; never which."""
    found = Counter()
    for reason, number in Refusal.objects.values_list("reason").annotate(number=Count("pk")):
        found[in_words(reason)] += number
    return found


def limit():
    """(letters taken in hand in this minute, how many may be), or None where nothing is limited."""
    if not settings.LETTERS_PER_MINUTE:
        return None
    this = now().replace(second=0, microsecond=0)
    taken = Pace.objects.filter(minute=this).values_list("letters", flat=True).first()
    return taken or 0, settings.LETTERS_PER_MINUTE
