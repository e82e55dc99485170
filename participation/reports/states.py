"""The way of a report, of a statement of reasons and of an objection."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..core.lifecycle import Lifecycle


class Decision(models.TextChoices):
    """Where a report or an objection stands."""

    OPEN = "open", _("open")
    UPHELD = "upheld", pgettext_lazy("report", "upheld")
    REJECTED = "rejected", pgettext_lazy("report", "not upheld")


LIFECYCLE = Lifecycle({Decision.OPEN: {Decision.UPHELD, Decision.REJECTED}})


class StatementState(models.TextChoices):
    """Whether something is still hidden or blocked."""

    IN_FORCE = "in_force", _("in force")
    LIFTED = "lifted", _("lifted")


STATEMENT_LIFECYCLE = Lifecycle({StatementState.IN_FORCE: {StatementState.LIFTED}})
