"""The canary: each hour a letter to the portal's own mailbox, and a red bar where none left for two hours."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notifications import sender, tasks
from notifications.canary import canaries, post_canary, silent_since
from notifications.models import Delivery
from notifications.states import State, Urgency
from portal.settings import CELERY_BEAT_SCHEDULE
from tests.factories import AllianceFactory
from tests.letter_factories import DeliveryFactory

pytestmark = pytest.mark.django_db

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as clock:
        yield clock


def a_canary(**fields):
    values = {"letter": "canary", "recipient": None, "address": "portal@allianz.example", "urgency": Urgency.OFFICE}
    return DeliveryFactory(**(values | fields))


def sent_canary(at):
    return a_canary(state=State.SENT, created_at=at, finished_at=at)


class TestTheLetter:
    def test_it_goes_the_way_of_all_letters_to_the_mailbox_of_the_portal(self, smtp, settings):
        settings.CANARY_ADDRESS = "canary@allianz.example"

        tasks.post_canary()
        sender.send_due()

        assert smtp.addresses() == ["canary@allianz.example"]
        canary = canaries().get()
        assert (canary.state, canary.urgency) == (State.SENT, Urgency.OFFICE)

    def test_without_a_setting_it_goes_to_the_address_that_writes(self, settings):
        assert settings.CANARY_ADDRESS in settings.DEFAULT_FROM_EMAIL

    def test_it_says_what_it_is_and_asks_for_nothing(self, clock):
        AllianceFactory()
        post_canary()
        sender.send_due()

        (letter,) = mail.outbox
        assert letter.subject.split() == ["E-Mails", "gehen", "hinaus:", "2.", "November", "2026,", "10:00", "Uhr"]
        assert "Niemand muss etwas tun" in letter.body
        assert "/geschaeftsstelle/postausgang/" in letter.body
        assert "List-Unsubscribe" not in letter.extra_headers

    def test_beat_posts_one_each_hour(self):
        assert CELERY_BEAT_SCHEDULE["canary"]["task"] == tasks.post_canary.name
        assert CELERY_BEAT_SCHEDULE["canary"]["schedule"] == 3600

    def test_while_one_waits_there_is_no_second_and_that_one_is_tried_anew(self, clock):
        waiting = a_canary(attempts=4, not_before=START + 2 * HOUR)

        post_canary()

        assert canaries().get() == waiting
        waiting.refresh_from_db()
        assert (waiting.attempts, waiting.not_before) == (0, START)

    def test_nor_while_one_is_being_sent(self, clock):
        a_canary(state=State.SENDING, claimed_at=START)

        post_canary()

        assert canaries().get().state == State.SENDING

    @pytest.mark.parametrize("state", [State.SENT, State.FAILED])
    def test_after_one_that_ended_the_next_follows(self, state, clock):
        a_canary(state=state, finished_at=START)

        post_canary()

        assert sorted(canaries().values_list("state", flat=True)) == sorted([state, State.DUE])


class TestTheSilence:
    def test_before_the_first_nothing_is_late(self, clock):
        assert silent_since() is None

    def test_two_hours_after_the_last_it_is_silent_since_then(self, clock):
        sent_canary(START)
        sent_canary(START - HOUR)

        clock.move_to(START + 2 * HOUR - timedelta(seconds=1))
        assert silent_since() is None
        clock.move_to(START + 2 * HOUR)
        assert silent_since() == START

    @pytest.mark.parametrize("state", [State.DUE, State.FAILED])
    def test_where_none_was_ever_sent_it_is_silent_since_the_first_was_posted(self, state, clock):
        a_canary(created_at=START - 3 * HOUR, state=state, finished_at=START if state == State.FAILED else None)

        assert silent_since() == START - 3 * HOUR

    def test_other_letters_say_nothing_about_it(self, clock):
        sent_canary(START - 3 * HOUR)
        DeliveryFactory(state=State.SENT, finished_at=START)

        assert silent_since() == START - 3 * HOUR


class TestForgetting:
    def test_those_of_more_than_a_week_ago_go_but_the_last_that_was_sent(self, clock):
        old = START - timedelta(days=8)
        sent_canary(old - HOUR)
        last = sent_canary(old)
        a_canary(state=State.FAILED, created_at=old + HOUR, finished_at=old + HOUR)
        young = a_canary(state=State.FAILED, created_at=START, finished_at=START - timedelta(days=7))
        waiting = a_canary(created_at=old)
        other = DeliveryFactory(state=State.SENT, finished_at=old)

        tasks.tidy()
        tasks.tidy()

        assert set(Delivery.objects.all()) == {last, young, waiting, other}


class TestTheBar:
    @pytest.fixture(autouse=True)
    def _silent(self, db):
        sent_canary(datetime.now(UTC) - timedelta(hours=3))

    @pytest.mark.parametrize("who", ["ivo", "max", "mia", "root"])
    @pytest.mark.parametrize("path", ["/", "/meine/", "/impressum/"])
    def test_people_of_the_office_see_it_on_every_page(self, who, path, request, as_):
        page = as_(request.getfixturevalue(who)).get(path).content.decode()

        assert page.count('role="alert"') == 1

    @pytest.mark.parametrize("who", ["ada", "eva", "otto", "ale", "fritz"])
    def test_others_do_not(self, who, request, as_):
        assert 'role="alert"' not in as_(request.getfixturevalue(who)).get("/").content.decode()

    def test_nor_do_strangers(self, sam):
        assert 'role="alert"' not in sam.get("/").content.decode()

    def test_it_leads_to_the_outbox_who_may_look_into_it(self, mia, max, as_):
        assert 'href="/geschaeftsstelle/postausgang/">Postausgang ansehen' in as_(mia).get("/").content.decode()
        assert "/postausgang/" not in as_(max).get("/").content.decode()

    def test_it_goes_as_soon_as_one_was_sent(self, max, as_):
        sent_canary(datetime.now(UTC))

        assert 'role="alert"' not in as_(max).get("/").content.decode()

    def test_it_costs_the_office_one_question_and_others_none(self, max, ada, as_):
        clients = [as_(person) for person in (max, ada)]
        for client in clients:
            client.get("/impressum/")

        found = []
        for client in clients:
            with CaptureQueriesContext(connection) as captured:
                client.get("/impressum/")
            found.append(sum("canary" in query["sql"] for query in captured))

        assert found == [1, 0]

    def test_health_tells_it_and_stays_ready(self, client):
        answer = client.get("/health/ready")

        assert answer.status_code == 200
        assert answer.json()["letters_leave"] is False
