"""What a digest says: grouped by case, the newest first, and for each what one can do."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from participation.core.clock import now
from participation.ideas.models import Idea

from .catalogue import BY_NAME
from .choices import unwanted
from .headlines import headline_of, next_step_of
from .states import LIFECYCLE, State
from .unwanted import NO_LONGER, Unwanted


@dataclass(frozen=True)
class Line:
    """Something that happened, and where it is to be read."""

    at: datetime
    text: str
    url: str


@dataclass(frozen=True)
class Group:
    """A case with what happened to it, the newest first; without a case what stands alone."""

    reference: str
    title: str
    state: str
    next_step: str
    lines: list

    @property
    def url(self):
        """Where the newest is read."""
        return self.lines[0].url


def digest(delivery):
    """For whoever wanted to hear of things together."""
    groups = _groups(_wanted(delivery))
    if not groups:
        raise Unwanted(gettext_noop("nothing in it concerns the recipient any more"))
    return {
        "name": delivery.recipient.display_name,
        "groups": groups,
        "count": sum(len(group.lines) for group in groups),
        "reason": _("You receive this letter because you asked for news together instead of one by one."),
    }


def _wanted(delivery):
    """The items that still concern the reader, each with its address; the others come to an end here."""
    items = delivery.items.filter(state=State.BUNDLED).select_related("event__case", "recipient")
    reasons = unwanted(items)
    found = []
    for item in items:
        try:
            found.append((item, _address(item, reasons.get(item.pk))))
        except Unwanted as reason:
            LIFECYCLE.advance(item, State.SUPPRESSED, finished_at=now(), reason=str(reason))
    return found


def _address(item, reason):
    """Where it is to be read. Raises Unwanted as the letter alone would."""
    letter = BY_NAME[item.letter]
    if reason:
        raise Unwanted(reason)
    if not letter.allowed(item.recipient) or (letter.readers and item.recipient_id not in letter.readers([item])):
        raise Unwanted(NO_LONGER)
    return letter.context(item)["url"]


def _groups(found):
    found.sort(key=lambda pair: (pair[0].event.at, pair[0].pk), reverse=True)
    newest = {}
    for item, _url in found:
        newest.setdefault(_key(item), item.event.at)
    found.sort(key=lambda pair: (newest[_key(pair[0])], _key(pair[0])), reverse=True)
    ideas = Idea.objects.filter(case__in=[key for key in newest if key])
    states = {idea.case_id: idea.get_state_display() for idea in ideas}
    return [_group(list(pairs), states) for _number, pairs in groupby(found, key=lambda pair: _key(pair[0]))]


def _group(pairs, states):
    first = pairs[0][0]
    case = first.event.case
    return Group(
        reference=case.reference if case else "",
        title=case.title if case else "",
        state=states.get(first.event.case_id, ""),
        next_step=str(next_step_of(first.letter)),
        lines=[Line(item.event.at, str(headline_of(item.letter, item.event.kind)), url) for item, url in pairs],
    )


def _key(item):
    return item.event.case_id or 0
