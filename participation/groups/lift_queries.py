"""Questions about lifts to a meeting."""

from dataclasses import dataclass

from .lift_models import Lift, Ride
from .models import Membership


@dataclass(frozen=True)
class Shown:
    """A lift as a member of the group sees it: how many seats are free, and the ride between the two, if any."""

    lift: Lift
    free: int
    ride: Ride | None
    can_be_asked: bool


def lifts_to(meeting):
    """What members of the group said, each with whoever said it, in the order in which it was said."""
    rows = Lift.objects.filter(meeting=meeting, actor__in=_members_of(meeting))
    return rows.select_related("actor").order_by("at", "pk")


def lift_of(actor, meeting):
    """What ``actor`` said, or None."""
    return Lift.objects.filter(meeting=meeting, actor=actor).first()


def rides_to(meeting):
    """All rides that are asked for or agreed upon, with both people."""
    members = _members_of(meeting)
    rows = Ride.objects.open().filter(meeting=meeting, driver__in=members, rider__in=members)
    return rows.select_related("driver", "rider").order_by("asked_at", "pk")


def _members_of(meeting):
    return Membership.objects.present().filter(group=meeting.group_id).values("actor")


def shown_to(actor, lifts, rides):
    """What ``actor`` sees of ``lifts``, and may ask for; ``rides``: of the same meeting."""
    own = next((lift for lift in lifts if lift.actor_id == actor.pk), None)
    for lift in lifts:
        if lift.actor_id == actor.pk:
            continue
        taken = sum(ride.is_agreed and ride.driver_id == lift.actor_id for ride in rides)
        served = any(ride.is_agreed and ride.rider_id == lift.actor_id for ride in rides)
        between = next((ride for ride in rides if {ride.driver_id, ride.rider_id} == {actor.pk, lift.actor_id}), None)
        free = max(lift.seats - taken, 0)
        fits = own is not None and own.kind != lift.kind and between is None
        yield Shown(lift, free, between, can_be_asked=fits and (free > 0 if lift.is_offer else not served))
