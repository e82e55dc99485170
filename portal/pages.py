"""Pages that gather several slices, and the pages for what went wrong."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from participation.actors.models import Post
from participation.actors.operations import edit_profile
from participation.actors.queries import appointments, public_actors
from participation.core.web import LANGUAGE_KEY, safe_next
from participation.groups.meeting_queries import public_meetings
from participation.groups.queries import looking_for_people
from participation.ideas.listing import counts_by_place, counts_by_state
from participation.ideas.queries import recent_ideas
from participation.ideas.states import PUBLIC, IdeaState
from participation.newsroom.queries import recent_outcomes
from participation.region.queries import alliance_of, fields_of_action, municipalities, municipalities_of, partners
from participation.region.tiles import tiles
from participation.region.views.public import shown_address

from .programs import for_programs, refusal
from .wording import in_words, opening

SHOWN = 3  # ideas or outcomes a section of the start page


@require_safe
def start(request):
    """The first page: what this is, how to take part, and what there is, counted now."""
    places = municipalities_of(request)
    counts = counts_by_state()
    has_ideas = any(counts.values())
    outcomes = recent_outcomes(SHOWN)
    context = {
        "join_url": reverse("my_page" if request.user.is_authenticated else "account_signup"),
        "has_ideas": has_ideas,
        "stations": _way_of_ideas(counts) if has_ideas else _way_in(),
        "outcomes": outcomes,
        "groups": list(looking_for_people(SHOWN)),
        "meetings": list(public_meetings(SHOWN)),
        "recent": list(recent_ideas(SHOWN, states=set(PUBLIC) - {IdeaState.REALISED})) if has_ideas else [],
        "realised": [] if outcomes or not has_ideas else list(recent_ideas(SHOWN, states=[IdeaState.REALISED])),
        "tiles": tiles(places, notes=_numbers_of_ideas()),
        "town_count": opening(_town_count(len(places) + len(_empty_places(request)))) if places else "",
        "empty_places": _empty_places(request),
        "fields": list(fields_of_action()),
        "partners": list(partners()),
    }
    return render(request, "start.html", context)


def _way_of_ideas(counts):
    """How many ideas stand at each station, with the way there."""
    notes = {
        IdeaState.PUBLISHED: _("everybody can support and discuss them"),
        IdeaState.UNDER_CONSIDERATION: _("somebody works out what they need"),
        IdeaState.ADOPTED: _("the alliance or a municipality wants them"),
        IdeaState.IN_PROGRESS: _("the work has begun"),
        IdeaState.REALISED: _("they are there"),
    }
    return [
        {
            "label": state.label[:1].upper() + state.label[1:],
            "note": note,
            "number": counts.get(state, 0),
            "url": f"{reverse('ideas')}?stand={state}",
        }
        for state, note in notes.items()
    ]


def _numbers_of_ideas():
    """Slug of a municipality → “3 ideas”."""
    return {
        slug: ngettext("%(number)s idea", "%(number)s ideas", number) % {"number": number}
        for slug, number in counts_by_place().items()
    }


def _way_in():
    return [
        {"label": _("Register"), "note": _("with an e-mail address; it costs nothing")},
        {"label": _("Confirm"), "note": _("with the link in the letter we send you")},
        {"label": _("Introduce yourself"), "note": _("your municipality, your interests, what you can offer")},
        {"label": _("Be there"), "note": _("the office and others in the region find you")},
    ]


def _town_count(count):
    return ngettext("%(number)s municipality", "%(number)s municipalities", count) % {"number": in_words(count)}


def _empty_places(request):
    """A range as long as there are municipalities the alliance has not entered yet."""
    return range(max((alliance_of(request).expected_municipalities or 0) - len(municipalities_of(request)), 0))


@require_safe
def alliance(request):
    """The organs of the alliance, who holds their posts, and how to reach the office."""
    holders = _holders()
    context = {
        "seats": [(it, holders.get((Post.MAYOR, it.pk))) for it in municipalities_of(request)],
        "empty_places": _empty_places(request),
        "spokespeople": holders.get((Post.SPOKESPERSON, None), []),
        "ale": holders.get((Post.ALE, None), []),
        "managers": holders.get((Post.MANAGER, None), []),
        "fields": list(fields_of_action()),
    }
    return render(request, "region/alliance.html", context)


def _holders():
    """(post, municipality's key for mayors) → the people in that post today."""
    holders = {}
    for it in appointments("running"):
        place = it.municipality_id if it.post == Post.MAYOR else None
        holders.setdefault((it.post, place), []).append(it.actor)
    return holders


@require_safe
def municipality(request, slug):
    """One member municipality: facts, mayor, and who of its people takes part."""
    place = get_object_or_404(municipalities(), slug=slug)
    context = {
        "municipality": place,
        "website": shown_address(place.website),
        "mayors": _holders().get((Post.MAYOR, place.pk), []),
        "tiles": tiles(municipalities_of(request), highlighted={place.pk}),
        "offering": public_actors(municipality=place).count(),
    }
    return render(request, "region/municipality.html", context)


@require_POST
def set_language(request):
    """Remember the language somebody chose: in the session, and in the account if there is one."""
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        request.session[LANGUAGE_KEY] = language
        if request.user.is_authenticated:
            edit_profile(request.user, by=request.user, language=language)
    return redirect(safe_next(request))


def bad_request(request, exception):
    """Plain, from nothing but the template: what could not be read is not touched again."""
    if for_programs(request):
        return refusal(400, _("This request cannot be read. Please look at its address."))
    return HttpResponse(render_to_string("400.html"), status=400)


def forbidden(request, exception):
    """A right is missing."""
    return render(request, "403.html", status=403)


def not_found(request, exception):
    """There is no such page, or none for this person."""
    if for_programs(request):
        return refusal(404, _("There is nothing at this address, or nothing that everybody may read."))
    return render(request, "404.html", status=404)


def too_many_requests(request, exception=None):
    """A limit was reached."""
    return render(request, "429.html", status=429)


def server_error(request):
    """Our fault; no database, no session, no context is asked."""
    if for_programs(request):
        return refusal(500, _("Something went wrong here. Please try again later."))
    return HttpResponse(render_to_string("500.html"), status=500)
