"""Finding a date: proposed times, and which of them suit whom."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..core.clock import today
from .meeting_models import Meeting
from .meeting_states import POLL_TONES, PollState
from .models import PERSON, Group


class DatePollQuerySet(models.QuerySet):
    """Questions to the table of date polls."""

    def whole(self):
        """Polls with their group and the meeting that came of them."""
        return self.select_related("group__case", "group__field", "meeting")

    def open(self):
        """Those of which no date came yet."""
        return self.filter(state=PollState.OPEN)


class DatePoll(models.Model):
    """When does the group meet? Members say until the end of ``closes_on``; then the coordination chooses."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="polls")
    title = models.CharField(_("title"), max_length=120)
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    closes_on = models.DateField(_("answers until"))

    state = models.CharField(max_length=10, choices=PollState.choices, default=PollState.OPEN)
    meeting = models.OneToOneField(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="poll")
    dropped_because = models.CharField(_("why no date is sought any more"), max_length=500, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, help_text="When those without an answer were reminded.")
    told_at = models.DateTimeField(null=True, blank=True, help_text="When the coordination was asked to choose.")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = DatePollQuerySet.as_manager()

    class Meta:
        app_label = "participation"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PollState.values), name="poll_state"),
            models.CheckConstraint(condition=~Q(place="") | ~Q(link=""), name="poll_is_somewhere"),
            models.CheckConstraint(
                condition=Q(state="decided", meeting__isnull=False) | (~Q(state="decided") & Q(meeting=None)),
                name="poll_decided_with_meeting",
            ),
            models.CheckConstraint(
                condition=(Q(state="dropped") & ~Q(dropped_because="")) | (~Q(state="dropped") & Q(dropped_because="")),
                name="poll_dropped_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["group", "-created_at"], name="poll_of_group")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """Its page."""
        return reverse("date_poll", args=[self.group.slug, self.pk])

    @property
    def tone(self):
        """How ``components/badge.html`` paints its state."""
        return POLL_TONES.get(self.state, "")

    @property
    def is_open(self):
        """No date came of it yet."""
        return self.state == PollState.OPEN

    @property
    def is_decided(self):
        """A meeting came of it."""
        return self.state == PollState.DECIDED

    @property
    def is_dropped(self):
        """No date is sought any more."""
        return self.state == PollState.DROPPED

    @property
    def takes_answers(self):
        """Members can still say which times suit them."""
        return self.is_open and today() <= self.closes_on


class DateOption(models.Model):
    """One of the times."""

    poll = models.ForeignKey(DatePoll, on_delete=models.PROTECT, related_name="options")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        app_label = "participation"
        constraints = [
            models.UniqueConstraint(fields=["poll", "starts_at", "ends_at"], name="date_option_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="date_option_ends_after_it_starts"),
        ]

    def __str__(self):
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


class DateVote(models.Model):
    """How a time suits somebody."""

    class Answer(models.TextChoices):
        """What one can say."""

        YES = "yes", pgettext_lazy("date", "suits me")
        IF_NEED_BE = "if_need_be", pgettext_lazy("date", "if need be")
        NO = "no", pgettext_lazy("date", "does not suit me")

    option = models.ForeignKey(DateOption, on_delete=models.CASCADE, related_name="votes")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer.choices)
    at = models.DateTimeField()

    class Meta:
        app_label = "participation"
        constraints = [
            models.UniqueConstraint(fields=["option", "actor"], name="date_vote_once"),
            models.CheckConstraint(condition=Q(answer__in=["yes", "if_need_be", "no"]), name="date_vote_answer"),
        ]

    def __str__(self):
        return f"{self.option_id} {self.answer}"
