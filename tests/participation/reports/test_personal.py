"""What happens to reports, statements and objections when the people in them leave, and what they may download."""

import json
from datetime import timedelta

import pytest

from participation.actors.operations import erase_actor, export_data
from participation.core.clock import now, travel_to
from participation.core.personal import export
from participation.reports.models import Objection, Report, Statement
from participation.reports.operations.objecting import object_to
from participation.reports.operations.reporting import forget_reporters, reject_report, report_thing
from tests.factories import IdeaFactory

from .conftest import hide, report, uphold

pytestmark = pytest.mark.django_db


def test_whoever_reported_is_forgotten_the_report_stays(idea, olga):
    row = report(idea, by=olga)
    Report.objects.filter(pk=row.pk).update(text="Ich, Olga, finde das schlimm.")

    erase_actor(olga, by=olga)

    row.refresh_from_db()
    assert (row.reporter, row.case.reference[:2], row.text) == (None, "M-", "Ich, …, finde das schlimm.")


def test_a_report_with_the_same_address_is_found(idea, olga):
    row = report(idea, email="Olga@Allianz.Example")

    erase_actor(olga, by=olga)

    row.refresh_from_db()
    assert (row.name, row.email) == ("", "")


def test_the_words_of_a_report_with_the_same_address_lose_the_names_as_well(idea, olga):
    row = report(idea, email="Olga@Allianz.Example", name="Rita Reporter")
    words = "Ich, Rita Reporter, hier auch Olga (olga@allianz.example), finde das schlimm."
    Report.objects.filter(pk=row.pk).update(text=words)

    erase_actor(olga, by=olga)

    row.refresh_from_db()
    assert row.text == "Ich, …, hier auch … (…), finde das schlimm."


def test_a_report_decided_long_ago_loses_the_name_in_its_words(idea, max):
    row = reject_report(report(idea), text="Sehr geehrte Rita Reporter, das ist erlaubt.", by=max)
    Report.objects.filter(pk=row.pk).update(text="Ich bin Rita Reporter, rita@post.example.")

    with travel_to(now() + timedelta(days=185)):
        assert forget_reporters() == 1
        assert forget_reporters() == 0

    row.refresh_from_db()
    assert (row.name, row.email, row.text) == ("", "", "Ich bin …, ….")
    assert row.answer == "Sehr geehrte …, das ist erlaubt."


def test_statement_and_objection_stay_without_a_name(idea, ada, max):
    statement = hide(idea, max, facts="Ada nennt jemanden einen Gauner.")
    object_to(statement, "Ich heiße Ada und habe zitiert.")

    erase_actor(ada, by=ada)

    assert Statement.objects.get().facts == "… nennt jemanden einen Gauner."
    assert Objection.objects.get().text == "Ich heiße … und habe zitiert."


def test_the_download_holds_ones_own_and_never_who_reported_it(comment, olga, max):
    row = report(comment)
    uphold(row, max)
    object_to(row.statement, "Das war ein Zitat.")
    own = report_thing(
        IdeaFactory(), "Das ist Werbung.", reason="advertising", page="/ideen/x/",
        submission="9f1c1c9e-0d4b-4b5e-9c39-0a8b4f6ef0a1", by=olga,
    )  # fmt: skip

    words = json.dumps(export_data(olga, by=olga), default=str, ensure_ascii=False)

    assert own.case.reference in words
    assert "Das war ein Zitat." in words
    assert "einen Gauner" in words
    assert "rita" not in words.lower()
    assert row.text not in words


def test_the_office_downloads_nobody_elses_words(idea, max):
    uphold(report(idea), max)

    assert "rita" not in json.dumps(export(max), default=str).lower()
