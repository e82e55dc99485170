"""The inbox: reading what one is told in the portal."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from participation.core.keyset import page_by_key
from participation.core.web import safe_next, searched

from ..inbox import entries_of, items_of, mark_read, unread_of

CASE = "vorgang"


@never_cache
@login_required
@require_safe
def inbox(request):
    """What somebody was told, the newest first; about one case with ``?vorgang=``."""
    reference = searched(request, CASE, most=20)
    items = items_of(request.user, reference).select_related("event", "case")
    page = page_by_key(items, request, field="id")
    context = {
        "page": page,
        "entries": entries_of(request.user, page.rows),
        "reference": reference,
        "query": urlencode({CASE: reference}) if reference else "",
        "newest": page.rows[0].pk if page.rows else 0,
    }
    return render(request, "notifications/inbox.html", context)


@login_required
@require_POST
def read_message(request, pk):
    """One message is read."""
    items = items_of(request.user).filter(pk=pk)
    get_object_or_404(items)
    mark_read(items)
    return redirect(safe_next(request, reverse("inbox")))


@login_required
@require_POST
def read_messages(request):
    """All messages are read, or those about one case; not what came after the page was shown."""
    until = request.POST.get("until", "")
    if until.isascii() and until.isdigit() and len(until) < 19:
        mark_read(items_of(request.user, request.POST.get(CASE, "")[:20]).filter(pk__lte=int(until)))
    return redirect(safe_next(request, reverse("inbox")))


@never_cache
@login_required
@require_safe
def unread_messages(request):
    """How many messages are unread, as the piece of the header that shows it."""
    return render(request, "components/unread.html", {"unread": unread_of(request.user)})
