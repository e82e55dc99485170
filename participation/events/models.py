"""The spine: cases, their links, and the log of what happened."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .kinds import CaseKind, Kind


class Case(models.Model):
    """Something a citizen can quote on the phone by its reference."""

    reference = models.CharField(_("reference"), max_length=20, unique=True)
    kind = models.CharField(max_length=20, choices=CaseKind.choices)
    title = models.CharField(max_length=200)
    path = models.CharField(max_length=300)
    public = models.BooleanField(default=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        help_text="Whoever opened it; may follow its way before it is public.",
    )  # fmt: skip
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "participation"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True) | models.Q(closed_at__gte=models.F("opened_at")),
                name="case_closes_after_it_opens",
            )
        ]

    def __str__(self):
        return self.reference


class CaseLink(models.Model):
    """How one case stands to another."""

    class Kind(models.TextChoices):
        """The five ways in which cases hang together."""

        CONTRIBUTES_TO = "contributes_to", _("contributes to")
        SPLIT_INTO = "split_into", _("split into")
        MERGED_INTO = "merged_into", _("merged into")
        WORKED_ON_BY = "worked_on_by", _("worked on by")
        DECIDED_IN = "decided_in", _("decided in")

    source = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links_out")
    target = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links_in")
    kind = models.CharField(max_length=20, choices=Kind.choices)

    class Meta:
        app_label = "participation"
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind"], name="case_link_once"),
            models.CheckConstraint(condition=~models.Q(source=models.F("target")), name="case_link_not_to_itself"),
        ]


class ReferenceCounter(models.Model):
    """The last number given in a series in a year, so that no reference is given twice."""

    series = models.CharField(max_length=4, blank=True)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "participation"
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="reference_counter_once")]


class Event(models.Model):
    """Something that happened. Never changed; ``facts`` hold no personal data."""

    kind = models.CharField(max_length=40, choices=Kind.choices)
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    role = models.CharField(max_length=30, blank=True)
    facts = models.JSONField(default=dict)
    demonstration = models.BooleanField(default=False)

    class Meta:
        app_label = "participation"

    def __str__(self):
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"
