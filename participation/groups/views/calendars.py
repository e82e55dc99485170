"""Calendars: the public one, and the secret addresses under which somebody subscribes to those of their groups."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ...core.errors import Refusal
from ...core.feeds import fresh_answer
from ...core.keyset import page_by_key
from ...core.web import absolute
from ...region.queries import alliance_of
from ..calendars import LANGUAGE, MEDIA_TYPE, atom, calendar
from ..meeting_models import Meeting
from ..meeting_queries import (
    calendar_path,
    groups_with_calendar,
    key_behind,
    keys_of,
    meetings_behind,
    public_meetings,
)
from ..operations.calendar_keys import make_calendar_key, void_calendar_key

AHEAD, PAST, KEPT = 100, 20, 500  # meetings on the page ahead of us and over, and in a calendar
ALL = "*"


@require_safe
def public(request):
    """The meetings to which everybody may come, the next one first, then those that are over."""
    page = page_by_key(Meeting.objects.public().past().whole(), request, field="starts_at", size=PAST)
    ahead = [] if page.before else list(public_meetings(AHEAD))
    return render(request, "groups/calendar.html", {"ahead": ahead, "page": page})


@require_safe
def public_ics(request):
    """The public calendar for programs; cancelled ones are in it, so that they vanish from where they were taken to."""
    with override(LANGUAGE):
        name = _("Meetings – %(alliance)s") % {"alliance": alliance_of(request).name}
    rows = Meeting.objects.public().whole().order_by("-starts_at", "-pk")[:KEPT]
    return fresh_answer(request, calendar(rows, name), MEDIA_TYPE)


@require_safe
def public_atom(request):
    """The meetings ahead as a feed."""
    document = atom(public_meetings(AHEAD), alliance_of(request))
    return fresh_answer(request, document, "application/atom+xml; charset=utf-8")


@require_safe
def feed(request, token):
    """The calendar behind a secret address, as long as its person may see it."""
    key = key_behind(token)
    if key is None:
        raise Http404
    with override(LANGUAGE):
        name = key.group.title if key.group else _("My working groups")
    rows = meetings_behind(key).order_by("-starts_at", "-pk")[:KEPT]
    return fresh_answer(request, calendar(rows, name), MEDIA_TYPE, public=False)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request):
    """One's own addresses: make one, another one, or let it be void."""
    groups = list(groups_with_calendar(request.user))
    if request.method == "POST":
        return _act(request, groups)
    keys = keys_of(request.user)
    entries = [_entry(None, keys.get(None)), *(_entry(group, keys.get(group.pk)) for group in groups)]
    return render(request, "groups/calendar_keys.html", {"entries": entries, "all": ALL})


def _entry(group, key):
    return {"group": group, "key": key, "url": absolute(calendar_path(key)) if key else ""}


def _act(request, groups):
    known = {ALL: None, **{group.slug: group for group in groups}}
    asked, act = request.POST.get("group", ""), request.POST.get("act", "")
    if asked not in known or act not in ACTS:
        raise Http404
    step, words = ACTS[act]
    try:
        step(by=request.user, group=known[asked])
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words())
    return redirect("my_calendars")


ACTS = {
    "make": (make_calendar_key, lambda: _("Here is your address. Please keep it to yourself.")),
    "void": (void_calendar_key, lambda: _("The address is void. Calendars that use it get nothing any more.")),
}
