"""Reporting a barrier: open to everybody, once, and never losing a word."""

from datetime import date
from threading import Thread
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from participation.accessibility.models import BarrierReport
from participation.accessibility.operations import report_barrier
from participation.accessibility.states import ReportState
from participation.core.stamps import new_stamp
from participation.events.kinds import CaseKind, Kind
from participation.events.models import Case, Event

URL = "/barriere-melden/"

pytestmark = pytest.mark.django_db


def counted():
    """How many rows the tables have that a report could touch."""
    return BarrierReport.objects.count(), Case.objects.count(), Event.objects.count()


def test_a_stranger_reports_a_barrier_and_learns_the_number_and_the_day(sam, filled):
    answer = sam.post(URL, filled(), follow=True)

    report = BarrierReport.objects.get()
    assert report.case.reference == "B-2026-0001"
    assert (report.page, report.text, report.email) == ("/allianz/", "Der Knopf ist zu klein.", "leser@post.example")
    assert (report.state, report.answer_due_on, report.reporter) == (ReportState.OPEN, date(2026, 12, 3), None)
    assert report.case.kind == CaseKind.BARRIER
    assert not report.case.public
    assert report.case.path == reverse("office_barrier", args=[report.pk])
    assert "B-2026-0001" in answer.content.decode()
    assert "3.\xa0Dezember\xa02026" in answer.content.decode()
    assert "post.example" not in answer.content.decode()


def test_what_happened_is_recorded_without_personal_data(sam, filled):
    sam.post(URL, filled())

    event = Event.objects.get()
    report = BarrierReport.objects.get()
    assert (event.kind, event.case, event.facts) == (Kind.BARRIER_REPORTED, report.case, {"report": report.pk})


def test_a_signed_in_person_finds_the_address_filled_in_and_is_remembered(ada, as_, filled):
    client = as_(ada)

    page = client.get(URL)
    client.post(URL, filled(email=""))

    report = BarrierReport.objects.get()
    assert f'value="{ada.email}"' in page.content.decode()
    assert (report.reporter, report.email) == (ada, "")
    assert Event.objects.get(kind=Kind.BARRIER_REPORTED).by == ada


def test_the_language_of_the_page_is_the_language_of_the_answer(sam, filled):
    sam.post(URL, filled(), headers={"accept-language": "en"})

    assert BarrierReport.objects.get().language == "en"


def test_a_double_click_makes_one_report(sam, filled):
    fields = filled()

    first = sam.post(URL, fields)
    second = sam.post(URL, fields)

    assert first.url == second.url
    assert counted() == (1, 1, 1)


def test_going_back_and_writing_something_else_makes_a_second_report(sam, filled):
    fields = filled()

    sam.post(URL, fields)
    sam.post(URL, {**fields, "text": "Und das Bild hat keinen Text."})

    assert counted() == (2, 2, 2)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_make_one_report():
    submission, numbers = uuid4(), []

    def click():
        numbers.append(report_barrier("Der Knopf ist zu klein.", submission=submission).pk)
        connection.close()

    clicks = [Thread(target=click) for _ in range(4)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()

    assert len(numbers) == 4
    assert len(set(numbers)) == 1
    assert counted() == (1, 1, 1)


def test_what_was_typed_stays_when_something_is_missing(sam, filled):
    answer = sam.post(URL, filled(text=" ", email="keine adresse", page="/partner/"))

    assert answer.status_code == 200
    assert answer.context["form"]["page"].value() == "/partner/"
    assert answer.context["form"]["email"].value() == "keine adresse"
    assert set(answer.context["form"].errors) == {"text", "email"}
    assert counted() == (0, 0, 0)


def test_who_is_faster_than_a_person_is_asked_to_look_again_and_then_heard(sam, morning):
    fields = {"text": "Der Knopf ist zu klein.", "stamp": new_stamp()}

    hasty = sam.post(URL, fields)
    morning.shift(5)
    calm = sam.post(URL, {**fields, "stamp": hasty.context["form"]["stamp"].value()})

    assert hasty.status_code == 200
    assert "Der Knopf ist zu klein." in hasty.content.decode()
    assert calm.status_code == 302
    assert counted() == (1, 1, 1)


def test_a_robot_that_fills_the_hidden_field_reports_nothing(sam, filled):
    answer = sam.post(URL, filled(website="https://spam.example"))

    assert answer.status_code == 200
    assert answer.context["form"]["website"].value() == ""
    assert counted() == (0, 0, 0)


@pytest.mark.parametrize("stamp", ["", "x", "a:b:c", "WyJ4Il0:1abcde:zzz", "\x00"])
def test_a_stamp_we_did_not_make_is_replaced_and_the_text_stays(sam, filled, morning, stamp):
    answer = sam.post(URL, filled(stamp=stamp))

    morning.shift(60)
    again = sam.post(URL, filled(stamp=answer.context["form"]["stamp"].value()))
    assert "Der Knopf ist zu klein." in answer.content.decode()
    assert again.status_code == 302
    assert counted() == (1, 1, 1)


def test_the_eleventh_report_within_an_hour_waits_and_keeps_its_text(sam, filled):
    for number in range(10):
        sam.post(URL, filled(text=f"Barriere {number}"))

    answer = sam.post(URL, filled(text="Barriere elf"))
    elsewhere = Client(REMOTE_ADDR="192.0.2.7").post(URL, filled(text="Barriere anderswo"))

    assert answer.status_code == 429
    assert "Barriere elf" in answer.content.decode()
    assert elsewhere.status_code == 302
    assert counted() == (11, 11, 11)


def test_behind_a_proxy_each_connection_counts_by_itself(sam, filled, settings):
    settings.TRUSTED_PROXY_COUNT = 1
    for number in range(10):
        sam.post(URL, filled(text=f"Barriere {number}"), HTTP_X_FORWARDED_FOR=f"10.0.0.{number}, 192.0.2.8")

    same = sam.post(URL, filled(text="Barriere elf"), HTTP_X_FORWARDED_FOR="192.0.2.8")
    elsewhere = sam.post(URL, filled(text="Barriere anderswo"), HTTP_X_FORWARDED_FOR="192.0.2.9")

    assert (same.status_code, elsewhere.status_code) == (429, 302)


def test_an_hour_later_the_same_connection_may_report_again(sam, filled, morning):
    for number in range(11):
        sam.post(URL, filled(text=f"Barriere {number}"))

    morning.shift(3600)
    answer = sam.post(URL, filled(text="Barriere am Mittag"))

    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("/allianz/?a=1", "/allianz/?a=1"),
        ("https://evil.example/", ""),
        ("//evil.example", ""),
        ("/\\evil.example", ""),
        ("javascript:alert(1)", ""),
        ("allianz", ""),
        ("/" + "a" * 400, "/" + "a" * 299),
    ],
)
def test_only_a_page_of_this_portal_is_filled_in_from_the_link(sam, given, shown):
    answer = sam.get(URL, {"seite": given})

    assert answer.context["form"]["page"].value() == shown


