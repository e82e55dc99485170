"""What letters about merged ideas say; they are unwanted once the office has changed its mind."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from participation.core.web import absolute
from participation.ideas.coauthor_queries import wrote
from participation.ideas.models import Merger, Review
from participation.ideas.queries import merger_of
from participation.ideas.states import IdeaState
from participation.promises.queries import promise_of

from .idea_letters import because_of_coauthor
from .unwanted import Unwanted


def merged(delivery):
    """For the authors: which idea stands for their own now, with the words of the office, if any."""
    merger = _in_force(delivery)
    review = Review.objects.get(pk=delivery.event.facts["review"])
    return {**_for_author(delivery, merger), "url": _page(merger.target), "review": review}


def merged_news(delivery):
    """For those who supported or followed the idea: which one stands for it now."""
    merger = _readable(_in_force(delivery))
    return {**_shared(merger), "url": _page(merger.target)}


def unmerged(delivery):
    """For the authors: the idea stands on its own again, and until when the office answers."""
    merger = _undone(delivery)
    promise = promise_of(merger.source.case)
    due_at = promise.due_at if promise and promise.is_open else None
    return {**_for_author(delivery, merger), "url": _page(merger.source), "due_at": due_at}


def unmerged_news(delivery):
    """For those who supported or followed the idea: it stands on its own again."""
    merger = _readable(_undone(delivery))
    return {**_shared(merger), "url": _page(merger.source)}


def _merger(delivery):
    rows = Merger.objects.select_related("source__case", "target__case")
    return rows.get(pk=delivery.event.facts["merger"])


def _in_force(delivery):
    merger = _merger(delivery)
    if merger.undone_at or not merger.target.is_public:
        raise Unwanted(gettext_noop("the ideas are no longer merged, or nobody can read the other one"))
    return merger


def _undone(delivery):
    merger = _merger(delivery)
    if merger_of(merger.source):
        raise Unwanted(gettext_noop("the idea was merged again"))
    return merger


def _readable(merger):
    if merger.source.is_hidden or merger.source.state == IdeaState.WITHDRAWN:
        raise Unwanted(gettext_noop("the idea was hidden or withdrawn"))
    return merger


def _for_author(delivery, merger):
    if not wrote(delivery.recipient, merger.source):
        raise Unwanted(gettext_noop("the idea no longer belongs to the recipient"))
    if merger.source.author_id != delivery.recipient_id:
        return {**_about(delivery, merger), "coauthor": True, "reason": because_of_coauthor()}
    return {**_about(delivery, merger), "reason": _("You receive this letter because you submitted this idea.")}


def _about(delivery, merger):
    name = delivery.recipient.display_name if delivery.recipient else ""
    return {**_shared(merger), "name": name}


def _shared(merger):
    """What everybody reads in it."""
    return {"idea": merger.source, "into": merger.target}


def _page(idea):
    return absolute(reverse("idea", args=[idea.reference]))
