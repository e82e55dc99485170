"""Of one's own accord: proposing a group, joining one, leaving it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ...core.clock import now
from ...core.drafts import content_form, form_data
from ...core.errors import Refusal
from ...promises.calendar import due_moment
from ...region.queries import alliance_of
from ..forms import JoinForm, ProposalForm
from ..operations.belonging import leave_group, show_myself
from ..operations.founding import propose_group
from ..operations.joining import join_group, withdraw_request
from ..queries import groups_for, membership_of, open_request_of

page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@content_form
@login_required
@page
def propose(request):
    """Propose a group, with the day until which the office answers."""
    form = ProposalForm(form_data(request))
    if request.method != "POST" or not form.is_valid():
        return _proposal_page(request, form)
    try:
        group = propose_group(by=request.user, **form.words)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _proposal_page(request, form, status=409)
    messages.success(request, _("Thank you. The office will answer your proposal; you see here until when."))
    return redirect(group)


def _proposal_page(request, form, *, status=200):
    alliance = alliance_of(request)
    context = {
        "form": form,
        "due": due_moment(now(), alliance.answer_days, alliance),
        "crumbs": [{"label": _("Working groups"), "url": reverse("groups")}],
    }
    return render(request, "groups/propose.html", context, status=status)


@never_cache
@content_form
@login_required
@page
def join(request, slug):
    """Join a group at once, or ask to."""
    group = get_object_or_404(groups_for(request.user).public(), slug=slug)
    if membership_of(request.user, group) or open_request_of(request.user, group):
        return redirect(group)
    form = JoinForm(form_data(request), group=group)
    if request.method != "POST" or not form.is_valid():
        return _join_page(request, group, form)
    try:
        row = join_group(group, by=request.user, **form.words)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _join_page(request, group, form, status=409)
    if row.is_member:
        messages.success(request, _("Welcome. You belong to this group now."))
    else:
        messages.success(request, _("Your request is on its way. You see here until when you get an answer."))
    return redirect(group)


def _join_page(request, group, form, *, status=200):
    crumbs = [
        {"label": _("Working groups"), "url": reverse("groups")},
        {"label": group.title, "url": group.get_absolute_url()},
    ]
    return render(request, "groups/join.html", {"group": group, "form": form, "crumbs": crumbs}, status=status)


@never_cache
@login_required
@page
def leave(request, slug):
    """Leave a group or take a request back, after a question; or choose who sees that one belongs to it."""
    group = get_object_or_404(groups_for(request.user), slug=slug)
    row = membership_of(request.user, group) or open_request_of(request.user, group)
    if row is None:
        return redirect(group)
    if request.method == "POST":
        return _leave(request, group, row)
    crumbs = [
        {"label": _("Working groups"), "url": reverse("groups")},
        {"label": group.title, "url": group.get_absolute_url()},
    ]
    return render(request, "groups/leave.html", {"group": group, "row": row, "crumbs": crumbs})


def _leave(request, group, row):
    try:
        if request.POST.get("shown") in {"yes", "no"}:
            show_myself(row, request.POST["shown"] == "yes", by=request.user)
            messages.success(request, _("Saved."))
        elif row.is_member:
            leave_group(row, by=request.user)
            messages.success(request, _("You no longer belong to this group."))
        else:
            withdraw_request(row, by=request.user)
            messages.success(request, _("Your request is taken back."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(group)
