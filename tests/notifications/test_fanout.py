"""From an event to its letters."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import FieldError
from django.db import transaction

from notifications import audiences, catalogue, fanout, tasks
from notifications.catalogue import LETTERS, Letter
from notifications.models import Delivery, Intake
from notifications.silent import SILENT
from notifications.states import State, Urgency
from participation.accessibility.models import BarrierReport
from participation.actors.models import Appointment
from participation.core.clock import today, travel_to
from participation.events.kinds import Kind
from participation.events.models import Event
from participation.events.record import demonstration, record
from tests.factories import ActorFactory, AppointmentFactory, BarrierReportFactory, EventFactory
from tests.letters import deliver_all

pytestmark = pytest.mark.django_db

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock():
    """A clock that stands still until a test moves it."""
    with time_machine.travel(START, tick=False) as clock:
        yield clock


def report_a_barrier(**fields):
    report = BarrierReportFactory(**fields)
    return record(Kind.BARRIER_REPORTED, case=report.case, report=report.pk)


def letters():
    """Which letters go where."""
    rows = Delivery.objects.select_related("recipient")
    return {(row.letter, row.address or row.recipient.email) for row in rows}


def test_every_kind_of_event_makes_letters_or_says_why_not():
    assert set(LETTERS) | set(SILENT) == set(Kind)
    assert not set(LETTERS) & set(SILENT)
    assert all(SILENT.values())


def test_names_of_letters_are_given_once():
    different = {letter for row in LETTERS.values() for letter in row}
    names = [letter.name for letter in different] + list(catalogue.ACCOUNT_LETTERS)

    assert len(names) == len(set(names)) == len(catalogue.BY_NAME)


def test_a_reported_barrier_reaches_the_office_and_thanks_the_reporter(max, mia, ivo, eva, ada):
    event = report_a_barrier()

    fanout.fan_out(event.pk)

    assert letters() == {
        ("barrier_to_answer", "max@allianz.example"),
        ("barrier_to_answer", "mia@allianz.example"),
        ("barrier_received", "leser@post.example"),
    }
    assert Intake.objects.get().done_at


def test_a_post_that_ended_or_has_not_begun_hears_nothing(db):
    AppointmentFactory(post="manager", until=today() - timedelta(days=1))
    AppointmentFactory(post="moderator", since=today() + timedelta(days=1))

    fanout.fan_out(report_a_barrier(email="").pk)

    assert letters() == set()


def test_two_posts_in_one_hand_bring_one_letter(max):
    AppointmentFactory(actor=max, post="manager")

    fanout.fan_out(report_a_barrier(email="").pk)

    assert letters() == {("barrier_to_answer", "max@allianz.example")}


def test_who_loses_the_post_before_the_letter_leaves_does_not_get_it(max):
    fanout.fan_out(report_a_barrier(email="").pk)
    Appointment.objects.update(until=today() - timedelta(days=1))

    assert deliver_all() == []
    assert Delivery.objects.get().reason == "the letter no longer concerns the recipient"


def test_a_reporter_without_an_address_is_reached_at_the_account(ada):
    fanout.fan_out(report_a_barrier(email="", reporter=ada).pk)

    assert letters() == {("barrier_received", "ada@allianz.example")}


def test_a_reporter_with_an_account_is_reached_at_the_address_of_the_report(ada):
    fanout.fan_out(report_a_barrier(email="anders@post.example", reporter=ada).pk)

    assert letters() == {("barrier_received", "anders@post.example")}
    assert Delivery.objects.get().recipient == ada


def test_an_anonymous_report_is_nobody_s_to_answer(db):
    fanout.fan_out(report_a_barrier(email="").pk)

    assert letters() == set()


@pytest.mark.parametrize(
    ("kind", "name"), [(Kind.APPOINTMENT_MADE, "appointment_made"), (Kind.APPOINTMENT_ENDED, "appointment_ended")]
)
def test_whoever_is_appointed_or_leaves_gets_a_letter_in_their_language(kind, name):
    eva = ActorFactory(email="eva@post.example", language="en")
    appointment = AppointmentFactory(actor=eva, post="mayor", until=today())

    record(kind, appointment=appointment.pk)
    (letter,) = deliver_all()

    assert letter.to == ["eva@post.example"]
    assert Delivery.objects.get().language == "en"
    assert Delivery.objects.get().letter == name


def test_an_appointment_of_a_gone_account_tells_nobody():
    appointment = AppointmentFactory(actor__is_active=False)

    fanout.fan_out(record(Kind.APPOINTMENT_ENDED, appointment=appointment.pk).pk)

    assert letters() == set()


def test_run_twice_it_writes_no_second_letter(max, mia):
    event = report_a_barrier()

    fanout.fan_out(event.pk)
    before = letters()
    fanout.fan_out(event.pk)
    Intake.objects.update(done_at=None, not_before=START - timedelta(days=9999))
    fanout.fan_out(event.pk)

    assert letters() == before
    assert Delivery.objects.count() == 3


def test_a_fan_out_killed_half_way_goes_on_where_it_stopped(max, mia, clock):
    event = report_a_barrier()

    class Killed(BaseException):
        """What SIGKILL leaves behind."""

    def dying(_event):
        yield from list(audiences.office(event))[:1]
        raise Killed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fanout, "BATCH", 1)
        patch.setitem(LETTERS, Kind.BARRIER_REPORTED, [Letter("barrier_to_answer", None, dying, Urgency.OFFICE)])
        with pytest.raises(Killed):
            fanout.fan_out(event.pk)
    assert Delivery.objects.count() == 1

    fanout.fan_out(event.pk)
    assert Delivery.objects.count() == 1, "the dead worker's lease still runs"

    clock.shift(181)
    fanout.fan_out(event.pk)
    assert Delivery.objects.count() == 3


def test_who_makes_progress_keeps_the_fan_out_however_long_it_takes(max, mia, clock, monkeypatch):
    """Each reader costs two of the three minutes of a lease, and meanwhile another worker asks."""
    event = report_a_barrier()
    taken_away = []

    def slow(_event):
        for one in audiences.office(event):
            clock.shift(120)
            taken_away.append(fanout._take(event.pk))
            yield one

    monkeypatch.setattr(fanout, "BATCH", 1)
    monkeypatch.setattr(fanout, "MOST_SECONDS", 3600)  # the clock of the test moves that one, too
    monkeypatch.setitem(LETTERS, Kind.BARRIER_REPORTED, [Letter("barrier_to_answer", None, slow, Urgency.OFFICE)])
    fanout.fan_out(event.pk)

    assert taken_away == [False, False]
    assert Delivery.objects.count() == 2
    assert Intake.objects.get().done_at == START + timedelta(minutes=4)


def test_an_event_that_kills_its_worker_again_and_again_comes_to_an_end(clock):
    event = report_a_barrier()
    intake = Intake.objects.get(event=event)

    for _ in range(5):
        assert fanout._take(event.pk)
        clock.shift(181)
    assert not fanout._take(event.pk)

    intake.refresh_from_db()
    assert (intake.attempts, intake.done_at, intake.failed_at) == (5, None, datetime.now(UTC))
    assert not fanout.open_intakes().exists()


def test_a_fan_out_that_fails_waits_longer_each_time_and_then_is_given_up(clock, monkeypatch):
    event = report_a_barrier()

    def broken(_event):
        raise FieldError("with somebody's name")

    monkeypatch.setitem(LETTERS, Kind.BARRIER_REPORTED, [Letter("barrier_received", None, broken)])
    for minutes in (1, 5, 30, 120):
        fanout.fan_out(event.pk)
        intake = Intake.objects.get()
        assert intake.not_before == datetime.now(UTC) + timedelta(minutes=minutes)
        clock.shift(minutes * 60)
    fanout.fan_out(event.pk)

    intake = Intake.objects.get()
    assert (intake.attempts, intake.failed_at) == (5, datetime.now(UTC))


def test_a_fan_out_that_somebody_else_finished_is_not_given_up(clock, monkeypatch):
    event = report_a_barrier()
    Intake.objects.update(attempts=4)

    def overtaken(_event):
        Intake.objects.update(done_at=START)
        raise FieldError

    monkeypatch.setitem(LETTERS, Kind.BARRIER_REPORTED, [Letter("barrier_received", None, overtaken)])
    fanout.fan_out(event.pk)

    intake = Intake.objects.get()
    assert (intake.attempts, intake.done_at, intake.failed_at) == (5, START, None)


def test_a_failure_is_logged_without_its_words(monkeypatch, caplog):
    event = report_a_barrier(email="ada@post.example")

    def broken(_event):
        raise FieldError(BarrierReport.objects.get().email)

    monkeypatch.setitem(LETTERS, Kind.BARRIER_REPORTED, [Letter("barrier_received", None, broken)])

    with caplog.at_level("ERROR", "notifications"):
        fanout.fan_out(event.pk)

    assert "FieldError" in caplog.text
    assert "ada@post.example" not in caplog.text


def test_letters_of_made_up_events_are_recorded_and_not_mailed(max):
    with demonstration(), travel_to(START - timedelta(days=90)):
        report_a_barrier()

    assert deliver_all() == []

    assert set(Delivery.objects.values_list("state", flat=True)) == {State.RECORDED}
    assert Delivery.objects.count() == 2
    assert not Delivery.objects.filter(finished_at=None).exists()


def test_an_event_without_letters_costs_no_row(ada):
    record(Kind.TERMS_ACCEPTED, by=ada)

    assert not Intake.objects.exists()


def test_an_event_that_was_rolled_back_leaves_nothing_to_do(db):
    with transaction.atomic():
        report_a_barrier()
        transaction.set_rollback(True)

    assert not Event.objects.exists()
    assert not Intake.objects.exists()


def test_an_event_written_past_the_signal_is_nobody_s_business(max):
    EventFactory(kind=Kind.BARRIER_REPORTED)

    assert deliver_all() == []


@pytest.mark.parametrize("done", [0, 30])
def test_finding_open_fan_outs_costs_the_same_however_many_are_done(done, django_assert_num_queries):
    for _ in range(done):
        Intake.objects.create(event=EventFactory(), not_before=START, done_at=START)

    with django_assert_num_queries(1):
        fanout.wake_open()


def test_the_tasks_take_numbers_by_name_and_ignore_what_they_do_not_know(max):
    event = report_a_barrier(email="")

    tasks.fan_out_event(event_id=event.pk, newer="word")
    tasks.send_batch(newer="word")
    tasks.sweep(newer="word")
    tasks.tidy(newer="word")

    assert Delivery.objects.get().state == State.SENT
