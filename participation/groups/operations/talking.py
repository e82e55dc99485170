"""Talk among the members of a group: threads, posts, what is pinned, hidden and read."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q

from ...core.authority import require
from ...core.clock import now
from ...core.hiding import hide, show_again
from ...discussion.models import Comment
from ...discussion.operations import edit_comment, withdraw_comment, write_comment
from ...events.kinds import Kind
from ...events.record import record
from ..queries import membership_of
from ..thread_models import Hiding, Thread, Visit
from ..thread_queries import hiding_of, mentioned_in, thread_of
from .holding import hold

TALK = "participation.talk_in_group"
LOOK_AFTER = "participation.look_after_room"
DOUBLE_CLICK = timedelta(minutes=1)


@transaction.atomic
def open_thread(group, title, text, *, by):
    """Begin a talk in the room of ``group``; the same words twice within a minute are one, which is returned.

    Whoever comes from the office without being a member speaks for the office. Raises Over where the group is closed.
    """
    require(by, TALK, group)
    hold(group)
    just_now = Q(opening__author=by, opening__text=text, opening__posted_at__gt=now() - DOUBLE_CLICK)
    if known := Thread.objects.filter(just_now, group=group, title=title, opening__removed_at=None).first():
        return known
    mentioned = mentioned_in(text, group, besides=[by.pk])
    post = write_comment(
        group.case, text, by=by, in_office=_is_guest(by, group), kind=Kind.POST_WRITTEN, mentioned=mentioned
    )
    thread = Thread.objects.create(group=group, opening=post, title=title, last_at=post.posted_at)
    mark_read(thread, by=by)
    return thread


@transaction.atomic
def reply_in(thread, text, *, by):
    """Say something in ``thread``; the same words twice within a minute are one post, which is returned.

    Raises Over where the group is closed, Gone or OutOfSight where the opening was removed or hidden.
    """
    require(by, TALK, thread.group)
    hold(thread.group)
    rows = Comment.objects.filter(parent=thread.opening_id, author=by, text=text, removed_at=None)
    if known := rows.filter(posted_at__gt=now() - DOUBLE_CLICK).first():
        return known
    mentioned = mentioned_in(text, thread.group, besides=[by.pk])
    post = write_comment(
        thread.group.case, text, by=by, parent=thread.opening, in_office=_is_guest(by, thread.group),
        kind=Kind.POST_WRITTEN, mentioned=mentioned,
    )  # fmt: skip
    Thread.objects.filter(pk=thread.pk).update(last_at=post.posted_at, posts=F("posts") + 1)
    mark_read(thread, by=by)
    return post


@transaction.atomic
def change_post(post, text, *, by):
    """Find other words for one's own ``post`` within a quarter of an hour; who is called now hears of it.

    Raises TooLate, Gone, OutOfSight, Over, Outdated.
    """
    thread = thread_of(post)
    require(by, TALK, thread.group)
    hold(thread.group)
    before = mentioned_in(post.text, thread.group)
    edit_comment(post, text, by=by)
    called = mentioned_in(text, thread.group, besides=[by.pk, *before])
    if called:
        record(Kind.POST_CHANGED, by=by, case=thread.group.case, comment=post.pk, mentioned=called)


@transaction.atomic
def remove_post(post, *, by):
    """Remove one's own ``post``; a line stays. Raises Gone, Outdated."""
    thread = thread_of(post)
    require(by, "participation.enter_group", thread.group)
    was_shown = not post.is_hidden
    withdraw_comment(post, by=by)
    _count(thread, -1 if was_shown else 0)


@transaction.atomic
def hide_post(post, reason, words, *, by):
    """Take ``post`` out of the group's sight; its author reads ``reason`` (of ``core.hiding.Reason``) and ``words``.

    Raises Outdated where it was hidden, changed or removed meanwhile.
    """
    thread = thread_of(post)
    require(by, LOOK_AFTER, thread.group)
    hide(post, reason, version=post.version, removed_at=None)
    row = Hiding.objects.create(post=post, by=by, at=now(), reason=reason, words=words)
    _count(thread, -1)
    record(Kind.POST_HIDDEN, by=by, case=thread.group.case, comment=post.pk, hiding=row.pk)


@transaction.atomic
def show_post(post, *, by):
    """Let the group read ``post`` again. Raises Outdated where it is not hidden."""
    thread = thread_of(post)
    require(by, LOOK_AFTER, thread.group)
    show_again(post)
    row = hiding_of(post)
    Hiding.objects.filter(pk=row.pk).update(ended_by=by, ended_at=now())
    _count(thread, 0 if post.is_removed else 1)
    record(Kind.POST_SHOWN_AGAIN, by=by, case=thread.group.case, comment=post.pk, hiding=row.pk)


@transaction.atomic
def pin_thread(thread, *, by):
    """Let ``thread`` stand on top. Twice is once."""
    require(by, LOOK_AFTER, thread.group)
    Thread.objects.filter(pk=thread.pk, pinned_at=None).update(pinned_at=now())


@transaction.atomic
def unpin_thread(thread, *, by):
    """Let ``thread`` stand among the others again. Twice is once."""
    require(by, LOOK_AFTER, thread.group)
    Thread.objects.filter(pk=thread.pk).update(pinned_at=None)


@transaction.atomic
def mark_read(thread, *, by):
    """``by`` has read ``thread`` until now."""
    require(by, "participation.enter_group", thread.group)
    Visit.objects.update_or_create(thread=thread, actor=by, defaults={"at": now()})


def _is_guest(actor, group):
    """Whether ``actor`` comes from the office without belonging to the group."""
    return membership_of(actor, group) is None


def _count(thread, by_how_many):
    Thread.objects.filter(pk=thread.pk).update(posts=F("posts") + by_how_many)
