"""The operators' page: whether letters leave, what waits, what failed, and what can be tried again."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from participation.core.authority import may
from participation.core.errors import Refusal
from participation.core.web import permission_required

from .. import watch
from ..canary import PATIENCE, last_sent
from ..models import Intake
from ..outcomes import moment
from ..resending import write_again
from ..states import UNFINISHED, State

WATCH = "notifications.watch_outbox"
TALLEST = 48  # units of the picture


@permission_required(WATCH)
@never_cache
@require_safe
def outbox(request):
    """The outbox at a glance."""
    per_minute, ended = watch.minutes(), watch.ended()
    sent, first = last_sent()
    context = {
        "queues": [_queue_row(queue) for queue in watch.queues()],
        "states": [State(state).label for state in UNFINISHED],
        "failed": ended[State.FAILED].most_common(),
        "suppressed": ended[State.SUPPRESSED].most_common(),
        "bars": _bars(per_minute),
        "hour": sum(per_minute),
        "most": max(per_minute),
        "fan_outs": watch.fan_outs(),
        "refusing": watch.refusing_mailboxes().most_common(),
        "limit": watch.limit(),
        "canary": {"sent": sent, "first": first, "patience": PATIENCE},
        "in_office": may(request.user, "participation.enter_office"),
    }
    return render(request, "notifications/outbox.html", context)


@permission_required(WATCH)
@require_http_methods(["GET", "HEAD", "POST"])
def write_letters_again(request, pk):
    """Let a fan-out that was given up go on; a mere visit leads to the page."""
    intake = get_object_or_404(Intake, pk=pk)
    if request.method == "POST":
        try:
            write_again(intake, by=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("A worker goes on with these letters."))
    return redirect("outbox")


def _queue_row(queue):
    """A row of the table: its cells in the order of UNFINISHED."""
    return {
        "label": queue.urgency.label,
        "cells": [queue.states[state] for state in UNFINISHED],
        "oldest": moment(queue.oldest) if queue.oldest else "",
    }


def _bars(numbers):
    """One bar a minute: (x, y, height), the tallest TALLEST units high."""
    most = max(*numbers, 1)
    heights = [round(TALLEST * number / most) for number in numbers]
    return [(place * 5, TALLEST - height, height) for place, height in enumerate(heights) if height]
