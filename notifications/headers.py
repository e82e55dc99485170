"""The headers of letters: which list they belong to, how to leave it, and which conversation they continue."""

from django.conf import settings
from django.urls import reverse

from participation.core.web import absolute

from .stopping import Stop, address_of


def stop_of(delivery, letter):
    """The Stop that a letter offers in its header, or None for owed letters and bare addresses."""
    if letter.is_owed or delivery.recipient_id is None:
        return None
    return Stop(delivery.recipient_id, letter.topic)


def ways_out(delivery, letter):
    """For the foot of a letter: where to choose, and where to stop letters like this, perhaps about this case only."""
    stop_url = stop_address(delivery, letter)
    return {"settings_url": absolute(reverse("letter_choices")), "stop_url": stop_url} if stop_url else {}


def stop_address(delivery, letter):
    """Where letters like this are stopped, perhaps about this case only; empty where none can be."""
    stop = stop_of(delivery, letter)
    if stop is None:
        return ""
    return address_of(Stop(stop.actor_id, stop.topic, delivery.event.case_id if delivery.event else None))


def headers_of(delivery, letter, *, stop_url=""):
    """What the head of a letter says (RFC 2369, 2919, 3834, 5322, 8058).

    ``stop_url`` replaces the address where the list is left, for letters to
    readers without an account.
    """
    host = settings.SITE_HOST if ":" not in settings.SITE_HOST else "localhost"
    found = {"Message-ID": delivery.message_id, "Auto-Submitted": "auto-generated"}
    if delivery.event_id and delivery.event.case_id:
        found["References"] = found["In-Reply-To"] = f"<case-{delivery.event.case_id}@{host}>"
    stop = stop_of(delivery, letter)
    stop_url = stop_url or (address_of(stop) if stop else "")
    if stop_url and not letter.is_owed:
        found["List-Id"] = f"<{letter.topic.replace('_', '-')}.{host}>"
        found["List-Unsubscribe"] = f"<{stop_url}>"
        found["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return found
