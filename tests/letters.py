"""Letters in tests: what worker and beat would do, in process and at once."""

from django.core import mail

from notifications import fanout, sender


def deliver_all():
    """Fan out every open event, send every due letter; return all mails of this test so far.

    The mails are Django's ``mail.outbox``: ``.to``, ``.subject``, ``.body``, ``.alternatives``.
    """
    fan_out_all()
    sender.send_due()
    return mail.outbox


def fan_out_all():
    """Fan out every open event."""
    for event_id in list(fanout.open_intakes().order_by("pk").values_list("event_id", flat=True)):
        fanout.fan_out(event_id)
