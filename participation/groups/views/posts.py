"""What is done with a post in the room of a group: other words, removed, hidden, shown again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ...core.authority import may
from ...core.drafts import content_form, form_data
from ...core.errors import Outdated, Refusal
from ...discussion.operations import Gone, TooLate
from ..operations.talking import change_post, hide_post, remove_post, show_post
from ..thread_forms import EditPostForm, HideForm
from ..thread_queries import place_of, posts_of
from .talking import LOOK_AFTER, TALK, crumbs, thread_at

form_page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@content_form
@login_required
@form_page
def edit(request, slug, pk, post):
    """Find other words for one's post, within a quarter of an hour."""
    row, said = _own(request, slug, pk, post)
    if not may(request.user, TALK, row.group):
        raise Http404
    form = EditPostForm(form_data(request), initial={"text": said.text, "version": said.version})
    if request.method == "POST" and form.is_valid():
        return _change(request, row, said, form)
    if not form.is_bound and not said.is_fresh:
        messages.error(request, str(Gone() if said.is_removed else TooLate()))
        return redirect(place_of(row, said))
    return _page(request, "edit_post", row, said, form)


def _change(request, row, said, form):
    text, said.version = form.cleaned_data["text"], form.cleaned_data["version"]
    try:
        change_post(said, text, by=request.user)
    except Refusal as refusal:
        said.refresh_from_db()
        if said.is_removed or said.text != text:  # a double click has said the same twice
            form.add_error(None, str(refusal))
            form.see(said.version)
            now_reads = said.text if isinstance(refusal, Outdated) else ""
            return _page(request, "edit_post", row, said, form, now_reads=now_reads, status=409)
    return redirect(place_of(row, said))


@never_cache
@login_required
@form_page
def remove(request, slug, pk, post):
    """Ask, and remove a post of one's own; a line stays."""
    row, said = _own(request, slug, pk, post)
    if request.method != "POST" and not said.is_removed:
        return _page(request, "remove_post", row, said)
    try:
        remove_post(said, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The post was removed."))
    return redirect(place_of(row, said))


@never_cache
@content_form
@login_required
@form_page
def hide(request, slug, pk, post):
    """Take a post out of the group's sight, with a reason that its author reads."""
    row, said = _looked_after(request, slug, pk, post)
    form = HideForm(form_data(request), initial={"version": said.version})
    if request.method != "POST" or not form.is_valid():
        return _page(request, "hide_post", row, said, form)
    said.version = form.cleaned_data["version"]
    try:
        hide_post(said, form.cleaned_data["reason"], form.cleaned_data["words"], by=request.user)
    except Refusal as refusal:
        said.refresh_from_db()
        form.data = {**form.data.dict(), "version": said.version}
        form.add_error(None, str(refusal))
        return _page(request, "hide_post", row, said, form, status=409)
    messages.success(request, _("The post is hidden. Whoever wrote it reads your reason."))
    return redirect(place_of(row, said))


@login_required
@require_POST
def show(request, slug, pk, post):
    """Let the group read a post again."""
    row, said = _looked_after(request, slug, pk, post)
    try:
        show_post(said, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The group can read the post again."))
    return redirect(place_of(row, said))


def _post(request, slug, pk, post):
    row = thread_at(request, slug, pk)
    return row, get_object_or_404(posts_of(row), pk=post)


def _own(request, slug, pk, post):
    row, said = _post(request, slug, pk, post)
    if said.author_id != request.user.pk:
        raise Http404
    return row, said


def _looked_after(request, slug, pk, post):
    row, said = _post(request, slug, pk, post)
    if said.author_id == request.user.pk or not may(request.user, LOOK_AFTER, row.group):
        raise Http404
    return row, said


def _page(request, name, row, said, form=None, *, status=200, **more):
    context = {
        "thread": row, "group": row.group, "post": said, "form": form, "back": place_of(row, said),
        "crumbs": [*crumbs(row.group), {"label": row.title, "url": row.get_absolute_url()}], **more,
    }  # fmt: skip
    return render(request, f"groups/{name}.html", context, status=status)
