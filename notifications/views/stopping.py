"""Hearing less, out of a letter: without signing in, as RFC 8058 asks for."""

from django.core.signing import BadSignature
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from participation.actors.models import Actor
from participation.events.models import Case

from ..preferences import mute, stop
from ..stopping import DIGEST, read
from ..topics import Topic


@csrf_exempt  # mail programs send no cookie; the key in the address is the proof
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_letters(request, key):
    """GET asks, POST stops. A mail program gets a word of plain text, a person a page, in the person's language."""
    wanted, actor = _wanted(key)
    with translation.override(actor.language):
        if request.method != "POST":
            return render(request, "notifications/stop.html", _context(wanted, stopped=False))
        only_case = request.POST.get("scope") == "case" and wanted.case_id
        if only_case:
            mute(actor, get_object_or_404(Case, pk=wanted.case_id))
        else:
            stop(actor, wanted)
        if request.POST.get("List-Unsubscribe") == "One-Click":
            return HttpResponse(_("No more letters of this kind will be sent to you."), content_type="text/plain")
        return render(request, "notifications/stop.html", _context(wanted, stopped=True, only_case=only_case))


def _wanted(key):
    """The Stop that ``key`` is for, and its actor; else Http404."""
    try:
        wanted = read(key)
    except (BadSignature, TypeError, ValueError):
        raise Http404 from None
    return wanted, get_object_or_404(Actor.objects.present(), pk=wanted.actor_id)


def _context(wanted, **words):
    case = Case.objects.filter(pk=wanted.case_id).first() if wanted.case_id else None
    topic = _("What comes in digests") if wanted.topic == DIGEST else Topic(wanted.topic).label
    return {"topic": topic, "case": case, **words}
