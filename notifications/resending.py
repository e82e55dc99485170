"""Second chances, given by a person: a letter is sent again, a fan-out that was given up is tried again."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from participation.core.authority import require
from participation.core.clock import now
from participation.core.errors import Outdated, Refusal, WrongState

from .choices import is_paused, unwanted
from .circulars import compose
from .letterbook import BY_NAME
from .models import Intake, Resending
from .outbox import FREE, new_message_id
from .reasons import in_words
from .states import LIFECYCLE, Rhythm, State, Urgency
from .trouble import note
from .unwanted import Unwanted
from .wake import FAN_OUT_EVENT, wake, wake_sender

ENDED = (State.SENT, State.FAILED, State.SUPPRESSED)


class OnItsWay(WrongState):
    """The letter has not ended yet."""

    message = _("This letter is on its way already. Nothing more was sent.")


class NotWanted(Refusal):
    """The recipient decided so."""

    message = _("The recipient does not want to hear of this. Nothing was sent.")


class Paused(Refusal):
    """The recipient wants to hear nothing for the time being."""

    message = _("The recipient has paused such letters at the moment. Nothing was sent.")


class CannotBeWritten(Refusal):
    """What the letter would say is gone."""

    message = _("This letter can no longer be written: what it is about is gone. Nothing was sent.")


@transaction.atomic
def send_again(delivery, *, seen, by):
    """Let the sender send ``delivery`` once more, at once, as a new message; what became of it before stays known.

    ``seen`` is the Message-ID that the person saw: a second click finds another one.
    Raises OnItsWay, NotWanted, Paused, CannotBeWritten, NotAllowed, or Outdated where somebody else was faster.
    """
    require(by, "notifications.send_again", delivery)
    if delivery.state not in ENDED:
        raise OnItsWay
    _refuse_unwanted(delivery)
    Resending.objects.create(
        delivery=delivery, by=by, at=now(), former_state=delivery.state, former_reason=delivery.reason,
        former_finished_at=delivery.finished_at,
    )  # fmt: skip
    LIFECYCLE.advance(
        delivery, State.DUE, guard={"message_id": seen}, message_id=new_message_id(), urgency=Urgency.OWN_CASE,
        rhythm=Rhythm.AT_ONCE, bundle=None, attempts=0, losses=0, not_before=now(), finished_at=None, reason="", **FREE,
    )  # fmt: skip
    transaction.on_commit(wake_sender, robust=True)


def _refuse_unwanted(delivery):
    """Raise a Refusal where the reader does not want the letter, or where it could not be written any more."""
    if delivery.pk in unwanted([delivery]):
        raise NotWanted
    if delivery.letter not in BY_NAME:
        raise CannotBeWritten
    if not BY_NAME[delivery.letter].is_owed and is_paused(delivery.recipient_id):
        raise Paused
    try:
        compose(delivery)
    except Unwanted as reason:
        words = _("This letter would not be sent: %(reason)s. Nothing was changed.")
        raise CannotBeWritten(words % {"reason": in_words(str(reason))}) from None
    except Exception as error:  # as the sender would: whatever breaks here, the letter cannot be written
        note(f"letter {delivery.pk} cannot be composed", error)
        raise CannotBeWritten from None


@transaction.atomic
def write_again(intake, *, by):
    """Let a worker go on with the letters of an event where it was given up. Raises Outdated if somebody did so."""
    require(by, "notifications.watch_outbox", intake)
    rows = Intake.objects.filter(pk=intake.pk, failed_at__isnull=False)
    if not rows.update(failed_at=None, attempts=0, not_before=now()):
        raise Outdated
    transaction.on_commit(lambda: wake(FAN_OUT_EVENT, event_id=intake.event_id), robust=True)
