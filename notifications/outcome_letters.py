"""What letters about outcomes say: what has come of an idea, or what was corrected in that."""

from django.urls import reverse
from django.utils.translation import gettext as _

from participation.core.web import absolute
from participation.ideas.coauthor_queries import wrote
from participation.ideas.models import Support
from participation.newsroom.models import Outcome
from participation.newsroom.queries import ideas_told_of
from participation.promises.models import Follow

from .unwanted import Unwanted


def published(delivery):
    """For authors and co-authors: what has come of their ideas."""
    outcome = _outcome(delivery)
    mine = [idea for idea in ideas_told_of(outcome) if delivery.recipient and wrote(delivery.recipient, idea)]
    if not mine:
        raise Unwanted("the outcome tells of no public idea of the recipient's")
    return _told(delivery, outcome, mine, _("You receive this letter because you wrote an idea that this is about."))


def news(delivery):
    """For those who support or follow one of the ideas: what has come of it."""
    outcome = _outcome(delivery)
    ideas = list(ideas_told_of(outcome))
    supported = set(
        Support.objects.filter(idea__in=ideas, actor=delivery.recipient_id).values_list("idea_id", flat=True)
    )
    if theirs := [idea for idea in ideas if idea.pk in supported]:
        reason = _("You receive this letter because you support an idea that this is about.")
        return _told(delivery, outcome, theirs, reason)
    cases = [idea.case_id for idea in ideas]
    followed = set(Follow.objects.filter(case__in=cases, actor=delivery.recipient_id).values_list("case_id", flat=True))
    if theirs := [idea for idea in ideas if idea.case_id in followed]:
        reason = _(
            "You receive this letter because you follow an idea that this is about. You can stop that on its page."
        )
        return _told(delivery, outcome, theirs, reason)
    raise Unwanted("the recipient neither supports nor follows any of the ideas any more")


def corrected(delivery):
    """For authors and co-authors: what was corrected."""
    return {**published(delivery), "version": _version(delivery)}


def corrected_news(delivery):
    """For those who support or follow one of the ideas: what was corrected."""
    return {**news(delivery), "version": _version(delivery)}


def _outcome(delivery):
    outcome = Outcome.objects.get(pk=delivery.event.facts["outcome"])
    if not outcome.is_public:
        raise Unwanted("the outcome was withdrawn")
    return outcome


def _version(delivery):
    """The corrected version; a letter about one that was corrected again says what stands there last."""
    outcome = _outcome(delivery)
    if outcome.version != delivery.event.facts["version"]:
        raise Unwanted("the outcome was corrected again, and a later letter says how")
    return outcome.versions.get(number=outcome.version)


def _told(delivery, outcome, ideas, reason):
    return {
        "name": delivery.recipient.display_name,
        "outcome": outcome,
        "ideas": ideas,
        "url": absolute(reverse("outcome", args=[outcome.slug])),
        "reason": reason,
    }
