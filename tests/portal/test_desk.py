"""The office's first page: who enters, and what the day's figures say."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from notifications.models import Delivery
from participation.accessibility.operations import answer_barrier, report_barrier
from participation.core.clock import now, today
from participation.events.models import Event
from participation.ideas.operations.writing import start_draft, submit_idea
from participation.promises.models import Promise
from participation.region.models import LegalText
from tests.factories import (
    ActorFactory,
    AllianceFactory,
    AppointmentFactory,
    BarrierReportFactory,
    FieldOfActionFactory,
    IdeaFactory,
    LegalTextFactory,
    MunicipalityFactory,
    PromiseFactory,
)
from tests.letter_factories import DeliveryFactory
from tests.newsroom_factories import OutcomeFactory

URL = "/geschaeftsstelle/"

pytestmark = pytest.mark.django_db


def figures(client):
    """Where each figure leads → the figure; those to one place in a list."""
    return [(figure.url, figure.number) for figure in client.get(URL).context["figures"]]


@pytest.mark.parametrize("who", ["mia", "max", "ivo"])
def test_who_holds_a_post_of_the_office_enters(request, as_, who):
    assert as_(request.getfixturevalue(who)).get(URL).status_code == 200


@pytest.mark.parametrize("who", ["ada", "eva", "otto", "ale", "root", "fritz"])
def test_for_everybody_else_the_page_does_not_exist(request, as_, who):
    assert as_(request.getfixturevalue(who)).get(URL).status_code == 404


def test_a_stranger_is_asked_to_sign_in_and_comes_back(sam):
    answer = sam.get(URL)

    assert (answer.status_code, answer.url) == (302, f"{reverse('account_login')}?next={URL}")


def test_without_the_second_factor_the_way_leads_there(settings, max, as_):
    settings.LOOPBACK = False

    answer = as_(max).get(URL)

    assert (answer.status_code, answer.url) == (302, reverse("mfa_index"))


def test_it_changes_nothing_and_takes_no_post(max, as_):
    assert as_(max).post(URL).status_code == 405
    assert Event.objects.count() == 0


def test_the_figures_count_promises_people_and_letters(max, as_):
    BarrierReportFactory(answer_due_on=today() - timedelta(days=1))
    BarrierReportFactory(answer_due_on=today())
    BarrierReportFactory(answer_due_on=today() + timedelta(days=7))
    BarrierReportFactory(answer_due_on=today() + timedelta(days=8))
    BarrierReportFactory(answered=True, answer_due_on=today() - timedelta(days=1))
    ActorFactory(joined_at=now() - timedelta(days=8))
    ActorFactory(confirmed=False)
    old = now() - timedelta(minutes=20)
    DeliveryFactory(created_at=old, recipient=max)
    DeliveryFactory(recipient=max)
    DeliveryFactory(created_at=old, finished_at=now(), state=Delivery.State.FAILED, recipient=max)
    DeliveryFactory(created_at=old, finished_at=now(), state=Delivery.State.SENT, recipient=max)

    shown = figures(as_(max))

    assert shown == [
        (reverse("office_ideas"), 0),
        ("#waits", 1),
        ("#waits", 2),
        (reverse("office_outcomes"), 0),
        (reverse("office_actors"), 1),  # Max himself
        ("#letters", 2),
    ]


@pytest.mark.parametrize(("who", "shown"), [("mia", [2]), ("max", [2]), ("ivo", [])])
def test_outcomes_that_wait_for_release_are_counted_for_whoever_may_publish(request, as_, who, shown):
    OutcomeFactory.create_batch(2, state="draft", offered_at=now())
    for state in ("draft", "scheduled", "published"):
        OutcomeFactory(state=state)

    client = as_(request.getfixturevalue(who))

    assert [number for url, number in figures(client) if url == reverse("office_outcomes")] == shown


def test_the_intern_sees_no_figure_whose_page_is_closed_to_them(ivo, as_):
    client = as_(ivo)

    assert reverse("office_actors") not in [url for url, _number in figures(client)]
    assert client.get(URL).context["hints"] is None
    assert client.get(URL).context["ending"] is None
    assert not client.get(URL).context["may_answer"]


def test_every_figure_leads_to_a_page_that_opens(request, as_):
    for who in ("mia", "max", "ivo"):
        client = as_(request.getfixturevalue(who))
        pages = {url for url, _number in figures(client) if url.startswith("/")}

        assert {client.get(page).status_code for page in pages} == {200}


@pytest.mark.parametrize(
    ("moment", "greeting"),
    [("08:00", "Good morning."), ("12:00", "Good day."), ("20:00", "Good evening.")],
)
def test_the_greeting_knows_the_hour(max, as_, moment, greeting):
    max.language = "en"
    max.save(update_fields=["language"])

    with time_machine.travel(f"2026-11-03T{moment}:00+01:00", tick=False):
        answer = as_(max).get(URL)

    assert answer.context["headline"] == f"{greeting} No promise is overdue."


def test_the_headline_says_what_is_late_in_words(max, as_):
    max.language = "en"
    max.save(update_fields=["language"])
    BarrierReportFactory.create_batch(2, answer_due_on=today() - timedelta(days=1))
    BarrierReportFactory(answer_due_on=today())

    headline = as_(max).get(URL).context["headline"]

    assert headline.endswith("Two answers are overdue. One answer is due this week.")


def test_the_oldest_promise_stands_on_top(max, as_):
    far, late = BarrierReportFactory(), BarrierReportFactory(answer_due_on=today() - timedelta(days=3))

    waits = as_(max).get(URL).context["waits"]

    assert [row.url for row in waits] == [report.get_absolute_url() for report in (late, far)]


def test_what_does_not_fit_is_counted(max, as_):
    BarrierReportFactory.create_batch(10)

    context = as_(max).get(URL).context

    assert (len(context["waits"]), context["more"]) == (8, 2)


def test_posts_that_end_within_a_month_are_shown_to_who_may_appoint(mia, as_):
    soon = AppointmentFactory(until=today() + timedelta(days=30))
    AppointmentFactory(until=today() + timedelta(days=31))
    AppointmentFactory(until=today() - timedelta(days=1))
    AppointmentFactory()

    assert list(as_(mia).get(URL).context["ending"]) == [soon]


def test_an_empty_portal_says_what_to_enter_first(mia, as_):
    hinted = [hint.url for hint in as_(mia).get(URL).context["hints"]]

    texts = [reverse("edit_text", args=[kind]) for kind in LegalText.Kind.values]
    profile = reverse("edit_alliance")
    assert hinted == [profile, profile, reverse("office_municipalities"), reverse("office_fields"), *texts]


def test_every_hint_leads_to_a_page_that_opens(mia, as_):
    client = as_(mia)

    pages = {hint.url for hint in client.get(URL).context["hints"]}

    assert {client.get(page).status_code for page in pages} == {200}


def test_a_complete_profile_leaves_nothing_to_do_until_a_text_is_a_year_old(mia, as_):
    AllianceFactory(
        office_address="Marktplatz 1", phone="06024 0", responsible_body="Gemeinde", represented_by="Bürgermeisterin",
        supervisory_authority="Landratsamt", data_protection_contact="Beauftragte", expected_municipalities=1,
    )  # fmt: skip
    MunicipalityFactory()
    FieldOfActionFactory()
    for kind in LegalText.Kind.values:
        LegalTextFactory(kind=kind)
    complete = as_(mia).get(URL).context["hints"]

    LegalText.objects.filter(kind="accessibility").update(published_at=now() - timedelta(days=366))
    overdue = as_(mia).get(URL).context["hints"]

    assert complete == []
    assert [hint.url for hint in overdue] == [reverse("edit_text", args=["accessibility"])]


def test_a_missing_municipality_is_counted(mia, as_):
    AllianceFactory(expected_municipalities=10)
    MunicipalityFactory.create_batch(9)

    texts = [hint.text for hint in as_(mia).get(URL).context["hints"]]

    assert any("9" in text and "10" in text for text in texts)


def test_what_happened_is_told_with_roles_and_no_names(ada, mia, as_):
    report = report_barrier("Ich komme nicht weiter.", submission=uuid4(), email="leser@post.example", by=ada)
    answer_barrier(report, "Jetzt geht es.", by=mia)

    answer = as_(mia).get(URL)

    told = [(line.reference, line.url, line.who) for line in answer.context["lines"]]
    assert [row[:2] for row in told] == [(report.case.reference, report.get_absolute_url())] * 2
    assert len({row[2] for row in told}) == 2
    assert "Ada" not in answer.content.decode()
    assert "post.example" not in answer.content.decode()


def test_kept_promises_and_the_days_they_took_are_told(max, as_):
    made_at = now() - timedelta(days=20)
    for days in (2, 4, 18):
        PromiseFactory(made_at=made_at, fulfilled_at=made_at + timedelta(days=days))

    answer = as_(max).get(URL)

    assert answer.context["kept"] == {"kept": 2, "all": 3, "days": 4.0}
    assert "kept" in answer.content.decode()


def test_an_idea_that_is_late_comes_next_and_leads_to_its_case(max, as_):
    report, idea = BarrierReportFactory(answer_due_on=today()), IdeaFactory(state="submitted")
    Promise.objects.update(made_at=now() - timedelta(days=9), due_at=now() - timedelta(days=2))

    waits = as_(max).get(URL).context["waits"]

    assert [row.url for row in waits] == [
        reverse("office_idea", args=[idea.reference]),
        report.get_absolute_url(),
    ]
    assert waits[0].left.is_late


@pytest.mark.parametrize("rows", [1, 30])
def test_the_day_asks_the_database_no_oftener_for_thirty_than_for_one(mia, as_, rows, django_assert_max_num_queries):
    BarrierReportFactory.create_batch(rows)
    AppointmentFactory.create_batch(rows, until=today() + timedelta(days=3))
    for _number in range(rows):
        report_barrier("Zu klein.", submission=uuid4(), by=ActorFactory())
        author = ActorFactory()
        submit_idea(start_draft(by=author, title="Bank", text="Hier.", field=FieldOfActionFactory()), by=author)
    client = as_(mia)
    client.get(URL)

    with django_assert_max_num_queries(16):
        client.get(URL)
