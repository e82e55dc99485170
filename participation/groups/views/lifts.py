"""Going to a meeting together: offers, needs, who asks whom, and how two who agreed reach each other."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ...core.authority import may
from ...core.drafts import content_form, form_data
from ...core.errors import Refusal
from ...core.limits import within_limit
from ..lift_models import Ride
from ..lift_queries import lift_of, lifts_to, rides_to, shown_to
from ..meeting_forms import LiftForm
from ..operations.lifts import SHARE, agree_to_ride, ask_for_ride, drop_lift, end_ride, say_lift
from .meetings import crumbs, meeting_at

QUESTIONS_A_DAY, A_DAY = 30, 24 * 3600


@never_cache
@content_form
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lifts(request, slug, pk):
    """Who has seats and who needs one; what one says oneself (``drop``: no more)."""
    row = _shared(request, slug, pk)
    if "drop" in request.POST:
        drop_lift(row, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("meeting_lifts", slug, pk)
    form = LiftForm(form_data(request), lift=lift_of(request.user, row))
    if request.method != "POST" or not form.is_valid():
        return _page(request, row, form)
    try:
        say_lift(row, by=request.user, **form.words)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, row, form, status=409)
    messages.success(request, _("Saved. The members of the group see it."))
    return redirect("meeting_lifts", slug, pk)


def _page(request, row, form, *, status=200):
    found, rides = list(lifts_to(row)), list(rides_to(row))
    contacts = {lift.actor_id: lift for lift in found}
    context = {
        "meeting": row,
        "group": row.group,
        "form": form,
        "own": next((lift for lift in found if lift.actor_id == request.user.pk), None),
        "entries": list(shown_to(request.user, found, rides)),
        "rides": [_mine(request.user, ride, contacts) for ride in rides if _is_mine(request.user, ride)],
        "is_open": row.takes_replies,
        "crumbs": [*crumbs(row.group), {"label": row.title, "url": row.get_absolute_url()}],
    }
    return render(request, "groups/lifts.html", context, status=status)


def _is_mine(actor, ride):
    return actor.pk in {ride.driver_id, ride.rider_id}


def _mine(actor, ride, contacts):
    """A ride of the actor's: with whom, and how to reach them, once both agreed."""
    other = ride.rider if ride.driver_id == actor.pk else ride.driver
    said = contacts.get(other.pk)
    return {
        "ride": ride,
        "other": other,
        "drives": ride.driver_id == actor.pk,
        "asks": ride.asked_by_id != actor.pk,
        "origin": said.origin if said else "",
        "contact": said.contact if said and ride.is_agreed else "",
    }


@login_required
@require_POST
def ask(request, slug, pk, lift):
    """Ask to ride along, or to take somebody along."""
    row = _shared(request, slug, pk)
    said = get_object_or_404(lifts_to(row), pk=lift)
    said.meeting = row
    if not within_limit("ride", str(request.user.pk), most=QUESTIONS_A_DAY, seconds=A_DAY):
        messages.error(request, _("You asked many people today. Please go on tomorrow."))
        return redirect("meeting_lifts", slug, pk)
    words = _("We asked. You hear as soon as there is an answer.")
    return _done(request, row, lambda: ask_for_ride(said, by=request.user), words)


@login_required
@require_POST
def answer(request, slug, pk, ride):
    """Say yes (``act=agree``), or no, or no more (``act=end``)."""
    row = _shared(request, slug, pk)
    rides = Ride.objects.open().filter(meeting=row).select_related("meeting__group__case")
    found = get_object_or_404(rides, pk=ride)
    act = ACTS.get(request.POST.get("act", ""))
    if not _is_mine(request.user, found) or act is None:
        raise Http404
    operation, words = act
    return _done(request, row, lambda: operation(found, by=request.user), words())


ACTS = {
    "agree": (agree_to_ride, lambda: _("Agreed. You see now how to reach each other.")),
    "end": (end_ride, lambda: _("Saved. The other one hears of it.")),
}


def _done(request, row, step, words):
    try:
        step()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect("meeting_lifts", row.group.slug, row.pk)


def _shared(request, slug, pk):
    """A meeting to which this person goes with the group; else Http404."""
    row = meeting_at(request, slug, pk)
    if not may(request.user, SHARE, row):
        raise Http404
    return row