def test_of_a_repeated_parameter_one_is_taken(sam):
    answer = sam.get(f"{URL}?seite=/a/&seite=/b/")

    assert answer.context["form"]["page"].value() == "/b/"


def test_a_full_address_of_the_portal_is_kept_as_its_path(sam, filled, settings):
    sam.post(URL, filled(page=f"{settings.SITE_URL}/partner/"))
    sam.post(URL, filled(page=f"{settings.SITE_URL}.evil.example/"))

    own, foreign = BarrierReport.objects.order_by("pk")
    assert own.page_path == "/partner/"
    assert foreign.page_path == ""


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", ""),
        ("text", "x" * 3001),
        ("text", "\x00\x07\u202e"),
        ("page", "x" * 301),
        ("email", "x"),
        ("email", "a@b.example\r\nBcc: c@d.example"),
        ("email", f"{'x' * 250}@post.example"),
    ],
)
def test_what_cannot_be_stored_is_explained_and_changes_nothing(sam, filled, field, value):
    answer = sam.post(URL, filled(**{field: value}))

    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {field}
    assert counted() == (0, 0, 0)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("Hallo\x00 Welt\u202e", "Hallo Welt"),
        ("🦔 שלום", "🦔 שלום"),
        ("eins\r\nzwei", "eins\nzwei"),
    ],
)
def test_odd_signs_are_cleaned_and_never_run(sam, max, as_, filled, typed, stored):
    sam.post(URL, filled(text=typed))

    report = BarrierReport.objects.get()
    assert report.text == stored
    assert "<script>alert" not in as_(max).get(report.get_absolute_url()).content.decode()


def test_a_line_break_in_the_page_is_a_blank(sam, filled):
    sam.post(URL, filled(page="/allianz/\r\nX: y"))

    assert BarrierReport.objects.get().page == "/allianz/ X: y"


def test_a_repeated_field_and_a_stray_one_do_no_harm(sam, filled):
    answer = sam.post(URL, {**filled(), "state": "answered", "text": ["eins", "zwei"]})

    report = BarrierReport.objects.get()
    assert answer.status_code == 302
    assert (report.text, report.state) == ("zwei", ReportState.OPEN)


def test_a_long_page_fits_the_title_of_its_case(sam, filled):
    answer = sam.post(URL, filled(page="/" + "a" * 299))

    assert answer.status_code == 302
    assert len(Case.objects.get().title) == 200


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_not_offered(sam, method):
    assert getattr(sam, method)(URL).status_code == 405


def test_the_received_page_cannot_be_guessed(sam, report):
    answers = [sam.get(reverse("barrier_received", args=[token])) for token in ("1", f"{report.pk}:x", "äö", "1" * 300)]

    assert {answer.status_code for answer in answers} == {404}


def test_the_received_page_shows_the_answer_when_it_is_there(sam, filled, max):
    from participation.accessibility.operations import answer_barrier

    address = sam.post(URL, filled()).url
    answer_barrier(BarrierReport.objects.select_related("case").get(), "Der Knopf ist jetzt groß.", by=max)

    assert "Der Knopf ist jetzt groß." in sam.get(address).content.decode()


def test_the_link_on_a_page_names_the_page(sam):
    assert "/barriere-melden/?seite=%2Fpartner%2F" in sam.get("/partner/").content.decode()


def test_an_address_that_works_as_a_key_is_not_passed_on(sam, filled):
    receipt = sam.post(URL, filled()).url

    assert "seite=" not in sam.get(receipt).content.decode()


def test_a_lost_token_costs_a_click_but_no_word(filled, morning):
    client = Client(enforce_csrf_checks=True)

    answer = client.post(URL, filled(text="Ein langer Text."))
    morning.shift(60)
    form = answer.context["form"]
    fields = {name: form[name].value() for name in ("page", "text", "email", "website", "stamp")}
    again = client.post(URL, {**fields, "csrfmiddlewaretoken": client.cookies["csrftoken"].value})

    assert answer.status_code == 403
    assert "Ein langer Text." in answer.content.decode()
    assert again.status_code == 302
    assert counted() == (1, 1, 1)
