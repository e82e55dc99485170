"""Questions about barrier reports."""

from datetime import timedelta

from django.conf import settings
from django.core.signing import Signer
from django.db.models import Count, Q
from django.urls import reverse

from ..core.clock import today
from .models import BarrierReport
from .states import ReportState

RECEIPT = Signer(salt="participation.barrier")


def answer_day():
    """The day by which a barrier reported today is answered."""
    return today() + timedelta(days=settings.BARRIER_ANSWER_DAYS)


def receipt_path(report):
    """The signed address where whoever reported sees what became of ``report``."""
    return reverse("barrier_received", args=[RECEIPT.sign(report.pk)])


def reports_for_office():
    """All reports as the office reads them, each with its case."""
    return BarrierReport.objects.select_related("case").in_office_order()


def waiting(days=7):
    """How many reports wait: ``open`` all of them, ``late`` past their day, ``due`` within ``days`` days."""
    day = today()
    is_open = Q(state=ReportState.OPEN)
    return BarrierReport.objects.aggregate(
        open=Count("pk", filter=is_open),
        late=Count("pk", filter=is_open & Q(answer_due_on__lt=day)),
        due=Count("pk", filter=is_open & Q(answer_due_on__range=(day, day + timedelta(days=days)))),
    )
