"""What letters about lifts to a meeting say: asked for, agreed upon, called off."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from participation.core.clock import now
from participation.core.web import absolute
from participation.groups.lift_models import Lift, Ride
from participation.groups.models import Membership

from .group_letters import about, named
from .unwanted import NO_LONGER, Unwanted


def asked(delivery):
    """For the one who is asked: by whom, and from where; how to reach them stays unsaid until both agreed."""
    ride = _ride(delivery)
    if ride.ended_at or ride.agreed_at:
        raise Unwanted(gettext_noop("the question was answered or taken back"))
    return _said(delivery, ride)


def agreed(delivery):
    """For the one who asked: the other one agreed."""
    ride = _ride(delivery)
    if ride.ended_at or not ride.agreed_at:
        raise Unwanted(gettext_noop("the lift was called off"))
    return _said(delivery, ride)


def ended(delivery):
    """For the other one: the lift was called off, or the answer is no."""
    return _said(delivery, _ride(delivery))


def _ride(delivery):
    """The ride, as long as the meeting lies ahead and its reader belongs to the group."""
    rows = Ride.objects.select_related("meeting__group__case", "driver", "rider")
    ride = rows.filter(pk=delivery.event.facts["ride"]).first()
    if ride is None or not ride.meeting.is_planned or ride.meeting.ends_at <= now():
        raise Unwanted(gettext_noop("the meeting is over or was cancelled"))
    if not Membership.objects.present().filter(group=ride.meeting.group_id, actor=delivery.recipient_id).exists():
        raise Unwanted(NO_LONGER)
    return ride


def _said(delivery, ride):
    drives = ride.driver_id == delivery.recipient_id
    other = ride.rider if drives else ride.driver
    lift = Lift.objects.filter(meeting=ride.meeting, actor=other).first()
    url = absolute(reverse("meeting_lifts", args=[ride.meeting.group.slug, ride.meeting_id]))
    return {
        **about(delivery, ride.meeting.group),
        "meeting": ride.meeting,
        "person": named(other),
        "origin": lift.origin if lift else "",
        "drives": drives,
        "was_agreed": ride.agreed_at is not None,
        "url": url,
        "reason": _("You receive this letter because you said how you get to this meeting."),
    }
