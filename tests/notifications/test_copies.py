"""The letter before anything is sent: the very letter, and nothing of it stays."""

import pytest
from django.apps import apps
from django.core import mail
from django.db import transaction
from django.urls import reverse

from participation.events.record import overheard
from participation.events.rehearsal import rehearse
from participation.ideas.models import Idea
from participation.ideas.operations.reviewing import return_idea, take_idea
from participation.region.models import Alliance
from tests.factories import ActorFactory, AllianceFactory, AnswerFactory, FollowFactory, IdeaFactory
from tests.letters import deliver_all

ACTS = {
    "publish_idea": {"version": 1, "text": "Danke, {name}."},
    "return_idea": {"version": 1, "text": "Wo genau?"},
    "decline_idea": {"version": 1, "reason": "not_here", "text": "Das entscheidet der Kreis."},
}
ANSWER = {"version": 1, "text": "Wir prüfen das.", "leads_to": "under_consideration", "body": "", "decided_on": ""}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def idea(ada):
    AllianceFactory()
    return IdeaFactory(state="submitted", author=ada)


def everything():
    """All rows that a decision could touch: those of our own apps."""
    models = [
        model for label in ("participation", "notifications") for model in apps.get_app_config(label).get_models()
    ]
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def at(name, idea):
    return reverse(name, args=[idea.reference])


@pytest.mark.parametrize("act", ACTS)
def test_it_is_the_very_letter_and_nothing_is_done(as_, max, idea, act):
    client = as_(max)
    before = everything()

    page = client.post(at(act, idea), {**ACTS[act], "preview": 1})

    assert page.status_code == 200
    assert everything() == before
    [copy] = page.context["letters"]
    client.post(at(act, idea), ACTS[act])
    deliver_all()
    [letter] = [one for one in mail.outbox if one.to == ["ada@allianz.example"]]
    assert (letter.subject, letter.body) == (copy.subject, copy.text)


def test_the_answer_of_an_intern_is_read_as_a_colleague_would_publish_it(as_, max, ivo, ada, olga):
    AllianceFactory()
    idea = IdeaFactory(author=ada)
    FollowFactory(case=idea.case, actor=olga)  # the letter to her is not the author's
    draft = AnswerFactory(idea=idea, drafted_by=ivo)
    before = everything()

    for address in (at("draft_answer", idea), reverse("edit_answer", args=[draft.pk])):
        page = as_(ivo).post(address, {**ANSWER, "preview": 1})
        [copy] = page.context["letters"]
        assert "Wir prüfen das." in copy.text
        assert everything() == {**before, "Actor": everything()["Actor"]}


def test_with_four_eyes_and_one_pair_there_is_no_letter_and_the_words_stay(as_, max):
    AllianceFactory()
    Alliance.objects.update(four_eyes=True)
    idea = IdeaFactory()

    page = as_(max).post(at("draft_answer", idea), {**ANSWER, "preview": 1})

    assert page.status_code == 409
    assert page.context["form"]["text"].value() == ANSWER["text"]


def test_it_refuses_as_the_act_would(as_, max, ivo, ada, idea):
    words = {**ACTS["return_idea"], "preview": 1}
    Idea.objects.update(version=2)
    before = everything()

    page = as_(max).post(at("return_idea", idea), words)

    assert page.status_code == 409
    assert "Wo genau?" in page.content.decode()
    assert [as_(one).post(at("return_idea", idea), words).status_code for one in (ivo, ada)] == [404, 404]
    incomplete = as_(max).post(at("return_idea", idea), {**words, "text": ""})
    assert "letters" not in incomplete.context
    assert incomplete.status_code == 200
    assert {**everything(), "Actor": []} == {**before, "Actor": []}


def test_a_draft_changed_meanwhile_is_not_previewed(as_, max, ivo):
    AllianceFactory()
    draft = AnswerFactory(drafted_by=ivo, version=2)

    page = as_(max).post(reverse("edit_answer", args=[draft.pk]), {**ANSWER, "preview": 1})

    assert page.status_code == 409
    assert page.context["form"]["text"].value() == ANSWER["text"]


def test_one_goes_on_from_the_letter_or_back_to_writing(as_, max, idea):
    client = as_(max)
    words = {**ACTS["decline_idea"], "text": "Zeile 1\nZeile <b>2"}
    page = client.post(at("decline_idea", idea), {**words, "preview": 1})
    sent = {field.html_name: field.value() for field in page.context["form"]}
    assert page.context["address"] == at("decline_idea", idea)
    assert "<b>2" not in page.content.decode()

    back = client.post(at("decline_idea", idea), {**sent, "again": 1})

    [form] = [one["form"] for one in back.context["acts"]["decide"] if one["is_open"]]
    assert (form["text"].value(), form["reason"].value()) == ("Zeile 1\nZeile <b>2", "not_here")
    assert Idea.objects.get().state == "submitted"
    client.post(at("decline_idea", idea), sent)
    assert Idea.objects.get().state == "declined"


def test_nobody_to_write_to(as_, max, idea):
    Idea.objects.update(author=None)

    page = as_(max).post(at("return_idea", idea), {**ACTS["return_idea"], "preview": 1})

    assert page.status_code == 200
    assert page.context["letters"] == []


def test_no_task_is_woken(max, idea, monkeypatch):
    woken = []
    with transaction.atomic():
        transaction.on_commit(lambda: woken.append("ours"))
        rehearse(lambda: return_idea(idea, version=1, question="Wo?", by=max), to=idea.author)
        waiting = len(transaction.get_connection().run_on_commit)

    assert (waiting, woken) == (1, ["ours"])


def test_it_comes_in_the_language_of_the_author(as_, max):
    AllianceFactory()
    copies = {}
    for language in ("de", "en"):
        idea = IdeaFactory(state="submitted", author=ActorFactory(language=language))
        page = as_(max).post(at("return_idea", idea), {**ACTS["return_idea"], "preview": 1})
        [copies[language]] = page.context["letters"]

    assert {language: copy.language for language, copy in copies.items()} == {"de": "de", "en": "en"}
    assert "Correct and send again" in copies["en"].text


def test_what_happens_afterwards_is_overheard_no_more(max, idea):
    with overheard() as events:
        return_idea(idea, version=1, question="Wo?", by=max)
    take_idea(Idea.objects.get(), by=max)

    assert [event.kind for event in events] == ["idea_returned"]
