"""Letters to be read before anything happens, made as those that are sent."""

from participation.events.rehearsal import Copy

from .catalogue import LETTERS
from .fanout import delivery_of
from .letters import compose
from .unwanted import Unwanted


def copies(event, actor):
    """The letters about ``event`` that ``actor`` would get; call it in the transaction of the event."""
    for letter in LETTERS.get(event.kind, ()):
        for recipient in letter.audience(event):
            if recipient.actor_id == actor.pk:
                yield from _copy(delivery_of(letter, event, recipient))


def _copy(delivery):
    try:
        message = compose(delivery)
    except Unwanted:
        return
    yield Copy(message.subject, message.body, delivery.language, message.alternatives[0][0])
