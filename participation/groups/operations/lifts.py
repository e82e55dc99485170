"""Lifts to a meeting: offered and needed, asked for, agreed upon, ended."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ...core.authority import require
from ...core.clock import now
from ...core.errors import Outdated, Refusal
from ...events.kinds import Kind
from ...events.record import record
from ..lift_models import Lift, Ride
from ..meeting_models import Meeting
from ..meeting_states import MeetingState
from .meeting import TooLate

SHARE = "participation.share_lifts"


class NoMatch(Refusal):
    """One drives, the other rides."""

    message = _("This does not fit: one of you must have a free seat, and the other must need a lift.")


class NoSeat(Refusal):
    """A car has as many seats as it has."""

    message = _("There is no free seat left. Nothing was changed.")


class RidesAlready(Refusal):
    """Nobody rides in two cars."""

    message = _("This person has found a lift already. Nothing was changed.")


@transaction.atomic
def say_lift(meeting, *, by, kind, origin, seats=0, contact=""):
    """Say that one has ``seats`` or needs a lift; whoever changes sides ends what was agreed. Raises TooLate."""
    require(by, SHARE, meeting)
    _check_ahead(meeting)
    former = Lift.objects.filter(meeting=meeting, actor=by).first()
    if former and former.kind != kind:
        _end_all(meeting, by)
    said = {"kind": kind, "seats": seats, "origin": origin, "contact": contact, "at": now()}
    return Lift.objects.update_or_create(meeting=meeting, actor=by, defaults=said)[0]


@transaction.atomic
def drop_lift(meeting, *, by):
    """Neither have nor need a seat any more; whoever agreed hears of it. Nothing said is nothing done."""
    require(by, SHARE, meeting)
    if Lift.objects.filter(meeting=meeting, actor=by).delete()[0]:
        _end_all(meeting, by)


@transaction.atomic
def ask_for_ride(lift, *, by):
    """Ask whoever said ``lift``: to ride along, or to take them along. Twice is once.

    Raises TooLate, NoMatch, NoSeat.
    """
    require(by, SHARE, lift.meeting)
    _check_ahead(lift.meeting)
    own = Lift.objects.filter(meeting=lift.meeting, actor=by).first()
    if own is None or own.kind == lift.kind:
        raise NoMatch
    offer, need = (lift, own) if lift.is_offer else (own, lift)
    pair = {"meeting": lift.meeting, "driver": offer.actor, "rider": need.actor}
    if known := Ride.objects.open().filter(**pair).first():
        return known
    if _free_seats(offer) < 1:
        raise NoSeat
    ride = Ride.objects.create(**pair, asked_by=by, asked_at=now())
    record(Kind.RIDE_ASKED, by=by, case=lift.meeting.group.case, ride=ride.pk)
    return ride


@transaction.atomic
def agree_to_ride(ride, *, by):
    """Say yes to what the other one asked; both now see how to reach each other.

    Raises TooLate, NoSeat, RidesAlready, and Outdated where it was ended or agreed upon meanwhile.
    """
    require(by, "participation.answer_ride", ride)
    _check_ahead(ride.meeting)
    offers = Lift.objects.filter(meeting=ride.meeting, actor=ride.driver_id, kind=Lift.Kind.OFFERED)
    if not offers.update(at=now()):  # holds the row, so that two who agree at once are counted
        raise NoMatch
    if _free_seats(offers.get()) < 1:
        raise NoSeat
    try:
        with transaction.atomic():
            changed = Ride.objects.open().filter(pk=ride.pk, agreed_at=None).update(agreed_at=now())
    except IntegrityError as refusal:
        raise RidesAlready from refusal
    if not changed:
        raise Outdated
    record(Kind.RIDE_AGREED, by=by, case=ride.meeting.group.case, ride=ride.pk)


@transaction.atomic
def end_ride(ride, *, by):
    """Say no, or no more; the other one hears of it. Raises Outdated where it was ended already."""
    require(by, "participation.end_ride", ride)
    _end(ride, by)


def _end(ride, by):
    if not Ride.objects.open().filter(pk=ride.pk).update(ended_at=now()):
        raise Outdated
    record(Kind.RIDE_ENDED, by=by, case=ride.meeting.group.case, ride=ride.pk)


def _end_all(meeting, actor):
    rows = Ride.objects.open().filter(meeting=meeting).select_related("meeting__group__case")
    for ride in rows.filter(driver=actor) | rows.filter(rider=actor):
        _end(ride, actor)


def _free_seats(offer):
    return offer.seats - Ride.objects.agreed().filter(meeting=offer.meeting_id, driver=offer.actor_id).count()


def _check_ahead(meeting):
    if not Meeting.objects.filter(pk=meeting.pk, state=MeetingState.PLANNED, ends_at__gt=now()).exists():
        raise TooLate
