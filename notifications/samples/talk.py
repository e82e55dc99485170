"""Samples of letters about talk in working groups."""

from django.utils.translation import gettext as _

from participation.core.hiding import Reason
from participation.core.web import absolute
from participation.discussion.models import Comment
from participation.groups.states import GroupState
from participation.groups.thread_models import Hiding, Thread
from participation.groups.thread_queries import place_of

from ..member_letters import because_of_membership
from .cast import NOBODY, html, in_days, other
from .groups import a_group, about


def written():
    """A member wrote something."""
    return _said(because_of_membership())


def mentioned():
    """A member calls somebody."""
    return _said(because_of_membership())


def hidden():
    """Something is hidden."""
    words = _("Please leave out the telephone number of your neighbour and write it once more.")
    row = Hiding(at=in_days(0), reason=Reason.PRIVATE, words=words)
    return {**_said(_("You receive this letter because you wrote this.")), "hiding": row}


def shown():
    """It is shown again."""
    return {**hidden(), "hiding": Hiding(at=in_days(-1), ended_at=in_days(0), reason=Reason.PRIVATE)}


def _said(reason):
    one = a_group(GroupState.ACTIVE)
    words = _("The lamps at the town hall are on until one o'clock, those at the church until ten.")
    post = Comment(pk=NOBODY, text=words, html=html(words), posted_at=in_days(0))
    thread = Thread(pk=NOBODY, group=one, opening=post, title=_("Town hall or church?"), last_at=in_days(0))
    person = {"thread": thread, "post": post, "person": other().display_name, "url": absolute(place_of(thread, post))}
    return {**about(one, reason), **person}


SAMPLES = {"post_written": written, "mentioned": mentioned, "post_hidden": hidden, "post_shown_again": shown}
