"""Letters to be read before anything happens, made as those that are sent."""

from participation.events.rehearsal import Copy

from .audiences import among
from .catalogue import LETTERS
from .choices import Verdict
from .circulars import compose
from .fanout import delivery_of
from .unwanted import Unwanted


def copies(event, actor):
    """The letters about ``event`` that ``actor`` would get; call it in the transaction of the event."""
    for letter in LETTERS.get(event.kind, ()):
        for recipient in among(letter.audience(event), actor):
            delivery = delivery_of(letter, event, recipient, Verdict())
            delivery.recipient = actor  # at hand already
            yield from _copy(delivery)


def _copy(delivery):
    try:
        message = compose(delivery)
    except Unwanted:
        return
    yield Copy(message.subject, message.body, delivery.language, message.alternatives[0][0])
