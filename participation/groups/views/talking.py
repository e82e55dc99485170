"""The room of a group: its threads, one thread, and what its members say there."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ...core.authority import may
from ...core.drafts import content_form, form_data
from ...core.errors import Refusal
from ...core.keyset import page_by_key
from ...core.limits import within_limit
from ..operations.talking import mark_read, open_thread, pin_thread, reply_in, unpin_thread
from ..queries import membership_of
from ..task_queries import tasks_from
from ..thread_forms import PostForm, ThreadForm
from ..thread_queries import pinned_in, place_of, posts_of, threads_of
from .leading import entered
from .public import frame

THREADS, POSTS = 20, 50
POSTS_AN_HOUR = 60
TALK = "participation.talk_in_group"
LOOK_AFTER = "participation.look_after_room"
form_page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@login_required
@require_safe
def room(request, slug):
    """What the members of a group talk about: what is pinned, then what was moved last."""
    group = entered(request, slug)
    page = page_by_key(
        threads_of(group, request.user).filter(pinned_at=None), request, field="last_at", size=THREADS
    )  # fmt: skip
    pinned = [] if page.before else pinned_in(group, request.user)
    context = {
        "group": group,
        "pinned": pinned,
        "page": page,
        "has_unread": any(thread.is_unread for thread in (*pinned, *page.rows)),
        "may_talk": may(request.user, TALK, group),
        **frame(request, group, membership_of(request.user, group)),
    }
    return render(request, "groups/room.html", context)


@never_cache
@content_form
@login_required
@form_page
def new_thread(request, slug):
    """Begin a talk."""
    group = entered(request, slug)
    if not may(request.user, TALK, group):
        raise Http404
    form = ThreadForm(form_data(request))
    if request.method != "POST" or not form.is_valid():
        return _new_page(request, group, form)
    if not _within_limit(request, form):
        return _new_page(request, group, form, status=429)
    try:
        thread = open_thread(group, form.cleaned_data["title"], form.cleaned_data["text"], by=request.user)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _new_page(request, group, form, status=409)
    return redirect(thread)


def _new_page(request, group, form, *, status=200):
    context = {"group": group, "form": form, "crumbs": crumbs(group)}
    return render(request, "groups/new_thread.html", context, status=status)


@never_cache
@content_form
@login_required
@form_page
def thread(request, slug, pk):
    """One talk, and a word of one's own."""
    row = thread_at(request, slug, pk)
    form = PostForm(form_data(request))
    if request.method != "POST" or not form.is_valid():
        return _thread_page(request, row, form)
    if not _within_limit(request, form):
        return _thread_page(request, row, form, status=429)
    try:
        post = reply_in(row, form.cleaned_data["text"], by=request.user)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _thread_page(request, row, form, status=409)
    return redirect(place_of(row, post))


def thread_at(request, slug, pk):
    """A thread of a room into which this person may go; else Http404."""
    group = entered(request, slug)
    row = get_object_or_404(threads_of(group, request.user), pk=pk)
    row.group = group
    return row


def _thread_page(request, row, form, *, status=200):
    looks_after = may(request.user, LOOK_AFTER, row.group)
    page = page_by_key(posts_of(row), request, field="posted_at", size=POSTS)
    posts = page.rows[::-1]
    for post in posts:
        post.acts = _acts(post, request.user, looks_after=looks_after)
        post.is_veiled = post.is_hidden and not (looks_after or post.author_id == request.user.pk)
        post.is_new = post.author_id != request.user.pk and (row.seen_at is None or post.posted_at > row.seen_at)
    context = {
        "thread": row,
        "group": row.group,
        "page": page,
        "posts": posts,
        "form": form,
        "may_reply": may(request.user, TALK, row.group) and not (row.opening.is_removed or row.opening.is_hidden),
        "looks_after": looks_after,
        "tasks": tasks_from(thread=row),
        "may_work": may(request.user, "participation.work_on_tasks", row.group),
        "crumbs": crumbs(row.group),
    }
    return render(request, "groups/thread.html", context, status=status)


def _acts(post, actor, *, looks_after):
    """What ``actor`` may do with ``post``, asked of nothing but what is loaded."""
    stands, is_author = not (post.is_removed or post.is_hidden), post.author_id == actor.pk
    return {
        "edit": is_author and stands and post.is_fresh,
        "remove": is_author and not post.is_removed,
        "hide": looks_after and stands and not is_author,
        "show": looks_after and post.is_hidden,
    }


@login_required
@require_POST
def read(request, slug, pk=None):
    """One thread is read, or without a number all threads of the room."""
    group = entered(request, slug)
    rows = threads_of(group, request.user)
    for row in [thread_at(request, slug, pk)] if pk else [one for one in rows if one.is_unread]:
        mark_read(row, by=request.user)
    return redirect("group_room", group.slug)


@login_required
@require_POST
def pin(request, slug, pk):
    """Let a thread stand on top (``want=1``), or no more (``want=0``)."""
    row = thread_at(request, slug, pk)
    if not may(request.user, LOOK_AFTER, row.group):
        raise Http404
    if request.POST.get("want") == "1":
        pin_thread(row, by=request.user)
        messages.success(request, _("This talk stands on top now."))
    else:
        unpin_thread(row, by=request.user)
        messages.success(request, _("This talk stands among the others again."))
    return redirect(row)


def crumbs(group):
    """Where the pages of a room stand."""
    return [
        {"label": _("Working groups"), "url": reverse("groups")},
        {"label": group.title, "url": group.get_absolute_url()},
        {"label": _("Talk"), "url": reverse("group_room", args=[group.slug])},
    ]


def _within_limit(request, form):
    if within_limit("post", str(request.user.pk), most=POSTS_AN_HOUR, seconds=3600):
        return True
    form.add_error(None, _("You wrote very much within an hour. Please try again in an hour."))
    return False
