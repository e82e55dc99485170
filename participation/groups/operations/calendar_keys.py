"""Secret addresses under which a calendar can be subscribed to; each can be made void."""

from django.db import transaction
from django.utils.crypto import get_random_string

from ...core.authority import require
from ...core.clock import now
from ..meeting_models import CalendarKey

SUBSCRIBE = "participation.subscribe_calendar"
LETTERS = 32


@transaction.atomic
def make_calendar_key(*, by, group=None):
    """An address of one's own for the calendar of ``group``, or of all one's groups; the former one is void at once."""
    require(by, SUBSCRIBE, group)
    nonce = {"nonce": get_random_string(LETTERS), "made_at": now()}
    return CalendarKey.objects.update_or_create(actor=by, group=group, defaults=nonce)[0]


@transaction.atomic
def void_calendar_key(*, by, group=None):
    """Let the address be void; without one nothing happens."""
    require(by, SUBSCRIBE)
    CalendarKey.objects.filter(actor=by, group=group).delete()
