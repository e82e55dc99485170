"""Tasks of a group: the list, a new one, one task, and what is done with it; for the office all that are overdue."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ...core.authority import may
from ...core.drafts import content_form, form_data
from ...core.errors import Outdated, Refusal
from ...core.keyset import page_by_key
from ...core.limits import within_limit
from ...core.web import page_of, permission_required
from ..operations.tasks import WORK, change_task, drop_task, finish_task, give_task, reopen_task
from ..queries import membership_of
from ..task_forms import TaskForm
from ..task_models import Task
from ..task_queries import doers_in, ended_tasks, open_tasks, overdue_tasks
from .leading import entered
from .office import VIEW, office_crumbs
from .public import frame

ENDED, OVERDUE = 20, 50
TASKS_A_DAY, A_DAY = 60, 24 * 3600
form_page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@login_required
@require_safe
def tasks(request, slug):
    """What the group has to do, the most urgent first, then what was done."""
    group = entered(request, slug)
    page = page_by_key(ended_tasks(group), request, field="updated_at", size=ENDED)
    context = {
        "group": group,
        "tasks": [] if page.before else list(open_tasks(group)),
        "page": page,
        "may_work": may(request.user, WORK, group),
        **frame(request, group, membership_of(request.user, group)),
    }
    return render(request, "groups/tasks.html", context)


@never_cache
@content_form
@login_required
@form_page
def new(request, slug):
    """Write a task down; ``?gespraech=`` or ``?treffen=`` says where it comes from."""
    group = entered(request, slug)
    if not may(request.user, WORK, group):
        raise Http404
    source = _source(request, group)
    form = TaskForm(form_data(request), doers=doers_in(group))
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, group, form, source=source)
    if not within_limit("task", str(request.user.pk), most=TASKS_A_DAY, seconds=A_DAY):
        form.add_error(None, _("You wrote down very many tasks today. Please go on tomorrow."))
        return _form_page(request, group, form, source=source, status=429)
    try:
        give_task(group, by=request.user, **form.words_typed, **source)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _form_page(request, group, form, source=source, status=409)
    messages.success(request, _("The task is written down."))
    return redirect(next(iter(source.values()), None) or reverse("group_tasks", args=[slug]))


def _source(request, group):
    """The talk or the meeting that the address names, as the operation takes it; nonsense names none."""
    for name, rows, argument in (("gespraech", group.threads, "thread"), ("treffen", group.meetings, "meeting")):
        number = request.GET.get(name, "")
        if number.isascii() and number.isdigit() and len(number) < 10:
            row = rows.select_related("group").filter(pk=number).first()
            if row:
                return {argument: row}
    return {}


@never_cache
@content_form
@login_required
@form_page
def task(request, slug, pk):
    """One task, to be read and changed."""
    row = _task_at(request, slug, pk)
    is_open = row.is_open and may(request.user, WORK, row.group)
    form = TaskForm(form_data(request), doers=doers_in(row.group), task=row)
    if request.method == "POST" and not may(request.user, WORK, row.group):
        raise Http404
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, row.group, form, task=row, is_open=is_open)
    try:
        change_task(row, version=form.seen, by=request.user, **form.words_typed)
    except Refusal as refusal:
        row.refresh_from_db()
        form.add_error(None, str(refusal))
        form.start_again_from(row)
        now_reads = isinstance(refusal, Outdated)
        return _form_page(
            request, row.group, form, task=row, is_open=row.is_open, now_reads=now_reads, status=409
        )  # fmt: skip
    messages.success(request, _("Saved."))
    return redirect("group_tasks", slug)


@login_required
@require_POST
def step(request, slug, pk):
    """Done (``act=done``), dropped (``drop``), to be done after all (``reopen``)."""
    row = _task_at(request, slug, pk)
    act = STEPS.get(request.POST.get("act", ""))
    if not may(request.user, WORK, row.group) or act is None:
        raise Http404
    operation, words = act
    try:
        operation(row, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect("group_tasks", slug)


STEPS = {
    "done": (finish_task, gettext_lazy("Done. Thank you!")),
    "drop": (drop_task, gettext_lazy("The task is dropped.")),
    "reopen": (reopen_task, gettext_lazy("The task is open again.")),
}


@permission_required(VIEW)
@require_safe
def office(request):
    """The tasks of all groups that are overdue."""
    context = {"page": page_of(overdue_tasks(), request, size=OVERDUE), "crumbs": office_crumbs()}
    return render(request, "groups/office_tasks.html", context)


def _task_at(request, slug, pk):
    group = entered(request, slug)
    row = get_object_or_404(Task.objects.whole(), group=group, pk=pk)
    row.group = group
    return row


def _form_page(request, group, form, *, task=None, source=None, status=200, **more):
    crumbs = [
        {"label": _("Working groups"), "url": reverse("groups")},
        {"label": group.title, "url": group.get_absolute_url()},
        {"label": _("Tasks"), "url": reverse("group_tasks", args=[group.slug])},
    ]
    context = {
        "group": group, "form": form, "task": task, "source": next(iter((source or {}).values()), None),
        "crumbs": crumbs, **more,
    }  # fmt: skip
    return render(request, "groups/task.html" if task else "groups/new_task.html", context, status=status)
