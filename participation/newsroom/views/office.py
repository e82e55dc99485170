"""The office's side: the list of outcomes, writing, and the page on which an outcome is released."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ...attachments.queries import files_of
from ...core.authority import may
from ...core.drafts import content_form, form_data
from ...core.errors import Outdated, Refusal
from ...core.keyset import page_by_key
from ...core.text import clean_line
from ...core.web import permission_required
from ..forms import CorrectionForm, OutcomeForm, ScheduleForm, WithdrawForm
from ..models import Outcome
from ..operations.writing import PREPARE, PUBLISH, begin_outcome, change_outcome, correct_outcome
from ..states import LIFECYCLE, OutcomeState
from .public import told

PAGE = 20
form_page = require_http_methods(["GET", "HEAD", "POST"])


@permission_required(PREPARE)
@require_safe
def outcomes(request):
    """All outcomes, what was touched last on top."""
    page = page_by_key(Outcome.objects.select_related("author"), request, field="updated_at", size=PAGE)
    return render(request, "newsroom/office_list.html", {"page": page})


@permission_required(PREPARE)
@require_safe
def outcome(request, pk):
    """An outcome as its readers see it or will see it, and what can be done with it."""
    return page_of(request, outcome_at(pk))


@content_form
@permission_required(PREPARE)
@form_page
def new(request):
    """Write a new one; ``?idee=`` names an idea that it tells of."""
    initial = {"ideas": clean_line(request.GET.get("idee", "")[:40])}
    form = OutcomeForm(form_data(request), request.FILES or None, initial=initial)
    if request.method != "POST" or not _is_complete(request, form):
        return _writing_page(request, form)
    try:
        row = begin_outcome(by=request.user, **form.words)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _writing_page(request, form, status=409)
    messages.success(request, _("The draft is saved. Only the office sees it until it is published."))
    return redirect("office_outcome", row.pk)


@content_form
@permission_required(PREPARE)
@form_page
def edit(request, pk):
    """Change a draft."""
    row = outcome_at(pk)
    if request.method != "POST" and not row.is_draft:
        return redirect("office_outcome", pk)
    form = OutcomeForm(form_data(request), request.FILES or None, outcome=row)
    return _save(request, form, row, change_outcome, _saved(request, row))


@content_form
@permission_required(PUBLISH)
@form_page
def correct(request, pk):
    """Put a corrected version of what is public in place."""
    row = outcome_at(pk)
    if request.method != "POST" and not row.is_public:
        return redirect("office_outcome", pk)
    form = CorrectionForm(form_data(request), request.FILES or None, outcome=row)
    return _save(
        request, form, row, correct_outcome, _("The correction is public. Those who were told are told again.")
    )


def _saved(request, row):
    """What is said once the draft is changed: nobody has read it as it is now, so it waits for release no longer."""
    if not row.waits_for_release:
        return _("The draft is saved.")
    if may(request.user, PUBLISH, row):
        return _("The draft is saved and no longer waits for release.")
    return _("The draft is saved. Ask for its release again.")


def _save(request, form, row, operation, said):
    if request.method != "POST" or not _is_complete(request, form):
        return _writing_page(request, form, row)
    try:
        operation(row, version=form.seen, by=request.user, **form.words)
    except Outdated:
        return _faster(request, form, row, said)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _writing_page(request, form, row, status=409)
    messages.success(request, said)
    return redirect("office_outcome", row.pk)


def _is_complete(request, form):
    if getattr(request, "files_left_out", False):
        form.add_error("picture", _("This file is larger than 25 MB. Please save it smaller and choose it again."))
    return form.is_valid()


def _faster(request, form, row, said):
    """Somebody else saved or released it meanwhile: what was typed stays, beside what stands there now."""
    present = outcome_at(row.pk)
    form.start_again_from(present)
    if not (present.is_public if isinstance(form, CorrectionForm) else present.is_draft):
        words = _("This was published or withdrawn meanwhile. What you typed is still here, but cannot be saved.")
    elif not form.differences:  # a double click
        messages.success(request, said)
        return redirect("office_outcome", row.pk)
    else:
        words = _("Somebody else changed this meanwhile. What you typed is still here; save again to put it in place.")
    form.add_error(None, words)
    return _writing_page(request, form, present, status=409)


def _writing_page(request, form, row=None, *, status=200):
    context = {"form": form, "outcome": row, "is_correction": isinstance(form, CorrectionForm), "crumbs": crumbs(row)}
    return render(request, "newsroom/write.html", context, status=status)


def outcome_at(pk):
    """The outcome with this number, or 404."""
    return get_object_or_404(Outcome.objects.select_related("case", "author", "released_by"), pk=pk)


def page_of(request, row, *, schedule=None, withdraw=None, status=200):
    """The office's page of an outcome; the forms keep what was typed into them."""
    decides = may(request.user, PUBLISH, row)
    context = {
        "outcome": row,
        "picture": files_of(row.folder_id).first(),
        "decides": decides,
        "may_publish": decides and LIFECYCLE.may_follow(row.state, OutcomeState.PUBLISHED),
        "schedule": schedule or ScheduleForm(initial={"version": row.version}),
        "withdraw": withdraw or WithdrawForm(),
        "form": schedule or withdraw,
        "unsaved": withdraw["reason"].value() if withdraw and not row.is_public else "",
        "crumbs": crumbs(),
        **told(row),
    }
    return render(request, "newsroom/office_outcome.html", context, status=status)


def crumbs(row=None):
    """Where the pages of the office stand."""
    items = [
        {"label": _("Office"), "url": reverse("desk")},
        {"label": _("Outcomes"), "url": reverse("office_outcomes")},
    ]
    return items + ([{"label": row.title, "url": reverse("office_outcome", args=[row.pk])}] if row else [])
