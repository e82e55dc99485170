"""Reading outcomes: the list, one outcome, its picture, and the feeds."""

from itertools import pairwise

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ...attachments.serving import handed_out
from ...core.authority import may
from ...core.feeds import fresh_answer
from ...core.keyset import page_by_key
from ...ideas.changes import changes
from ...region.queries import alliance_of
from .. import feeds
from ..newsletter_forms import sign_up
from ..queries import (
    corrections_of,
    ideas_told_of,
    last_change,
    pages_of_outcomes,
    pictures_for,
    published,
    recent_outcomes,
    with_pictures,
)

PAGE = 12
PREPARE = "participation.prepare_outcomes"
GONE = 410


@require_safe
def outcomes(request):
    """All outcomes, the newest first."""
    page = page_by_key(published(), request, field="published_at", size=PAGE)
    context = {"page": page, "outcomes": with_pictures(page.rows), **sign_up()}
    return render(request, "newsroom/list.html", context)


@require_safe
def outcome(request, slug):
    """One outcome with what was corrected; of a withdrawn one, that and why."""
    row = with_pictures([get_object_or_404(pages_of_outcomes(), slug=slug)])[0]
    context = {
        "outcome": row,
        "in_office": may(request.user, PREPARE),
        "crumbs": [{"label": _("Outcomes"), "url": reverse("outcomes")}],
    }
    if row.is_withdrawn:
        return render(request, "newsroom/withdrawn.html", context, status=GONE)
    return render(request, "newsroom/outcome.html", {**context, **told(row)})


def told(outcome):
    """The ideas that ``outcome`` tells of, and what changed from one version to the next, the newest first."""
    versions = list(corrections_of(outcome))
    corrections = [(after, changes(before, after)) for before, after in pairwise(versions)]
    return {"ideas": list(ideas_told_of(outcome)), "corrections": corrections[::-1]}


@require_safe
def picture(request, key, name):
    """The picture of an outcome that this person may read; ``name`` is for the reader of the address."""
    allowed = pictures_for(in_office=may(request.user, PREPARE))
    return handed_out(request, get_object_or_404(allowed, key=key))


@require_safe
def atom(request):
    """The newest outcomes as an Atom feed."""
    return _feed(request, feeds.atom, "application/atom+xml; charset=utf-8")


@require_safe
def json_feed(request):
    """The newest outcomes as a JSON feed."""
    return _feed(request, feeds.json_feed, "application/feed+json; charset=utf-8")


def _feed(request, write, content_type):
    document = write(recent_outcomes(), alliance_of(request)).encode()
    return fresh_answer(request, document, content_type, changed_at=last_change())
