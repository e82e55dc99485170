"""Going to a meeting together: who may ask whom, how many seats there are, and who sees an address."""

from datetime import timedelta

import pytest
from django.urls import reverse

from participation.actors.models import Actor
from participation.core.clock import travel_to
from participation.core.errors import NotAllowed, Outdated, Refusal
from participation.core.personal import erase
from participation.events.kinds import Kind
from participation.events.models import Event
from participation.groups.lift_models import Lift, Ride
from participation.groups.operations.belonging import leave_group
from participation.groups.operations.lifts import (
    NoMatch,
    NoSeat,
    RidesAlready,
    agree_to_ride,
    ask_for_ride,
    drop_lift,
    end_ride,
    say_lift,
)
from participation.groups.operations.meeting import TooLate
from participation.groups.views.lifts import QUESTIONS_A_DAY
from tests.factories import ActorFactory
from tests.group_factories import MeetingFactory, MembershipFactory
from tests.participation.actors.test_at_once import at_once

pytestmark = pytest.mark.django_db
STREET = "Hauptstraße 1, 06024 1234"


@pytest.fixture(autouse=True)
def _english(ada, lou, olga, max):
    Actor.objects.update(language="en")


@pytest.fixture
def meeting(group):
    return MeetingFactory(group=group, public=True)


@pytest.fixture
def offer(meeting, ada):
    return say_lift(meeting, by=ada, kind="offered", seats=1, origin="Krombach", contact=STREET)


@pytest.fixture
def need(meeting, lou):
    return say_lift(meeting, by=lou, kind="needed", origin="Wiesen", contact="Am Bach 2")


def again(row):
    return type(row).objects.get(pk=row.pk)


def refused(refusal, step, *args, **words):
    """``step`` is refused, and no lift, ride or event is different."""
    before = [list(model.objects.order_by("pk").values()) for model in (Lift, Ride, Event)]
    with pytest.raises(Refusal) as met:
        step(*args, **words)
    assert type(met.value) is refusal
    after = [list(model.objects.order_by("pk").values()) for model in (Lift, Ride, Event)]
    assert after == before


def kinds():
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))


class TestSaying:
    def test_one_word_for_each_the_last_one_counts(self, meeting, offer, ada):
        row = say_lift(meeting, by=ada, kind="offered", seats=3, origin="Mömbris")
        assert Lift.objects.get() == row
        assert (row.seats, row.origin, row.contact) == (3, "Mömbris", "")

    def test_members_alone(self, meeting, olga, max):
        refused(NotAllowed, say_lift, meeting, by=olga, kind="needed", origin="Wiesen")
        refused(NotAllowed, say_lift, meeting, by=max, kind="needed", origin="Wiesen")
        refused(NotAllowed, drop_lift, meeting, by=olga)

    def test_not_for_what_is_over(self, group, ada):
        for words in ({"days": -1}, {"state": "cancelled"}):
            meeting = MeetingFactory(group=group, **words)
            refused(TooLate, say_lift, meeting, by=ada, kind="needed", origin="Wiesen")

    def test_whoever_changes_sides_or_drops_it_ends_what_was_agreed(self, meeting, offer, need, ada, lou):
        ride = ask_for_ride(offer, by=lou)
        agree_to_ride(ride, by=ada)
        say_lift(meeting, by=ada, kind="needed", origin="Krombach")
        assert again(ride).ended_at

        other = MembershipFactory(group=meeting.group).actor
        second = ask_for_ride(say_lift(meeting, by=other, kind="offered", seats=1, origin="Wiesen"), by=lou)
        drop_lift(meeting, by=other)
        assert again(second).ended_at
        assert kinds()[-2:] == [Kind.RIDE_ASKED, Kind.RIDE_ENDED]
        assert not Lift.objects.filter(actor=other).exists()

    def test_more_seats_end_nothing(self, meeting, offer, need, ada, lou):
        ride = ask_for_ride(offer, by=lou)
        say_lift(meeting, by=ada, kind="offered", seats=4, origin="Krombach")
        assert not again(ride).ended_at


