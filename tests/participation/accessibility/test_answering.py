"""The office answers barrier reports: who may, who wins, and that no text is lost."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.urls import reverse

from participation.accessibility.models import BarrierReport
from participation.accessibility.operations import answer_barrier
from participation.accessibility.states import ReportState
from participation.core.clock import today
from participation.core.errors import NotAllowed, Refusal, WrongState
from participation.events.kinds import Kind
from participation.events.models import Case, Event
from tests.factories import ActorFactory, BarrierReportFactory

LIST = "/geschaeftsstelle/barrieren/"
TEXT = "Der Knopf ist jetzt größer."

pytestmark = pytest.mark.django_db


def state_of(report):
    """Everything a refusal must leave alone."""
    row = BarrierReport.objects.select_related("case").get(pk=report.pk)
    return row.state, row.answer, row.answered_at, row.case.closed_at, Event.objects.count()


@pytest.mark.parametrize("who", ["max", "mia"])
def test_moderator_and_manager_answer(request, as_, report, who):
    client = as_(request.getfixturevalue(who))

    answer = client.post(report.get_absolute_url(), {"answer": TEXT})

    report.refresh_from_db()
    assert (answer.status_code, answer.url) == (302, LIST)
    assert (report.state, report.answer) == (ReportState.ANSWERED, TEXT)
    assert Case.objects.get().closed_at is not None
    assert Event.objects.get(kind=Kind.BARRIER_ANSWERED).facts == {"report": report.pk}


def test_the_intern_reads_but_cannot_answer(ivo, as_, report):
    before = state_of(report)
    client = as_(ivo)

    page = client.get(report.get_absolute_url())
    answer = client.post(report.get_absolute_url(), {"answer": TEXT})

    assert page.status_code == 200
    assert 'name="answer"' not in page.content.decode()
    assert answer.status_code == 404
    assert state_of(report) == before


@pytest.mark.parametrize("who", ["ada", "eva", "otto", "ale", "root", "fritz"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_for_everybody_else_the_pages_do_not_exist(request, as_, report, who, method):
    before = state_of(report)
    client = as_(request.getfixturevalue(who))

    answers = [client.get(LIST), getattr(client, method)(report.get_absolute_url(), {"answer": TEXT})]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert state_of(report) == before


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_asked_to_sign_in_and_comes_back(sam, report, method):
    before = state_of(report)

    answer = sam.generic(method.upper(), report.get_absolute_url())

    assert answer.status_code == 302
    assert answer.url == f"{reverse('account_login')}?next={report.get_absolute_url()}"
    assert state_of(report) == before


@pytest.mark.parametrize("who", ["ada", "ivo", "eva", "root", "fritz"])
def test_the_operation_itself_asks_for_the_right(request, report, who):
    before = state_of(report)

    with pytest.raises(NotAllowed):
        answer_barrier(report, TEXT, by=request.getfixturevalue(who))

    assert state_of(report) == before


def test_a_post_without_its_second_factor_answers_nothing(settings, max, as_, report):
    settings.LOOPBACK = False
    before = state_of(report)

    answer = as_(max).post(report.get_absolute_url(), {"answer": TEXT})

    assert (answer.status_code, answer.url) == (302, reverse("mfa_index"))
    assert state_of(report) == before


@pytest.mark.parametrize("typed", ["", "  ", "x" * 3001, "\x00"])
def test_what_cannot_be_an_answer_is_explained_and_stays(max, as_, report, typed):
    before = state_of(report)

    answer = as_(max).post(report.get_absolute_url(), {"answer": typed})

    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"answer"}
    assert state_of(report) == before


def test_who_comes_second_is_told_and_keeps_the_text(max, mia, as_, report):
    answer_barrier(report, TEXT, by=mia)
    before = state_of(report)

    answer = as_(max).post(report.get_absolute_url(), {"answer": "Wir bauen um."})

    assert answer.status_code == 409
    assert "Wir bauen um." in answer.content.decode()
    assert TEXT in answer.content.decode()
    assert state_of(report) == before


def test_sending_the_same_answer_twice_is_one_answer(max, as_, report):
    client = as_(max)

    client.post(report.get_absolute_url(), {"answer": TEXT})
    before = state_of(report)
    answer = client.post(report.get_absolute_url(), {"answer": TEXT})

    assert answer.status_code == 302
    assert state_of(report) == before


def test_an_answered_report_is_not_answered_again(max, report):
    answer_barrier(report, TEXT, by=max)
    before = state_of(report)

    with pytest.raises(WrongState):
        answer_barrier(report, "Noch etwas.", by=max)

    assert state_of(report) == before


@pytest.mark.django_db(transaction=True)
def test_two_people_answer_at_once_and_one_wins():
    people = [ActorFactory(posts=["moderator"]), ActorFactory(posts=["manager"])]
    report = BarrierReportFactory()
    together, outcomes = Barrier(2), []

    def answer(person):
        seen = BarrierReport.objects.select_related("case").get(pk=report.pk)
        together.wait(timeout=10)
        try:
            answer_barrier(seen, f"Antwort {person.pk}", by=person)
            outcomes.append(f"Antwort {person.pk}")
        except Refusal:
            outcomes.append("refused")
        finally:
            connection.close()

    answers = [Thread(target=answer, args=[person]) for person in people]
    for one in answers:
        one.start()
    for one in answers:
        one.join()

    report.refresh_from_db()
    assert len(outcomes) == 2
    assert set(outcomes) == {"refused", report.answer}
    assert Event.objects.filter(kind=Kind.BARRIER_ANSWERED).count() == 1


def test_the_list_shows_what_waits_first_and_the_oldest_promise_on_top(max, as_):
    late = BarrierReportFactory(answer_due_on=today() - timedelta(days=2))
    soon = BarrierReportFactory(answer_due_on=today() + timedelta(days=3))
    answered = BarrierReportFactory(answered=True, answer_due_on=today() - timedelta(days=9))
    far = BarrierReportFactory()

    answer = as_(max).get(LIST)

    assert list(answer.context["page"]) == [late, soon, far, answered]
    assert (
        "2 days late" in as_(max).get(LIST, headers={"accept-language": "en"}).content.decode() or max.language == "de"
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_database_as_often_for_one_as_for_three(max, as_, rows, django_assert_max_num_queries):
    BarrierReportFactory.create_batch(rows)
    client = as_(max)

    with django_assert_max_num_queries(40) as asked:
        client.get(LIST)

    about_reports = [query for query in asked.captured_queries if "barrierreport" in query["sql"]]
    assert len(about_reports) == 2


@pytest.mark.parametrize("page", ["x", "-1", "0", "18446744073709551616", "99", "1&seite=2", "\u0661"])
def test_an_odd_page_number_is_the_nearest_page(max, as_, page):
    BarrierReportFactory.create_batch(2)

    assert as_(max).get(f"{LIST}?seite={page}").status_code == 200


def test_an_empty_list_says_so(max, as_):
    assert 'class="empty"' in as_(max).get(LIST).content.decode()


def test_a_number_beyond_the_database_is_no_report(max, as_):
    assert as_(max).get(f"{LIST}18446744073709551616/").status_code == 404


def test_only_pages_of_this_portal_become_links(max, as_):
    own, foreign = BarrierReportFactory(page="/partner/"), BarrierReportFactory(page="//evil.example/x")
    client = as_(max)

    assert 'href="/partner/"' in client.get(own.get_absolute_url()).content.decode()
    assert 'href="//evil' not in client.get(foreign.get_absolute_url()).content.decode()


def test_an_answer_typed_into_an_ended_session_is_still_there_after_signing_in(sam, max, as_, report):
    from participation.core.drafts import mark_for

    sam.post(report.get_absolute_url(), {"answer": TEXT, "mark": mark_for(max)})

    assert TEXT in as_(max).get(report.get_absolute_url()).content.decode()
    assert BarrierReport.objects.get().is_open
