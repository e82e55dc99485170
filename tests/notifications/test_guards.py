"""What each guard of the letters holds back: ``make mutants`` breaks them one at a time, and here one sees it."""

from datetime import UTC, datetime, timedelta

import pytest

from notifications import digests
from notifications.models import Delivery
from notifications.preferences import choose
from notifications.states import Rhythm, State
from notifications.topics import Topic
from notifications.unwanted import NO_LONGER
from participation.actors.models import Actor, Appointment
from participation.core.clock import today, travel_to
from participation.discussion.models import Comment
from participation.events.kinds import Kind
from participation.events.record import record
from participation.ideas.operations.taking_part import comment_on
from tests.factories import AllianceFactory, BarrierReportFactory, CommentFactory, IdeaFactory
from tests.letters import deliver_all
from tests.notifications.ideas import fan_out_all

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)  # a Monday
MORNING = datetime(2026, 11, 24, 6, 5, tzinfo=UTC)  # seven o'clock in Berlin, and five minutes
EMAIL = "email"


@pytest.fixture(autouse=True)
def _noon(ada, olga):
    AllianceFactory()
    Actor.objects.update(language="en")
    with travel_to(NOON):
        yield


def test_a_digest_tells_nobody_of_the_work_of_an_office_they_left(max):
    choose(max, Topic.OFFICE_NEW, EMAIL, Rhythm.DAILY)
    report = BarrierReportFactory(email="")
    record(Kind.BARRIER_REPORTED, case=report.case, report=report.pk)
    fan_out_all()
    Appointment.objects.update(until=today() - timedelta(days=1))

    with travel_to(MORNING):
        digests.gather_due()

        assert deliver_all() == []
    row = Delivery.objects.get(letter="barrier_to_answer")
    assert (row.state, row.reason) == (State.SUPPRESSED, NO_LONGER)


@pytest.mark.usefixtures("all_at_once")
def test_a_reply_is_told_to_nobody_whose_comment_it_no_longer_answers(ada, olga):
    idea = IdeaFactory(author=None)
    said = CommentFactory(case=idea.case, author=olga)
    comment_on(idea, "Stimmt.", by=ada, parent=said)
    fan_out_all()
    Comment.objects.filter(pk=said.pk).update(author=None)

    assert deliver_all() == []
    assert Delivery.objects.get().reason == "the comment that was replied to is gone"
