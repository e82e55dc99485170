"""The public register of regional actors."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ...core.authority import may
from ...core.web import page_of
from ..forms import FilterForm
from ..models import Actor
from ..queries import appointments_of, public_actors


@require_safe
def register(request):
    """Actors who show what they can do or offer, of one municipality or with one interest."""
    form, chosen, unknown = filtered(FilterForm, request)
    page = page_of(public_actors(municipality=chosen.get("gemeinde"), field=chosen.get("feld")), request)
    context = {"form": form, "page": page, "chosen": any(chosen.values()), "unknown": unknown, "query": _query(chosen)}
    return unlisted(render(request, "actors/register.html", context))


@require_safe
def actor(request, pk):
    """One actor: what the person shows the public, and the posts held today."""
    actor = get_object_or_404(Actor.objects.present().select_related("municipality"), pk=pk)
    posts = list(appointments_of(actor))
    is_public = Actor.objects.offering_publicly().filter(pk=pk).exists()
    is_self = actor == request.user
    in_office = may(request.user, "participation.view_actors")
    if not (is_public or posts or is_self or in_office):
        raise Http404
    shows = is_public or is_self or in_office
    context = {
        "actor": actor,
        "posts": posts,
        "interests": list(actor.interests.order_by("position", "name")) if shows else [],
        "shows": shows,
        "is_public": is_public,
        "is_self": is_self,
        "in_office": in_office,
    }
    return unlisted(render(request, "actors/actor.html", context))


def unlisted(response):
    """Keep a page about people out of search engines."""
    response["X-Robots-Tag"] = "noindex"
    return response


def filtered(form_class, request):
    """The filter form, what was chosen in it, and whether the address asked for something unknown."""
    asked = form_class(request.GET)
    asked.is_valid()
    chosen = asked.cleaned_data
    return form_class(initial=chosen), chosen, bool(asked.errors)


def _query(chosen):
    return "&".join(f"{name}={row.slug}" for name, row in chosen.items() if row)
