"""Hearing less, out of a letter: without signing in, as RFC 8058 asks for.

Not limited but for keys that are wrong: large mail services stop for many
people from one address. The policy for referrers stays the portal's own
(same-origin): a stricter one would take the origin from the forms of the page.
"""

from django.core.signing import BadSignature
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from participation.actors.models import Actor
from participation.core.limits import within_limit
from participation.core.web import client_address
from participation.events.models import Case

from ..preferences import mute, stop
from ..stopping import DIGEST, read
from ..topics import Topic

WRONG_KEYS_AN_HOUR = 30


@csrf_exempt  # mail programs send no cookie; the key in the address is the proof
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_letters(request, key):
    """GET asks, POST stops. A mail program gets a word of plain text, a person a page, in the person's language."""
    try:
        wanted = read(key)
    except (BadSignature, TypeError, ValueError):
        return _refuse(request)
    actor = get_object_or_404(Actor.objects.present(), pk=wanted.actor_id)
    case = Case.objects.filter(pk=wanted.case_id).first() if wanted.case_id else None
    with translation.override(actor.language):
        if request.method != "POST":
            return _page(request, wanted, case, stopped=False)
        only_case = case if request.POST.get("scope") == "case" else None
        if only_case:
            mute(actor, only_case)
        else:
            stop(actor, wanted)
        if request.POST.get("List-Unsubscribe") == "One-Click":
            said = _("No more letters of this kind will be sent to you.")
            return HttpResponse(said, content_type="text/plain; charset=utf-8")
        return _page(request, wanted, case, stopped=True, only_case=bool(only_case))


def _refuse(request):
    """A key that we did not make: there is no such page, and after many tries within an hour no answer any more."""
    if within_limit("stop", client_address(request), most=WRONG_KEYS_AN_HOUR, seconds=3600):
        raise Http404
    return render(request, "429.html", status=429)


def _page(request, wanted, case, **words):
    topic = _("What comes in digests") if wanted.topic == DIGEST else Topic(wanted.topic).label
    return render(request, "notifications/stop.html", {"topic": topic, "case": case, **words})
