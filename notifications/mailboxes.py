"""Mailboxes that refuse our letters for good: known until one is taken there again."""

from participation.core.clock import now

from .models import Refusal


def address_in(delivery):
    """Where a letter goes, in lower case; empty where it goes nowhere."""
    return (delivery.address or (delivery.recipient.email if delivery.recipient else "")).lower()


def remember_refusal(address, reason):
    """Note that the mailbox ``address`` refused a letter for good."""
    Refusal.objects.get_or_create(address=address, defaults={"since": now(), "reason": reason})


def refusing(addresses):
    """Those of ``addresses`` that refuse our letters."""
    return set(Refusal.objects.filter(address__in=addresses).values_list("address", flat=True))


def forgive(address):
    """A letter was taken there again."""
    Refusal.objects.filter(address=address).delete()


def refusal_of(actor):
    """That the mailbox of ``actor`` refuses our letters, or None."""
    return Refusal.objects.filter(address=actor.email.lower()).first()
