"""What letters about talk in working groups say: what was written, who is called, what was hidden and why."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from participation.core.web import absolute
from participation.discussion.models import Comment
from participation.groups.models import Membership
from participation.groups.thread_models import Hiding
from participation.groups.thread_queries import place_of, thread_of

from .group_letters import about, group_of, named
from .member_letters import because_of_membership
from .unwanted import NO_LONGER, Unwanted


def written(delivery):
    """For the members: who said what, and where."""
    group, thread, post = _said(delivery)
    return {"group": group, **_words(thread, post)}


def mentioned(delivery):
    """For a member who is called by name."""
    group, thread, post = _said(delivery)
    if not Membership.objects.present().filter(group=group, actor=delivery.recipient_id).exists():
        raise Unwanted(NO_LONGER)
    return {**about(delivery, group), **_words(thread, post), "reason": because_of_membership()}


def hidden(delivery):
    """For whoever wrote the post: it is hidden, why, and whom to ask."""
    return _decision(delivery, is_over=False)


def shown(delivery):
    """For whoever wrote the post: the group can read it again."""
    return _decision(delivery, is_over=True)


def _said(delivery):
    """Group, thread and post, as long as the members can read it."""
    post = Comment.objects.select_related("author", "parent").get(pk=delivery.event.facts["comment"])
    thread = thread_of(post)
    if post.is_removed or post.is_hidden or thread.opening.is_hidden:
        raise Unwanted(gettext_noop("what was said was removed or hidden"))
    return group_of(delivery), thread, post


def _words(thread, post):
    return {"thread": thread, "post": post, "person": named(post.author), "url": absolute(place_of(thread, post))}


def _decision(delivery, *, is_over):
    row = Hiding.objects.select_related("post").get(pk=delivery.event.facts["hiding"])
    if bool(row.ended_at) != is_over:
        raise Unwanted(gettext_noop("the decision was changed meanwhile"))
    if row.post.author_id != delivery.recipient_id or row.post.is_removed:
        raise Unwanted(NO_LONGER)
    thread = thread_of(row.post)
    reason = _("You receive this letter because you wrote this.")
    return {**about(delivery, group_of(delivery)), **_words(thread, row.post), "hiding": row, "reason": reason}
