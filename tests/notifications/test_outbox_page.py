"""The operators' page: what waits, what failed, how fast letters leave, and which fan-outs hang."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from notifications import watch
from notifications.choices import SWITCHED_OFF
from notifications.models import Intake, Pace, Refusal
from notifications.states import UNFINISHED, State, Urgency
from participation.core.clock import now
from participation.events.kinds import Kind
from tests.factories import ActorFactory, EventFactory
from tests.letter_factories import DeliveryFactory

pytestmark = pytest.mark.django_db

URL = "/geschaeftsstelle/postausgang/"
START = datetime(2026, 11, 2, 9, 30, 20, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as clock:
        yield clock


@pytest.fixture
def page(mia, as_):
    """Looks at the page in English."""
    type(mia).objects.update(language="en")
    return lambda: as_(mia).get(URL)


def letters(count, **fields):
    if fields.get("state", "due") not in UNFINISHED:
        fields.setdefault("finished_at", now())
    return [DeliveryFactory(recipient=ActorFactory(), **fields) for _ in range(count)]


def test_the_queue_by_urgency_and_state_with_the_age_of_the_oldest(page, clock):
    letters(2, urgency=Urgency.ACCOUNT)
    letters(1, urgency=Urgency.FOLLOWED, state="held", created_at=START - 30 * MINUTE)
    letters(3, urgency=Urgency.FOLLOWED, state="sending", created_at=START - MINUTE)
    letters(5, urgency=Urgency.OFFICE, state="sent")

    rows = {row["label"]: (row["cells"], row["oldest"]) for row in page().context["queues"]}

    assert next(iter(rows.values())) == ([2, 0, 0, 0], "10:30")
    assert rows[Urgency.OFFICE.label] == ([0, 0, 0, 0], "")
    assert rows[Urgency.FOLLOWED.label] == ([0, 3, 1, 0], "10:00")


def test_failures_of_a_week_by_reason_in_words(page, clock):
    letters(2, state="failed", reason="refused: 552 5.2.2")
    letters(1, state="failed", reason="refused: 552")
    letters(1, state="failed", reason="refused: 550 5.1.1", finished_at=START - timedelta(days=7))
    letters(1, state="failed", reason="refused: 550 5.7.1", finished_at=START - timedelta(days=7, seconds=1))
    letters(4, state="suppressed", reason=SWITCHED_OFF)

    context = page().context

    assert context["failed"] == [("the mailbox is full", 3), ("the mailbox does not exist", 1)]
    assert context["suppressed"] == [("switched off by the recipient", 4)]


def test_letters_a_minute_over_the_last_hour_digests_counted_once(page, clock):
    (digest,) = letters(1, state="sent", letter="digest")
    letters(3, state="sent", bundle=digest)
    letters(2, state="sent", finished_at=START - MINUTE)
    letters(1, state="sent", finished_at=START - 59 * MINUTE)
    letters(1, state="sent", finished_at=START - 60 * MINUTE)
    letters(1, state="failed")

    numbers = watch.minutes()

    assert (len(numbers), numbers[0], numbers[-2:], sum(numbers)) == (60, 1, [2, 1], 4)
    context = page().context
    assert (context["hour"], context["most"]) == (4, 2)
    assert context["bars"] == [(0, 24, 24), (290, 0, 48), (295, 24, 24)]


def test_fan_outs_that_are_open_or_were_given_up(page, clock):
    def intake(**fields):
        event = EventFactory(kind=Kind.IDEA_PUBLISHED, at=START - 5 * MINUTE)
        return Intake.objects.create(event=event, not_before=now(), **fields)

    intake()
    intake()
    intake(done_at=now())
    given_up = intake(failed_at=now())

    answer = page()

    fan_outs = answer.context["fan_outs"]
    assert (fan_outs["open"], fan_outs["oldest"], fan_outs["failed"]) == (2, START - 5 * MINUTE, 1)
    assert fan_outs["shown"] == [given_up]
    assert reverse("write_letters_again", args=[given_up.pk]) in answer.content.decode()


def test_mailboxes_that_refuse_are_counted_and_never_named(page):
    for number in range(2):
        Refusal.objects.create(address=f"gone{number}@post.example", since=now(), reason="refused: 550 5.1.1")

    answer = page()

    assert answer.context["refusing"] == [("the mailbox does not exist", 2)]
    assert "@post.example" not in answer.content.decode()


def test_no_address_of_a_letter_stands_on_it(page):
    letters(1, state="failed", address="paul@post.example", reason="refused: 550")

    assert "paul@post.example" not in page().content.decode()


def test_the_limit_is_told_where_there_is_one(page, settings, clock):
    assert page().context["limit"] is None

    settings.LETTERS_PER_MINUTE = 100
    Pace.objects.create(minute=START.replace(second=0), letters=7)

    assert page().context["limit"] == (7, 100)


def test_the_canary(page, clock):
    assert "None was written yet" in page().content.decode()

    canary = DeliveryFactory(letter="canary", recipient=None, address="p@allianz.example", urgency=Urgency.OFFICE)
    assert (
        "The first one waits since Monday, 2\N{NO-BREAK SPACE}November\N{NO-BREAK SPACE}2026, 10:30."
        in page().content.decode()
    )

    type(canary).objects.filter(pk=canary.pk).update(state=State.SENT, finished_at=START)
    assert "Last sent Monday, 2\N{NO-BREAK SPACE}November\N{NO-BREAK SPACE}2026, 10:30." in page().content.decode()


def test_a_superuser_finds_it_in_the_menu(root, as_):
    client = as_(root)

    assert f'href="{URL}"' in client.get("/").content.decode()
    assert client.get(URL).status_code == 200


def test_a_superuser_without_a_second_factor_is_led_there(root, as_, settings):
    settings.LOOPBACK = False

    assert as_(root).get(URL).headers["Location"] == reverse("mfa_index")


@pytest.mark.parametrize("rows", [1, 30])
def test_it_asks_the_database_no_oftener_for_many(rows, mia, as_, django_assert_num_queries):
    for state in State:
        letters(rows, state=state, reason="refused: 550")
    for _ in range(rows):
        Intake.objects.create(event=EventFactory(kind=Kind.IDEA_PUBLISHED), not_before=now(), failed_at=now())
    client = as_(mia)
    client.get(URL)

    with django_assert_num_queries(13):
        client.get(URL)
