"""What happens to reports when their author leaves."""

from uuid import uuid4

import pytest

from participation.accessibility.models import BarrierReport
from participation.accessibility.operations import report_barrier
from participation.core.personal import entries, erase, export

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