class TestAsking:
    def test_either_side_asks_the_other(self, offer, need, ada, lou):
        ride = ask_for_ride(offer, by=lou)
        assert (ride.driver, ride.rider, ride.asked_by) == (ada, lou, lou)
        end_ride(ride, by=lou)
        ride = ask_for_ride(need, by=ada)
        assert (ride.driver, ride.rider, ride.asked_by) == (ada, lou, ada)
        event = Event.objects.latest("pk")
        assert (event.kind, event.facts) == (Kind.RIDE_ASKED, {"ride": ride.pk})

    def test_twice_is_once(self, offer, need, ada, lou):
        assert ask_for_ride(offer, by=lou) == ask_for_ride(offer, by=lou) == ask_for_ride(need, by=ada)
        assert Ride.objects.count() == 1

    def test_one_drives_and_the_other_rides(self, meeting, offer, need, ada):
        refused(NoMatch, ask_for_ride, offer, by=ada)
        other = MembershipFactory(group=meeting.group).actor
        refused(NoMatch, ask_for_ride, offer, by=other)
        say_lift(meeting, by=other, kind="needed", origin="Wiesen")
        refused(NoMatch, ask_for_ride, need, by=other)

    def test_a_full_car_is_full(self, meeting, offer, need, ada, lou):
        agree_to_ride(ask_for_ride(offer, by=lou), by=ada)
        other = MembershipFactory(group=meeting.group).actor
        say_lift(meeting, by=other, kind="needed", origin="Wiesen")
        refused(NoSeat, ask_for_ride, offer, by=other)

    def test_members_alone(self, offer, olga):
        refused(NotAllowed, ask_for_ride, offer, by=olga)


class TestAgreeing:
    def test_the_other_one_agrees(self, offer, need, ada, lou):
        ride = ask_for_ride(offer, by=lou)
        refused(NotAllowed, agree_to_ride, ride, by=lou)
        agree_to_ride(ride, by=ada)
        assert again(ride).is_agreed
        assert kinds()[-1] == Kind.RIDE_AGREED
        refused(NoSeat, agree_to_ride, ride, by=ada)

    def test_nobody_else(self, offer, need, lou, olga):
        ride = ask_for_ride(offer, by=lou)
        refused(NotAllowed, agree_to_ride, ride, by=olga)
        refused(NotAllowed, end_ride, ride, by=olga)

    def test_nobody_rides_in_two_cars(self, meeting, offer, need, ada, lou):
        other = MembershipFactory(group=meeting.group).actor
        second = say_lift(meeting, by=other, kind="offered", seats=2, origin="Wiesen")
        rides = ask_for_ride(offer, by=lou), ask_for_ride(second, by=lou)
        agree_to_ride(rides[0], by=ada)
        refused(RidesAlready, agree_to_ride, rides[1], by=other)

    def test_what_was_called_off_is_over(self, offer, need, ada, lou):
        ride = ask_for_ride(offer, by=lou)
        end_ride(ride, by=lou)
        refused(Outdated, agree_to_ride, ride, by=ada)
        refused(Outdated, end_ride, ride, by=ada)

    def test_not_after_the_meeting(self, meeting, offer, need, ada, lou):
        ride = ask_for_ride(offer, by=lou)
        with travel_to(meeting.ends_at):
            refused(TooLate, agree_to_ride, ride, by=ada)

    def test_who_leaves_the_portal_takes_it_along(self, offer, need, ada, lou):
        ask_for_ride(offer, by=lou)
        erase(lou)
        assert not Ride.objects.exists()
        assert Lift.objects.get().actor == ada


@pytest.mark.django_db(transaction=True)
def test_the_last_seat_goes_to_one(group, ada):
    for _round in range(10):
        meeting = MeetingFactory(group=group)
        offer = say_lift(meeting, by=ada, kind="offered", seats=1, origin="Krombach")
        rides = []
        for _number in range(2):
            actor = MembershipFactory(group=group).actor
            say_lift(meeting, by=actor, kind="needed", origin="Wiesen")
            rides.append(ask_for_ride(offer, by=actor))
        refusals = at_once(*(lambda ride=ride: agree_to_ride(again(ride), by=ada) for ride in rides))
        assert len(refusals) == 1
        assert Ride.objects.agreed().filter(meeting=meeting).count() == 1


