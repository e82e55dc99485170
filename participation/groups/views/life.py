"""The life of a group, in the hands of its coordination: a life sign, rest, and the closing report."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ...core.authority import may
from ...core.drafts import content_form, form_data
from ...core.errors import Outdated, Refusal
from ..forms import ReportForm
from ..operations.living import begin_report, close_group, draft_report, rest_group, say_alive, wake_group
from ..queries import membership_of
from .leading import entered
from .public import frame

page = require_http_methods(["GET", "HEAD", "POST"])
STEPS = {
    "alive": (say_alive, gettext_lazy("Thank you. We know that the group goes on.")),
    "rest": (rest_group, gettext_lazy("The group rests. It has left the front page; its page stays.")),
    "wake": (wake_group, gettext_lazy("The group works again.")),
    "report": (begin_report, gettext_lazy("The group writes its closing report now.")),
}


@never_cache
@login_required
@page
def stand(request, slug):
    """Where the group stands, and what its coordination can do about it."""
    group = entered(request, slug)
    if not may(request.user, "participation.rest_group", group):
        raise Http404
    if request.method == "POST" and (step := STEPS.get(request.POST.get("step", ""))):
        return _step(request, group, *step)
    own = membership_of(request.user, group)
    return render(request, "groups/stand.html", {"group": group, "own": own, **frame(request, group, own)})


def _step(request, group, operation, words):
    try:
        operation(group, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect("group_stand", group.slug)


@never_cache
@content_form
@login_required
@page
def report(request, slug):
    """Write the closing report, keep it, or publish it, which closes the group."""
    group = entered(request, slug)
    if not may(request.user, "participation.report_group", group) or not (group.is_reporting or group.is_dormant):
        raise Http404
    form = ReportForm(form_data(request), initial={"report": group.report, "version": group.version})
    if request.method != "POST" or not form.is_valid():
        return _report_page(request, group, form)
    is_last = "close" in request.POST
    operation = close_group if is_last else draft_report
    try:
        operation(group, form.cleaned_data["report"], version=form.seen, by=request.user)
    except Outdated as refusal:
        group.refresh_from_db()
        form.data = {**form.data.dict(), "version": group.version}
        form.add_error(None, str(refusal))
        return _report_page(request, group, form, other=group.report, status=409)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _report_page(request, group, form, status=409)
    if is_last:
        messages.success(request, _("The report is published, and the group is closed. Thank you for your work."))
        return redirect(group)
    messages.success(request, _("Saved. Only members and the office see it until it is published."))
    return redirect("group_report", group.slug)


def _report_page(request, group, form, *, other="", status=200):
    crumbs = [
        {"label": _("Working groups"), "url": reverse("groups")},
        {"label": group.title, "url": group.get_absolute_url()},
    ]
    context = {"group": group, "form": form, "other": other, "crumbs": crumbs}
    return render(request, "groups/report.html", context, status=status)
