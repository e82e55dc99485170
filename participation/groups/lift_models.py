"""Going to a meeting together: who has free seats, who needs one, and who agreed with whom."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .meeting_models import Meeting

ACTOR = {"to": settings.AUTH_USER_MODEL, "on_delete": models.CASCADE, "related_name": "+"}


class Lift(models.Model):
    """Somebody has free seats on the way to a meeting, or needs one. ``contact`` is for those who agreed alone."""

    class Kind(models.TextChoices):
        """What is said."""

        OFFERED = "offered", pgettext_lazy("lift", "I have free seats")
        NEEDED = "needed", pgettext_lazy("lift", "I need a lift")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="lifts")
    actor = models.ForeignKey(**ACTOR)
    kind = models.CharField(max_length=7, choices=Kind.choices)
    seats = models.PositiveSmallIntegerField(_("seats"), default=0)
    origin = models.CharField(_("from where"), max_length=80)
    contact = models.CharField(_("address and telephone"), max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        app_label = "participation"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "actor"], name="lift_once"),
            models.CheckConstraint(
                condition=Q(kind="offered", seats__gte=1) | Q(kind="needed", seats=0), name="lift_offered_with_seats"
            ),
        ]

    def __str__(self):
        return f"{self.meeting_id} {self.kind}"

    @property
    def is_offer(self):
        """There are seats."""
        return self.kind == self.Kind.OFFERED


class RideQuerySet(models.QuerySet):
    """Questions to the table of rides."""

    def open(self):
        """Those that are asked for or agreed upon."""
        return self.filter(ended_at=None)

    def agreed(self):
        """Those on which both agreed."""
        return self.open().filter(agreed_at__isnull=False)


class Ride(models.Model):
    """Somebody rides with somebody: asked for by one of the two, agreed by the other, ended by either."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="rides")
    driver = models.ForeignKey(**ACTOR)
    rider = models.ForeignKey(**ACTOR)
    asked_by = models.ForeignKey(**ACTOR)
    asked_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = RideQuerySet.as_manager()

    class Meta:
        app_label = "participation"
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "driver", "rider"], name="ride_once_at_a_time", condition=Q(ended_at=None)
            ),
            models.UniqueConstraint(
                fields=["meeting", "rider"], name="ride_with_one",
                condition=Q(ended_at=None, agreed_at__isnull=False),
            ),
            models.CheckConstraint(condition=~Q(driver=F("rider")), name="ride_of_two"),
            models.CheckConstraint(
                condition=Q(asked_by=F("driver")) | Q(asked_by=F("rider")), name="ride_asked_by_one"
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.driver_id} {self.rider_id}"

    @property
    def is_agreed(self):
        """Both want it."""
        return self.agreed_at is not None

    def other_than(self, actor):
        """The number of the other one."""
        return self.rider_id if self.driver_id == actor.pk else self.driver_id
