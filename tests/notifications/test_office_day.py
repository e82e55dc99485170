"""The office's morning: what is due within three working days and what is overdue, once a day, if there is anything."""

from datetime import UTC, datetime, timedelta

import pytest

from notifications.preferences import choose
from notifications.states import Rhythm
from notifications.topics import Topic
from participation.actors.models import Actor
from participation.core.clock import travel_to
from participation.events.kinds import Kind
from participation.events.models import Event
from participation.promises.operations import fulfil, remind_of_due, remind_of_overdue
from participation.tasks import remind
from tests.factories import AllianceFactory, IdeaFactory
from tests.notifications.ideas import MONDAY, SITE, fan_out_all, letters, mail
from tests.notifications.news import sweep

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ivo", "eva", "fritz", "olga")]

# Submitted on a Monday, an answer is promised by the end of Monday in two weeks: 7 December.
DUE = datetime(2026, 12, 7, 6, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _monday(max, mia):
    AllianceFactory()
    Actor.objects.update(language="en")
    with travel_to(MONDAY):
        yield


@pytest.fixture
def idea():
    return IdeaFactory(state="submitted", title="Mitfahrbank", case__reference="2026-0042")


def on(days):
    """The morning so many days from the day on which the answer is due."""
    return travel_to(DUE + timedelta(days=days))


def test_nothing_is_said_while_nothing_is_due(idea):
    with on(-6):  # Tuesday: four working days are left
        assert remind_of_due() is None
        assert letters() == []


def test_three_working_days_before_the_whole_office_hears(idea, max):
    with on(-5):  # Wednesday; the weekend does not count
        remind()

        assert letters() == [("promises_due", "Max"), ("promises_due", "Mia")]
        subject, text, html = mail(max, "promises_due")
        assert subject == "2026-0042: the promised answer is due soon"
        assert "These answers are due within three working days:\n\n2026-0042, promised by 7 December 2026" in text
        assert "the day has passed" not in text + html
        assert f"{SITE}/geschaeftsstelle/ideen/2026-0042/" in text


def test_on_the_last_day_it_is_still_due(idea):
    with on(0):
        remind()

        assert letters() == [("promises_due", "Max"), ("promises_due", "Mia")]


def test_once_it_is_overdue_managers_hear_of_it_in_their_letter_alone(idea, max, mia):
    later = IdeaFactory(state="submitted", case__reference="2026-0043", created_at=MONDAY + timedelta(days=1))
    assert later.case
    with on(1):
        remind()

        assert letters() == [("promises_due", "Max"), ("promises_overdue", "Mia")]
        for person, letter in [(max, "promises_due"), (mia, "promises_overdue")]:
            subject, text, _html = mail(person, letter)
            assert subject == "2026-0042: the promised answer is overdue"
            assert text.index("the day has passed") < text.index("2026-0042, promised by 7 December 2026")
            assert text.index("2026-0042") < text.index("due within three working days") < text.index("2026-0043")


def test_once_a_day(idea):
    with on(0):
        assert remind_of_due()
        assert remind_of_due() is None
    with on(1):
        assert remind_of_due()
    assert Event.objects.filter(kind=Kind.PROMISES_DUE).count() == 2


def test_what_was_answered_meanwhile_is_not_told(idea):
    with on(0):
        remind_of_due()
        fulfil(idea.case)

        assert letters() == [("promises_due", "no promise is due soon any more")] * 2


def test_who_switches_it_off_hears_of_neither(idea, max, mia):
    for person in (max, mia):
        choose(person, Topic.OFFICE_DAY, "email", Rhythm.OFF)
    with on(1):
        remind_of_overdue()
        remind_of_due()

        off = "switched off by the recipient"
        assert letters() == [("promises_due", off), ("promises_overdue", off)]


def test_in_a_digest_it_stands_as_one_line(idea, max, mailoutbox):
    choose(max, Topic.OFFICE_DAY, "email", Rhythm.DAILY)
    with on(0):
        remind_of_due()
        fan_out_all()
    with on(1):
        sweep()

    letter = next(one for one in mailoutbox if one.to == [max.email])
    assert letter.subject == "One piece of news for you"
    assert "Promised answers are due soon or overdue." in letter.body
    assert f"{SITE}/geschaeftsstelle/ideen/" in letter.body
