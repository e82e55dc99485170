"""The way of an outcome."""

from django.db import models
from django.utils.translation import pgettext_lazy

from ..core.lifecycle import Lifecycle


class OutcomeState(models.TextChoices):
    """Where an outcome stands."""

    DRAFT = "draft", pgettext_lazy("outcome", "draft")
    SCHEDULED = "scheduled", pgettext_lazy("outcome", "scheduled")
    PUBLISHED = "published", pgettext_lazy("outcome", "published")
    WITHDRAWN = "withdrawn", pgettext_lazy("outcome", "withdrawn")


S = OutcomeState
TONES = {S.SCHEDULED: "time", S.PUBLISHED: "go", S.WITHDRAWN: "bad"}  # of badge.html

# What was public is never a draft again: a change is a correction that everybody sees, an end has a reason.
LIFECYCLE = Lifecycle(
    {
        S.DRAFT: {S.SCHEDULED, S.PUBLISHED},
        S.SCHEDULED: {S.DRAFT, S.PUBLISHED},
        S.PUBLISHED: {S.WITHDRAWN},
    }
)
