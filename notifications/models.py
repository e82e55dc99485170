"""What is still to do, as rows: fan-outs, letters, and what lies in people's inboxes. Celery is only legs."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from participation.events.models import Case, Event

from . import states
from .topics import Topic


class Intake(models.Model):
    """How far the fan-out of one event has come. Open until ``done_at`` or, after too many attempts, ``failed_at``.

    ``letters_done`` of the event's letters are written; of the next one all
    recipients up to the number ``reached``. ``not_before`` is also the lease
    of whoever works on it: a worker that dies leaves it behind, and the next
    one may go on once it has passed.
    """

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+")
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    letters_done = models.PositiveSmallIntegerField(default=0)
    reached = models.BigIntegerField(default=0)
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
            ),
            models.Index(
                fields=["failed_at"], name="intake_failed", condition=models.Q(failed_at__isnull=False)
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.event_id}"


class Delivery(models.Model):
    """One letter to one recipient.

    It goes to ``address`` where there is one, else to the recipient's address
    at the moment of sending. Without a recipient (a new address, a reporter
    without an account) only the address says to whom. A letter with a
    ``rhythm`` is held for the digest at ``not_before``, and then travels in
    the letter ``bundle``.
    """

    State = states.State
    Urgency = states.Urgency

    event = models.ForeignKey(
        Event, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )  # its index is delivery_of_event, which also sorts the pages of the ledger
    letter = models.CharField(max_length=60)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    address = models.EmailField(blank=True)
    language = models.CharField(max_length=2, default="de")
    facts = models.JSONField(default=dict)
    urgency = models.PositiveSmallIntegerField(choices=states.Urgency.choices)
    rhythm = models.CharField(max_length=8, choices=states.Rhythm.choices, default=states.Rhythm.AT_ONCE)
    bundle = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="items")
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
                condition=models.Q(state__in=states.UNFINISHED, finished_at__isnull=True)
                | (~models.Q(state__in=states.UNFINISHED) & models.Q(finished_at__isnull=False)),
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
            models.UniqueConstraint(
                fields=["letter"], name="delivery_one_canary_waits",
                condition=models.Q(letter="canary", finished_at__isnull=True),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["urgency", "not_before"], name="delivery_due", condition=models.Q(state="due")),
            models.Index(fields=["claimed_at"], name="delivery_claimed", condition=models.Q(state="sending")),
            models.Index(fields=["not_before", "recipient"], name="delivery_held", condition=models.Q(state="held")),
            models.Index(fields=["event", "id"], name="delivery_of_event"),
            models.Index(fields=["bundle"], name="delivery_bundled", condition=models.Q(bundle__isnull=False)),
            models.Index(fields=["state", "finished_at"], name="delivery_finished"),
            models.Index(
                fields=["finished_at"], name="delivery_to_scrub",
                condition=models.Q(finished_at__isnull=False) & ~models.Q(address=""),
            ),
            models.Index(
                fields=["finished_at"], name="delivery_to_thin",
                condition=models.Q(finished_at__isnull=False) & ~models.Q(reason=""),
            ),
            models.Index(
                fields=["finished_at"], name="delivery_of_no_event",
                condition=models.Q(finished_at__isnull=False, event__isnull=True),
            ),
            models.Index(fields=["finished_at"], name="delivery_canaries", condition=models.Q(letter="canary")),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.letter} {self.pk}"


class Resending(models.Model):
    """The office sent a letter again; what had become of it before stays known."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="resendings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    former_state = models.CharField(max_length=12, choices=states.State.choices)
    former_reason = models.CharField(max_length=200, blank=True)
    former_finished_at = models.DateTimeField()

    def __str__(self):
        return f"{self.delivery_id} {self.at:%Y-%m-%d %H:%M}"


class InboxItem(models.Model):
    """What somebody is told in the portal itself; unread until ``read_at``."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    letter = models.CharField(max_length=60)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "letter", "recipient"], name="inbox_item_once"),
        ]
        indexes = [
            models.Index(fields=["recipient", "id"], name="inbox_of"),
            models.Index(fields=["recipient", "case"], name="inbox_of_case"),
            models.Index(fields=["recipient"], name="inbox_unread", condition=models.Q(read_at__isnull=True)),
        ]

    def __str__(self):
        return f"{self.letter} {self.pk}"


class Preference(models.Model):
    """How somebody wants to hear of a topic by one channel; without a row the default of the topic holds."""

    class Channel(models.TextChoices):
        """The two ways."""

        EMAIL = "email", _("by e-mail")
        INBOX = "inbox", _("in the portal")

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    topic = models.CharField(max_length=20, choices=Topic.choices)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    rhythm = models.CharField(max_length=8, choices=states.Rhythm.choices)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["actor", "topic", "channel"], name="preference_once"),
            models.CheckConstraint(
                condition=models.Q(channel="email") | models.Q(rhythm__in=["at_once", "off"]),
                name="preference_inbox_is_on_or_off",
            ),
        ]

    def __str__(self):
        return f"{self.actor_id} {self.topic} {self.channel}: {self.rhythm}"


class Habits(models.Model):
    """When somebody reads their digests, and until when they want to hear nothing."""

    actor = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    hour = models.PositiveSmallIntegerField(_("hour"), default=7, help_text="0 to 23, in ``zone``.")
    weekday = models.PositiveSmallIntegerField(_("weekday"), default=0, help_text="0 is Monday.")
    zone = models.CharField(_("time zone"), max_length=60, default="Europe/Berlin")
    paused_until = models.DateField(_("pause until"), null=True, blank=True, help_text="The last day of the pause.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(hour__lte=23), name="habits_hour_of_the_day"),
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="habits_day_of_the_week"),
        ]

    def __str__(self):
        return f"{self.actor_id}"


class Mute(models.Model):
    """Somebody wants to hear nothing more of a case, owed letters aside."""

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "case"], name="mute_once")]

    def __str__(self):
        return f"{self.actor_id} {self.case_id}"


class Refusal(models.Model):
    """A mailbox that refused a letter for good; until a letter is taken there again, only owed ones are tried."""

    address = models.EmailField(unique=True, help_text="In lower case.")
    since = models.DateTimeField()
    reason = models.CharField(max_length=200)

    def __str__(self):
        return f"{self.pk}"


class Pace(models.Model):
    """How many letters were taken in hand in one minute, where letters a minute are limited."""

    minute = models.DateTimeField(unique=True)
    letters = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.minute:%H:%M} {self.letters}"
