"""What is still to do, as rows: fan-outs and letters. Celery is only legs."""

from django.conf import settings
from django.db import models

from participation.events.models import Event

from . import states


class Intake(models.Model):
    """How far the fan-out of one event has come. Open until ``done_at`` or, after too many attempts, ``failed_at``.

    ``not_before`` is also the lease of whoever works on it: a worker that
    dies leaves it behind, and the next one may try once it has passed.
    """

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+")
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_at__isnull=True) | models.Q(failed_at__isnull=True),
                name="intake_done_or_failed",
            )
        ]
        indexes = [
            models.Index(
                fields=["not_before"], name="intake_open",
                condition=models.Q(done_at__isnull=True, failed_at__isnull=True),
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.event_id}"


class Delivery(models.Model):
    """One letter to one recipient.

    It goes to ``address`` where there is one, else to the recipient's address
    at the moment of sending. Without a recipient (a new address, a reporter
    without an account) only the address says to whom.
    """

    State = states.State
    Urgency = states.Urgency

    event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    letter = models.CharField(max_length=60)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    address = models.EmailField(blank=True)
    language = models.CharField(max_length=2, default="de")
    facts = models.JSONField(default=dict)
    urgency = models.PositiveSmallIntegerField(choices=states.Urgency.choices)
    message_id = models.CharField(max_length=300, unique=True)

    state = models.CharField(max_length=12, choices=states.State.choices, default=states.State.DUE)
    attempts = models.PositiveSmallIntegerField(default=0)
    losses = models.PositiveSmallIntegerField(default=0, help_text="How often its sender vanished.")
    not_before = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.CharField(max_length=200, blank=True, help_text="Worker and number of the claim.")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=states.State.values), name="delivery_state"),
            models.CheckConstraint(
                condition=models.Q(state__in=["due", "sending"], finished_at__isnull=True)
                | (~models.Q(state__in=["due", "sending"]) & models.Q(finished_at__isnull=False)),
                name="delivery_finished_with_moment",
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
            models.Index(
                fields=["finished_at"], name="delivery_to_scrub",
                condition=models.Q(finished_at__isnull=False) & ~models.Q(address=""),
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.letter} {self.pk}"
