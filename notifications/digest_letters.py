"""What a digest says: grouped by case, the newest first, and for each what one can do."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from participation.core.clock import now
from participation.core.errors import Outdated

from .catalogue import BY_NAME
from .choices import unwanted
from .headlines import headline_of, next_step_of
from .readers import readable
from .states import LIFECYCLE, State
from .trouble import note
from .unwanted import NO_LONGER, Unwanted


@dataclass(frozen=True)
class Line:
    """Something that happened, and where it is to be read; ``about`` names the ideas that an outcome tells of."""

    at: datetime
    text: str
    url: str
    about: tuple = ()


@dataclass(frozen=True)
class Group:
    """A case with what happened to it, the newest first; without a case what stands alone.

    Title and state are empty where the reader may not, or no longer, read what the case is about.
    """

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
    groups = _groups(_wanted(delivery), delivery.recipient)
    if not groups:
        raise Unwanted(gettext_noop("nothing in it concerns the recipient any more"))
    return {
        "name": delivery.recipient.display_name,
        "groups": groups,
        "count": sum(len(group.lines) for group in groups),
        "reason": _(
            "You receive this letter because such news comes together, once a day or once a week. You can change that."
        ),
    }


def _wanted(delivery):
    """The items that still concern the reader, each with what it would say; the others come to an end here."""
    items = delivery.items.filter(state=State.BUNDLED).select_related("event__case", "recipient")
    items = list(items)
    reasons = unwanted(items)
    found = []
    for item in items:
        try:
            found.append((item, _words(item, reasons.get(item.pk))))
        except Unwanted as reason:
            _end(item, State.SUPPRESSED, str(reason))
        except DatabaseError:
            raise
        except Exception as error:
            note(f"item {item.pk} of a digest cannot be composed", error)
            _end(item, State.FAILED, f"cannot be composed: {type(error).__name__}")
    return found


def _end(item, state, reason):
    with suppress(Outdated):  # it came to an end elsewhere this moment
        LIFECYCLE.advance(item, state, finished_at=now(), reason=reason)


def _words(item, reason):
    """What the letter alone would say. Raises Unwanted as it would."""
    letter = BY_NAME[item.letter]
    if reason:
        raise Unwanted(reason)
    if not letter.allowed(item.recipient) or (letter.readers and item.recipient_id not in letter.readers([item])):
        raise Unwanted(NO_LONGER)
    return letter.context(item)


def _groups(found, reader):
    found.sort(key=lambda pair: (pair[0].event.at, pair[0].pk), reverse=True)
    newest = {}
    for item, _context in found:
        newest.setdefault(_key(item), item.event.at)
    found.sort(key=lambda pair: (newest[_key(pair[0])], _key(pair[0])), reverse=True)
    things = readable(reader, {item.event.case for item, _context in found if item.event.case})
    return [_group(list(pairs), things) for _number, pairs in groupby(found, key=lambda pair: _key(pair[0]))]


def _group(pairs, things):
    first = pairs[0][0]
    case = first.event.case
    thing = things.get(first.event.case_id)
    return Group(
        reference=case.reference if case else "",
        title=thing.title if thing else "",
        state=thing.get_state_display() if thing else "",
        next_step=str(next_step_of(first.letter)),
        lines=[_line(item, context) for item, context in pairs],
    )


def _line(item, context):
    about = tuple(f"{idea.reference} · {idea.title}" for idea in context.get("ideas", ()))
    return Line(item.event.at, str(headline_of(item.letter, item.event.kind)), context["url"], about)


def _key(item):
    return item.event.case_id or 0
