"""Sending: one connection a batch, each letter marked as soon as the server said yes.

Who is to blame decides what happens. The recipient's server refuses for now
(4xx): the letter waits longer each time. It refuses for good (5xx): the letter
has failed. Our mail server is away, hangs or does not know us: no letter is
charged, all go back for a minute. The letter itself cannot be composed: it
waits like a refused one and holds up nobody.
"""

import logging
import re
import smtplib
import time
from collections import deque
from datetime import timedelta

from django.core.mail import get_connection
from django.utils.translation import gettext_noop

from participation.core.errors import Outdated

from . import outbox
from .choices import unwanted
from .circulars import Sheets
from .letterbook import BY_NAME
from .letters import compose_one
from .mailboxes import address_in, forgive, refusing, remember_refusal
from .models import Delivery
from .patience import making_room
from .states import State, Urgency
from .trouble import note
from .unwanted import Unwanted

log = logging.getLogger(__name__)

SERVER_CLOSES = 421
PERMANENT = 500


def send_due(*, seconds=60, worker="", least=Urgency.DIGEST):
    """Send due letters for so many seconds, the most urgent first; return whether some may be left to send now.

    ``worker`` is the name under which they are claimed (``outbox.claim``),
    ``least`` the least urgency that it cares for.
    """
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with making_room():
            claimed = outbox.claim(worker=worker, least=least)
        if not claimed or not _work_through(claimed, until):
            return False
    return True


def _work_through(numbers, until):
    """Send the letters ``numbers`` over one connection until time is up; return whether the server bears more."""
    letters, in_hand = deque(numbers), []
    try:
        batch = Batch(numbers)
        with get_connection() as server:
            while letters and time.monotonic() < until:
                in_hand = [letters.popleft()]
                _send(in_hand[0], batch, server)
                in_hand = []
    except OSError as trouble:
        log.warning("mail server away: %s", type(trouble).__name__)
        outbox.put_back(letters, pause=outbox.SERVER_PAUSE)
        # Behind the others: should this letter be what the server chokes on, they go first.
        outbox.put_back(in_hand, pause=outbox.SERVER_PAUSE + timedelta(seconds=30))
        return False
    outbox.put_back(letters)
    return True


class Batch:
    """Claimed letters with everything that can be asked for all of them at once."""

    def __init__(self, numbers):
        """Load them."""
        rows = Delivery.objects.filter(pk__in=numbers).select_related("recipient").prefetch_related("event__case")
        self.deliveries = {row.pk: row for row in rows if row.state == State.SENDING}
        self.sheets = Sheets(self.deliveries.values())
        self.unwanted = unwanted(self.deliveries.values())
        self.refusing = refusing({address_in(row) for row in self.deliveries.values()})

    def compose(self, delivery):
        """The e-mail for ``delivery``. Raises Unwanted where nobody should get it any more."""
        letter = BY_NAME[delivery.letter]
        if reason := self.unwanted.get(delivery.pk):
            raise Unwanted(reason)
        if not letter.is_owed and address_in(delivery) in self.refusing:
            raise Unwanted(gettext_noop("the mailbox has refused our letters"))
        return self.sheets.compose(delivery) if letter.readers else compose_one(delivery)


def _send(number, batch, server):
    """Compose and send one letter, and write down what became of it. Raises OSError where the server is to blame."""
    delivery = batch.deliveries.get(number)
    if delivery is None:
        return  # taken back from us meanwhile
    try:
        server.send_messages([batch.compose(delivery)])
    except Unwanted as reason:
        _write_down(outbox.suppress, delivery, str(reason))
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as refusal:
        _judge(refusal, delivery)
    except OSError:
        raise
    except Exception as error:
        note(f"letter {number} cannot be composed", error)
        _write_down(outbox.postpone, delivery, f"cannot be composed: {type(error).__name__}")
    else:
        _write_down(outbox.mark_sent, delivery)
        if address_in(delivery) in batch.refusing:
            forgive(address_in(delivery))


def _judge(refusal, delivery):
    """Wait or give up, as the answer of the recipient's server says. Raises it again where our own server closes."""
    code, words = _answer(refusal)
    if code == SERVER_CLOSES:
        raise refusal
    outcome = outbox.fail if code >= PERMANENT else outbox.postpone
    detail = re.search(rb"\b[45]\.\d{1,3}\.\d{1,3}\b", words)  # the rest may name the address
    reason = f"refused: {code} {detail[0].decode() if detail else ''}".strip()
    _write_down(outcome, delivery, reason)
    if code >= PERMANENT and isinstance(refusal, smtplib.SMTPRecipientsRefused):
        remember_refusal(address_in(delivery), reason)


def _answer(refusal):
    if isinstance(refusal, smtplib.SMTPDataError):
        code, words = refusal.smtp_code, refusal.smtp_error
    else:
        code, words = next(iter(refusal.recipients.values()))
    return code, words if isinstance(words, bytes) else str(words).encode()


def _write_down(outcome, delivery, *words):
    try:
        with making_room():
            outcome(delivery, *words)
    except Outdated:
        log.warning("letter %s was taken back while it was in hand", delivery.pk)
