"""The office puts an issue of the newsletter together, reads it as its readers will, and sends it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from ...core.authority import may
from ...core.drafts import content_form, form_data
from ...core.errors import Outdated, Refusal
from ...core.keyset import page_by_key
from ...core.web import permission_required
from ...events.rehearsal import rehearse
from ...region.queries import alliance_of
from ..newsletter_forms import IssueForm, SeenIssueForm
from ..newsletter_models import Issue
from ..newsletter_queries import offered, readers, sent_issues
from ..operations.issuing import PREPARE, SEND, begin_issue, change_issue, discard_issue, send_issue, try_issue
from ..states import IssueState

PAGE = 20
# The letter is shown in a frame of its own: its styles stand in its tags, and nothing in it runs or leads away.
LETTER_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
form_page = require_http_methods(["GET", "HEAD", "POST"])


@permission_required(PREPARE)
@form_page
def issues(request):
    """All issues; a POST begins the next one, or goes on with the one that is begun."""
    if request.method == "POST":
        subject = _("News from %(alliance)s") % {"alliance": alliance_of(request).short_name}
        return redirect("edit_issue", begin_issue(by=request.user, subject=subject[:70]).pk)
    context = {
        "page": page_by_key(sent_issues(), request, field="number", size=PAGE),
        "draft": Issue.objects.filter(state=IssueState.DRAFT).first(),
        "readers": readers().count(),
    }
    return render(request, "newsroom/office_newsletter.html", context)


@content_form
@permission_required(PREPARE)
@form_page
def edit(request, pk):
    """Put an issue together."""
    row = _issue(pk)
    if request.method != "POST" and not row.is_draft:
        return redirect(row)
    chosen, others = offered(row)
    form = IssueForm(form_data(request), issue=row, chosen=chosen, others=others)
    if request.method != "POST" or not form.is_valid():
        return _edit_page(request, row, form)
    try:
        change_issue(row, version=form.cleaned_data["version"], by=request.user, **form.words)
    except Outdated:
        return _faster(request, form, _issue(pk))
    return redirect("preview_issue", pk)


@permission_required(PREPARE)
@require_safe
def preview(request, pk):
    """The issue as its readers get it, and the buttons that send it."""
    return _preview_page(request, _draft(pk))


@permission_required(PREPARE)
@require_safe
@xframe_options_sameorigin
def letter(request, pk):
    """The HTML of the letter, for the frame in the preview."""
    copies = _letters(_draft(pk), request.user)
    if not copies:
        raise Http404
    return HttpResponse(copies[0].html, headers={"Content-Security-Policy": LETTER_POLICY})


@permission_required(PREPARE)
@form_page
def try_out(request, pk):
    """Send it to oneself."""
    row = _draft(pk)
    if request.method == "POST":
        try_issue(row, by=request.user)
        messages.success(request, _("A test is on its way to %(address)s.") % {"address": request.user.email})
    return redirect("preview_issue", pk)


@permission_required(SEND)
@form_page
def send(request, pk):
    """Send it to all who want it."""
    row = _issue(pk)
    if request.method != "POST":
        return redirect("preview_issue" if row.is_draft else "edit_issue", pk)
    try:
        row = send_issue(row, version=_version_seen(request), by=request.user)
    except Refusal as refusal:
        row = _issue(pk)
        if not (row.sent_by_id == request.user.pk and not row.is_draft):  # else a double click
            return _refused(request, row, refusal)
    messages.success(request, _("The issue is on its way and stands in the archive."))
    return redirect(row)


@permission_required(PREPARE)
@form_page
def discard(request, pk):
    """Ask, then throw a draft away."""
    row = Issue.objects.filter(pk=pk).first()
    if request.method != "POST":
        if row is None or not row.is_draft:
            raise Http404
        return render(request, "newsroom/discard_issue.html", {"issue": row, "crumbs": _crumbs(row)})
    try:
        if row:  # else gone already, as was wished
            discard_issue(row, version=_version_seen(request), by=request.user)
    except Refusal as refusal:
        return _refused(request, _issue(pk), refusal)
    messages.success(request, _("The draft is gone."))
    return redirect("office_newsletter")


def _issue(pk):
    return get_object_or_404(Issue, pk=pk)


def _draft(pk):
    return get_object_or_404(Issue, pk=pk, state=IssueState.DRAFT)


def _letters(row, actor):
    """The letter as ``actor`` would get it; nothing is sent."""
    return rehearse(lambda: try_issue(row, by=actor), to=actor)


def _preview_page(request, row, *, status=200):
    context = {
        "issue": row,
        "letters": _letters(row, request.user),
        "readers": readers().count(),
        "may_send": may(request.user, SEND, row),
        "crumbs": _crumbs(row),
    }
    return render(request, "newsroom/preview_issue.html", context, status=status)


def _edit_page(request, row, form, *, status=200):
    context = {"issue": row, "form": form, "crumbs": _crumbs()}
    return render(request, "newsroom/edit_issue.html", context, status=status)


def _faster(request, form, present):
    """Somebody else changed or sent it meanwhile: what was typed stays."""
    if present.is_draft:
        words = _("Somebody else changed this meanwhile. What you typed is still here; save again to put it in place.")
        form.data = {**form.data.dict(), "version": present.version}
    else:
        words = _("This issue was sent meanwhile. What you typed is still here, but cannot be saved.")
    form.add_error(None, words)
    return _edit_page(request, present, form, status=409)


def _refused(request, row, refusal):
    messages.error(request, str(refusal))
    return _preview_page(request, row, status=409) if row.is_draft else redirect(row)


def _version_seen(request):
    """The version somebody saw; 0, which no issue has, where the form does not say."""
    form = SeenIssueForm(request.POST)
    return form.cleaned_data["version"] if form.is_valid() else 0


def _crumbs(row=None):
    items = [
        {"label": _("Office"), "url": reverse("desk")},
        {"label": _("Newsletter"), "url": reverse("office_newsletter")},
    ]
    return items + ([{"label": row.subject, "url": reverse("edit_issue", args=[row.pk])}] if row else [])
