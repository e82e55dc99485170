"""The ledger of a case: who should have been told what, by which way, and what became of it."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from participation.accessibility.models import BarrierReport
from participation.core.authority import may
from participation.core.keyset import AFTER, BEFORE
from participation.events.kinds import CaseKind
from participation.events.models import Case, Event
from participation.groups.queries import groups_for
from participation.moderation.queries import ideas_in_office
from participation.newsroom.models import Outcome
from participation.reports.queries import objections_for, reports_for

from .catalogue import LETTERS
from .models import Delivery, InboxItem, Intake, Resending
from .reasons import in_words
from .states import UNFINISHED, State

PAGE = 50


@dataclass
class Tally:
    """How many letters a case made: ``told``, ``waiting``, ``recorded`` only, and ``untold`` by reason in words."""

    told: int = 0
    waiting: int = 0
    recorded: int = 0
    untold: Counter = field(default_factory=Counter)

    @property
    def not_told(self):
        """How many ended without having been sent."""
        return self.untold.total()

    @property
    def total(self):
        """All of them."""
        return self.told + self.waiting + self.recorded + self.not_told

    @property
    def reasons(self):
        """The reasons with their numbers, the most frequent first."""
        return self.untold.most_common()


def case_in_office(actor, reference):
    """The case with this reference as far as ``actor`` sees it in the office, and the address of its page; or None."""
    case = Case.objects.filter(reference=reference).first()
    found = IN_OFFICE[case.kind](actor, case) if case and case.kind in IN_OFFICE else ""
    return (case, found) if found else None


def _idea(actor, case):
    if may(actor, "participation.view_all_ideas") and ideas_in_office().filter(case=case).exists():
        return reverse("office_idea", args=[case.reference])
    return ""


def _barrier(actor, case):
    if not may(actor, "participation.view_barriers"):
        return ""
    return BarrierReport.objects.get(case=case).get_absolute_url()


def _report(actor, case):
    if may(actor, "participation.view_reports") and reports_for(actor).filter(case=case).exists():
        return reverse("office_report", args=[case.reference])
    return ""


def _objection(actor, case):
    if may(actor, "participation.view_reports") and objections_for(actor).filter(case=case).exists():
        return reverse("office_objection", args=[case.reference])
    return ""


def _outcome(actor, case):
    row = Outcome.objects.filter(case=case).first()
    return reverse("office_outcome", args=[row.pk]) if row and may(actor, "participation.prepare_outcomes") else ""


def _group(actor, case):
    row = groups_for(actor).filter(case=case).first() if may(actor, "participation.view_all_groups") else None
    return reverse("office_group", args=[row.slug]) if row else ""


# Kind of the case → the address of its page in the office, "" for who does not see it there.
IN_OFFICE = {
    CaseKind.IDEA: _idea,
    CaseKind.BARRIER: _barrier,
    CaseKind.REPORT: _report,
    CaseKind.OBJECTION: _objection,
    CaseKind.OUTCOME: _outcome,
    CaseKind.GROUP: _group,
}


def tally_of(case):
    """How many letters about ``case`` were sent, wait, or were not sent and why; one question to the database."""
    tally = Tally()
    rows = Delivery.objects.filter(event__case=case).values_list("state", "reason")
    for state, reason, number in rows.annotate(number=Count("pk")):
        if state == State.SENT:
            tally.told += number
        elif state in UNFINISHED:
            tally.waiting += number
        elif state == State.RECORDED:
            tally.recorded += number
        else:
            tally.untold[in_words(reason) or _("the reason is no longer kept")] += number
    return tally


def unwritten(case):
    """The fan-outs of ``case`` that were given up, with their events, and how many are still worked on."""
    rows = list(Intake.objects.filter(event__case=case, done_at=None).select_related("event").order_by("-event_id"))
    given_up = [row for row in rows if row.failed_at]
    return given_up, len(rows) - len(given_up)


def letters_about(case, request):
    """The letters about ``case`` on or near the page that ``request`` asks for; the newest event first by number.

    Of a case with very many events only those are looked at that can stand on the page.
    """
    rows = Delivery.objects.filter(event__in=_events_near(case, request))
    again = Prefetch("resendings", Resending.objects.select_related("by").order_by("at", "pk"))
    return rows.select_related("event", "recipient").prefetch_related(again)


def _events_near(case, request):
    """The events with letters from which a page is filled: each of them has at least one."""
    events = Event.objects.filter(case=case, kind__in=LETTERS)
    events = events.filter(Exists(Delivery.objects.filter(event=OuterRef("pk"))))
    backwards = _event_in(request.GET.get(BEFORE, ""))
    start = _event_in(request.GET.get(AFTER, ""))
    if backwards:
        events = events.filter(pk__gte=backwards)
    elif start:
        events = events.filter(pk__lte=start)
    return list(events.order_by("pk" if backwards else "-pk").values_list("pk", flat=True)[: PAGE + 1])


def _event_in(mark):
    """The number of the event that a mark of ``core.keyset`` names; 0 for nonsense."""
    number, _dash, key = mark.partition("-")
    is_mark = all(part.isascii() and part.isdigit() and len(part) <= 18 for part in (number, key))
    return int(number) if is_mark else 0


def counts_of(events):
    """Event → state → how many letters, for the heads of groups; one question to the database."""
    found = {}
    rows = Delivery.objects.filter(event__in=events).values_list("event_id", "state").annotate(number=Count("pk"))
    for event_id, state, number in rows:
        found.setdefault(event_id, Counter())[state] += number
    return found


def in_inboxes(deliveries):
    """(event, letter, recipient) → when it was read in the portal's inbox (None: unread), for those that lie there."""
    events, people = {row.event_id for row in deliveries}, {row.recipient_id for row in deliveries}
    rows = InboxItem.objects.filter(event__in=events, recipient__in=people - {None})
    return {(event, letter, who): read for event, letter, who, read in rows.values_list(*INBOX_KEYS)}


INBOX_KEYS = ("event_id", "letter", "recipient_id", "read_at")
