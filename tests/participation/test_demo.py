"""The demonstration alliance: complete, made only once, and never mixed with a real one."""

import io
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from participation.actors.models import Actor
from participation.core.clock import now
from participation.events.models import Event
from participation.ideas.models import Idea
from participation.ideas.states import IdeaState
from participation.management import demonstration_story as story
from participation.management.demonstration import degrees
from participation.promises.models import Promise
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


def test_points_are_computed_from_minutes_and_seconds():
    assert degrees((50, 3, 53)) == 50.06472
    assert degrees((9, 15, 0)) == 9.25
