"""One queue for ideas, reports and objections: the oldest promise first, nothing of one's own."""

from datetime import timedelta

import pytest

from participation.core.clock import now
from participation.moderation.queries import ALL, MINE, NOBODY
from participation.moderation.waiting import Waiting, reports_waiting
from participation.promises.models import Promise
from tests.factories import IdeaFactory
from tests.report_factories import ObjectionFactory, ReportFactory, StatementFactory

pytestmark = pytest.mark.django_db

QUEUE = "/geschaeftsstelle/ideen/"


def due_in(days, row):
    Promise.objects.filter(case=row.case).update(due_at=now() + timedelta(days=days))
    return row


@pytest.fixture
def things():
    """An idea, a report and an objection, the report due first, the objection last."""
    return [
        due_in(2, IdeaFactory(state="submitted")), due_in(1, ReportFactory()), due_in(3, ObjectionFactory()),
    ]  # fmt: skip


def test_the_oldest_promise_stands_on_top_whatever_it_is_about(things, max):
    idea, report, objection = things

    assert list(Waiting(max, ALL)[0:9]) == [report, idea, objection]
    assert list(Waiting(max, NOBODY)[1:3]) == [idea, objection]
    assert len(Waiting(max, MINE)) == 0
    assert [row.left.days_left for row in Waiting(max, ALL)[0:2]] == [1, 2]


def test_what_is_decided_or_ones_own_does_not_wait(max):
    ReportFactory(rejected=True)
    ReportFactory(thing=IdeaFactory(author=max))
    ObjectionFactory(statement=StatementFactory(thing=IdeaFactory(author=max)))

    assert (len(Waiting(max, ALL)), reports_waiting(max)) == (0, 0)


def test_the_intern_sees_ideas_only(things, ivo):
    assert list(Waiting(ivo, ALL)[0:9]) == [things[0]]
    assert reports_waiting(ivo) == 0


def test_the_page_shows_all_three_and_counts_them(things, max, as_):
    page = as_(max).get(QUEUE)

    text = page.content.decode()
    places = [text.index(row.case.reference) for row in (things[1], things[0], things[2])]
    assert places == sorted(places)
    assert [tab["count"] for tab in page.context["tabs"]] == [3, 0, 3]


def test_it_asks_as_often_for_thirty_as_for_three(things, max, as_, django_assert_max_num_queries):
    client = as_(max)
    client.get(QUEUE)
    for _number in range(9):
        ReportFactory()
        IdeaFactory(state="submitted")

    with django_assert_max_num_queries(20):
        client.get(QUEUE)
