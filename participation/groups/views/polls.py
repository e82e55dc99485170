"""Finding a date in the browser: times are proposed, members answer, the coordination chooses."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ...core.authority import may
from ...core.drafts import content_form, form_data
from ...core.errors import Refusal
from ...core.limits import within_limit
from ..calendars import moment_of
from ..operations.meeting import PLAN
from ..operations.polls import ANSWER, answer_poll, choose_date, drop_poll, open_poll
from ..poll_forms import AnswerPollForm, ChooseForm, DropPollForm, PollForm
from ..poll_queries import answers_of, options_of, polls_of, table_of, votes_on
from .leading import entered
from .meetings import crumbs

POLLS_A_DAY, A_DAY = 20, 24 * 3600
form_page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@content_form
@login_required
@form_page
def new(request, slug):
    """Propose times."""
    group = entered(request, slug)
    if not may(request.user, PLAN, group):
        raise Http404
    form = PollForm(form_data(request))
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, "new_poll", group, form)
    if not within_limit("poll", str(request.user.pk), most=POLLS_A_DAY, seconds=A_DAY):
        form.add_error(None, _("You asked very often today. Please go on tomorrow."))
        return _form_page(request, "new_poll", group, form, status=429)
    try:
        poll = open_poll(group, by=request.user, **form.words)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _form_page(request, "new_poll", group, form, status=409)
    messages.success(request, _("The members are asked which of the times suit them."))
    return redirect(poll)


@never_cache
@content_form
@login_required
@form_page
def poll(request, slug, pk):
    """The times, what was said so far, and one's own answers."""
    row, options = _poll_at(request, slug, pk)
    form = _answer_form(form_data(request), options, answers_of(request.user, row))
    if request.method == "POST" and not may(request.user, ANSWER, row.group):
        raise Http404
    if request.method != "POST" or not form.is_valid():
        return _page(request, row, options, form)
    try:
        answer_poll(row, form.answers, by=request.user)
    except Refusal as refusal:
        row.refresh_from_db()
        form.add_error(None, str(refusal))
        return _page(request, row, options, form, status=409)
    messages.success(request, _("Thank you. Until the end of the last day you can change your answers."))
    return redirect(row)


def _answer_form(data, options, answers):
    form = AnswerPollForm(data, options=options, answers=answers)
    form.label_with(moment_of)
    return form


def _page(request, row, options, form, *, status=200):
    columns, people = table_of(options, votes_on(row))
    context = {
        "poll": row,
        "group": row.group,
        "form": form,
        "columns": columns,
        "people": people,
        "may_answer": may(request.user, ANSWER, row.group) and row.takes_answers,
        "may_plan": may(request.user, PLAN, row.group),
        "crumbs": crumbs(row.group),
    }
    return render(request, "groups/poll.html", context, status=status)


@never_cache
@content_form
@login_required
@form_page
def choose(request, slug, pk):
    """Make one of the times the meeting."""
    row, options = _led(request, slug, pk)
    columns, _people = table_of(options, votes_on(row))
    best = next((column.option.pk for column in columns if column.is_best), None)
    form = ChooseForm(form_data(request), choices=list(map(_choice, columns)), initial={"option": best})
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, "choose_date", row.group, form, poll=row)
    chosen = next(option for option in options if str(option.pk) == form.cleaned_data["option"])
    words = {name: form.cleaned_data[name] for name in ("agenda", "public")}
    try:
        meeting = choose_date(row, chosen, by=request.user, **words)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _form_page(request, "choose_date", row.group, form, poll=row, status=409)
    messages.success(request, _("The meeting is planned, and the members are invited."))
    return redirect(meeting)


def _choice(column):
    """A time with how many it suits."""
    words = {"time": moment_of(column.option), "yes": column.yes, "if_need_be": column.if_need_be}
    return str(column.option.pk), _("%(time)s – suits %(yes)s, if need be %(if_need_be)s") % words


@never_cache
@content_form
@login_required
@form_page
def drop(request, slug, pk):
    """Seek no date any more."""
    row, _options = _led(request, slug, pk)
    form = DropPollForm(form_data(request))
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, "drop_poll", row.group, form, poll=row)
    try:
        drop_poll(row, form.cleaned_data["because"], by=request.user)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _form_page(request, "drop_poll", row.group, form, poll=row, status=409)
    messages.success(request, _("No date is sought any more. The members read your reason."))
    return redirect("group_meetings", slug)


def _poll_at(request, slug, pk):
    group = entered(request, slug)
    row = get_object_or_404(polls_of(group), pk=pk)
    row.group = group
    return row, list(options_of(row))


def _led(request, slug, pk):
    row, options = _poll_at(request, slug, pk)
    if not may(request.user, PLAN, row.group):
        raise Http404
    return row, options


def _form_page(request, name, group, form, *, poll=None, status=200):
    way = [{"label": poll.title, "url": reverse("date_poll", args=[group.slug, poll.pk])}] if poll else []
    context = {"group": group, "poll": poll, "form": form, "crumbs": [*crumbs(group), *way]}
    return render(request, f"groups/{name}.html", context, status=status)
