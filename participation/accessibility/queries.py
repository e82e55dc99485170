"""Questions about barrier reports."""

from datetime import timedelta

from django.conf import settings
from django.core.signing import Signer
from django.urls import reverse

from ..core.clock import today
from .models import BarrierReport

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


def day_of_barriers(days=7):
    """What the day's figures count: ``open`` reports, those ``late`` past their day and ``due`` within ``days`` days.

    Name → queryset.
    """
    day, rows = today(), BarrierReport.objects.open()
    return {
        "open": rows,
        "late": rows.filter(answer_due_on__lt=day),
        "due": rows.filter(answer_due_on__range=(day, day + timedelta(days=days))),
    }
