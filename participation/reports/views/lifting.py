"""What is hidden and who is blocked now, and the page on which the office takes such a decision back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ...core.drafts import content_form, form_data
from ...core.errors import Refusal
from ...core.web import page_of, permission_required
from ..forms import LiftForm
from ..models import Statement
from ..operations.restricting import take_back
from ..queries import objection_to, statements_for, words_of
from .office import SEE, TABS, tabs_of

LIST = "office_statements"


@permission_required(SEE)
@require_safe
def statements(request):
    """What is hidden and who is blocked now, the newest first."""
    context = {"page": page_of(statements_for(request.user), request), "tabs": tabs_of(LIST)}
    return render(request, "reports/office_statements.html", context)


@content_form
@permission_required(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def lift(request, pk):
    """One decision in force, and the form that takes it back; one that was taken back already leads to the list."""
    row = statements_for(request.user).filter(pk=pk).first()
    if row is None:
        return _taken_back(request, pk)
    form = LiftForm(form_data(request))
    if request.method != "POST" or not form.is_valid():
        return _lift_page(request, row, form)
    try:
        take_back(row, because=form.cleaned_data["because"], by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        row = statements_for(request.user).filter(pk=pk).first()
        return _lift_page(request, row, form, status=409) if row else redirect(LIST)
    messages.success(request, _("The decision is taken back. The person is told why."))
    return redirect(LIST)


def _taken_back(request, pk):
    get_object_or_404(Statement.objects.exclude(addressee_id=request.user.pk), pk=pk)
    messages.info(request, _("This decision is taken back already."))
    return redirect(LIST)


def _lift_page(request, row, form, *, status=200):
    crumbs = [{"label": _("Office"), "url": reverse("desk")}, {"label": TABS[LIST], "url": reverse(LIST)}]
    words, objection = (words_of(row.thing) if row.thing else ""), objection_to(row)
    context = {"statement": row, "words": words, "objection": objection, "form": form, "crumbs": crumbs}
    return render(request, "reports/lift.html", context, status=status)
