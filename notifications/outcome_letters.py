"""What letters about outcomes say: what has come of an idea, what was corrected in that, or that it was taken back."""

from collections import defaultdict

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from participation.core.web import absolute
from participation.events.models import CaseLink
from participation.ideas.coauthor_queries import wrote
from participation.ideas.models import Idea, Support
from participation.newsroom.models import Outcome
from participation.newsroom.queries import ideas_told_of
from participation.promises.models import Follow

from .idea_letters import because_of_coauthor
from .stopping import Stop, address_of
from .topics import Topic
from .unwanted import Unwanted


def published(delivery):
    """For authors and co-authors: what has come of their ideas."""
    outcome = _outcome(delivery)
    mine = [idea for idea in ideas_told_of(outcome) if delivery.recipient and wrote(delivery.recipient, idea)]
    if not mine:
        raise Unwanted(gettext_noop("the outcome tells of no public idea of the recipient's"))
    return {
        **_shared(outcome, mine),
        "name": delivery.recipient.display_name,
        "reason": _("You receive this letter because you wrote an idea that this is about."),
        "stop_url": _way_out(delivery.recipient_id, Topic.MY_CASES, {idea.case_id for idea in mine}, outcome),
    }


def news(delivery):
    """For those who support or follow one of the ideas: what has come of it."""
    outcome = _outcome(delivery)
    return _shared(outcome, list(ideas_told_of(outcome)))


def why_friends(deliveries):
    """Why each of the actors hears of the outcome and how to hear less, by number.

    Who lost interest in all its ideas is not in it.
    """
    people = {row.recipient_id for row in deliveries}
    outcome = Outcome.objects.get(pk=deliveries[0].event.facts["outcome"])
    cases = [idea.case_id for idea in ideas_told_of(outcome)]
    follows = Follow.objects.filter(case__in=cases, actor__in=people).values_list("actor_id", "case_id")
    supports = Support.objects.filter(idea__case__in=cases, actor__in=people).values_list("actor_id", "idea__case_id")
    followed = _(
        "You receive this letter because you follow an idea that this is about. You can stop that on its page."
    )
    supported = _("You receive this letter because you support an idea that this is about.")
    reasons, ties = {}, defaultdict(set)
    for rows, reason in ((follows, followed), (supports, supported)):
        for actor, case in rows:
            reasons[actor] = reason
            ties[actor].add(case)
    return {
        actor: {"reason": reason, "stop_url": _way_out(actor, Topic.FOLLOWED, ties[actor], outcome)}
        for actor, reason in reasons.items()
    }


def corrected(delivery):
    """For authors and co-authors: what was corrected."""
    return {**published(delivery), "version": _version(delivery)}


def corrected_news(delivery):
    """For those who support or follow one of the ideas: what was corrected."""
    return {**news(delivery), "version": _version(delivery)}


def taken_back(delivery):
    """For authors and co-authors: it no longer tells of their idea, and why."""
    idea = Idea.objects.select_related("case").get(case=delivery.event.case_id)
    if not wrote(delivery.recipient, idea):
        raise Unwanted(gettext_noop("the idea no longer belongs to the recipient"))
    mine = _("You receive this letter because you submitted this idea.")
    return {
        **_taken_back(delivery, idea),
        "name": delivery.recipient.display_name,
        "reason": mine if idea.author_id == delivery.recipient_id else because_of_coauthor(),
    }


def taken_back_news(delivery):
    """For those who support or follow the idea: it no longer tells of it, and why."""
    idea = Idea.objects.select_related("case").get(case=delivery.event.case_id)
    if not idea.is_public:
        raise Unwanted(gettext_noop("the idea is no longer public"))
    return _taken_back(delivery, idea)


def _taken_back(delivery, idea):
    outcome = Outcome.objects.get(pk=delivery.event.facts["outcome"])
    if CaseLink.objects.filter(source=idea.case_id, target=outcome.case_id).exists():
        raise Unwanted(gettext_noop("the outcome tells of the idea again"))
    note = outcome.versions.get(number=delivery.event.facts["version"]).note
    url = absolute(reverse("idea", args=[idea.reference]))
    return {"idea": idea, "outcome": outcome, "why": outcome.withdrawn_reason or note, "url": url}


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


def _way_out(actor, topic, cases, outcome):
    """Where ``actor`` hears less: nothing more of the one idea that ties them to ``outcome``, else of the outcome."""
    return address_of(Stop(actor, topic, cases.pop() if len(cases) == 1 else outcome.case_id))


def _shared(outcome, ideas):
    """What everybody reads in it."""
    return {"outcome": outcome, "ideas": ideas, "url": absolute(reverse("outcome", args=[outcome.slug]))}
