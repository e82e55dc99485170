"""Clicks at the same moment, with real threads on a real database."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from participation.events.models import Event
from participation.ideas.models import Answer
from participation.moderation.models import Note
from tests.factories import AllianceFactory, IdeaFactory, as_

pytestmark = pytest.mark.django_db(transaction=True)

CLICKS = 4


@pytest.fixture(autouse=True)
def _alliance():
    AllianceFactory()


def clicks(people, address, words):
    """The statuses when each of ``people`` sends the same form at the same moment."""
    clients, start, answered = [as_(person) for person in people], threading.Barrier(len(people)), []

    def click(client):
        start.wait(timeout=10)
        try:
            answered.append(client.post(address, words).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=click, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(answered)


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ("publish_idea", {"version": 1, "text": "Danke."}),
        ("decline_idea", {"version": 1, "reason": "rude", "text": "So nicht."}),
        ("take_idea", {"holder": ""}),
    ],
)
def test_clicks_of_one_person_are_one_act_and_no_complaint(max, act, words):
    idea = IdeaFactory(state="submitted")

    assert clicks([max] * CLICKS, reverse(act, args=[idea.reference]), words) == [302] * CLICKS
    assert Event.objects.filter(case=idea.case).count() == 1


def test_clicks_of_one_person_are_one_note_and_one_draft(max):
    idea = IdeaFactory()

    notes = clicks([max] * CLICKS, reverse("note_idea", args=[idea.reference]), {"text": "Angerufen."})
    drafts = clicks([max] * CLICKS, reverse("draft_answer", args=[idea.reference]), {"version": 1, "text": "Ja."})

    assert notes == drafts == [302] * CLICKS
    assert (Note.objects.count(), Answer.objects.count()) == (1, 1)


def test_of_two_moderators_one_publishes_and_the_other_is_told(max, mia):
    for _round in range(5):
        idea = IdeaFactory(state="submitted")
        address = reverse("publish_idea", args=[idea.reference])

        assert clicks([max, mia], address, {"version": 1, "text": "Danke."}) == [302, 409]
        assert Event.objects.filter(case=idea.case).count() == 1
        assert idea.reviews.count() == 1
