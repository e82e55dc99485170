"""Two ideas become one, and apart again."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ...core.authority import may
from ...core.drafts import content_form, form_data
from ...core.errors import Refusal
from ...core.web import permission_required, searched
from ...ideas.models import Merger
from ...ideas.operations.merging import merge_idea, undo_merge
from ...ideas.queries import merger_of
from ..merge_forms import MergeForm, TargetSearchForm, UndoForm
from ..merge_queries import chosen, is_mergeable, targets_for
from .page import MERGE, SEE, crumbs, idea_at, refused


@content_form
@permission_required(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request, reference):
    """Look for the idea that asks for the same (``?q=``), and merge; of a merged idea, see what stands for it."""
    idea, data = _idea(request, reference), form_data(request)
    if request.method != "POST" and not is_mergeable(idea):
        return redirect("office_idea", reference)
    if request.method != "POST" and idea.is_merged:
        return render(request, "moderation/merged.html", {**_context(idea), "merger": merger_of(idea)})
    words = searched(request)
    targets = [*targets_for(idea, words, by=request.user), *chosen(data)]
    form = MergeForm(data, idea=idea, targets=targets)
    if request.method == "POST" and form.is_valid():
        return _merge(request, idea, form)
    return _page(request, form, words)


def _merge(request, idea, form):
    words = form.cleaned_data
    try:
        merge_idea(idea, form.target, version=words["version"], text=words["text"], by=request.user)
    except Refusal as refusal:
        form.idea = idea_at(idea.reference)
        if not _is_merged(form.idea, form.target, request.user):  # else a double click
            return _not_merged(request, form, refusal)
    messages.success(request, _("The two ideas are one now. The author is told."))
    return redirect("office_idea", idea.reference)


def _is_merged(idea, target, by):
    merger = merger_of(idea)
    return merger is not None and (merger.target, merger.by) == (target, by)


def _not_merged(request, form, refusal):
    """The page once more, as long as the idea can still be merged; else that of the case, with what was typed."""
    if form.idea.is_merged or not is_mergeable(form.idea):
        return refused(request, form.idea.reference, refusal, form)
    form.look_again()
    form.add_error(None, str(refusal))
    return _page(request, form, "", status=409)


@permission_required(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request, reference):
    """Let a merged idea stand on its own again."""
    idea, form = _idea(request, reference), UndoForm(request.POST)
    if request.method != "POST":
        return redirect("merge_idea", reference)
    if not form.is_valid():
        raise Http404
    merger = get_object_or_404(
        Merger.objects.select_related("source__case", "target__case"), pk=form.cleaned_data["merger"], source=idea
    )
    try:
        undo_merge(merger, by=request.user)
    except Refusal as refusal:
        merger.refresh_from_db()
        if merger.undone_by != request.user:  # else a double click
            return refused(request, reference, refusal)
    messages.success(request, _("The idea stands on its own again. The author is told."))
    return redirect("office_idea", reference)


def _idea(request, reference):
    """The submitted idea, for somebody who may merge it; else 404."""
    idea = idea_at(reference)
    if not may(request.user, MERGE, idea):
        raise Http404
    return idea


def _page(request, form, words, *, status=200):
    search = TargetSearchForm(initial={"q": words})
    context = {**_context(form.idea), "form": form, "search": search, "words": words}
    return render(request, "moderation/merge.html", context, status=status)


def _context(idea):
    return {"idea": idea, "crumbs": crumbs(idea)}
