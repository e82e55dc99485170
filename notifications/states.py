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


class Urgency(models.IntegerChoices):
    """The most urgent first."""

    ACCOUNT = 0, _("account")
    OWN_CASE = 1, _("own case")
    OFFICE = 2, _("office")
    FOLLOWED = 3, _("followed")
    DIGEST = 4, _("digest")


LIFECYCLE = Lifecycle(
    {
        State.DUE: {State.SENDING},
        State.SENDING: {State.SENT, State.FAILED, State.SUPPRESSED, State.DUE},
    }
)
