"""Reading ideas: the list, one idea, and how its words changed."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ...attachments.queries import files_of, ready_files
from ...core.authority import may
from ...core.keyset import page_by_key
from ...discussion.queries import comment_counts
from ...events.kinds import CaseKind
from ...events.queries import led_to
from ...events.trail import trail_of
from ...promises.queries import promise_of
from ...region.queries import fields_of_action, marked_municipalities, municipalities_of
from ...region.tiles import tiles
from .. import listing
from ..changes import changes
from ..coauthor_queries import byline, coauthors_of_all, wrote
from ..models import Idea
from ..queries import ideas_for, last_review, mergers_into, public_answers, standing_for
from ..states import LIFECYCLE, IdeaState
from ..stations import stations
from .talk import talk_context, with_stance

PAGE = 20


@require_safe
def ideas(request):
    """All public ideas: searched, filtered, ordered, page by page."""
    fields, places = list(fields_of_action()), municipalities_of(request)
    wanted, unknown = listing.read(request, fields, places)
    rows = listing.ideas_like(wanted)
    searchable = rows is not None
    rows = (rows if searchable else Idea.objects.none()).select_related("case", "field").defer("text")
    page = page_by_key(rows.prefetch_related("municipalities"), request, field=wanted.key, size=PAGE)
    comments = comment_counts([idea.case for idea in page.rows])
    found, is_more = listing.number_of(rows)
    filters = listing.filters(wanted, fields, places)
    context = {
        "wanted": wanted,
        "unknown": unknown,
        "searchable": searchable,
        "filters": filters,
        "chosen": _chosen(wanted, filters),
        "orders": _orders(wanted),
        "entries": [(idea, listing.steps(idea.state), comments.get(idea.case_id, 0)) for idea in page.rows],
        "page": page,
        "found": found,
        "is_more": is_more,
        "total": listing.total(),
    }
    return render(request, "ideas/list.html", context)


def _chosen(wanted, filters):
    """What narrows the list, each with the address of the list without it."""
    words = [(f"„{wanted.words}“", listing.replace(wanted, words="").address)] if wanted.words else []
    return words + [
        (choice.label, listing.without(wanted, group.name, choice.value).address)
        for group in filters
        for choice in group.choices
        if choice.chosen
    ]


def _orders(wanted):
    return [
        (label, listing.replace(wanted, order=order).address, order == wanted.order)
        for order, (_key, label) in listing.ORDERS.items()
    ]


@require_safe
def idea(request, reference):
    """One idea with its way, answers and comments; of one that is no longer public, what stands for it or its way."""
    idea = _readable(request, reference)
    if idea is None or idea.is_merged:
        return redirect(standing_for(reference) or reverse("trail", args=[reference]))
    concerned = Idea.municipalities.through.objects.filter(idea=idea).values("municipality")
    towns = marked_municipalities(request, concerned)
    places = [town for town in towns if town.is_marked]
    lines = trail_of(idea.case)
    is_author = request.user.is_authenticated and request.user.pk == idea.author_id
    mergers = list(mergers_into(idea)) if idea.is_public else []
    coauthors = coauthors_of_all(idea, [row.source for row in mergers])
    may_read_all = wrote(request.user, idea)
    in_office = may(request.user, "participation.view_all_ideas")
    context = {
        "idea": idea,
        "places": places,
        "tiles": tiles(towns, highlighted={place.pk for place in places}),
        "stations": stations(idea, lines),
        "promise": promise_of(idea.case),
        "answers": list(public_answers(idea)),
        "outcomes": list(led_to(idea.case, CaseKind.OUTCOME)),
        "mergers": _with_bylines(mergers, coauthors, request.user),
        "files": list((files_of if is_author else ready_files)(idea.folder_id)),
        "review": last_review(idea) if (may_read_all or in_office) and not idea.is_public else None,
        "is_author": is_author,
        "coauthors": coauthors[idea.pk],
        "byline": byline(idea.author, coauthors[idea.pk], reader=request.user),
        "in_office": in_office,
        "may_hide": not may_read_all and may(request.user, "participation.moderate_content"),
        "may_withdraw": is_author and LIFECYCLE.may_follow(idea.state, IdeaState.WITHDRAWN),
        "was_changed": idea.version > 1,
        "crumbs": [{"label": _("Ideas"), "url": reverse("ideas")}],
        **talk_context(request, idea),
    }
    return render(request, "ideas/idea.html", context)


def _with_bylines(mergers, coauthors, reader):
    """``mergers``, each with ``byline``: who proposed what was merged."""
    for row in mergers:
        row.byline = byline(row.source.author, coauthors[row.source_id], reader=reader)
    return mergers


def _readable(request, reference):
    """The idea, if this person may read it; None if it was public once; raises Http404."""
    found = with_stance(ideas_for(request.user), request.user).filter(case__reference=reference).first()
    if found is None and not Idea.objects.filter(case__reference=reference, published_at__isnull=False).exists():
        raise Http404
    return found


@require_safe
def versions(request, reference):
    """How the words of an idea changed from one submission to the next."""
    idea = get_object_or_404(ideas_for(request.user), case__reference=reference)
    rows = list(idea.versions.order_by("number"))
    pairs = zip([None, *rows], rows, strict=False)
    context = {
        "idea": idea,
        "changes": [(after, changes(before, after)) for before, after in pairs][::-1],
        "crumbs": [
            {"label": _("Ideas"), "url": reverse("ideas")},
            {"label": idea.title, "url": idea.get_absolute_url()},
        ],
    }
    return render(request, "ideas/versions.html", context)
