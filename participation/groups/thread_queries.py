"""Questions about the talk in the room of a group."""

import re

from django.db.models import Q

from ..discussion.models import Comment
from .models import Membership
from .thread_models import Hiding, Thread


def threads_of(group, actor):
    """The threads of ``group`` as ``actor`` has read them, without an order."""
    return Thread.objects.whole().filter(group=group).as_read_by(actor)


def pinned_in(group, actor):
    """Those that stand on top, what was pinned last first."""
    return list(threads_of(group, actor).exclude(pinned_at=None).order_by("-pinned_at", "-pk"))


def posts_of(thread):
    """What was said in ``thread``, its opening too, with whoever said it; without an order."""
    rows = Comment.objects.filter(Q(pk=thread.opening_id) | Q(parent=thread.opening_id))
    return rows.select_related("author")


def thread_of(post):
    """The thread in which ``post`` (a Comment) was said, or None: it belongs to no room."""
    return Thread.objects.whole().filter(opening=post.parent_id or post.pk).first()


def place_of(thread, post):
    """Where ``post`` stands on the page of ``thread``."""
    return f"{thread.get_absolute_url()}#post-{post.pk}"


def place_of_post(number):
    """The same for the post with this number; "" for none of a room."""
    post = Comment.objects.filter(pk=number).first()
    thread = thread_of(post) if post else None
    return place_of(thread, post) if thread else ""


def hiding_of(post):
    """How and why ``post`` is hidden now, or None."""
    return Hiding.objects.filter(post=post, ended_at=None).first()


def mentioned_in(text, group, *, besides=()):
    """The numbers of the members whom ``text`` calls by ``@name``, sorted; nobody else is called.

    Whoever is no member of this room, or whose profile is hidden, is not found. Of two names that begin alike the
    longer one counts. ``besides``: numbers that are left out.
    """
    if "@" not in text:
        return []
    rows = Membership.objects.present().filter(group=group, actor__hidden_at=None).exclude(actor__in=besides)
    called = {}
    for number, name in rows.values_list("actor_id", "actor__display_name"):
        called.setdefault(name.casefold(), set()).add(number)
    found = {name.casefold() for name in re.findall(pattern_of(called), text, re.IGNORECASE)} if called else set()
    return sorted({number for name in found for number in called.get(name, ())})


def pattern_of(names):
    """The regular expression that finds ``@name`` for any of ``names``."""
    longest_first = sorted(names, key=len, reverse=True)
    return rf"(?<!\w)@({'|'.join(map(re.escape, longest_first))})(?!\w)"
