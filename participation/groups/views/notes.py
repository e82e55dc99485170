"""The notes of a meeting: read, written one after the other, approved and published."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ...core.authority import may
from ...core.drafts import content_form, form_data
from ...core.errors import Outdated, Refusal
from ...core.web import asked_after_sign_in
from ..meeting_forms import NotesForm
from ..meeting_queries import notes_for
from ..operations.meeting import PLAN
from ..operations.notes import (
    WRITE,
    TakenOver,
    approve_notes,
    keep_pen,
    publish_notes,
    put_pen_down,
    reopen_notes,
    save_notes,
    take_pen,
)
from ..queries import membership_of
from ..task_queries import tasks_from
from .meetings import crumbs, meeting_at
from .public import frame

NOTHING_MORE, LOST = 204, 409
form_page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@asked_after_sign_in
@require_safe
def notes(request, slug, pk):
    """What a meeting came to; who writes at the moment, and what can be done."""
    row = _notes_at(request, slug, pk)
    group = row.meeting.group
    own = membership_of(request.user, group)
    is_inside = bool(own) or may(request.user, "participation.view_all_groups")
    context = {
        **frame(request, group, own),
        "notes": row,
        "meeting": row.meeting,
        "group": group,
        "is_inside": is_inside,
        "may_write": may(request.user, WRITE, group),
        "may_plan": may(request.user, PLAN, group),
        "is_mine": row.is_written_by(request.user),
        "tasks": tasks_from(meeting=row.meeting) if is_inside else [],
        "may_work": may(request.user, "participation.work_on_tasks", group),
        "crumbs": _crumbs(row.meeting),
    }
    return render(request, "groups/notes.html", context)


@login_required
@require_POST
def pen(request, slug, pk):
    """Take the pen (``act=take``), take it from somebody (``insist``), show that one has it (``keep``), put it down."""
    meeting = meeting_at(request, slug, pk)
    if not may(request.user, WRITE, meeting.group):
        raise Http404
    act = request.POST.get("act", "")
    if act in {"take", "insist"}:
        return _take(request, meeting, insist=act == "insist")
    row = _notes_at(request, slug, pk)
    if act == "keep":
        return HttpResponse(status=NOTHING_MORE if keep_pen(row, by=request.user) else LOST)
    if act != "down":
        raise Http404
    put_pen_down(row, by=request.user)
    return redirect(row)


def _take(request, meeting, *, insist):
    try:
        take_pen(meeting, by=request.user, insist=insist)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(_page_after(meeting))
    return redirect("write_notes", meeting.group.slug, meeting.pk)


def _page_after(meeting):
    """The page of the notes, or before there are any that of the meeting."""
    return meeting.notes if hasattr(meeting, "notes") else meeting


@never_cache
@content_form
@login_required
@form_page
def write(request, slug, pk):
    """Write on; whoever does not have the pen takes it on the page of the notes."""
    row = _notes_at(request, slug, pk)
    if not may(request.user, WRITE, row.meeting.group):
        raise Http404
    form = NotesForm(form_data(request), initial={"text": row.text, "version": row.version})
    if request.method != "POST":
        return _write_page(request, row, form) if row.is_written_by(request.user) or form.is_bound else redirect(row)
    if not form.is_valid():
        return _write_page(request, row, form)
    try:
        save_notes(row, form.cleaned_data["text"], version=form.seen, by=request.user)
    except Refusal as refusal:
        row.refresh_from_db()
        form.add_error(None, str(refusal))
        form.start_again_from(row)
        shows = isinstance(refusal, (Outdated, TakenOver))
        return _write_page(request, row, form, now_reads=shows, status=409)
    if "done" in request.POST:
        put_pen_down(row, by=request.user)
        messages.success(request, _("Saved."))
        return redirect(row)
    messages.success(request, _("Saved. You can write on."))
    return redirect("write_notes", slug, pk)


def _write_page(request, row, form, *, now_reads=False, status=200):
    trail = [*_crumbs(row.meeting), {"label": _("Notes"), "url": row.get_absolute_url()}]
    context = {
        "notes": row, "meeting": row.meeting, "group": row.meeting.group, "form": form, "now_reads": now_reads,
        "crumbs": trail,
    }  # fmt: skip
    return render(request, "groups/write_notes.html", context, status=status)


@login_required
@require_POST
def step(request, slug, pk):
    """Approve, take the approval back, publish."""
    row = _notes_at(request, slug, pk)
    act = STEPS.get(request.POST.get("act", ""))
    if not may(request.user, PLAN, row.meeting.group) or act is None:
        raise Http404
    operation, words = act
    try:
        operation(row, request)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect(row)


def _seen(request):
    """The version that the person approves; one that no notes have where the form does not say."""
    number = request.POST.get("version", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else -1


STEPS = {
    "approve": (
        lambda row, request: approve_notes(row, version=_seen(request), by=request.user),
        gettext_lazy("The notes are approved. The members hear of it."),
    ),
    "reopen": (
        lambda row, request: reopen_notes(row, by=request.user),
        gettext_lazy("The notes can be written once more."),
    ),
    "publish": (
        lambda row, request: publish_notes(row, by=request.user),
        gettext_lazy("Everybody can read the notes now."),
    ),
}


def _notes_at(request, slug, pk):
    return get_object_or_404(notes_for(request.user), meeting__group__slug=slug, meeting=pk)


def _crumbs(meeting):
    return [*crumbs(meeting.group), {"label": meeting.title, "url": meeting.get_absolute_url()}]
