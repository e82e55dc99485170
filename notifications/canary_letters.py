"""The canary: a letter to the portal's own mailbox that shows whether letters leave."""

from django.urls import reverse
from django.utils.translation import gettext as _

from participation.core.web import absolute

CANARY = "canary"


def canary(delivery):
    """For the portal itself: it says nothing but when it was written."""
    return {
        "at": delivery.created_at,
        "url": absolute(reverse("outbox")),
        "reason": _("You receive this letter because this address is the portal's own mailbox (CANARY_ADDRESS)."),
    }
