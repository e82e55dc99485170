"""Letters with made-up contents, for the office to look at: nobody and nothing in them is real.

``SAMPLES`` has a builder for every letter of the letterbook. It gives what the
letter's own context gives, with rows that were never saved; tests compare the two.
"""

from django.urls import reverse
from django.utils.translation import gettext_noop

from participation.core.web import absolute

from ..canary_letters import CANARY
from ..catalogue import BY_NAME
from ..stopping import DIGEST, Stop, address_of
from ..topics import DEFAULTS
from ..unwanted import Unwanted
from . import accounts, groups, ideas, meetings, news, reports, talk, tasks

SAMPLE = "sample"  # the letter by which a sample is sent to whoever asks for one

SAMPLES = accounts.SAMPLES | ideas.SAMPLES | reports.SAMPLES | news.SAMPLES | groups.SAMPLES
SAMPLES |= talk.SAMPLES | meetings.SAMPLES | tasks.SAMPLES


def context_of(name, *, reader=0):
    """What the letter ``name`` says in a sample, in the language of now.

    ``reader`` is the number of the actor at whose wish its ways out work; without one they lead nowhere.
    """
    topic = DIGEST if name == DIGEST else None if name == CANARY else BY_NAME[name].topic
    out = {}
    if topic in DEFAULTS or topic == DIGEST:
        out = {"settings_url": absolute(reverse("letter_choices")), "stop_url": address_of(Stop(reader, topic))}
    return {**out, **SAMPLES[name]()}


def in_a_test(delivery):
    """For whoever asked to see a letter in their own mailbox."""
    name = delivery.facts["letter"]
    if name not in SAMPLES:
        raise Unwanted(gettext_noop("there is no such letter any more"))
    return {**context_of(name, reader=delivery.recipient_id), "sample_of": name}
