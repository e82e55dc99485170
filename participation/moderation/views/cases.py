"""The queue, the page of a case, and what is done there."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ...core.authority import may
from ...core.drafts import content_form, form_data
from ...core.errors import Refusal
from ...core.web import page_of, permission_required
from ...ideas.coauthor_queries import numbers_coauthored_by
from ..previews import letters_of_act
from ..queries import ALL, MINE, NOBODY, queue_counts
from ..waiting import Waiting, reports_waiting
from .acts import ACTS
from .page import SEE, TAKE, case_page, idea_at, refused
from .writing import is_unsent, letter_page, wants_letter, written_on


@permission_required(SEE)
@require_safe
def queue(request):
    """All that waits for the office, the oldest promise first."""
    whose = request.GET.get("wer", ALL)
    if whose not in (ALL, MINE, NOBODY):
        messages.info(request, _("We do not know this filter; here is everything."))
        whose = ALL
    counts, reports = queue_counts(request.user), reports_waiting(request.user)
    tabs = [
        _tab(_("All"), ALL, whose, counts["all"] + reports),
        _tab(_("Mine"), MINE, whose, counts["mine"]),
        _tab(_("Not taken"), NOBODY, whose, counts["free"] + reports),
    ]
    page = page_of(Waiting(request.user, whose), request)
    context = {
        "page": page,
        "tabs": tabs,
        "whose": whose,
        "query": f"wer={whose}" if whose else "",
        "coauthored": numbers_coauthored_by(request.user),
        "may_take": may(request.user, TAKE),
        "keys": [{"key": "J", "what": _("Next case")}, {"key": "K", "what": _("Case before")}],
    }
    return render(request, "moderation/queue.html", context)


@permission_required(SEE)
@require_safe
def case(request, reference):
    """Everything about one idea, and what can be done with it."""
    return case_page(request, idea_at(reference, reader=request.user))


@content_form
@permission_required(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def act(request, reference, name):
    """Do what ACTS says under ``name``; a mere visit leads to the page of the case."""
    idea, row, data = idea_at(reference), ACTS[name], form_data(request)
    if data is None:
        return redirect("office_idea", reference)
    form = row.form(data, idea=idea)
    is_unsent_yet = is_unsent(request, form)
    if request.method == "POST" and not is_unsent_yet and form.is_valid():
        return _preview(request, row, idea, form) if wants_letter(request, form) else _do(request, row, idea, form)
    if not may(request.user, row.permission, row.subject(idea)):
        raise Http404
    return case_page(request, idea, filled=written_on(request, form) if is_unsent_yet else form)


def _preview(request, row, idea, form):
    try:
        letters = letters_of_act(row, idea, form.cleaned_data, by=request.user)
    except Refusal as refusal:
        return refused(request, idea.reference, refusal, form)
    address = reverse(row.url, args=[idea.reference])
    idea = idea_at(idea.reference)  # as it stands: what was tried is taken back
    return letter_page(request, form, letters, address=address, submit=row.submit, idea=idea)


def _do(request, row, idea, form):
    words = form.cleaned_data
    try:
        row.run(idea, words, by=request.user)
    except Refusal as refusal:
        if not row.stands(idea_at(idea.reference), words, request.user):  # else a double click
            return refused(request, idea.reference, refusal, form)
    messages.success(request, str(row.said))
    return redirect("office_idea", idea.reference)


def _tab(label, value, whose, count):
    return {"label": label, "url": f"?wer={value}" if value else "?", "current": value == whose, "count": count}
