"""The office's side: reports and objections that wait, the page of each, and the decision."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from ...core.authority import may
from ...core.drafts import content_form, form_data
from ...core.errors import Refusal
from ...core.web import page_of, permission_required
from ...promises.queries import promise_of
from ..forms import DecisionForm, UpholdForm
from ..operations.objecting import reject_objection, uphold_objection
from ..operations.reporting import reject_report, uphold_report
from ..queries import is_readable, objections_for, reports_for, with_other_reports, words_of
from .public import stations

SEE = "participation.view_reports"
TABS = {
    "office_reports": gettext_lazy("Reports"),
    "office_objections": gettext_lazy("Objections"),
    "office_statements": gettext_lazy("Hidden and blocked"),
}
WAITING_FIRST = (F("due_at").asc(nulls_last=True), F("decided_at").desc(nulls_first=True), "-pk")


@permission_required(SEE)
@require_safe
def reports(request):
    """All reports, those that wait on top, the oldest promise first."""
    return _list(request, reports_for(request.user), "office_reports")


@permission_required(SEE)
@require_safe
def objections(request):
    """All objections, those that wait on top, the oldest promise first."""
    return _list(request, objections_for(request.user), "office_objections")


@permission_required(SEE)
@require_safe
def report(request, reference):
    """One report and what it is about."""
    return _report_page(request, _report(request.user, reference))


@permission_required(SEE)
@require_safe
def objection(request, reference):
    """One objection and the decision that it is about."""
    return _objection_page(request, _objection(request.user, reference))


@content_form
@permission_required(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request, reference, name):
    """Decide as DECISIONS says under ``name``; a mere visit leads to the page."""
    decision = DECISIONS[name]
    row, data = decision.find(request.user, reference), form_data(request)
    if request.method == "POST" and not may(request.user, decision.permission, row):
        raise Http404
    if data is None:
        return redirect(row)
    form = decision.form(data, row)
    if request.method != "POST" or not form.is_valid():
        return decision.page(request, row, filled=(name, form))
    try:
        decision.run(row, by=request.user, **form.words)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return decision.page(request, decision.find(request.user, reference), filled=(name, form), status=409)
    messages.success(request, str(decision.said))
    return redirect(row)


def _report(actor, reference):
    return get_object_or_404(reports_for(actor), case__reference=reference)


def _objection(actor, reference):
    return get_object_or_404(objections_for(actor), case__reference=reference)


def _list(request, rows, current):
    tabs = tabs_of(current)
    context = {"page": page_of(rows.order_by(*WAITING_FIRST), request), "tabs": tabs, "current": current}
    return render(request, "reports/office_list.html", context)


def tabs_of(current):
    """The lists of this part of the office, for ``components/tabs.html``."""
    return [{"label": label, "url": reverse(name), "current": name == current} for name, label in TABS.items()]


def _report_page(request, row, *, filled=None, status=200):
    thing = row.thing
    context = {
        "report": row,
        "thing": thing,
        "words": words_of(thing) if thing else "",
        "is_readable": bool(thing) and is_readable(thing),
        "others": with_other_reports(row),
        "statement": row.statement,
    }
    return _page(request, "reports/office_report.html", row, context, "report", filled, status)


def _objection_page(request, row, *, filled=None, status=200):
    statement = row.statement
    context = {"objection": row, "statement": statement, "words": words_of(statement.thing) if statement.thing else ""}
    return _page(request, "reports/office_objection.html", row, context, "objection", filled, status)


def _page(request, template, row, context, what, filled, status):
    promise = promise_of(row.case)
    allowed = row.is_open and may(request.user, f"participation.decide_{what}", row)
    name, form = filled or ("", None)
    listed = "office_reports" if what == "report" else "office_objections"
    context |= {
        "promise": promise,
        "stations": stations(row, promise),
        "acts": list(_acts(row, what, name, form)) if allowed else [],
        "may_decide": allowed,
        "unsent": form.data.get("text", "") or form.data.get("facts", "") if form and not allowed else "",
        "form": form,
        "crumbs": [
            {"label": _("Office"), "url": reverse("desk")},
            {"label": TABS[listed], "url": reverse(listed)},
        ],
    }
    return render(request, template, context, status=status)


def _acts(row, what, name, form):
    """The decisions that may be taken, each with its form and address, for ``moderation/_act.html``."""
    for key, decision in DECISIONS.items():
        if key.endswith(what):
            yield {
                "act": decision,
                "form": form if key == name else decision.form(None, row),
                "url": reverse(key, args=[row.case.reference]),
                "is_open": key == name,
            }


@dataclass(frozen=True)
class Decision:
    """One way to decide: its form, its words, the operation behind it, and the page it stands on."""

    title: str
    submit: str
    said: str
    form: Callable
    run: Callable
    find: Callable
    page: Callable
    permission: str


def _uphold_form(data, row):
    return UpholdForm(data, report=row, needs_statement=bool(row.thing) and is_readable(row.thing))


def _form(name):
    return lambda data, row: DecisionForm(data, name=name)


_REPORT = {"find": _report, "page": _report_page, "permission": "participation.decide_report"}
_OBJECTION = {"find": _objection, "page": _objection_page, "permission": "participation.decide_objection"}

DECISIONS = {
    "uphold_report": Decision(
        gettext_lazy("Agree and hide it"), gettext_lazy("Hide it and tell both"),
        gettext_lazy("Done. Its author and whoever reported it are told."),
        form=_uphold_form, run=uphold_report, **_REPORT,
    ),
    "reject_report": Decision(
        gettext_lazy("Leave it as it is"), gettext_lazy("Leave it and say why"),
        gettext_lazy("It stays. Whoever reported it is told why."),
        form=_form("reject"), run=reject_report, **_REPORT,
    ),
    "uphold_objection": Decision(
        gettext_lazy("Take the decision back"), gettext_lazy("Take it back and tell the person"),
        gettext_lazy("The decision is taken back. The person concerned is told."),
        form=_form("uphold"), run=uphold_objection, **_OBJECTION,
    ),
    "reject_objection": Decision(
        gettext_lazy("Let the decision stand"), gettext_lazy("Let it stand and say why"),
        gettext_lazy("The decision stands. The person concerned is told why."),
        form=_form("reject"), run=reject_objection, **_OBJECTION,
    ),
}  # fmt: skip
