"""The demonstration alliance: complete, made only once, and never mixed with a real one."""

import io
import stat
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from notifications.models import Delivery
from participation.accessibility.models import BarrierReport
from participation.accessibility.states import ReportState
from participation.actors.models import Actor, Appointment, Post
from participation.core.clock import now, today
from participation.events.models import Event
from participation.ideas.models import Idea
from participation.ideas.states import IdeaState
from participation.management import demonstration_story as story
from participation.management.demonstration import degrees
from participation.promises.models import Promise
from participation.region.models import Alliance, FieldOfAction, LegalText, Municipality, Partner
from tests.factories import ActorFactory

pytestmark = pytest.mark.django_db

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def folder(settings, tmp_path):
    """A data folder of this test's own."""
    settings.DATA_DIR = tmp_path / "var"
    return settings.DATA_DIR


def demo():
    """Run the command; returns what it prints."""
    out = io.StringIO()
    call_command("demo", stdout=out)
    return out.getvalue()


def rows():
    """Table → all its rows, of all our tables."""
    models = [*apps.get_app_config("participation").get_models(), *apps.get_app_config("notifications").get_models()]
    return {model.__name__: sorted(map(str, model.objects.values_list())) for model in models}


def test_it_makes_the_alliance_of_the_public_sources(folder):
    demo()

    assert Municipality.objects.count() == 9
    assert Alliance.objects.get().expected_municipalities == 10
    assert FieldOfAction.objects.count() == 8
    assert Partner.objects.exclude(together="").count() == 8
    assert set(LegalText.objects.values_list("kind", flat=True)) == set(LegalText.Kind.values)
    assert set(Appointment.objects.running(today()).values_list("post", flat=True)) == set(Post.values)


def test_one_barrier_is_answered_and_others_wait_without_being_late(folder):
    demo()

    assert set(BarrierReport.objects.values_list("state", flat=True)) == set(ReportState.values)
    assert not any(report.is_late for report in BarrierReport.objects.open())
    assert all(report.came_in_time for report in BarrierReport.objects.filter(state=ReportState.ANSWERED))


def test_some_actors_show_what_they_offer(folder):
    demo()

    assert Actor.objects.offering_publicly().count() == 4


def test_it_happened_in_the_past_and_is_marked(folder):
    demo()

    assert Event.objects.filter(demonstration=False).count() == 0
    assert not Event.objects.filter(at__gt=now()).exists()
    assert Delivery.objects.exclude(state=Delivery.State.RECORDED).count() == 0


def test_every_account_of_the_file_can_sign_in(folder):
    printed = demo()

    lines = (folder / "demo-accounts.txt").read_text(encoding="utf-8").splitlines()
    accounts = [line.split(maxsplit=2) for line in lines]
    assert printed.splitlines() == lines
    assert {address for address, _password, _name in accounts} == set(Actor.objects.values_list("email", flat=True))
    assert all(authenticate(None, email=address, password=password) for address, password, _name in accounts)
    assert all(address.endswith(".example") for address, _password, _name in accounts)


def test_the_file_is_its_owners_alone(folder):
    demo()

    assert stat.S_IMODE((folder / "demo-accounts.txt").stat().st_mode) == 0o600


def test_a_second_run_changes_nothing(folder):
    first = demo()
    before = rows()

    second = demo()

    assert second == first
    assert rows() == before


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2027, 1, 7, 0, 30, tzinfo=BERLIN),  # after many holidays
        datetime(2027, 3, 28, 3, 30, tzinfo=BERLIN),  # Easter Sunday, the night in which the clocks change
        datetime(2028, 2, 29, 23, 30, tzinfo=BERLIN),
    ],
)
def test_on_whichever_day_it_is_loaded_two_answers_are_overdue(folder, moment):
    with time_machine.travel(moment, tick=False):
        demo()

        assert Promise.objects.overdue().count() == 2
        assert not Event.objects.filter(at__gt=now()).exists()
        assert set(Idea.objects.values_list("state", flat=True)) == set(IdeaState)


def test_a_story_that_breaks_off_leaves_nothing(folder, monkeypatch):
    def broken(*_):
        raise RuntimeError("somewhere in the middle")

    monkeypatch.setitem(story.STEPS, "prepare", broken)
    before = rows()

    with pytest.raises(RuntimeError):
        demo()

    assert rows() == before


def test_after_an_interruption_a_second_run_makes_the_rest(folder):
    demo()
    Partner.objects.all().delete()
    Municipality.objects.filter(name="Wiesen").delete()

    demo()

    assert (Partner.objects.count(), Municipality.objects.count()) == (8, 9)


def test_two_installations_have_two_passwords(folder):
    first = demo()
    Actor.objects.update(password="!")
    (folder / "demo-accounts.txt").unlink()

    second = demo()

    address, password, _name = second.splitlines()[0].split(maxsplit=2)
    assert second != first
    assert authenticate(None, email=address, password=password)


def test_it_refuses_a_portal_that_others_reach(folder, settings):
    settings.LOOPBACK = False
    before = rows()

    with pytest.raises(CommandError):
        demo()

    assert rows() == before
    assert not (folder / "demo-accounts.txt").exists()


def test_it_refuses_a_portal_with_a_life_of_its_own(folder):
    ActorFactory()
    before = rows()

    with pytest.raises(CommandError):
        demo()

    assert rows() == before
    assert not (folder / "demo-accounts.txt").exists()


def test_a_demonstration_that_was_moved_elsewhere_may_be_completed(folder, settings):
    demo()
    settings.LOOPBACK = False

    demo()


def test_points_are_computed_from_minutes_and_seconds():
    assert degrees((50, 3, 53)) == 50.06472
    assert degrees((9, 15, 0)) == 9.25
