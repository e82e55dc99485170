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


class SubscriptionState(models.TextChoices):
    """Where a subscription to the newsletter stands."""

    ASKED = "asked", pgettext_lazy("subscription", "asked for")
    CONFIRMED = "confirmed", pgettext_lazy("subscription", "confirmed")
    ENDED = "ended", pgettext_lazy("subscription", "ended")


SUBSCRIPTION_LIFECYCLE = Lifecycle(
    {
        SubscriptionState.ASKED: {SubscriptionState.CONFIRMED, SubscriptionState.ENDED},
        SubscriptionState.CONFIRMED: {SubscriptionState.ENDED},
        SubscriptionState.ENDED: {SubscriptionState.ASKED},
    }
)


class IssueState(models.TextChoices):
    """Where an issue of the newsletter stands."""

    DRAFT = "draft", pgettext_lazy("issue of the newsletter", "draft")
    SENT = "sent", pgettext_lazy("issue of the newsletter", "sent")


ISSUE_LIFECYCLE = Lifecycle({IssueState.DRAFT: {IssueState.SENT}})
