"""Choosing what one hears of; what is already held for a digest moves along."""

from django.db import transaction

from participation.core.clock import now

from .catalogue import LETTERS
from .choices import EMAIL, MUTED, SWITCHED_OFF, digest_moment
from .models import Delivery, Habits, Mute, Preference
from .states import LIFECYCLE, Rhythm, State
from .stopping import DIGEST
from .topics import DEFAULTS


def chosen_by(actor):
    """(topic, channel) → rhythm, as ``actor`` chose or as it is by default."""
    found = {}
    for topic, default in DEFAULTS.items():
        found[topic, EMAIL] = default.email
        found[topic, Preference.Channel.INBOX] = default.inbox
    rows = Preference.objects.filter(actor=actor).values_list("topic", "channel", "rhythm")
    return found | {(topic, channel): Rhythm(rhythm) for topic, channel, rhythm in rows if (topic, channel) in found}


@transaction.atomic
def choose(actor, topic, channel, rhythm):
    """``actor`` wants to hear of ``topic`` by ``channel`` in ``rhythm`` from now on. Twice is as good as once."""
    Preference.objects.update_or_create(
        actor=actor, topic=topic, channel=channel, defaults={"rhythm": rhythm, "since": now()}
    )
    if channel == EMAIL:
        _rearrange(actor, topic, rhythm)


@transaction.atomic
def set_habits(actor, **changes):
    """Change at which hour, on which weekday, in which zone digests come, or until when there is a pause."""
    Habits.objects.update_or_create(actor=actor, defaults=changes)
    for (topic, channel), rhythm in chosen_by(actor).items():
        if channel == EMAIL:
            _rearrange(actor, topic, rhythm)


@transaction.atomic
def mute(actor, case):
    """``actor`` wants to hear nothing more of ``case``, owed letters aside. Twice is as good as once."""
    Mute.objects.get_or_create(actor=actor, case=case, defaults={"since": now()})
    held = Delivery.objects.filter(recipient=actor, event__case=case)
    _drop(held, MUTED)


def unmute(actor, case):
    """``actor`` wants to hear of ``case`` again."""
    Mute.objects.filter(actor=actor, case=case).delete()


def stop(actor, wanted):
    """Do what the Stop ``wanted`` asks for: its topic, or everything that comes in digests, is switched off."""
    topics = [wanted.topic] if wanted.topic != DIGEST else _in_digests(actor)
    for topic in topics:
        choose(actor, topic, EMAIL, Rhythm.OFF)


def _in_digests(actor):
    together = (Rhythm.DAILY, Rhythm.WEEKLY)
    return [topic for (topic, channel), rhythm in chosen_by(actor).items() if channel == EMAIL and rhythm in together]


def _rearrange(actor, topic, rhythm):
    """What is held for ``actor`` about ``topic`` comes when ``rhythm`` says, or not at all."""
    names = {letter.name for letters in LETTERS.values() for letter in letters if letter.topic == topic}
    held = Delivery.objects.filter(recipient=actor, letter__in=names, state=State.HELD)
    if rhythm == Rhythm.OFF:
        _drop(held, SWITCHED_OFF)
        return
    habits = Habits.objects.filter(actor=actor).first() or Habits()
    held.update(rhythm=rhythm, not_before=digest_moment(rhythm, habits, now()) or now())


def _drop(held, reason):
    LIFECYCLE.advance_all(held, State.HELD, State.SUPPRESSED, finished_at=now(), reason=reason)
