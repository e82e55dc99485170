"""What people chose: whether, when and by which way they hear of something."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_noop

from participation.core.clock import now

from .catalogue import BY_NAME
from .models import Habits, Preference
from .moments import end_of_pause, next_digest
from .muting import muted
from .states import DIGESTS, Rhythm, State
from .topics import DEFAULTS

EMAIL, INBOX = Preference.Channel.EMAIL, Preference.Channel.INBOX
SWITCHED_OFF = gettext_noop("switched off by the recipient")
MUTED = gettext_noop("the recipient wants to hear nothing more of this case")


@dataclass(frozen=True)
class Verdict:
    """What becomes of one letter to one recipient."""

    state: State = State.DUE
    rhythm: Rhythm = Rhythm.AT_ONCE
    not_before: datetime | None = None
    reason: str = ""
    by_mail: bool = True
    in_inbox: bool = False


def verdicts(letter, event, recipients):
    """The verdict for each of ``recipients``, in five queries at most."""
    if letter.is_owed:
        return {one: Verdict(in_inbox=letter.inbox and bool(one.actor_id)) for one in recipients}
    people = {one.actor_id for one in recipients if one.actor_id}
    chosen = _chosen(letter.topic, people)
    habits = {row.actor_id: row for row in Habits.objects.filter(actor__in=people)}
    silent = {actor for actor, _event in muted([(actor, event) for actor in people])}
    return {
        one: _verdict(letter.topic, chosen[one.actor_id], habits.get(one.actor_id), one.actor_id in silent)
        if one.actor_id
        else Verdict()
        for one in recipients
    }


def unwanted(deliveries):
    """Number of the letter → why its reader has changed their mind since it was written; four queries at most."""
    chosen = {name: letter for name, letter in BY_NAME.items() if not letter.is_owed}
    rows = [row for row in deliveries if row.recipient_id and row.letter in chosen]
    people = {row.recipient_id for row in rows}
    off = set(
        Preference.objects.filter(actor__in=people, channel=EMAIL, rhythm=Rhythm.OFF).values_list("actor_id", "topic")
    )
    silent = muted([(row.recipient_id, row.event) for row in rows if row.event])
    reasons = {row.pk: SWITCHED_OFF for row in rows if (row.recipient_id, BY_NAME[row.letter].topic) in off}
    return reasons | {row.pk: MUTED for row in rows if (row.recipient_id, row.event) in silent}


def is_paused(actor_id):
    """Whether the actor with this number (None: nobody) wants no letters but owed ones at the moment."""
    end = end_of_pause(Habits.objects.filter(actor=actor_id).first() or Habits())
    return end is not None and end > now()


def _chosen(topic, people):
    chosen = defaultdict(dict)
    rows = Preference.objects.filter(actor__in=people, topic=topic).values_list("actor_id", "channel", "rhythm")
    for actor, channel, rhythm in rows:
        chosen[actor][channel] = rhythm
    return chosen


def _verdict(topic, chosen, habits, is_muted):
    default = DEFAULTS[topic]
    rhythm = Rhythm(chosen.get(EMAIL, default.email))
    in_inbox = not is_muted and chosen.get(INBOX, default.inbox) != Rhythm.OFF
    if is_muted or rhythm == Rhythm.OFF:
        return Verdict(State.SUPPRESSED, rhythm, reason=MUTED if is_muted else SWITCHED_OFF, in_inbox=in_inbox)
    moment = digest_moment(rhythm, habits or Habits(), now())
    return Verdict(State.HELD if moment else State.DUE, rhythm, moment, in_inbox=in_inbox)


def digest_moment(rhythm, habits, moment):
    """When what happens at ``moment`` is told: None for at once, else the next digest of the person.

    Whoever pauses gets everything in the first digest after the pause.
    """
    begin = end_of_pause(habits)
    if begin is not None and begin > moment:
        return next_digest(rhythm if rhythm in DIGESTS else Rhythm.DAILY, habits, begin)
    return next_digest(rhythm, habits, moment) if rhythm in DIGESTS else None
