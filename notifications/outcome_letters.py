"""What letters about outcomes say: what has come of an idea, or what was corrected in that."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

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
        raise Unwanted(gettext_noop("the outcome tells of no public idea of the recipient's"))
    return _told(delivery, outcome, mine, _("You receive this letter because you wrote an idea that this is about."))


def news(delivery):
    """For those who support or follow one of the ideas: what has come of it."""
    outcome = _outcome(delivery)
    return _shared(outcome, list(ideas_told_of(outcome)))


def why_friends(deliveries):
    """Why each of the actors hears of the outcome, by number; who lost interest in all its ideas is not in it."""
    people = {row.recipient_id for row in deliveries}
    ideas = list(ideas_told_of(Outcome.objects.get(pk=deliveries[0].event.facts["outcome"])))
    cases = [idea.case_id for idea in ideas]
    follows = Follow.objects.filter(case__in=cases, actor__in=people).values_list("actor_id", flat=True)
    supports = Support.objects.filter(idea__in=ideas, actor__in=people).values_list("actor_id", flat=True)
    followed = _(
        "You receive this letter because you follow an idea that this is about. You can stop that on its page."
    )
    return dict.fromkeys(follows, followed) | dict.fromkeys(
        supports, _("You receive this letter because you support an idea that this is about.")
    )


def corrected(delivery):
    """For authors and co-authors: what was corrected."""
    return {**published(delivery), "version": _version(delivery)}


def corrected_news(delivery):
    """For those who support or follow one of the ideas: what was corrected."""
    return {**news(delivery), "version": _version(delivery)}


def _outcome(delivery):
    outcome = Outcome.objects.get(pk=delivery.event.facts["outcome"])
    if not outcome.is_public:
        raise Unwanted(gettext_noop("the outcome was withdrawn"))
    return outcome


def _version(delivery):
    """The corrected version; a letter about one that was corrected again says what stands there last."""
    outcome = _outcome(delivery)
    if outcome.version != delivery.event.facts["version"]:
        raise Unwanted(gettext_noop("the outcome was corrected again, and a later letter says how"))
    return outcome.versions.get(number=outcome.version)


def _told(delivery, outcome, ideas, reason):
    return {**_shared(outcome, ideas), "name": delivery.recipient.display_name, "reason": reason}


def _shared(outcome, ideas):
    """What everybody reads in it."""
    return {"outcome": outcome, "ideas": ideas, "url": absolute(reverse("outcome", args=[outcome.slug]))}
