"""Two senders at once, with real threads on a real database: every letter goes to one of them."""

import threading

import pytest
from django.core import mail
from django.db import connection

from notifications import digests, fanout, outbox, sender
from notifications.canary import post_canary
from notifications.models import Delivery, Intake, Resending
from notifications.resending import OnItsWay, send_again
from notifications.states import State
from participation.core.clock import now
from participation.core.errors import Outdated, Refusal
from participation.events.kinds import Kind
from participation.events.record import record
from tests.factories import ActorFactory, AppointmentFactory, BarrierReportFactory, IdeaFactory
from tests.letter_factories import DeliveryFactory
from tests.notifications.news import news

from .letters_of_case import an_event

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*jobs):
    """Run ``jobs`` in threads that start together; return their results in order."""
    gate, results, troubles = threading.Barrier(len(jobs)), [None] * len(jobs), []

    def run(number, job):
        try:
            gate.wait(timeout=10)
            results[number] = job()
        except Exception as trouble:
            troubles.append(trouble)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert troubles == []
    return results


def some_letters(count):
    ada = ActorFactory()
    return {DeliveryFactory(letter="password_changed", recipient=ada).pk for _ in range(count)}


def test_two_senders_claim_different_letters():
    letters = some_letters(20)

    def claim_all():
        mine = []
        while some := outbox.claim(4):
            mine += some
        return mine

    first, second = at_once(claim_all, claim_all)

    assert not set(first) & set(second)
    assert set(first) | set(second) == letters
    assert len(first) + len(second) == 20


def test_two_senders_send_each_letter_once():
    some_letters(20)

    at_once(sender.send_due, sender.send_due)

    assert len(mail.outbox) == 20
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 20
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.SENT}


def test_two_fan_outs_of_one_event_write_each_letter_once():
    for _ in range(3):
        AppointmentFactory()
    report = BarrierReportFactory()
    event = record(Kind.BARRIER_REPORTED, case=report.case, report=report.pk)

    at_once(lambda: fanout.fan_out(event.pk), lambda: fanout.fan_out(event.pk))

    assert Delivery.objects.count() == 4
    assert Intake.objects.get().attempts == 1


def test_two_gatherers_one_gets_all_the_other_nothing():
    ada = ActorFactory()
    for number in range(5):
        news(f"2026-000{number}", ada)
    Delivery.objects.update(not_before=now())

    results = at_once(lambda: digests.gather(ada.pk), lambda: digests.gather(ada.pk))

    digest = Delivery.objects.get(letter="digest")
    assert sorted(results) == [False, True]
    assert digest.items.filter(state=State.BUNDLED).count() == 5


def test_two_moderators_send_a_letter_again_once():
    idea = IdeaFactory()
    event = an_event(idea)
    fields = {"state": State.FAILED, "finished_at": now()}
    letter = DeliveryFactory(letter="idea_published", event=event, recipient=idea.author, **fields)
    people = [ActorFactory(posts=["moderator"]) for _ in range(2)]

    def click(person):
        try:
            send_again(Delivery.objects.get(pk=letter.pk), seen=letter.message_id, by=person)
        except Refusal as refusal:
            return type(refusal)
        return None

    said = at_once(*[lambda person=person: click(person) for person in people])

    sender.send_due()
    assert None in said
    assert set(said) - {None} <= {Outdated, OnItsWay}
    assert len(set(said)) == 2
    assert Resending.objects.count() == 1
    assert len(mail.outbox) == 1


def test_two_beats_post_one_canary():
    at_once(*[post_canary] * 3)

    assert Delivery.objects.get().letter == "canary"
