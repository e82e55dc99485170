"""Internal notes: written by the office alone, and never about one's own case."""

from datetime import timedelta

import pytest
import time_machine

from participation.core.clock import now
from participation.core.errors import NotAllowed
from participation.moderation.models import Note
from participation.moderation.operations import write_note
from tests.factories import ActorFactory, CaseFactory, IdeaFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("person", ["mia", "max", "ivo"])
def test_the_office_keeps_a_word(person, request):
    note = write_note(CaseFactory(), "Bitte anrufen.", by=request.getfixturevalue(person))

    assert Note.objects.get() == note
    assert note.text == "Bitte anrufen."


@pytest.mark.parametrize("person", ["ada", "eva", "otto", "ale", "root", "fritz"])
def test_nobody_else(person, request):
    with pytest.raises(NotAllowed):
        write_note(CaseFactory(), "Bitte anrufen.", by=request.getfixturevalue(person))
    assert not Note.objects.exists()


@pytest.mark.parametrize("post", ["manager", "moderator", "intern"])
def test_nobody_about_their_own_idea_superusers_included(post):
    author = ActorFactory(posts=[post], is_staff=True, is_superuser=True)

    with pytest.raises(NotAllowed):
        write_note(IdeaFactory(author=author).case, "Bitte bald.", by=author)
    assert not Note.objects.exists()


def test_the_same_words_twice_within_a_minute_are_one_note(max, mia):
    case = CaseFactory()
    with time_machine.travel(now(), tick=False) as clock:
        first = write_note(case, "Bitte anrufen.", by=max)
        again = write_note(case, "Bitte anrufen.", by=max)
        write_note(case, "Bitte anrufen.", by=mia)
        clock.shift(timedelta(minutes=2))
        write_note(case, "Bitte anrufen.", by=max)

    assert again == first
    assert Note.objects.count() == 3
