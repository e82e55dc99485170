"""What the demonstration alliance holds, and that a second run completes it and changes nothing else."""

import stat

import pytest
from django.contrib.auth import authenticate
from django.test import override_settings

from notifications.models import Delivery
from participation.accessibility.models import BarrierReport
from participation.accessibility.states import ReportState
from participation.actors.models import Actor, Appointment, Post
from participation.core.clock import now, today
from participation.events.models import Event
from participation.region.models import Alliance, FieldOfAction, LegalText, Municipality, Partner
from tests.house.world import undone
from tests.participation.test_demo import demo, rows

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def lasting(django_db_setup, django_db_blocker, tmp_path_factory):
    """One demonstration for all tests that only look at it: its folder, and what the command printed."""
    folder = tmp_path_factory.mktemp("demo") / "var"
    with django_db_blocker.unblock(), undone(), override_settings(DATA_DIR=folder):
        yield folder, demo()


@pytest.fixture
def made(lasting, db, settings):
    """The same; whatever the test does in it never happened."""
    settings.DATA_DIR = lasting[0]
    return lasting


def test_it_makes_the_alliance_of_the_public_sources(made):
    assert Municipality.objects.count() == 9
    assert Alliance.objects.get().expected_municipalities == 10
    assert FieldOfAction.objects.count() == 8
    assert Partner.objects.exclude(together="").count() == 8
    assert set(LegalText.objects.values_list("kind", flat=True)) == set(LegalText.Kind.values)
    assert set(Appointment.objects.running(today()).values_list("post", flat=True)) == set(Post.values)


def test_one_barrier_is_answered_and_others_wait_without_being_late(made):
    assert set(BarrierReport.objects.values_list("state", flat=True)) == set(ReportState.values)
    assert not any(report.is_late for report in BarrierReport.objects.open())
    assert all(report.came_in_time for report in BarrierReport.objects.filter(state=ReportState.ANSWERED))


def test_some_actors_show_what_they_offer(made):
    assert Actor.objects.offering_publicly().count() == 4


def test_it_happened_in_the_past_and_is_marked(made):
    assert Event.objects.filter(demonstration=False).count() == 0
    assert not Event.objects.filter(at__gt=now()).exists()
    assert Delivery.objects.exclude(state=Delivery.State.RECORDED).count() == 0


def test_every_account_of_the_file_can_sign_in(made):
    folder, printed = made

    lines = (folder / "demo-accounts.txt").read_text(encoding="utf-8").splitlines()
    accounts = [line.split(maxsplit=2) for line in lines]
    assert printed.splitlines() == lines
    assert {address for address, _password, _name in accounts} == set(Actor.objects.values_list("email", flat=True))
    assert all(authenticate(None, email=address, password=password) for address, password, _name in accounts)
    assert all(address.endswith(".example") for address, _password, _name in accounts)


def test_the_file_is_its_owners_alone(made):
    assert stat.S_IMODE((made[0] / "demo-accounts.txt").stat().st_mode) == 0o600


def test_a_second_run_changes_nothing(made):
    _folder, first = made
    before = rows()

    second = demo()

    assert second == first
    assert rows() == before


def test_after_an_interruption_a_second_run_makes_the_rest(made):
    Partner.objects.all().delete()
    Municipality.objects.filter(name="Wiesen").delete()

    demo()

    assert (Partner.objects.count(), Municipality.objects.count()) == (8, 9)


def test_a_demonstration_that_was_moved_elsewhere_may_be_completed(made, settings):
    settings.LOOPBACK = False

    demo()
