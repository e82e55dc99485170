"""Choosing what one hears of; what is already held for a digest moves along."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from participation.core.clock import now
from participation.core.errors import Refusal

from .audiences import is_office
from .catalogue import LETTERS
from .choices import EMAIL, MUTED, SWITCHED_OFF, digest_moment
from .models import Delivery, Habits, Mute, Preference
from .moments import end_of_pause
from .states import LIFECYCLE, Rhythm, State
from .stopping import DIGEST
from .topics import DEFAULTS

LONGEST_PAUSE = timedelta(days=366)
PAUSED = "the recipient pauses; what it carried waits"
_OF_CHOICE = {letter.name for letters in LETTERS.values() for letter in letters if letter.topic in DEFAULTS}


class PauseIsOver(Refusal):
    """The last day of the pause has passed."""

    message = _("This day has passed. Please choose today or a later day, or leave it empty. Nothing was changed.")


class PauseTooLong(Refusal):
    """Longer than anybody remembers."""

    message = _(
        "A pause lasts a year at most. Please choose an earlier day, or switch off what you do not want to hear of."
        " Nothing was changed."
    )


def chosen_by(actor):
    """(topic, channel) → rhythm, as ``actor`` chose or as it is by default."""
    found = {}
    for topic, default in DEFAULTS.items():
        found[topic, EMAIL] = default.email
        found[topic, Preference.Channel.INBOX] = default.inbox
    rows = Preference.objects.filter(actor=actor).values_list("topic", "channel", "rhythm")
    return found | {(topic, channel): Rhythm(rhythm) for topic, channel, rhythm in rows if (topic, channel) in found}


def topics_for(actor):
    """The topics that ``actor`` chooses between; those of the office only for people of the office."""
    in_office = is_office(actor)
    return [topic for topic, default in DEFAULTS.items() if in_office or not default.for_office]


def habits_of(actor):
    """When ``actor`` hears of things; a pause that is over is none."""
    habits = Habits.objects.filter(actor=actor).first() or Habits()
    end = end_of_pause(habits)
    paused_until = habits.paused_until if end and end > now() else None
    return {"hour": habits.hour, "weekday": habits.weekday, "zone": habits.zone, "paused_until": paused_until}


@transaction.atomic
def arrange(actor, chosen, **habits):
    """Everything that the page of choices holds: ``chosen`` as ``chosen_by`` gives it, and ``habits``.

    Raises PauseIsOver or PauseTooLong; then nothing is changed.
    """
    set_habits(actor, **habits)
    before = chosen_by(actor)
    for (topic, channel), rhythm in chosen.items():
        if rhythm != before[topic, channel]:
            choose(actor, topic, channel, rhythm)


@transaction.atomic
def choose(actor, topic, channel, rhythm):
    """``actor`` wants to hear of ``topic`` by ``channel`` in ``rhythm`` from now on.

    Twice is as good as once: the moment of the choice stays the first one.
    """
    rows = Preference.objects.filter(actor=actor, topic=topic, channel=channel)
    if not rows.filter(rhythm=rhythm).exists():
        words = {"rhythm": rhythm, "since": now()}
        Preference.objects.update_or_create(actor=actor, topic=topic, channel=channel, defaults=words)
    if channel == EMAIL:
        _rearrange(actor, topic, rhythm)


@transaction.atomic
def set_habits(actor, **changes):
    """Change at which hour, on which weekday, in which zone digests come, or until when there is a pause.

    Raises PauseIsOver or PauseTooLong.
    """
    habits, _created = Habits.objects.update_or_create(actor=actor, defaults=changes)
    if changes.get("paused_until"):
        _check_pause(habits)
        _hold_back(actor)
    for (topic, channel), rhythm in chosen_by(actor).items():
        if channel == EMAIL:
            _rearrange(actor, topic, rhythm)


@transaction.atomic
def mute(actor, case):
    """``actor`` wants to hear nothing more of ``case``, owed letters aside. Twice is as good as once."""
    Mute.objects.get_or_create(actor=actor, case=case, defaults={"since": now()})
    held = Delivery.objects.filter(recipient=actor, event__case=case)
    _drop(held, MUTED)


def muted_by(actor):
    """What ``actor`` wants to hear nothing more of, the last first, each with its case."""
    return Mute.objects.filter(actor=actor).select_related("case").order_by("-since", "-pk")


def has_muted(actor, case):
    """Whether ``actor`` wants to hear nothing more of ``case``."""
    return Mute.objects.filter(actor=actor, case=case).exists()


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


def _check_pause(habits):
    today = now().astimezone(ZoneInfo(habits.zone)).date()
    if habits.paused_until < today:
        raise PauseIsOver
    if habits.paused_until > today + LONGEST_PAUSE:
        raise PauseTooLong


def _hold_back(actor):
    """What is about to leave for ``actor`` waits for the end of the pause as well, owed letters aside.

    A digest that no sender has in hand is taken apart again.
    """
    leaving = Delivery.objects.filter(recipient=actor, state=State.DUE)
    for digest in leaving.filter(letter=DIGEST):
        if LIFECYCLE.advance_all(
            leaving.filter(pk=digest.pk), State.DUE, State.SUPPRESSED, finished_at=now(), reason=PAUSED
        ):
            LIFECYCLE.advance_all(digest.items, State.BUNDLED, State.HELD, bundle=None)
    LIFECYCLE.advance_all(leaving.filter(letter__in=_OF_CHOICE), State.DUE, State.HELD)


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
