"""Meetings of working groups: what was planned, who comes, who was there, and the addresses for calendars."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..core.clock import now
from .meeting_states import TONES, MeetingState
from .models import PERSON, Group, Membership
from .states import PUBLIC


class MeetingQuerySet(models.QuerySet):
    """Questions to the table of meetings."""

    def whole(self):
        """Meetings with their group."""
        return self.select_related("group__case", "group__field")

    def public(self):
        """Meetings of which everybody may read."""
        return self.filter(public=True, group__state__in=PUBLIC)

    def visible_to(self, actor, *, in_office=False):
        """Meetings of which ``actor`` may read: public ones, those of one's own groups, and for the office all."""
        if in_office:
            return self.all()
        seen = Q(public=True, group__state__in=PUBLIC)
        if actor.is_authenticated:
            seen |= Q(group__in=Membership.objects.of(actor).values("group"))
        return self.filter(seen)

    def ahead(self):
        """Those that are planned and not over yet."""
        return self.filter(state=MeetingState.PLANNED, ends_at__gte=now())

    def past(self):
        """Those that are over; what was cancelled before it began is not among them."""
        return self.filter(ends_at__lt=now()).exclude(state=MeetingState.CANCELLED)


class Meeting(models.Model):
    """A meeting of a group. ``version`` counts its wordings, ``sequence`` what calendars must take over (RFC 5545)."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="meetings")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=120)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    agenda = models.TextField(_("agenda"), max_length=3000, blank=True)
    html = models.TextField(blank=True, editable=False)
    public = models.BooleanField(_("everybody may read of it and come"), default=False)

    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED)
    version = models.PositiveIntegerField(default=1)
    sequence = models.PositiveIntegerField(default=0)
    cancelled_because = models.CharField(_("why it is cancelled"), max_length=500, blank=True)
    moved_at = models.DateTimeField(null=True, blank=True, help_text="When its time or place was changed last.")
    reminded_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True, help_text="When somebody wrote down who was there.")
    others = models.PositiveSmallIntegerField(default=0, help_text="How many were there besides those by name.")
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = MeetingQuerySet.as_manager()

    class Meta:
        app_label = "participation"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MeetingState.values), name="meeting_state"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(place="") | ~Q(link=""), name="meeting_is_somewhere"),
            models.CheckConstraint(
                condition=(Q(state="cancelled") & ~Q(cancelled_because=""))
                | (~Q(state="cancelled") & Q(cancelled_because="")),
                name="meeting_cancelled_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="held", held_at__isnull=False) | (~Q(state="held") & Q(held_at=None, others=0)),
                name="meeting_held_with_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["group", "-starts_at", "-id"], name="meeting_of_group"),
            models.Index(fields=["ends_at"], name="meeting_ahead", condition=Q(state="planned")),
            models.Index(fields=["-starts_at", "-id"], name="meeting_public", condition=Q(public=True)),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """Its page."""
        return reverse("meeting", args=[self.group.slug, self.pk])

    @property
    def shown(self):
        """The agenda as HTML, made by ``core.markup.rendered`` when it was written."""
        return mark_safe(self.html)  # noqa: S308 - nothing else gets in there

    @property
    def tone(self):
        """How ``components/badge.html`` paints its state."""
        return TONES.get(self.state, "")

    @property
    def is_planned(self):
        """It takes place, as far as anybody knows."""
        return self.state == MeetingState.PLANNED

    @property
    def is_cancelled(self):
        """It does not take place."""
        return self.state == MeetingState.CANCELLED

    @property
    def is_held(self):
        """It took place, and who was there is written down."""
        return self.state == MeetingState.HELD

    @property
    def has_begun(self):
        """Its first minute is here or past."""
        return self.starts_at <= now()

    @property
    def takes_replies(self):
        """Whether somebody can still say that they come."""
        return self.is_planned and now() < self.ends_at

    @property
    def waits_to_be_held(self):
        """It has begun, and nobody has written down who was there."""
        return self.is_planned and self.has_begun


class MeetingReply(models.Model):
    """Whether somebody comes to a meeting, and with how many others."""

    class Answer(models.TextChoices):
        """What one can say."""

        YES = "yes", pgettext_lazy("meeting", "Yes")
        MAYBE = "maybe", pgettext_lazy("meeting", "Perhaps")
        NO = "no", pgettext_lazy("meeting", "No")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="replies")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=5, choices=Answer.choices)
    guests = models.PositiveSmallIntegerField(_("how many others come along"), default=0)
    at = models.DateTimeField()

    class Meta:
        app_label = "participation"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "actor"], name="meeting_reply_once"),
            models.CheckConstraint(condition=Q(answer__in=["yes", "maybe", "no"]), name="meeting_reply_answer"),
            models.CheckConstraint(condition=~Q(answer="no") | Q(guests=0), name="meeting_reply_no_guests_alone"),
        ]

    def __str__(self):
        return f"{self.meeting_id} {self.answer}"

    @property
    def is_no(self):
        """Whoever it is stays away."""
        return self.answer == self.Answer.NO


class Attendance(models.Model):
    """Somebody was at a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)

    class Meta:
        app_label = "participation"
        constraints = [models.UniqueConstraint(fields=["meeting", "actor"], name="attendance_once")]

    def __str__(self):
        return f"{self.meeting_id} {self.actor_id}"


class CalendarKey(models.Model):
    """The secret address of a calendar: of one group in which ``actor`` is, or, without one, of all of them."""

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    nonce = models.CharField(max_length=32, help_text="Part of the address; another one makes the old address void.")
    made_at = models.DateTimeField()

    class Meta:
        app_label = "participation"
        constraints = [
            models.UniqueConstraint(fields=["actor", "group"], name="calendar_key_of_group"),
            models.UniqueConstraint(fields=["actor"], condition=Q(group=None), name="calendar_key_of_all"),
        ]

    def __str__(self):
        return f"{self.actor_id} {self.group_id}"
