"""Public pages of the region: partners, legal texts, and the files that look and logo need."""

from urllib.parse import urlsplit

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ...core.web import page_of
from ..models import LegalText
from ..pictures import CONTENT_TYPE, logo_folder
from ..queries import alliance_of, partners, version_of, versions_of

FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def partner_list(request):
    """The organisations the alliance works with."""
    return render(request, "region/partners.html", {"page": page_of(partners(), request, size=24)})


@require_safe
def partner_page(request, slug):
    """One organisation: what we do together, and where to find it."""
    partner = get_object_or_404(partners(), slug=slug)
    return render(request, "region/partner.html", {"partner": partner, "website": shown_address(partner.website)})


@require_safe
def legal_page(request, kind):
    """A legal text in force, or an earlier version of it (``?version=``). Before the first: whom to ask."""
    versions = list(versions_of(kind))
    chosen = _chosen(versions, request.GET.get("version", ""))
    context = {
        "title": LegalText.Kind(kind).label,
        "text": version_of(kind, chosen.version) if chosen else None,
        "latest": versions[0] if versions else None,
        "versions": versions,
        "machine_readable": reverse("api:legal-text-detail", args=[kind]),
    }
    return render(request, "region/legal.html", context)


@require_safe
def accent(request, digest):
    """The stylesheet with the alliance's colours; its address changes with them."""
    alliance = alliance_of(request)
    if digest != alliance.accent_digest:
        return redirect("accent", alliance.accent_digest)
    return HttpResponse(alliance.accent_stylesheet, content_type="text/css", headers={"Cache-Control": FOR_EVER})


@require_safe
def logo(request, name):
    """The alliance's logo; only the present one exists."""
    if name != alliance_of(request).logo:
        raise Http404
    try:
        picture = (logo_folder() / name).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(picture, content_type=CONTENT_TYPE, headers={"Cache-Control": FOR_EVER})


def shown_address(website):
    """What a link to a foreign site says: its host, without the technical parts."""
    return (urlsplit(website).hostname or "").removeprefix("www.")


def _chosen(versions, asked):
    """The version asked for; nonsense and unknown numbers mean the one in force."""
    wanted = [it for it in versions if str(it.version) == asked]
    return (wanted or versions or [None])[0]
