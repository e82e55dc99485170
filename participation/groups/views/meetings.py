"""Meetings of a group: the list, one meeting with the question who comes, and its file for calendars."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ...core.authority import may
from ...core.drafts import content_form, form_data
from ...core.errors import Refusal
from ...core.keyset import page_by_key
from ...core.web import asked_after_sign_in
from ..calendars import MEDIA_TYPE, calendar
from ..meeting_forms import ReplyForm
from ..meeting_models import MeetingReply
from ..meeting_queries import attendances_of, meetings_for, meetings_of, notes_of, replies_to, reply_of
from ..operations.meeting import PLAN, reply_to_meeting
from ..poll_queries import polls_of
from ..queries import groups_for, membership_of
from .public import frame

PAST, AHEAD, NAMES = 20, 50, 200  # meetings that are over on a page, those ahead of us, people named a answer
REPLY = "participation.reply_to_meeting"
form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def meetings(request, slug):
    """The meetings of a group, the next one first, then those that are over."""
    group = get_object_or_404(groups_for(request.user).public(), slug=slug)
    rows = meetings_of(group, request.user)
    shared = frame(request, group, membership_of(request.user, group))
    page = page_by_key(rows.past(), request, field="starts_at", size=PAST)
    context = {
        "group": group,
        "ahead": [] if page.before else list(rows.ahead().order_by("starts_at", "pk")[:AHEAD]),
        "page": page,
        "may_plan": may(request.user, PLAN, group),
        "polls": list(polls_of(group).open()) if shared["tabs"] else [],
        **shared,
    }
    return render(request, "groups/meetings.html", context)


@never_cache
@content_form
@asked_after_sign_in
@form_page
def meeting(request, slug, pk):
    """One meeting: when, where and what about, who comes, and one's own answer."""
    row = meeting_at(request, slug, pk)
    if request.method == "POST" and not may(request.user, REPLY, row):
        raise Http404
    data = form_data(request) if request.user.is_authenticated else None
    form = ReplyForm(data, reply=reply_of(request.user, row))
    if request.method != "POST" or not form.is_valid():
        return _page(request, row, form)
    try:
        reply_to_meeting(row, by=request.user, **form.words)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, row, form, status=409)
    messages.success(request, SAID[form.cleaned_data["answer"]]())
    return redirect(row)


SAID = {
    MeetingReply.Answer.YES: lambda: _("Thank you. We look forward to seeing you."),
    MeetingReply.Answer.MAYBE: lambda: _("Thank you. Please tell us as soon as you know."),
    MeetingReply.Answer.NO: lambda: _("Thank you for telling us."),
}


def meeting_at(request, slug, pk):
    """A meeting of which this person may read; else Http404."""
    return get_object_or_404(meetings_for(request.user), group__slug=slug, pk=pk)


def _page(request, row, form, *, status=200):
    own = membership_of(request.user, row.group)
    shared = frame(request, row.group, own)
    sees_people = bool(own) or shared["in_office"]
    replies = list(replies_to(row)) if sees_people else []
    context = {
        **shared,
        "meeting": row,
        "group": row.group,
        "own": own,
        "form": form,
        "may_reply": may(request.user, REPLY, row) and row.takes_replies,
        "may_plan": may(request.user, PLAN, row.group),
        "notes": notes_of(row, request.user),
        "may_write": may(request.user, "participation.write_notes", row.group) and row.has_begun,
        "answers": list(_answers(replies)),
        "number": sum(1 + one.guests for one in replies if one.answer == MeetingReply.Answer.YES),
        "present": list(attendances_of(row)) if sees_people and row.is_held else [],
        "sees_people": sees_people,
        "crumbs": crumbs(row.group),
    }
    return render(request, "groups/meeting.html", context, status=status)


def _answers(replies):
    """Label, rows to be named, how many more, for each answer that somebody gave."""
    for answer, label in MeetingReply.Answer.choices:
        rows = [one for one in replies if one.answer == answer]
        if rows:
            yield {"label": label, "rows": rows[:NAMES], "more": max(len(rows) - NAMES, 0), "number": len(rows)}


@asked_after_sign_in
@require_safe
def meeting_ics(request, slug, pk):
    """The meeting as a file that calendars open."""
    row = meeting_at(request, slug, pk)
    answer = HttpResponse(calendar([row]), content_type=MEDIA_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="treffen-{row.pk}.ics"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def crumbs(group):
    """Where the pages of meetings stand."""
    return [
        {"label": _("Working groups"), "url": reverse("groups")},
        {"label": group.title, "url": group.get_absolute_url()},
        {"label": _("Meetings"), "url": reverse("group_meetings", args=[group.slug])},
    ]
