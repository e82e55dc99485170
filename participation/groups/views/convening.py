"""What the coordination does with meetings: plans, changes and cancels them, and writes down who was there."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ...core.authority import may
from ...core.drafts import content_form, form_data
from ...core.errors import Outdated, Refusal
from ...core.limits import within_limit
from ..meeting_forms import AttendanceForm, CancelForm, MeetingForm
from ..meeting_queries import candidates_for
from ..operations.meeting import (
    PLAN,
    cancel_meeting,
    change_meeting,
    correct_attendance,
    hold_meeting,
    plan_meeting,
)
from .leading import entered
from .meetings import crumbs, meeting_at

MEETINGS_A_DAY, A_DAY = 20, 24 * 3600
form_page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@content_form
@login_required
@form_page
def plan(request, slug):
    """Plan a meeting; the members are invited."""
    group = entered(request, slug)
    if not may(request.user, PLAN, group):
        raise Http404
    form = MeetingForm(form_data(request))
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, "plan_meeting", group, form)
    if not within_limit("meeting", str(request.user.pk), most=MEETINGS_A_DAY, seconds=A_DAY):
        form.add_error(None, _("You planned very many meetings today. Please go on tomorrow."))
        return _form_page(request, "plan_meeting", group, form, status=429)
    try:
        row = plan_meeting(group, by=request.user, **form.words)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _form_page(request, "plan_meeting", group, form, status=409)
    messages.success(request, _("The meeting is planned, and the members are invited."))
    return redirect(row)


@never_cache
@content_form
@login_required
@form_page
def change(request, slug, pk):
    """Change a meeting that is still planned."""
    row = _convened(request, slug, pk)
    form = MeetingForm(form_data(request), meeting=row)
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, "change_meeting", row.group, form, meeting=row)
    try:
        change_meeting(row, version=form.seen, by=request.user, **form.words)
    except Refusal as refusal:
        row.refresh_from_db()
        form.add_error(None, str(refusal))
        form.start_again_from(row)
        now_reads = row if isinstance(refusal, Outdated) else None
        return _form_page(
            request, "change_meeting", row.group, form, meeting=row, now_reads=now_reads, status=409
        )  # fmt: skip
    messages.success(request, _("Saved."))
    return redirect(row)


@never_cache
@content_form
@login_required
@form_page
def cancel(request, slug, pk):
    """Cancel a meeting, with a reason."""
    row = _convened(request, slug, pk)
    form = CancelForm(form_data(request), initial={"version": row.version})
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, "cancel_meeting", row.group, form, meeting=row)
    try:
        cancel_meeting(row, form.cleaned_data["because"], version=form.seen, by=request.user)
    except Refusal as refusal:
        row.refresh_from_db()
        form.data = {**form.data.dict(), "version": row.version}
        form.add_error(None, str(refusal))
        return _form_page(request, "cancel_meeting", row.group, form, meeting=row, status=409)
    messages.success(request, _("The meeting is cancelled. All whom it concerns read your reason."))
    return redirect(row)


@never_cache
@content_form
@login_required
@form_page
def attendance(request, slug, pk):
    """Write down that a meeting took place and who was there; afterwards the same once more, to correct it."""
    row = _convened(request, slug, pk)
    present = list(row.attendances.values_list("actor_id", flat=True))
    form = AttendanceForm(
        form_data(request), candidates=candidates_for(row), initial={"present": present, "others": row.others}
    )
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, "attendance", row.group, form, meeting=row)
    step = correct_attendance if row.is_held else hold_meeting
    try:
        step(row, by=request.user, **form.words)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _form_page(request, "attendance", row.group, form, meeting=row, status=409)
    messages.success(request, _("Saved."))
    return redirect(row)


def _convened(request, slug, pk):
    """A meeting that this person may change; else Http404."""
    row = meeting_at(request, slug, pk)
    if not may(request.user, PLAN, row.group):
        raise Http404
    return row


def _form_page(request, name, group, form, *, meeting=None, status=200, **more):
    way = [{"label": meeting.title, "url": meeting.get_absolute_url()}] if meeting else []
    context = {"group": group, "meeting": meeting, "form": form, "crumbs": [*crumbs(group), *way], **more}
    return render(request, f"groups/{name}.html", context, status=status)
