"""What each guard of the office's acts holds back: ``make mutants`` breaks them one at a time, and here one sees it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from participation.actors.models import Appointment
from participation.core.clock import today
from participation.core.errors import NotAllowed
from participation.ideas.models import Answer
from participation.moderation.forms import AnswerForm
from participation.moderation.models import Note
from participation.moderation.operations import prepare_answer, write_note
from participation.promises.models import Promise
from tests.coauthor_factories import CoAuthorFactory
from tests.factories import AllianceFactory, IdeaFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("day", "is_taken"), [(date(1989, 12, 31), False), (None, False), (date(1990, 1, 1), True)])
def test_a_decision_is_of_our_time_and_not_of_tomorrow(day, is_taken):
    idea = IdeaFactory(state="under_consideration")
    day = day or today() + timedelta(days=1)
    words = {"version": 1, "text": "Ja.", "leads_to": "adopted", "body": "council", "decided_on": day.isoformat()}

    form = AnswerForm(words, idea=idea)

    assert form.is_valid() == is_taken
    assert ("decided_on" in form.errors) != is_taken


def test_the_second_click_of_somebody_without_a_post_by_now_is_refused(max):
    idea = IdeaFactory()
    prepare_answer(idea, "Ja.", by=max)
    Appointment.objects.filter(actor=max).delete()

    with pytest.raises(NotAllowed):
        prepare_answer(idea, "Ja.", by=max)

    assert Answer.objects.count() == 1


def test_a_promise_put_off_meanwhile_is_not_put_off_further_unseen(max, mia, as_):
    AllianceFactory()
    idea = IdeaFactory(state="submitted")
    address = reverse("extend_promise", args=[idea.reference])
    seen, until = Promise.objects.get(case=idea.case).due_at, today() + timedelta(days=60)
    words = {"promised": seen.isoformat(timespec="seconds"), "until": until.isoformat(), "reason": "Urlaub"}
    as_(mia).post(address, words)
    due_at = Promise.objects.get(case=idea.case).due_at

    further = {**words, "until": (until + timedelta(days=7)).isoformat(), "reason": "Krankheit"}
    assert as_(max).post(address, further).status_code == 409

    assert Promise.objects.get(case=idea.case).due_at == due_at > seen


def test_where_nothing_is_promised_nothing_is_put_off(max, as_):
    AllianceFactory()
    idea = IdeaFactory(state="submitted")
    Promise.objects.all().delete()
    words = {"promised": "", "until": (today() + timedelta(days=60)).isoformat(), "reason": "Urlaub"}

    assert as_(max).post(reverse("extend_promise", args=[idea.reference]), words).status_code == 409


def test_a_co_author_in_the_office_writes_no_note_about_the_common_idea(ivo):
    idea = IdeaFactory(state="submitted")
    assert write_note(idea.case, "Angerufen.", by=ivo)
    CoAuthorFactory(idea=idea, state="accepted", actor=ivo)

    with pytest.raises(NotAllowed):
        write_note(idea.case, "Noch einmal.", by=ivo)

    assert Note.objects.count() == 1
