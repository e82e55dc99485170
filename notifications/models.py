"""What is still to do, as rows: fan-outs and letters. Celery is only legs."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from participation.events.models import Event


class Intake(models.Model):
    """How far the fan-out of one event has come."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+")
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["event"], name="intake_open", condition=models.Q(done_at=None))]


class Delivery(models.Model):
    """One letter to one recipient: an actor, or a bare address where there is no account."""

    class State(models.TextChoices):
        """What became of the letter."""

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

    event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    letter = models.CharField(max_length=60)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    address = models.EmailField(blank=True)
    language = models.CharField(max_length=2, default="de")
    facts = models.JSONField(default=dict)
    urgency = models.PositiveSmallIntegerField(choices=Urgency.choices)
    message_id = models.CharField(max_length=120, unique=True)

    state = models.CharField(max_length=12, choices=State.choices, default=State.DUE)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["due", "sending", "sent", "failed", "suppressed", "recorded"]),
                name="delivery_state",
            ),
            models.UniqueConstraint(
                fields=["event", "letter", "recipient"], name="delivery_once_a_person",
                condition=models.Q(event__isnull=False, recipient__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["event", "letter", "address"], name="delivery_once_an_address",
                condition=models.Q(event__isnull=False, recipient__isnull=True) & ~models.Q(address=""),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["urgency", "not_before"], name="delivery_due", condition=models.Q(state="due")),
            models.Index(fields=["claimed_at"], name="delivery_claimed", condition=models.Q(state="sending")),
        ]
