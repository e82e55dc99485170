"""The page with the letters about a case, and sending one of them again."""

from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from participation.actors.queries import shown_name
from participation.core.authority import may
from participation.core.errors import Refusal
from participation.core.keyset import page_by_key
from participation.core.text import clean_line
from participation.core.web import permission_required

from ..choices import MUTED, SWITCHED_OFF
from ..ledger import PAGE, case_in_office, counts_of, in_inboxes, letters_about, tally_of, unwritten
from ..models import Delivery
from ..outcomes import moment, outcome_of, way_of
from ..purposes import name_of
from ..reasons import in_words
from ..resending import ENDED, send_again
from ..states import State

ENTER = "participation.enter_office"
AGAIN = "notifications.send_again"
ADDRESSES = "notifications.read_addresses"


@dataclass(frozen=True)
class Line:
    """One letter as the office reads it."""

    pk: int
    seen: str
    who: str
    letter: str
    ways: list
    outcome: str
    tone: str
    before: list
    may_resend: bool


@permission_required(ENTER)
@never_cache
@require_safe
def case_letters(request, reference):
    """Who should have been told about a case, and what became of it."""
    case, url = case_or_404(request.user, reference)
    page = page_by_key(letters_about(case, request), request, field="event_id", size=PAGE)
    given_up, in_work = unwritten(case)
    context = {
        "case": case,
        "url": url,
        "tally": tally_of(case),
        "unwritten": given_up,
        "in_work": in_work,
        "page": page,
        "groups": _groups(page.rows, request.user),
        "crumbs": _crumbs(case, url),
    }
    return render(request, "notifications/ledger.html", context)


@permission_required(AGAIN)
@require_http_methods(["GET", "HEAD", "POST"])
def send_letter_again(request, pk):
    """Send the letter once more; a mere visit leads to the ledger of its case."""
    rows = Delivery.objects.select_related("event__case", "recipient").filter(event__case__isnull=False)
    delivery = get_object_or_404(rows, pk=pk)
    case, _url = case_or_404(request.user, delivery.event.case.reference)
    if request.method == "POST":
        try:
            send_again(delivery, seen=clean_line(request.POST.get("seen", "")), by=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The letter is on its way once more."))
    return redirect("case_letters", case.reference)


def case_or_404(actor, reference):
    """The case and the address of its page in the office, for who sees it there; else Http404."""
    found = case_in_office(actor, reference)
    if found is None:
        raise Http404
    return found


def _groups(rows, reader):
    """The letters by event, the newest first, each group with its numbers."""
    events = {row.event_id: row.event for row in rows}
    counts, inboxes = counts_of(events), in_inboxes(rows)
    may_resend, sees_addresses = may(reader, AGAIN), may(reader, ADDRESSES)
    return [
        {
            "event": events[number],
            "what": events[number].get_kind_display(),
            "sent": counts[number][State.SENT],
            "all": counts[number].total(),
            "lines": [_line(row, inboxes, may_resend=may_resend, sees_addresses=sees_addresses) for row in letters],
        }
        for number, letters in groupby(rows, key=lambda row: row.event_id)
    ]


def _line(row, inboxes, *, may_resend, sees_addresses):
    outcome, tone = outcome_of(row)
    return Line(
        pk=row.pk,
        seen=row.message_id,
        who=_who(row, sees_addresses=sees_addresses),
        letter=name_of(row.letter),
        ways=_ways(row, inboxes),
        outcome=outcome,
        tone=tone,
        before=[_before(one) for one in row.resendings.all()],
        may_resend=may_resend and _is_resendable(row),
    )


def _who(row, *, sees_addresses):
    """The recipient's name; a bare address only for who may read it, and as long as it is kept."""
    if row.recipient:
        return shown_name(row.recipient)
    if not row.address:
        return _("an address that is no longer kept")
    return row.address if sees_addresses else _("an address without an account")


def _ways(row, inboxes):
    key = (row.event_id, row.letter, row.recipient_id)
    if key not in inboxes:
        return [way_of(row)]
    read_at = inboxes[key]
    inbox = _("inbox, read %(moment)s") % {"moment": moment(read_at)} if read_at else _("inbox, unread")
    return [way_of(row), inbox]


def _before(resending):
    """What had become of a letter before somebody sent it again."""
    former = State(resending.former_state).label
    if resending.former_reason:
        former = _("%(state)s: %(reason)s") % {"state": former, "reason": in_words(resending.former_reason)}
    words = {
        "name": shown_name(resending.by) if resending.by else _("former actor"),
        "moment": moment(resending.at),
        "then": moment(resending.former_finished_at),
        "former": former,
    }
    return _("Sent again by %(name)s %(moment)s; before (%(then)s): %(former)s") % words


def _is_resendable(row):
    """Whether a button makes sense; whether it may be is asked when it is pressed."""
    has_reader = row.recipient_id or row.address
    return bool(row.state in ENDED and has_reader and row.reason not in {MUTED, SWITCHED_OFF})


def _crumbs(case, url):
    return [
        {"label": _("Office"), "url": reverse("desk")},
        {"label": case.reference, "url": url},
    ]
