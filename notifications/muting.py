"""Who wants to hear nothing more: of a case, and so of what has come of it."""

from collections import defaultdict

from participation.events.kinds import Kind
from participation.ideas.models import Merger, Support
from participation.promises.models import Follow

from .models import Mute
from .ties import ideas_behind, ties_of

TELLS_OF_IDEAS = {Kind.OUTCOME_PUBLISHED, Kind.OUTCOME_CORRECTED}


def muted(pairs):
    """Those of ``pairs`` (number of an actor, event) of which the actor wants to hear nothing; three queries at most.

    An outcome is muted where its case is, or all ideas that tie the actor to it.
    """
    pairs = [(actor, event) for actor, event in pairs if event.case_id]
    people = {actor for actor, _event in pairs}
    outcomes = {event.case_id for _actor, event in pairs if event.kind in TELLS_OF_IDEAS}
    behind = ideas_behind(outcomes) if outcomes else {}
    ideas = set().union(*behind.values())
    mutes = _mutes(people, ideas | {event.case_id for _actor, event in pairs})
    ties = ties_of(mutes.keys(), ideas) if ideas and mutes else {}
    return {
        (actor, event)
        for actor, event in pairs
        if event.case_id in mutes[actor] or _nothing_left(ties, mutes, actor, behind.get(event.case_id, set()))
    }


def carry_mutes(event):
    """Where an idea was merged: who muted it mutes the other one as well, unless that one had them before."""
    merger = Merger.objects.select_related("source", "target").get(pk=event.facts["merger"])
    came = {
        *Follow.objects.filter(pk__in=merger.carried["follows"]).values_list("actor_id", flat=True),
        *Support.objects.filter(pk__in=merger.carried["supports"]).values_list("actor_id", flat=True),
    }
    silent = Mute.objects.filter(case=merger.source.case_id, actor__in=came).values_list("actor_id", flat=True)
    rows = [Mute(actor_id=actor, case_id=merger.target.case_id, since=merger.at) for actor in silent]
    Mute.objects.bulk_create(rows, ignore_conflicts=True)


def take_mutes_back(event):
    """Where the merger was undone: what was muted with it alone is heard of again."""
    merger = Merger.objects.select_related("target").get(pk=event.facts["merger"])
    Mute.objects.filter(case=merger.target.case_id, since=merger.at).delete()


EARS = {Kind.IDEA_MERGED: carry_mutes, Kind.IDEA_UNMERGED: take_mutes_back}


def _mutes(people, cases):
    found = defaultdict(set)
    for actor, case in Mute.objects.filter(actor__in=people, case__in=cases).values_list("actor_id", "case_id"):
        found[actor].add(case)
    return found


def _nothing_left(ties, mutes, actor, ideas):
    """Whether all of ``ideas`` that tie the actor, at least one, are muted."""
    mine = ties[actor] & ideas if actor in ties else set()
    return bool(mine) and mine <= mutes[actor]
