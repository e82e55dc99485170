"""The way of a letter, and which letters go first."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from participation.core.lifecycle import Lifecycle


class State(models.TextChoices):
    """What became of a letter."""

    DUE = "due", _("due")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    SUPPRESSED = "suppressed", _("not sent")
    RECORDED = "recorded", _("recorded, not mailed")
    HELD = "held", _("waits for the digest")
    BUNDLED = "bundled", _("in a digest on its way")


class Urgency(models.IntegerChoices):
    """The most urgent first."""

    ACCOUNT = 0, _("account")
    OWN_CASE = 1, _("own case")
    OFFICE = 2, _("office")
    FOLLOWED = 3, _("followed")
    DIGEST = 4, _("digest")


class Rhythm(models.TextChoices):
    """How often somebody wants to hear of a topic."""

    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")
    OFF = "off", _("not at all")


DIGESTS = (Rhythm.DAILY, Rhythm.WEEKLY)
UNFINISHED = (State.DUE, State.SENDING, State.HELD, State.BUNDLED)

LIFECYCLE = Lifecycle(
    {
        State.DUE: {State.SENDING, State.HELD, State.SUPPRESSED},
        State.SENDING: {State.SENT, State.FAILED, State.SUPPRESSED, State.DUE},
        State.HELD: {State.BUNDLED, State.SUPPRESSED},
        State.BUNDLED: {State.SENT, State.FAILED, State.SUPPRESSED, State.HELD},
        State.SENT: {State.DUE},
        State.FAILED: {State.DUE},
        State.SUPPRESSED: {State.DUE},
    }
)
