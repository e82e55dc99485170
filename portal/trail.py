"""The way of a case on a page of its own, and the code that leads there from paper."""

import segno
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from participation.core.authority import may
from participation.core.web import absolute
from participation.events.kinds import CaseKind
from participation.events.models import Case
from participation.events.queries import led_to
from participation.events.trail import trail_of
from participation.groups.models import Group
from participation.groups.stations import stations as stations_of_group
from participation.ideas.coauthor_models import CoAuthor
from participation.ideas.models import Idea
from participation.ideas.queries import ideas_for
from participation.ideas.stations import stations
from participation.promises.queries import extensions_of_case

A_DAY = 24 * 3600


@require_safe
@cache_control(private=True)
def trail(request, reference):
    """What happened to a case, in plain sentences.

    Of a case that was public the way stays for everybody, also after it was withdrawn: then without its title, which
    are words of an author who took them back. Before it is public, its authors and the office see it.
    """
    case = _case(request, reference)
    lines = trail_of(case)
    context = {
        "case": case,
        "entries": _with_reasons(case, lines),
        "outcomes": list(led_to(case, CaseKind.OUTCOME)),
        "address": absolute(reverse("trail", args=[case.reference])),
        **WAYS[case.kind](request, case, lines),
    }
    return render(request, "trail.html", context)


def _way_of_idea(request, case, lines):
    idea = get_object_or_404(Idea.objects.select_related("case"), case=case)
    is_readable = ideas_for(request.user).filter(pk=idea.pk).exists()
    return {
        "heading": _("The way of this idea"),
        "stations": stations(idea, lines),
        "page": {"label": _("Read the idea"), "url": idea.get_absolute_url()} if is_readable else None,
        "hidden": idea if idea.is_hidden else None,
        "title": case.title if is_readable else _("Hidden idea") if idea.is_hidden else "",
    }


def _way_of_group(request, case, lines):
    group = get_object_or_404(Group.objects.select_related("case"), case=case)
    return {
        "heading": _("The way of this group"),
        "stations": stations_of_group(group, lines),
        "page": {"label": _("See the group"), "url": group.get_absolute_url()},
        "hidden": None,
        "title": case.title,
    }


WAYS = {CaseKind.IDEA: _way_of_idea, CaseKind.GROUP: _way_of_group}
SEES_ALL = {CaseKind.IDEA: "participation.view_all_ideas", CaseKind.GROUP: "participation.view_all_groups"}


def _with_reasons(case, lines):
    """Each line with the Extension that it tells of, or None."""
    extensions = extensions_of_case(case) if any("extension" in line.facts for line in lines) else {}
    return [(line, extensions.get(line.facts.get("extension"))) for line in lines]


@require_safe
@cache_control(private=True, max_age=A_DAY)
def code(request, reference):
    """The address of the way as a QR code (ISO/IEC 18004, level M), a picture in SVG."""
    case = _case(request, reference)
    picture = segno.make(absolute(reverse("trail", args=[case.reference])), micro=False, error="m")
    response = HttpResponse(content_type="image/svg+xml")
    picture.save(response, kind="svg", scale=4, border=2, dark="#000", light="#fff", xmldecl=False)
    return response


def _case(request, reference):
    """The case, for a person who may follow its way; else Http404."""
    case = get_object_or_404(Case, reference=reference, kind__in=list(WAYS))
    is_owner = request.user.is_authenticated and case.owner_id == request.user.pk
    if not (case.public or is_owner or may(request.user, SEES_ALL[case.kind])):
        get_object_or_404(CoAuthor.objects.of(request.user), idea__case=case)
    return case
