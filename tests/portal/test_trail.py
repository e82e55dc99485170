"""The public way of a case, and the code that leads there."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from participation.core.clock import now, today
from participation.ideas.models import Idea
from participation.ideas.operations.answering import draft_answer, publish_answer
from participation.ideas.operations.reviewing import publish_idea, return_idea, take_idea
from participation.ideas.operations.writing import resubmit_idea, start_draft, submit_idea, withdraw_idea
from participation.ideas.states import IdeaState
from participation.promises.operations import extend
from participation.promises.queries import promise_of
from tests.factories import AllianceFactory, CaseFactory, FieldOfActionFactory, IdeaFactory

NEVER_PUBLIC = [IdeaState.SUBMITTED, IdeaState.RETURNED, IdeaState.DECLINED, IdeaState.WITHDRAWN]


@pytest.fixture
def idea(ada):
    AllianceFactory()
    draft = start_draft(
        by=ada, title="Mitfahrbank", text="Eine Bank.", field=FieldOfActionFactory(), whole_alliance=True
    )
    submit_idea(draft, by=ada)
    return Idea.objects.select_related("case").get(pk=draft.pk)


def address(idea):
    return reverse("trail", args=[idea.case.reference])


def sentences(client, idea):
    return [line.text for line, _extension in client.get(address(idea)).context["entries"]]


def test_everything_that_happened_stands_there_in_its_order(idea, ada, max, sam):
    with time_machine.travel(now() + timedelta(hours=1)):
        take_idea(idea, by=max)
        return_idea(idea, version=1, question="Wo?", by=max)
    with time_machine.travel(now() + timedelta(hours=2)):
        words = {"title": idea.title, "text": "Eine Bank am Ort.", "field": idea.field, "whole_alliance": True}
        resubmit_idea(idea, version=1, corrected="Ort ergänzt", by=ada, **words)
    with time_machine.travel(now() + timedelta(hours=3)):
        publish_idea(idea, version=2, by=max)
    with time_machine.travel(now() + timedelta(hours=4)):
        publish_answer(draft_answer(idea, text="Gut.", leads_to="under_consideration", by=max), version=1, by=max)

    assert sentences(sam, idea) == [
        "Die Idee wurde eingereicht.",
        "Die Geschäftsstelle hat eine Rückfrage gestellt.",
        "Die Idee wurde überarbeitet und noch einmal eingereicht.",
        "Die Geschäftsstelle hat die Idee veröffentlicht.",
        "Die Geschäftsstelle hat geantwortet: Die Idee wird beraten.",
    ]


def test_nobody_is_named(idea, ada, max, sam):
    take_idea(idea, by=max)
    publish_idea(idea, version=1, by=max)

    page = sam.get(address(idea)).content.decode()
    assert ada.display_name not in page
    assert max.display_name not in page


def test_why_an_answer_was_put_off_is_public(idea, max, sam):
    extend(promise_of(idea.case), today() + timedelta(days=30), reason="Der Bauhof misst noch.", by=max)
    publish_idea(idea, version=1, by=max)

    assert "Der Bauhof misst noch." in sam.get(address(idea)).content.decode()


@pytest.mark.parametrize("state", NEVER_PUBLIC)
@pytest.mark.parametrize("name", ["trail", "trail_code"])
def test_what_was_never_public_only_author_and_office_follow(name, state, ada, olga, max, sam, as_):
    idea = IdeaFactory(state=state, author=ada)
    target = reverse(name, args=[idea.reference])

    assert [client.get(target).status_code for client in (sam, as_(olga), as_(ada), as_(max))] == [404, 404, 200, 200]


def test_the_way_stays_after_a_public_idea_was_withdrawn_and_leads_to_no_page(idea, ada, max, sam):
    publish_idea(idea, version=1, by=max)
    withdraw_idea(idea, by=ada)

    answer = sam.get(address(idea))
    assert answer.status_code == 200
    assert answer.context["page"] is None
    assert sentences(sam, idea)[-1] == "Die Idee wurde zurückgezogen."


def test_the_words_of_a_withdrawn_idea_are_gone_from_its_way(idea, ada, max, sam, as_):
    publish_idea(idea, version=1, by=max)
    withdraw_idea(idea, by=ada)

    pages = [client.get(address(idea)).content.decode() for client in (sam, as_(ada))]
    assert ["Mitfahrbank" in page for page in pages] == [False, True]


def test_a_stranger_reads_the_title_of_a_public_idea(idea, max, sam):
    publish_idea(idea, version=1, by=max)

    assert sam.get(address(idea)).context["title"] == "Mitfahrbank"


def test_nothing_between_the_server_and_the_reader_keeps_it(idea, max, sam):
    publish_idea(idea, version=1, by=max)

    kept = [sam.get(reverse(name, args=[idea.reference])).headers["Cache-Control"] for name in ("trail", "trail_code")]
    assert kept == ["private", "private, max-age=86400"]


@pytest.mark.parametrize("name", ["trail", "trail_code"])
def test_a_case_that_is_no_idea_has_no_way_here(name, max, as_):
    case = CaseFactory()

    assert as_(max).get(reverse(name, args=[case.reference])).status_code == 404


def test_an_unknown_reference_is_unknown(db, sam):
    assert sam.get("/vorgang/2026-9999/").status_code == 404
    assert sam.get("/vorgang/2026-9999/qr.svg").status_code == 404


def test_the_code_is_a_picture_that_needs_nothing_else(idea, max, sam, settings):
    settings.SITE_URL = "https://allianz.example"
    publish_idea(idea, version=1, by=max)

    answer = sam.get(reverse("trail_code", args=[idea.case.reference]))
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b'<svg xmlns="http://www.w3.org/2000/svg"')
    assert b"http" not in answer.content.replace(b"http://www.w3.org/2000/svg", b"")


@pytest.mark.parametrize("state", [state for state in IdeaState if state != IdeaState.DRAFT])
def test_every_state_has_its_stations(state, ada, as_):
    idea = IdeaFactory(state=state, author=ada)

    stations = as_(ada).get(address(idea)).context["stations"]
    here = [station["label"] for station in stations if station["state"] == "here"]
    assert here == [IdeaState(state).label[:1].upper() + IdeaState(state).label[1:]]


def test_it_costs_the_same_however_much_happened(idea, max, sam, django_assert_max_num_queries):
    for days in (20, 30, 40):
        extend(promise_of(idea.case), today() + timedelta(days=days), reason="Dauert.", by=max)
    publish_idea(idea, version=1, by=max)

    with django_assert_max_num_queries(8):
        sam.get(address(idea))
