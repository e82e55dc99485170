"""For everybody: report something, see what became of it, read a decision about something of one's own and object."""

from django.contrib import messages
from django.core.signing import BadSignature
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ...core.clock import now
from ...core.errors import Refusal
from ...core.limits import within_limit
from ...core.web import client_address, is_local
from ...promises.calendar import due_moment
from ...promises.queries import promise_of
from ...region.queries import alliance_of
from ..forms import ObjectionForm, ReportForm
from ..models import Report, Statement
from ..operations.objecting import object_to
from ..operations.reporting import report_thing
from ..queries import RECEIPT, STATEMENT, objection_to, receipt_path, thing_at, words_of

REPORTS_AN_HOUR = 10


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request):
    """Report an idea, a comment, a picture or a profile; open to everybody."""
    if request.method != "POST":
        return _report_page(request, _form(request, initial={"page": _asked_for(request)}))
    form = _form(request, request.POST)
    if not form.is_valid():
        form.again()
        return _report_page(request, form)
    if not within_limit("report", client_address(request), most=REPORTS_AN_HOUR, seconds=3600):
        form.add_error(None, _("Many reports came from your connection within an hour. Please try again in an hour."))
        return _report_page(request, form, status=429)
    thing = thing_at(form.cleaned_data["page"], request.user)
    if thing is None:
        form.add_error("page", _("We find no idea, comment, picture or profile there that everybody can read."))
        return _report_page(request, form)
    return _keep(request, form, thing)


def _keep(request, form, thing):
    by = request.user if request.user.is_authenticated else None
    words = {**form.words, "submission": form.submission, "language": get_language()[:2]}
    try:
        stored = report_thing(thing, form.cleaned_data["text"], by=by, **words)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _report_page(request, form)
    return redirect(receipt_path(stored))


def report_again(request):
    """Show the form with what was typed, after the token that guards it was lost; nothing was stored."""
    form = _form(request, request.POST)
    form.again()
    form.add_error(None, _("This page was open for a long time, or cookies are switched off. Please send it again."))
    return _report_page(request, form, status=403)


report.ask_again = report_again


@never_cache
@require_safe
def received(request, token):
    """What became of one's report, for whoever has its signed address."""
    row = get_object_or_404(Report.objects.select_related("case"), pk=_opened(RECEIPT, token))
    promise = promise_of(row.case)
    context = {"report": row, "promise": promise, "stations": stations(row, promise)}
    return render(request, "reports/received.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def statement(request, token):
    """A decision about something of one's own, and the form to object; also for whoever can no longer sign in."""
    row = _statement(token)
    form = ObjectionForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _statement_page(request, row, form)
    try:
        object_to(row, form.cleaned_data["text"])
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _statement_page(request, row, form, status=409)
    messages.success(request, _("Your objection has arrived. Somebody else of the office looks at it."))
    return redirect("statement", token)


def object_again(request):
    """Show the form with what was typed, after the token that guards it was lost; nothing was stored."""
    form = ObjectionForm(request.POST)
    form.add_error(None, _("This page was open for a long time, or cookies are switched off. Please send it again."))
    return _statement_page(request, _statement(request.resolver_match.kwargs["token"]), form, status=403)


statement.ask_again = object_again


def stations(row, promise):
    """The way of a report or an objection for ``components/way.html``."""
    due = _("by %(day)s") % {"day": date_format(localtime(promise.due_at))}
    decided = "" if row.is_open else date_format(localtime(row.decided_at))
    return [
        {"label": pgettext("station", "Received"), "note": date_format(localtime(row.case.opened_at)), "state": "done"},
        {"label": _("With the office"), "note": due, "state": "here" if row.is_open else "done"},
        {"label": pgettext("station", "Decided"), "note": decided, "state": "done" if decided else ""},
    ]


def _form(request, data=None, **words):
    return ReportForm(data, signed_in=request.user.is_authenticated, **words)


def _asked_for(request):
    page = request.GET.get("seite", "")[:300]
    return page if is_local(page) else ""


def _report_page(request, form, *, status=200):
    thing = thing_at(str(form["page"].value() or "")[:300], request.user)
    alliance = alliance_of(request)
    context = {
        "form": form,
        "thing": words_of(thing) if thing else "",
        "due": due_moment(now(), alliance.answer_days, alliance),
    }
    return render(request, "reports/report.html", context, status=status)


def _statement(token):
    rows = Statement.objects.select_related("idea__case", "comment", "profile", "addressee")
    return get_object_or_404(rows, pk=_opened(STATEMENT, token))


def _statement_page(request, row, form, *, status=200):
    objection = objection_to(row)
    promise = promise_of(objection.case) if objection else None
    context = {
        "statement": row,
        "words": words_of(row.thing) if row.thing else "",
        "objection": objection,
        "promise": promise,
        "stations": stations(objection, promise) if objection else [],
        "may_object": row.may_be_objected_to and objection is None,
        "unsent": form.data.get("text", "") if form.is_bound and objection else "",
        "form": form,
    }
    return render(request, "reports/statement.html", context, status=status)


def _opened(signer, token):
    try:
        return signer.unsign(token)
    except BadSignature:
        raise Http404 from None
