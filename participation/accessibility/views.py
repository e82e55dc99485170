"""The pages for barriers: everybody reports, the office answers."""

from django.contrib import messages
from django.core.signing import BadSignature
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ..core.authority import may
from ..core.drafts import content_form, form_data
from ..core.errors import Outdated, Refusal
from ..core.limits import within_limit
from ..core.web import client_address, page_of, permission_required
from .forms import AnswerForm, ReportForm
from .models import BarrierReport, local_path
from .operations import answer_barrier, report_barrier
from .queries import RECEIPT, answer_day, receipt_path, reports_for_office

REPORTS_AN_HOUR = 10


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request):
    """Report a barrier; open to everybody."""
    if request.method != "POST":
        return _report_page(request, ReportForm(initial=_prefilled(request)))
    form = ReportForm(request.POST)
    if not form.is_valid():
        form.again()
        return _report_page(request, form)
    if not within_limit("barrier", client_address(request), most=REPORTS_AN_HOUR, seconds=3600):
        form.add_error(None, _("Many reports came from your connection within an hour. Please try again in an hour."))
        return _report_page(request, form, status=429)
    stored = report_barrier(
        form.cleaned_data["text"],
        page=form.cleaned_data["page"],
        email=form.cleaned_data["email"],
        language=get_language()[:2],
        submission=form.submission,
        by=request.user if request.user.is_authenticated else None,
    )
    return redirect(receipt_path(stored))


def report_again(request):
    """Show the form with what was typed, after the token that guards it was lost; nothing was stored."""
    form = ReportForm(request.POST)
    form.again()
    form.add_error(None, _("This page was open for a long time, or cookies are switched off. Please send it again."))
    return _report_page(request, form, status=403)


report.ask_again = report_again


@never_cache
@require_safe
def received(request, token):
    """What became of one's report, for whoever has its signed address."""
    try:
        pk = RECEIPT.unsign(token)
    except BadSignature:
        raise Http404 from None
    report = get_object_or_404(BarrierReport.objects.select_related("case"), pk=pk)
    return render(request, "accessibility/received.html", {"report": report, "stations": _stations(report)})


@permission_required("participation.view_barriers")
@require_safe
def office_list(request):
    """All reports, those that wait on top."""
    page = page_of(reports_for_office(), request)
    return render(request, "accessibility/office_list.html", {"page": page})


@content_form
@permission_required("participation.view_barriers")
@require_http_methods(["GET", "HEAD", "POST"])
def office_report(request, pk):
    """One report, and the form for its answer."""
    report = get_object_or_404(BarrierReport.objects.select_related("case"), pk=pk)
    may_answer = may(request.user, "participation.answer_barrier", report)
    if request.method == "POST" and not may_answer:
        raise Http404
    form = AnswerForm(form_data(request))
    if request.method == "POST" and form.is_valid():
        return _answer(request, report, form)
    return _office_page(request, report, form, may_answer=may_answer)


def _answer(request, report, form):
    text = form.cleaned_data["answer"]
    try:
        answer_barrier(report, text, by=request.user)
    except Refusal as refusal:
        report.refresh_from_db()
        if report.answer != text:  # a double click has said the same twice
            messages.error(request, str(refusal if report.is_open else Outdated()))
            return _office_page(request, report, form, may_answer=True, unsent=text, status=409)
    messages.success(request, _("Your answer is on its way."))
    return redirect("office_barriers")


def _office_page(request, report, form, *, status=200, **more):
    crumbs = [
        {"label": _("Office"), "url": reverse("desk")},
        {"label": _("Barrier reports"), "url": reverse("office_barriers")},
    ]
    context = {"report": report, "form": form, "stations": _stations(report), "crumbs": crumbs, **more}
    return render(request, "accessibility/office_report.html", context, status=status)


def _stations(report):
    """The way of ``report`` for ``components/way.html``."""
    due = _("by %(day)s") % {"day": date_format(report.answer_due_on)}
    answered = "" if report.is_open else date_format(localtime(report.answered_at))
    return [
        {"label": _("Reported"), "note": date_format(localtime(report.case.opened_at)), "state": "done"},
        {"label": _("With the office"), "note": due, "state": "here" if report.is_open else "done"},
        {"label": _("Answered"), "note": answered, "state": "done" if answered else ""},
    ]


def _report_page(request, form, *, status=200):
    return render(request, "accessibility/report.html", {"form": form, "due": answer_day()}, status=status)


def _prefilled(request):
    page = local_path(request.GET.get("seite", "")[:300])
    return {"page": page, "email": request.user.email if request.user.is_authenticated else ""}
