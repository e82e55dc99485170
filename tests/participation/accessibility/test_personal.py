"""What happens to reports when their author leaves."""

from datetime import timedelta
from uuid import uuid4

import pytest

from participation.accessibility.models import BarrierReport
from participation.accessibility.operations import answer_barrier, report_barrier
from participation.actors.operations import purge_unconfirmed, register_actor
from participation.core.clock import now, travel_to
from participation.core.personal import entries, erase, export
from participation.tasks import tidy

pytestmark = pytest.mark.django_db


def test_the_barrier_stays_but_names_nobody(ada):
    text = "Ich, Ada, komme nicht weiter; schreiben Sie an ADA@allianz.example."
    report_barrier(text, submission=uuid4(), email="ada@allianz.example", page="/partner/", by=ada)

    erase(ada)

    report = BarrierReport.objects.get()
    assert (report.reporter, report.email, report.page) == (None, "", "/partner/")
    assert report.text == "Ich, …, komme nicht weiter; schreiben Sie an …."


def test_a_report_sent_before_registering_with_the_same_address_is_found(ada):
    report_barrier("Zu klein.", submission=uuid4(), email="Ada@Allianz.Example")

    erase(ada)

    assert BarrierReport.objects.get().email == ""


def test_reports_of_others_stay_as_they_are(ada, report):
    before = BarrierReport.objects.values().get()

    erase(ada)

    assert BarrierReport.objects.values().get() == before


def test_the_download_holds_ones_own_reports(ada, report):
    own = report_barrier("Zu klein.", submission=uuid4(), by=ada)

    rows = [rows for rows in export(ada).values() if rows and "case__reference" in rows[0]]

    assert [row["case__reference"] for row in rows[0]] == [own.case.reference]


def test_reports_are_scrubbed_while_the_name_is_still_known():
    order = [entry.model.__name__ for entry in entries()]

    assert "Actor" not in order or order.index("BarrierReport") < order.index("Actor")


def test_who_only_claims_the_address_touches_no_report(report):
    with travel_to(now() - timedelta(days=8)):
        register_actor(report.email, "eine-lange-wanderung", display_name="Mallory")

    assert purge_unconfirmed() == 1

    report.refresh_from_db()
    assert report.email == "leser@post.example"


def test_the_address_is_forgotten_a_month_after_the_answer(max, morning):
    waiting = report_barrier("Zu klein.", submission=uuid4(), email="a@post.example")
    answered = report_barrier("Zu hell.", submission=uuid4(), email="b@post.example")
    answer_barrier(answered, "Jetzt dunkler.", by=max)

    morning.shift(timedelta(days=30))
    tidy()
    assert set(BarrierReport.objects.values_list("email", flat=True)) == {"a@post.example", "b@post.example"}

    morning.shift(1)
    tidy()
    assert dict(BarrierReport.objects.values_list("pk", "email")) == {waiting.pk: "a@post.example", answered.pk: ""}
