"""What people report about barriers of the portal (BITV 2.0 § 7, § 12b BGG)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..events.models import Case
from .states import ReportState


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
    answer = models.TextField(_("answer"), max_length=3000, blank=True)
    answer_due_on = models.DateField()
    answered_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.OPEN)

    class Meta:
        app_label = "participation"
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=ReportState.values), name="barrier_report_state"),
            models.CheckConstraint(
                condition=models.Q(state="open", answered_at__isnull=True) | models.Q(state="answered", answered_at__isnull=False),
                name="barrier_report_answered_with_moment",
            ),
        ]  # fmt: skip
