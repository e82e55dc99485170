"""The way of an attachment."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..core.lifecycle import Lifecycle


class FileState(models.TextChoices):
    """Where an attachment stands."""

    WAITING = "waiting", _("being prepared")
    READY = "ready", _("ready")
    REFUSED = "refused", _("not taken")


LIFECYCLE = Lifecycle({FileState.WAITING: {FileState.READY, FileState.REFUSED}})
