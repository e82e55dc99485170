"""What letters about events say: the thing itself, one link, and the reason why each came."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from participation.accessibility.models import BarrierReport
from participation.accessibility.queries import receipt_path
from participation.actors.models import Appointment
from participation.core.web import absolute

from .models import Delivery
from .states import State
from .unwanted import Unwanted

AN_HOUR = timedelta(hours=1)
MOST_AN_HOUR = 3


def barrier_to_answer(delivery):
    """For the office: where the barrier is, until when an answer is owed."""
    report = _report(delivery)
    return {
        "report": report,
        "url": absolute(reverse("office_barrier", args=[report.pk])),
        "reason": _("You receive this letter because you hold a post of the office."),
    }


def barrier_receipt(delivery):
    """For the reporter. It does not repeat the text: the address may belong to somebody else, who is not flooded."""
    if is_crowded(delivery):
        raise Unwanted(gettext_noop("its mailbox had three letters within the hour"))
    return _for_the_reporter(delivery)


def _for_the_reporter(delivery):
    report = _report(delivery)
    return {
        "report": report,
        "url": absolute(receipt_path(report)),
        "reason": _("You receive this letter because this address was given with a barrier report."),
    }


def barrier_answer(delivery):
    """For the reporter: the answer, and where to turn when it does not help."""
    return {**_for_the_reporter(delivery), "statement_url": absolute(reverse("accessibility"))}


def appointment(delivery):
    """For the person whose post began or ended."""
    row = Appointment.objects.select_related("municipality").get(pk=delivery.event.facts["appointment"])
    return {
        "appointment": row,
        "url": absolute(reverse("my_page")),
        "name": delivery.recipient.display_name if delivery.recipient else "",
        "reason": _("You receive this letter because it is about a post of yours."),
    }


def is_crowded(delivery):
    """Whether an address that anybody may have typed got its letters of this hour already."""
    if not delivery.address or (delivery.recipient and delivery.recipient.email == delivery.address.lower()):
        return False
    before = Delivery.objects.filter(
        address__iexact=delivery.address, pk__lt=delivery.pk, created_at__gt=delivery.created_at - AN_HOUR
    )
    return before.exclude(state=State.SUPPRESSED).count() >= MOST_AN_HOUR


def _report(delivery):
    return BarrierReport.objects.select_related("case").get(pk=delivery.event.facts["report"])
