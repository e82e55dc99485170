"""Outcomes, and their words as they were published."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from ..attachments.models import Folder
from ..core.clock import now
from ..events.models import Case
from .states import TONES, OutcomeState

PERSON = {"null": True, "blank": True, "on_delete": models.SET_NULL, "related_name": "+"}


class OutcomeQuerySet(models.QuerySet):
    """Questions to the table of outcomes."""

    def public(self):
        """Outcomes that everybody may read."""
        return self.filter(state=OutcomeState.PUBLISHED, published_at__isnull=False)  # as the index has it

    def due(self):
        """Outcomes whose time has come."""
        return self.filter(state=OutcomeState.SCHEDULED, publish_at__lte=now())

    def offered(self):
        """Drafts whose release was asked for."""
        return self.filter(state=OutcomeState.DRAFT, offered_at__isnull=False)


class Outcome(models.Model):
    """What has come of ideas, told by the office. ``version`` counts the texts; ``cases`` are those it tells of."""

    case = models.OneToOneField(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=140, unique=True, null=True, blank=True, editable=False)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), max_length=12000)
    html = models.TextField(editable=False)
    folder = models.OneToOneField(Folder, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    cases = models.ManyToManyField(Case, blank=True, related_name="+")

    state = models.CharField(max_length=10, choices=OutcomeState.choices, default=OutcomeState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, help_text="Who published it, or set the time.", **PERSON)
    offered_at = models.DateTimeField(null=True, blank=True, help_text="When somebody asked for its release.")
    publish_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    corrected_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        app_label = "participation"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=OutcomeState.values), name="outcome_state"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(offered_at__isnull=True), name="outcome_offered_as_a_draft"
            ),
            models.CheckConstraint(
                condition=Q(state="scheduled", publish_at__isnull=False)
                | (~Q(state="scheduled") & Q(publish_at__isnull=True)),
                name="outcome_scheduled_with_moment",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "scheduled"], case=None, slug=None, published_at=None)
                | Q(
                    state__in=["published", "withdrawn"], case__isnull=False, slug__isnull=False,
                    published_at__isnull=False,
                ),
                name="outcome_has_an_address_once_published",
            ),
            models.CheckConstraint(
                condition=(Q(state="withdrawn", withdrawn_at__isnull=False) & ~Q(withdrawn_reason=""))
                | (~Q(state="withdrawn") & Q(withdrawn_at=None, withdrawn_reason="")),
                name="outcome_withdrawn_for_a_reason",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="outcome_newest", condition=Q(state="published")),
            models.Index(fields=["publish_at"], name="outcome_due", condition=Q(state="scheduled")),
            models.Index(fields=["-updated_at", "-id"], name="outcome_touched"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """Its public page; before it has one, that of the office."""
        if self.slug is None:
            return reverse("office_outcome", args=[self.pk])
        return reverse("outcome", args=[self.slug])

    @property
    def reference(self):
        """What people quote; nothing before it is published."""
        return self.case.reference if self.case_id else ""

    @property
    def shown(self):
        """The text as HTML, made by ``core.markup.rendered`` when it was written."""
        return mark_safe(self.html)  # noqa: S308 - nothing else gets in there

    @property
    def tone(self):
        """How ``components/badge.html`` paints its state."""
        return TONES.get(self.state, "")

    @property
    def changed_at(self):
        """When its public words changed last."""
        return self.corrected_at or self.published_at

    @property
    def is_draft(self):
        """The office still writes it."""
        return self.state == OutcomeState.DRAFT

    @property
    def waits_for_release(self):
        """Somebody asked for its release, and nobody changed or released it since."""
        return self.offered_at is not None

    @property
    def is_scheduled(self):
        """It waits for its moment."""
        return self.state == OutcomeState.SCHEDULED

    @property
    def is_public(self):
        """Everybody may read it."""
        return self.state == OutcomeState.PUBLISHED

    @property
    def is_withdrawn(self):
        """The office took it back."""
        return self.state == OutcomeState.WITHDRAWN


class OutcomeVersion(models.Model):
    """The words of an outcome as they were published; ``note`` says what was corrected. Never changed."""

    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    text = models.TextField(max_length=12000)
    note = models.CharField(_("what was corrected"), max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    at = models.DateTimeField()

    class Meta:
        app_label = "participation"
        constraints = [
            models.UniqueConstraint(fields=["outcome", "number"], name="outcome_version_once"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(note=""), name="outcome_corrected_with_note"),
        ]

    def __str__(self):
        return f"{self.outcome_id} {self.number}"
