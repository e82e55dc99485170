"""The newsletter: who gets it, what they agreed to, and its issues."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from ..core.clock import now
from ..ideas.models import Answer
from .models import PERSON, Outcome
from .states import IssueState, SubscriptionState

VALID = timedelta(days=7)  # how long a link to confirm works, and what is not confirmed is kept
QUIET = timedelta(days=30)  # how long nobody is asked again who said no to the letter that asked


class SubscriptionQuerySet(models.QuerySet):
    """Questions to the table of subscriptions."""

    def confirmed(self):
        """Those who get the newsletter."""
        return self.filter(state=SubscriptionState.CONFIRMED)

    def refused_before(self, moment):
        """Those that somebody said no to before ``moment``, and never said yes."""
        never = ~models.Exists(NewsletterConsent.objects.filter(subscription=models.OuterRef("pk"), deed="confirmed"))
        return self.filter(never, state=SubscriptionState.ENDED, confirmed_at=None, ended_at__lte=moment)

    def at(self, email):
        """The subscription of an address."""
        return self.filter(email__iexact=email)


class Subscription(models.Model):
    """An address for the newsletter, with an account or without one; one row however often it changes its mind."""

    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="de")
    state = models.CharField(max_length=10, choices=SubscriptionState.choices, default=SubscriptionState.ASKED)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        app_label = "participation"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SubscriptionState.values), name="subscription_state"),
            models.CheckConstraint(
                condition=Q(state="ended") | ~Q(email=""), name="subscription_without_address_only_ended"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", confirmed_at=None, ended_at=None)
                | Q(state="confirmed", confirmed_at__isnull=False, ended_at=None)
                | Q(state="ended", ended_at__isnull=False),
                name="subscription_with_its_moments",
            ),
            models.UniqueConstraint(Lower("email"), condition=~Q(email=""), name="subscription_once_an_address"),
        ]
        indexes = [models.Index(fields=["id"], name="subscription_readers", condition=Q(state="confirmed"))]

    def __str__(self):
        return str(self.pk)

    @property
    def is_confirmed(self):
        """The newsletter goes there."""
        return self.state == SubscriptionState.CONFIRMED

    @property
    def is_open(self):
        """It waits to be confirmed and can be."""
        return self.state == SubscriptionState.ASKED and self.asked_at > now() - VALID

    @property
    def is_ended(self):
        """No letter of the newsletter goes there."""
        return self.state == SubscriptionState.ENDED

    @property
    def is_refused(self):
        """Whoever reads the mail of the address said no to the letter that asked, a short while ago."""
        return self.is_ended and self.confirmed_at is None and self.ended_at > now() - QUIET


class NewsletterConsent(models.Model):
    """What somebody did about a subscription, when, and the words they had before them. Never changed: the proof."""

    class Deed(models.TextChoices):
        """What they did."""

        ASKED = "asked", _("asked for the newsletter")
        CONFIRMED = "confirmed", _("confirmed the address")
        ENDED = "ended", _("ended the subscription")

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="consents")
    deed = models.CharField(max_length=10, choices=Deed.choices)
    wording = models.TextField(blank=True, help_text="The words that stood beside the button.")
    version = models.PositiveSmallIntegerField(help_text="Which version of the words.")
    at = models.DateTimeField()

    class Meta:
        app_label = "participation"
        indexes = [models.Index(fields=["subscription", "at"], name="newsletter_consent")]

    def __str__(self):
        return f"{self.subscription_id} {self.deed}"


class Issue(models.Model):
    """An issue of the newsletter. ``version`` counts the drafts; it has a number once it is sent."""

    number = models.PositiveIntegerField(null=True, blank=True, unique=True)
    subject = models.CharField(_("subject"), max_length=70)
    intro = models.TextField(_("introduction"), max_length=3000, blank=True)
    html = models.TextField(blank=True, editable=False)
    state = models.CharField(max_length=10, choices=IssueState.choices, default=IssueState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    sent_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        app_label = "participation"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=IssueState.values), name="issue_state"),
            models.CheckConstraint(
                condition=Q(state="draft", number=None, sent_at=None)
                | Q(state="sent", number__isnull=False, sent_at__isnull=False),
                name="issue_numbered_once_sent",
            ),
            models.UniqueConstraint(fields=["state"], condition=Q(state="draft"), name="issue_one_draft"),
        ]

    def __str__(self):
        return self.subject

    def get_absolute_url(self):
        """Its page in the archive; before it is sent, that of the office."""
        if self.number is None:
            return reverse("edit_issue", args=[self.pk])
        return reverse("issue", args=[self.number])

    @property
    def shown(self):
        """The introduction as HTML, made by ``core.markup.rendered`` when it was written."""
        return mark_safe(self.html)  # noqa: S308 - nothing else gets in there

    @property
    def is_draft(self):
        """It is still put together."""
        return self.state == IssueState.DRAFT


class IssueItem(models.Model):
    """What an issue tells of, in its order: an outcome, or an official answer to an idea."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    outcome = models.ForeignKey(Outcome, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    answer = models.ForeignKey(Answer, null=True, blank=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        app_label = "participation"
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__isnull=False, answer=None) | Q(outcome=None, answer__isnull=False),
                name="issue_item_is_one_thing",
            ),
            models.UniqueConstraint(fields=["issue", "position"], name="issue_item_one_each_place"),
        ]

    def __str__(self):
        return f"{self.issue_id} {self.position}"
