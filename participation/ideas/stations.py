"""The way of an idea as stations on a line; dates come from what happened."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import pgettext

from ..events.kinds import Kind
from .states import IdeaState as S

DAYS = {
    S.PUBLISHED: Kind.IDEA_PUBLISHED,
    S.UNDER_CONSIDERATION: Kind.IDEA_CONSIDERED,
    S.DEFERRED: Kind.IDEA_DEFERRED,
    S.DECLINED: Kind.IDEA_DECLINED,
    S.WITHDRAWN: Kind.IDEA_WITHDRAWN,
    S.MERGED: Kind.IDEA_MERGED,
    S.ADOPTED: Kind.IDEA_ADOPTED,
    S.NOT_ADOPTED: Kind.IDEA_NOT_ADOPTED,
    S.IN_PROGRESS: Kind.IDEA_IN_PROGRESS,
    S.REALISED: Kind.IDEA_REALISED,
    S.NOT_REALISED: Kind.IDEA_NOT_REALISED,
}
STRAIGHT = (S.PUBLISHED, S.UNDER_CONSIDERATION, S.ADOPTED, S.IN_PROGRESS, S.REALISED)
LAST = (S.DECLINED, S.WITHDRAWN, S.MERGED, S.NOT_ADOPTED, S.NOT_REALISED)


def stations(idea, lines):
    """The stations of ``idea`` for ``components/way.html``, with their moments; ``lines``: its trail, oldest first."""
    last = {line.kind: line.at for line in lines}
    way = [_station(pgettext("station", "Submitted"), last.get(Kind.IDEA_SUBMITTED), "done")]
    if idea.state in (S.SUBMITTED, S.RETURNED):
        moment = last.get(Kind.IDEA_RETURNED) if idea.is_returned else None
        way.append(_station(S(idea.state).label, moment, "here"))
    for state in _states(idea, last):
        walked = "here" if state == idea.state else "done" if DAYS[state] in last else ""
        way.append(_station(S(state).label, last.get(DAYS[state]), walked))
    return way


def _states(idea, last):
    if idea.state in LAST:
        return [state for state in STRAIGHT if DAYS[state] in last] + [S(idea.state)]
    ahead = list(STRAIGHT)
    if idea.state == S.DEFERRED:
        ahead.insert(ahead.index(S.UNDER_CONSIDERATION) + 1, S.DEFERRED)
    return ahead


def _station(label, moment, state):
    label = str(label)
    note = date_format(localtime(moment)) if moment else ""
    return {"label": label[:1].upper() + label[1:], "note": note, "state": state, "at": moment}
