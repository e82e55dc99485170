"""Nothing typed is lost: a content form that meets no session is kept for an hour and offered again.

A form carries a signed mark that names the person it was shown to. When it is
sent without a session, its text is kept for that person; after signing in the
page shows it again. Files and secrets are never kept.

A view takes part with ``@content_form`` outside its other decorators and
``form_data(request)`` as the data of its form; the template includes
``components/form.html``, or the tag ``{% form_mark %}`` inside its own form.
"""

import json
from datetime import timedelta
from functools import wraps

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.db import transaction
from django.http import QueryDict

from .clock import now
from .models import PendingDraft
from .text import clean_line, clean_lines

FIELD = "mark"
SALT = "participation.drafts"
LIFETIME = timedelta(hours=1)
ROOM = 200_000
AT_MOST = 5
LEFT_OUT = {FIELD, "csrfmiddlewaretoken", "next"}


def content_form(view):
    """Keep what a POST to ``view`` brings when it meets no session; forget it once it was saved (a redirect)."""

    @wraps(view)
    def keeping(request, *args, **kwargs):
        if request.method == "POST" and not request.user.is_authenticated:
            keep(request)
            return redirect_to_login(request.get_full_path())
        response = view(request, *args, **kwargs)
        if request.method == "POST" and 300 <= response.status_code < 400:
            _drafts(request.user, request.path).delete()
        return response

    keeping.is_content_form = True
    return keeping


def form_data(request):
    """The data for the page's form: what was sent, else a kept draft, else None.

    A draft is also put on the request (``request.draft``), so that the page can say so.
    """
    if request.method == "POST":
        return request.POST
    request.draft = draft_for(request.user, request.path)
    return _as_query(request.draft.fields) if request.draft else None


def keep(request):
    """Keep the text of ``request`` for the person its mark names; returns the draft, or None where there is none."""
    actor = actor_of(request.POST.get(FIELD, ""))
    fields = _text_of(request.POST) if actor else None
    if not fields or len(request.path) > 300 or len(json.dumps(fields).encode()) > ROOM:
        return None
    return _store(actor, request.path, fields)


def mark_for(actor):
    """The mark that names ``actor`` in a form; empty for strangers."""
    return signing.dumps(actor.pk, salt=SALT) if actor.is_authenticated else ""


def actor_of(mark):
    """The person a mark names, or None for a forged or old one."""
    try:
        pk = signing.loads(mark, salt=SALT, max_age=settings.SESSION_COOKIE_AGE)
    except signing.BadSignature:
        return None
    return get_user_model().objects.filter(pk=pk, is_active=True).first()


def drafts_of(actor):
    """The drafts that wait for ``actor``, newest first."""
    return PendingDraft.objects.filter(actor_id=actor.pk, created_at__gt=now() - LIFETIME).order_by("-created_at")


def draft_for(actor, path):
    """The draft of ``actor`` for the page at ``path``, or None."""
    return _drafts(actor, path).first() if actor.is_authenticated else None


def discard(actor, pk):
    """Throw a draft of ``actor`` away; says whether there was one."""
    return bool(PendingDraft.objects.filter(actor_id=actor.pk, pk=pk).delete()[0])


def purge():
    """Remove drafts whose hour is over; returns how many."""
    return PendingDraft.objects.filter(created_at__lte=now() - LIFETIME).delete()[0]


def _drafts(actor, path):
    return drafts_of(actor).filter(path=path)


@transaction.atomic
def _store(actor, path, fields):
    PendingDraft.objects.filter(actor=actor, path=path).delete()
    draft = PendingDraft.objects.create(actor=actor, path=path, fields=fields, created_at=now())
    newest = PendingDraft.objects.filter(actor=actor).order_by("-created_at", "-pk").values_list("pk", flat=True)
    PendingDraft.objects.filter(pk__in=list(newest[AT_MOST:])).delete()
    return draft


def _text_of(data):
    """Field names and cleaned values, without marks, tokens and passwords."""
    return {
        clean_line(name): [clean_lines(value) for value in values]
        for name, values in data.lists()
        if name not in LEFT_OUT and "password" not in name
    }


def _as_query(fields):
    query = QueryDict(mutable=True)
    for name, values in fields.items():
        query.setlist(name, values)
    return query
