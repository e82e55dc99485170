"""Which personal fields of letters are kept, scrubbed and exported."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.core.personal import register

from .models import Delivery


def letters_of(actor):
    """The letters to ``actor``: to the account, or to its address (once it is proven) before there was one."""
    theirs = Q(recipient_id=actor.pk)
    if actor.email and actor.confirmed_at:
        theirs |= Q(address__iexact=actor.email)
    return Delivery.objects.filter(theirs)


register(
    Delivery,
    rows=letters_of,
    title=_("Letters to you"),
    scrub={"address": "", "facts": {}},
    keep={
        "letter": _("That a letter was sent stays known, without your address."),
        "recipient": _("It points to the account without a name that remains."),
        "language": _("It names no person."),
    },
    export=("letter", "address", "language", "state", "created_at", "finished_at"),
)