class TestThePage:
    def url(self, meeting, name="meeting_lifts", *more):
        return reverse(name, args=[meeting.group.slug, meeting.pk, *more])

    def read(self, client, meeting):
        return client.get(self.url(meeting)).content.decode()

    def test_an_address_is_seen_by_those_who_agreed_alone(self, as_, meeting, offer, need, ada, lou, max):
        third = MembershipFactory(group=meeting.group).actor
        for actor in (lou, third):
            page = self.read(as_(actor), meeting)
            assert "Krombach" in page
            assert STREET not in page
        ride = ask_for_ride(offer, by=lou)
        assert STREET not in self.read(as_(lou), meeting)
        agree_to_ride(ride, by=ada)
        assert STREET in self.read(as_(lou), meeting)
        assert "Am Bach 2" in self.read(as_(ada), meeting)
        assert STREET not in self.read(as_(third), meeting)
        assert as_(max).get(self.url(meeting)).status_code == 404
        end_ride(ride, by=lou)
        assert STREET not in self.read(as_(lou), meeting)

    def test_from_the_offer_to_the_agreement(self, as_, meeting, ada, lou):
        driver, rider = as_(ada), as_(lou)
        assert "Offer or find a lift" in driver.get(meeting.get_absolute_url()).content.decode()
        driver.post(self.url(meeting), {"kind": "offered", "seats": "2", "origin": "Krombach", "contact": STREET})
        assert "Say first how you get there" in self.read(rider, meeting)
        rider.post(self.url(meeting), {"kind": "needed", "origin": "Wiesen"})
        page = self.read(rider, meeting)
        assert "2 free seats" in page
        offer = Lift.objects.get(actor=ada)
        assert self.url(meeting, "ask_for_ride", offer.pk) in page
        rider.post(self.url(meeting, "ask_for_ride", offer.pk))
        page = self.read(driver, meeting)
        assert "asks to ride along with you" in page
        ride = Ride.objects.get()
        driver.post(self.url(meeting, "answer_ride", ride.pk), {"act": "agree"})
        assert "You ride along." in self.read(rider, meeting)
        assert "one free seat" in self.read(rider, meeting)
        rider.post(self.url(meeting), {"drop": "1"})
        assert again(ride).ended_at

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ({}, "Please choose one of the two."),
            ({"kind": "offered", "origin": "Wiesen"}, "Please type a number from 1 to 8."),
            ({"kind": "offered", "origin": "Wiesen", "seats": "9"}, "Please type a number from 1 to 8."),
            ({"kind": "needed"}, "Please say from where"),
            ({"kind": "needed", "origin": "x" * 81}, "Please use at most 80 characters"),
        ],
    )
    def test_what_cannot_be_is_said(self, as_, meeting, lou, words, said):
        answer = as_(lou).post(self.url(meeting), words)
        assert answer.status_code == 200
        assert said in answer.content.decode()
        assert not Lift.objects.exists()

    def test_whoever_left_is_seen_no_more(self, as_, meeting, offer, need, ada, lou):
        agree_to_ride(ask_for_ride(offer, by=lou), by=ada)
        leave_group(lou.row, by=lou)
        page = self.read(as_(ada), meeting)
        assert "Am Bach 2" not in page
        assert "Lou" not in page
        assert as_(lou).get(self.url(meeting)).status_code == 404

    def test_strangers_to_a_ride_cannot_answer_it(self, as_, meeting, offer, need, lou):
        ride = ask_for_ride(offer, by=lou)
        third = as_(MembershipFactory(group=meeting.group).actor)
        for act in ("agree", "end", ""):
            assert third.post(self.url(meeting, "answer_ride", ride.pk), {"act": act}).status_code == 404
        assert not again(ride).ended_at

    def test_nobody_asks_without_end(self, as_, meeting, offer, need, lou):
        client = as_(lou)
        for _number in range(QUESTIONS_A_DAY + 1):
            client.post(self.url(meeting, "ask_for_ride", offer.pk))
        assert "You asked many people today" in self.read(client, meeting)

    def test_a_past_meeting_is_read_only(self, as_, meeting, offer, need, ada):
        with travel_to(meeting.ends_at + timedelta(minutes=1)):
            page = self.read(as_(ada), meeting)
            assert "Wiesen" in page
            assert "Offer a seat" not in page
            assert as_(ada).post(self.url(meeting), {"kind": "needed", "origin": "x"}).status_code == 409

    def test_guests_do_not_see_it(self, as_, sam, meeting, offer):
        assert as_(ActorFactory()).get(self.url(meeting)).status_code == 404
        assert sam.get(self.url(meeting)).status_code == 302
