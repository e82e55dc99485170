"""Internal notes: written by the office alone."""

import pytest

from participation.core.errors import NotAllowed
from participation.moderation.models import Note
from participation.moderation.operations import write_note
from tests.factories import CaseFactory

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
