"""What forms of the permission table carry: values and names of fields that only the world knows."""

from datetime import timedelta

from django.core import signing

from notifications.models import Delivery, InboxItem
from participation.core import stamps
from participation.core.clock import now, today
from participation.groups.poll_models import DateOption
from participation.ideas.models import Merger
from participation.moderation.forms import seen
from participation.promises.models import Promise
from tests.factories import PASSWORD

from .things import picture

# Each is a function of the world.
VALUES = {
    "$stamp": lambda world: signing.dumps(["0" * 32, now().timestamp() - 60], salt=stamps.SALT),
    "$password": lambda world: PASSWORD,
    "$other": lambda world: world.other.email,
    "$other pk": lambda world: world.people["manager"].pk,
    "$in a month": lambda world: (today() + timedelta(days=30)).isoformat(),
    "$tomorrow evening": lambda world: f"{today() + timedelta(days=1):%Y-%m-%d}T18:00",
    "$in a week": lambda world: (today() + timedelta(days=7)).isoformat(),
    "$first time": lambda world: DateOption.objects.order_by("-pk").first().pk,
    "$today": lambda world: today().isoformat(),
    "$promised": lambda world: seen(Promise.objects.order_by("pk").last()),
    "$newest message": lambda world: InboxItem.objects.latest("pk").pk,
    "$message id": lambda world: getattr(Delivery.objects.order_by("pk").last(), "message_id", ""),
    "$merger": lambda world: Merger.objects.latest("pk").pk,
    "$field": lambda world: world.field.pk,
    "$logo": lambda world: picture(),
}


def _time(back):
    """The name of the field for one of the last times that were proposed."""
    return lambda world: f"time{DateOption.objects.order_by('-pk')[back].pk}"


# Names of fields that only the world knows, in the same way.
NAMES = {"$time": _time(1), "$other time": _time(0)}


def filled(data, world):
    """The form ``data`` of the table with the values that only ``world`` knows."""
    return {
        NAMES[name](world) if name in NAMES else name: VALUES[value](world) if value in VALUES else value
        for name, value in data.items()
    }
