"""What the office does with an outcome once it is written: offer, publish, set a time, withdraw, throw away."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ...core.errors import Refusal
from ...core.web import permission_required
from ..forms import ScheduleForm, SeenForm, WithdrawForm
from ..models import Outcome
from ..operations.publishing import (
    offer_outcome,
    publish_outcome,
    schedule_outcome,
    unschedule_outcome,
    withdraw_outcome,
)
from ..operations.writing import PREPARE, PUBLISH, discard_outcome
from .office import crumbs, outcome_at, page_of

act = require_http_methods(["GET", "HEAD", "POST"])


@permission_required(PREPARE)
@act
def offer(request, pk):
    """Ask for its release."""
    row = outcome_at(pk)
    if request.method == "POST":
        try:
            offer_outcome(row, version=_version_seen(request), by=request.user)
        except Refusal as refusal:
            return _refused(request, outcome_at(pk), refusal)
        messages.success(request, _("Thank you. Whoever may publish is told that the outcome waits for release."))
    return redirect("office_outcome", pk)


@permission_required(PUBLISH)
@act
def publish(request, pk):
    """Publish it now."""
    row = outcome_at(pk)
    if request.method == "POST":
        try:
            publish_outcome(row, version=_version_seen(request), by=request.user)
        except Refusal as refusal:
            row = outcome_at(pk)
            if not (row.is_public and row.released_by_id == request.user.pk):  # else a double click
                return _refused(request, row, refusal)
        messages.success(request, _("The outcome is public now. All whom it concerns are told."))
    return redirect("office_outcome", pk)


@permission_required(PUBLISH)
@act
def schedule(request, pk):
    """Publish it at a set time."""
    if request.method != "POST":
        return redirect("office_outcome", pk)
    row, form = outcome_at(pk), ScheduleForm(request.POST)
    if not form.is_valid():
        return page_of(request, row, schedule=form)
    at = form.cleaned_data["publish_at"]
    try:
        schedule_outcome(row, at, version=form.cleaned_data["version"], by=request.user)
    except Refusal as refusal:
        row = outcome_at(pk)
        if not (row.is_scheduled and row.publish_at == at):  # else a double click
            return _refused(request, row, refusal, schedule=form)
    messages.success(request, _("The outcome is published by itself at the time you chose."))
    return redirect("office_outcome", pk)


@permission_required(PUBLISH)
@act
def unschedule(request, pk):
    """Make a draft of it again."""
    row = outcome_at(pk)
    if request.method == "POST":
        try:
            unschedule_outcome(row, by=request.user)
        except Refusal as refusal:
            row = outcome_at(pk)
            if not row.is_draft:  # else a double click
                return _refused(request, row, refusal)
        messages.success(request, _("It is a draft again and is not published by itself."))
    return redirect("office_outcome", pk)


@permission_required(PUBLISH)
@act
def withdraw(request, pk):
    """Take back what was public."""
    if request.method != "POST":
        return redirect("office_outcome", pk)
    row, form = outcome_at(pk), WithdrawForm(request.POST)
    if not form.is_valid():
        return page_of(request, row, withdraw=form)
    try:
        withdraw_outcome(row, reason=form.cleaned_data["reason"], by=request.user)
    except Refusal as refusal:
        row = outcome_at(pk)
        if not row.is_withdrawn:
            return _refused(request, row, refusal, withdraw=form)
        if row.withdrawn_reason != form.cleaned_data["reason"]:  # else a double click
            return _refused(request, row, _withdrawn_before(row), withdraw=form)
    messages.success(request, _("The outcome is withdrawn. Its page says so and why."))
    return redirect("office_outcome", pk)


@permission_required(PREPARE)
@act
def discard(request, pk):
    """Ask, then throw a draft away."""
    row = Outcome.objects.filter(pk=pk).first()
    if request.method != "POST":
        if row is None or not row.is_draft:
            raise Http404
        return render(request, "newsroom/discard.html", {"outcome": row, "crumbs": crumbs(row)})
    try:
        if row:  # else gone already, as was wished
            discard_outcome(row, version=_version_seen(request), by=request.user)
    except Refusal as refusal:
        return _refused(request, outcome_at(pk), refusal)
    messages.success(request, _("The draft is gone."))
    return redirect("office_outcomes")


def _withdrawn_before(row):
    """What somebody is told who withdraws it for another reason than the one that stands there already."""
    return _("The outcome was withdrawn meanwhile, for this reason: “%(reason)s” What you wrote was not saved.") % {
        "reason": row.withdrawn_reason
    }


def _version_seen(request):
    """The version somebody saw; 0, which no outcome has, where the form does not say."""
    form = SeenForm(request.POST)
    return form.cleaned_data["version"] if form.is_valid() else 0


def _refused(request, row, why, **forms):
    """The page as it stands now, with what was typed."""
    messages.error(request, str(why))
    return page_of(request, row, status=409, **forms)
