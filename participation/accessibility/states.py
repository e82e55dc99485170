"""The way of a barrier report."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..core.lifecycle import Lifecycle


class ReportState(models.TextChoices):
    """Where a report stands."""

    OPEN = "open", _("open")
    ANSWERED = "answered", _("answered")


LIFECYCLE = Lifecycle({ReportState.OPEN: {ReportState.ANSWERED}})
