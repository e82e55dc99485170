"""The one way in which a state changes: by the table, and only from the state that was seen."""

import pytest

from participation.accessibility.models import BarrierReport
from participation.accessibility.states import LIFECYCLE, ReportState
from participation.core.clock import now
from participation.core.errors import Outdated, WrongState
from tests.factories import BarrierReportFactory

pytestmark = pytest.mark.django_db


def answered(words):
    return {"answer": words, "answered_at": now()}


def test_a_move_stores_its_changes_and_the_row_in_hand_knows_them():
    report = BarrierReportFactory()

    LIFECYCLE.advance(report, ReportState.ANSWERED, **answered("Ja."))

    assert (report.state, report.answer) == (ReportState.ANSWERED, "Ja.")
    report.refresh_from_db()
    assert (report.state, report.answer) == (ReportState.ANSWERED, "Ja.")


def test_of_two_who_saw_the_same_state_the_second_changes_nothing():
    first = BarrierReportFactory()
    second = BarrierReport.objects.get(pk=first.pk)
    LIFECYCLE.advance(first, ReportState.ANSWERED, **answered("Ja."))

    with pytest.raises(Outdated):
        LIFECYCLE.advance(second, ReportState.ANSWERED, **answered("Nein."))

    assert BarrierReport.objects.get().answer == "Ja."
    assert (second.state, second.answer) == (ReportState.OPEN, "")


def test_a_move_that_the_table_does_not_know_changes_nothing():
    report = BarrierReportFactory(answered=True)

    with pytest.raises(WrongState):
        LIFECYCLE.advance(report, ReportState.OPEN)
    with pytest.raises(WrongState):
        LIFECYCLE.advance_all(BarrierReport.objects.all(), ReportState.ANSWERED, ReportState.OPEN)

    assert BarrierReport.objects.get().state == ReportState.ANSWERED


def test_of_many_only_those_move_that_stand_where_they_were_seen():
    BarrierReportFactory(answered=True)
    BarrierReportFactory()

    moved = LIFECYCLE.advance_all(
        BarrierReport.objects.all(), ReportState.OPEN, ReportState.ANSWERED, **answered("Ja.")
    )

    assert moved == 1
    assert BarrierReport.objects.filter(answer="Ja.").count() == 1
