"""What people report about barriers of the portal (BITV 2.0 § 7, § 12b BGG)."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from ..core.clock import today
from ..events.models import Case
from .states import ReportState


class BarrierReportQuerySet(models.QuerySet):
    """Questions to the table of barrier reports."""

    def open(self):
        """Reports that wait for an answer, the oldest promise first."""
        return self.filter(state=ReportState.OPEN).order_by("answer_due_on", "pk")

    def in_office_order(self):
        """Open ones first, the oldest promise on top; below them the answered ones, the newest answer on top."""
        return self.order_by(models.F("answered_at").desc(nulls_first=True), "answer_due_on", "pk")


class BarrierReport(models.Model):
    """A barrier somebody met, and the office's answer."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="+")
    page = models.CharField(_("page"), max_length=300, blank=True)
    text = models.TextField(_("what did not work"), max_length=3000)
    email = models.EmailField(_("your e-mail address"), blank=True)
    language = models.CharField(max_length=2, default="de")
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    submission = models.UUIDField(default=uuid4, unique=True, editable=False)
    answer = models.TextField(_("answer"), max_length=3000, blank=True)
    answer_due_on = models.DateField()
    answered_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.OPEN)

    objects = BarrierReportQuerySet.as_manager()

    class Meta:
        app_label = "participation"
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=ReportState.values), name="barrier_report_state"),
            models.CheckConstraint(
                condition=models.Q(state="open", answered_at__isnull=True, answer="")
                | (models.Q(state="answered", answered_at__isnull=False) & ~models.Q(answer="")),
                name="barrier_report_answered_with_moment_and_words",
            ),
        ]
        indexes = [models.Index(fields=["answer_due_on"], name="barrier_open", condition=models.Q(state="open"))]

    def __str__(self):
        return self.case.reference

    def get_absolute_url(self):
        """The office's page of the report; nobody else sees one."""
        return reverse("office_barrier", args=[self.pk])

    @property
    def is_open(self):
        """Whether the report waits for an answer."""
        return self.state == ReportState.OPEN

    @property
    def is_late(self):
        """Whether the promised day has passed without an answer."""
        return self.is_open and self.answer_due_on < today()

    @property
    def days_left(self):
        """Days until the promised day; negative when it has passed."""
        return (self.answer_due_on - today()).days

    @property
    def days_late(self):
        """Days since the promised day."""
        return -self.days_left

    @property
    def came_in_time(self):
        """Whether the answer came by the promised day."""
        return not self.is_open and timezone.localdate(self.answered_at) <= self.answer_due_on

    @property
    def page_path(self):
        """The page as a link within this portal, or nothing where somebody described it in words."""
        return local_path(self.page)

    @property
    def has_address(self):
        """Whether a letter can carry the answer."""
        return bool(self.email or self.reporter_id)


def local_path(value):
    """``value`` if it is the path of a page of this portal, else nothing; never a foreign host."""
    return value if value.startswith("/") and url_has_allowed_host_and_scheme(value, allowed_hosts=None) else ""
