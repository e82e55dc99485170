"""What ties people to ideas: writing, supporting, following."""

from collections import defaultdict

from participation.events.models import CaseLink
from participation.ideas.coauthor_models import CoAuthor
from participation.ideas.models import Idea, Support
from participation.promises.models import Follow


def ties_of(people, cases):
    """Number of the actor → the cases among the numbers ``cases`` whose ideas they wrote, support or follow; one query.

    ``people`` are actors' numbers.
    """
    follows = Follow.objects.filter(actor__in=people, case__in=cases).values_list("actor_id", "case_id")
    supports = Support.objects.filter(actor__in=people, idea__case__in=cases).values_list("actor_id", "idea__case_id")
    wrote = Idea.objects.filter(author__in=people, case__in=cases).values_list("author_id", "case_id")
    together = CoAuthor.objects.accepted().filter(actor__in=people, idea__case__in=cases)
    found = defaultdict(set)
    for actor, case in follows.union(supports, wrote, together.values_list("actor_id", "idea__case_id")):
        found[actor].add(case)
    return found


def ideas_behind(cases):
    """Number of the case of an outcome among ``cases`` → the cases of the ideas that it tells of; one query."""
    links = CaseLink.objects.filter(target__in=cases, kind=CaseLink.Kind.CONTRIBUTES_TO)
    found = defaultdict(set)
    for outcome, idea in links.values_list("target_id", "source_id"):
        found[outcome].add(idea)
    return found
