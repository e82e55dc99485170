"""Ten thousand ideas, read page by page while others are written: none is missing, none comes twice."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db.models import F

from participation.core.clock import now
from participation.events.kinds import CaseKind
from participation.events.models import Case
from participation.ideas.models import Idea
from portal.throttles import AddressThrottle
from tests.factories import ActorFactory, FieldOfActionFactory

pytestmark = pytest.mark.django_db
SAME_MOMENT = 700  # ideas of one moment, which fill seven pages: the order must not hang on moments alone
BEGUN = now().replace(microsecond=0) - timedelta(days=30)


class Writer:
    """Writes public ideas by the hundred."""

    def __init__(self):
        self.fields = {"author": ActorFactory(), "field": FieldOfActionFactory(), "state": "published"}
        self.number = 0

    def write(self, count, moment):
        """``count`` more ideas, published at ``moment(number)``; returns their references."""
        numbers = range(self.number, self.number + count)
        self.number += count
        cases = Case.objects.bulk_create(
            Case(reference=f"P-{it:05d}", kind=CaseKind.IDEA, title="x", path=f"/ideen/P-{it:05d}/", public=True,
                 opened_at=moment(it)) for it in numbers
        )  # fmt: skip
        Idea.objects.bulk_create(
            Idea(case=case, title="Bank", text="x", html="<p>x</p>", created_at=at, updated_at=at, submitted_at=at,
                 published_at=at, moved_at=at, **self.fields)
            for case in cases for at in (case.opened_at,)
        )  # fmt: skip
        return {case.reference for case in cases}


@pytest.fixture
def writer(monkeypatch):
    """Whoever writes; nobody is throttled."""
    monkeypatch.setattr(AddressThrottle, "rate", "1000000/min", raising=False)
    return Writer()


def early(number):
    return BEGUN + timedelta(minutes=number // SAME_MOMENT)


def pages(client, address):
    """The references of each page, until there is no next one."""
    while address:
        answer = client.get(urlsplit(address)._replace(scheme="", netloc="").geturl()).json()
        yield [row["reference"] for row in answer["results"]]
        address = answer["next"]


@pytest.mark.parametrize(("order", "many"), [("published", 10_000), ("-published", 2_000)])
def test_none_is_missing_and_none_comes_twice(sam, writer, order, many):
    there = writer.write(many, early)
    read, written = [], set()

    for page in pages(sam, f"/api/v1/ideas/?page_size=100&order={order}"):
        read += page
        if len(written) < 60:
            written |= writer.write(3, lambda number: now())

    assert len(read) == len(set(read))
    assert there - set(read) == set()
    assert set(read) - there == (written if order == "published" else set())


def test_in_the_order_of_changes_none_is_missing_and_what_moved_comes_again_at_the_end(sam, writer):
    there = writer.write(2000, early)
    read, moved = [], set()

    for number, page in enumerate(pages(sam, "/api/v1/ideas/?page_size=100&order=changed")):
        if number < 20:
            moved.add(page[0])
            Idea.objects.filter(case__reference=page[0]).update(moved_at=now(), version=F("version") + 1)
        read += page

    assert set(read) == there
    assert {it for it in read if read.count(it) > 1} == moved
    assert set(read[2000:]) == moved
