"""Writing an idea: drafts, submission, correction, withdrawal, and what the author sees of it."""

import pytest
import time_machine
from django.urls import reverse

from participation.core.stamps import new_stamp
from participation.ideas.models import Idea
from participation.ideas.operations.reviewing import return_idea
from participation.ideas.operations.writing import start_draft, submit_idea
from participation.ideas.states import IdeaState
from participation.region.models import Municipality
from tests.factories import AllianceFactory, FieldOfActionFactory, IdeaFactory, MunicipalityFactory

NEW = "/ideen/neu/"


@pytest.fixture
def morning():
    """Tuesday, 24 November 2026; ten working days later it is 8 December."""
    with time_machine.travel("2026-11-24T09:00:00+01:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def typed(db, morning):
    """What a browser sends for a whole idea."""
    AllianceFactory()
    chosen = {"field": FieldOfActionFactory().pk, "municipalities": [MunicipalityFactory().pk]}
    return {"title": "Mitfahrbank am Bahnhof", "text": "Eine **Bank** hilft.", **chosen, "stamp": new_stamp()}


@pytest.fixture
def draft(typed, ada):
    return start_draft(by=ada, title="Mitfahrbank", text="Eine Bank.", place="Am Bahnhof")


@pytest.fixture
def submitted(typed, ada):
    field = FieldOfActionFactory()
    idea = start_draft(by=ada, title="Mitfahrbank", text="Eine Bank.", field=field, whole_alliance=True)
    return submit_idea(idea, by=ada)


def address(idea):
    return reverse("edit_draft", args=[idea.pk])


def test_a_stranger_signs_in_first(sam, typed):
    assert sam.get(NEW).status_code == 302
    assert sam.post(NEW, {**typed, "action": "submit"}).url.startswith("/konto/login/")
    assert not Idea.objects.exists()


def test_the_page_names_the_promised_day(as_, ada, typed):
    assert "8.\N{NO-BREAK SPACE}Dezember\N{NO-BREAK SPACE}2026" in as_(ada).get(NEW).content.decode()


def test_saving_keeps_a_draft(as_, ada, typed):
    answer = as_(ada).post(NEW, {"title": "Bank", "action": "save"})

    idea = Idea.objects.get()
    assert (idea.title, idea.state, answer.url) == ("Bank", IdeaState.DRAFT, address(idea))


def test_submitting_gives_a_reference_and_a_day(as_, ada, typed):
    answer = as_(ada).post(NEW, {**typed, "action": "submit"})

    idea = Idea.objects.get()
    assert (idea.state, answer.url) == (IdeaState.SUBMITTED, idea.get_absolute_url())
    words = " ".join(str(message) for message in answer.wsgi_request._messages)
    assert idea.reference in words
    assert "8. Dezember 2026" in words


def test_a_double_click_makes_one_idea(as_, ada, typed):
    client = as_(ada)

    first, second = [client.post(NEW, {**typed, "action": "submit"}) for _ in range(2)]

    assert Idea.objects.count() == 1
    assert first.url == second.url


def test_saved_and_then_sent_from_the_old_page_is_one_idea(as_, ada, typed):
    client = as_(ada)

    client.post(NEW, {**typed, "action": "save"})
    client.post(NEW, {**typed, "action": "submit"})

    assert Idea.objects.get().state == IdeaState.SUBMITTED


@pytest.mark.parametrize(
    ("name", "value"), [("title", "Bank"), ("text", " "), ("field", ""), ("municipalities", []), ("field", "x")]
)
def test_what_is_missing_is_said_at_its_field(as_, ada, typed, name, value):
    answer = as_(ada).post(NEW, {**typed, name: value, "action": "submit"})

    assert set(answer.context["form"].errors) == {name}
    assert not Idea.objects.exists()


def test_some_municipalities_and_the_whole_alliance_contradict_each_other(as_, ada, typed):
    answer = as_(ada).post(NEW, {**typed, "whole_alliance": "on", "action": "submit"})

    assert set(answer.context["form"].errors) == {"municipalities"}


def test_the_preview_shows_the_text_and_stores_nothing(as_, ada, typed):
    answer = as_(ada).post(NEW, {**typed, "text": "**Bank** <script>", "action": "preview"})

    page = answer.content.decode()
    assert "<strong>Bank</strong> &lt;script&gt;" in page
    assert not Idea.objects.exists()


def test_similar_ideas_without_a_script_keep_what_was_typed(as_, ada, typed):
    answer = as_(ada).post(NEW, {**typed, "action": "similar"})

    assert answer.context["form"]["title"].value() == typed["title"]
    assert not Idea.objects.exists()


def test_two_letters_are_not_yet_looked_up(as_, ada, typed):
    assert as_(ada).get("/ideen/aehnlich/?titel=Ba").content.strip() == b""


def test_similar_ideas_as_a_fragment(as_, ada, sam, typed):
    assert as_(ada).get("/ideen/aehnlich/?titel=Bank").status_code == 200
    assert sam.get("/ideen/aehnlich/?titel=Bank").status_code == 302


def test_too_many_ideas_in_an_hour_wait(as_, ada, typed):
    client = as_(ada)
    for _ in range(20):
        client.post(NEW, {**typed, "stamp": new_stamp(), "action": "submit"})

    answer = client.post(NEW, {**typed, "stamp": new_stamp(), "action": "submit"})

    assert answer.status_code == 429
    assert Idea.objects.count() == 20


def test_an_unconfirmed_author_is_refused_and_keeps_the_words(as_, typed, ada):
    client = as_(ada)
    type(ada).objects.filter(pk=ada.pk).update(confirmed_at=None)

    answer = client.post(NEW, {**typed, "action": "submit"})

    assert answer.status_code == 409
    assert typed["title"] in answer.content.decode()
    assert not Idea.objects.exists()


def test_the_page_saves_itself(as_, ada, draft):
    words = {"title": "Neuer Titel", "version": draft.version, "action": "autosave"}

    answer = as_(ada).post(address(draft), words).json()

    draft.refresh_from_db()
    assert (draft.title, answer["version"]) == ("Neuer Titel", draft.version)


def test_the_first_words_save_themselves_as_a_draft(as_, ada, typed):
    answer = as_(ada).post(NEW, {"title": "Bank", "action": "autosave"}).json()

    assert answer["url"] == address(Idea.objects.get())


def test_two_tabs_the_later_one_is_told_and_keeps_its_words(as_, ada, draft):
    client, words = as_(ada), {"title": "Zweiter Titel", "version": draft.version}
    client.post(address(draft), {**words, "title": "Erster Titel", "action": "save"})

    told = client.post(address(draft), {**words, "action": "autosave"})
    page = client.post(address(draft), {**words, "action": "save"})

    assert (told.status_code, page.status_code) == (409, 409)
    assert "Zweiter Titel" in page.content.decode()
    draft.refresh_from_db()
    assert draft.title == "Erster Titel"
    assert page.context["form"]["version"].value() == draft.version


def test_a_draft_is_handed_in_once(as_, ada, draft, typed):
    client, words = as_(ada), {**typed, "version": draft.version, "action": "submit"}

    answers = [client.post(address(draft), words) for _ in range(2)]

    draft.refresh_from_db()
    assert [answer.url for answer in answers] == [draft.get_absolute_url()] * 2
    assert client.get(address(draft)).status_code == 404


@pytest.mark.parametrize("name", ["edit_draft", "discard_idea_draft"])
def test_the_drafts_of_others_do_not_exist(as_, olga, max, draft, name):
    page = reverse(name, args=[draft.pk])

    assert [as_(who).get(page).status_code for who in (olga, max)] == [404, 404]
    assert as_(olga).post(page, {"action": "save"}).status_code == 404


def test_a_draft_is_thrown_away_after_a_question(as_, ada, draft):
    client, page = as_(ada), reverse("discard_idea_draft", args=[draft.pk])

    assert client.get(page).status_code == 200
    assert Idea.objects.exists()
    assert client.post(page).url == reverse("my_page")
    assert not Idea.objects.exists()


@pytest.fixture
def returned(submitted, max):
    return_idea(submitted, version=submitted.version, question="Wo genau?", by=max)
    return submitted


def correction(idea, **changes):
    words = {"title": idea.title, "text": "Am Bahnhof.", "field": idea.field_id, "whole_alliance": "on"}
    return {**words, "version": idea.version, "corrected": "Der Ort steht jetzt da.", **changes}


def test_a_returned_idea_is_corrected_once(as_, ada, returned):
    client, page = as_(ada), reverse("correct_idea", args=[returned.reference])
    words = correction(returned)

    assert "Wo genau?" in client.get(page).content.decode()
    answers = [client.post(page, words) for _ in range(2)]

    returned.refresh_from_db()
    assert (returned.state, returned.text) == (IdeaState.SUBMITTED, "Am Bahnhof.")
    assert [answer.url for answer in answers] == [returned.get_absolute_url()] * 2


def test_a_correction_says_what_was_changed(as_, ada, returned):
    page = reverse("correct_idea", args=[returned.reference])

    answer = as_(ada).post(page, correction(returned, corrected=""))

    assert set(answer.context["form"].errors) == {"corrected"}


def test_an_outdated_correction_keeps_its_words(as_, ada, returned):
    page = reverse("correct_idea", args=[returned.reference])

    answer = as_(ada).post(page, correction(returned, version=returned.version + 7))

    assert answer.status_code == 409
    assert "Am Bahnhof." in answer.content.decode()


def test_nothing_to_correct_while_the_office_reads(as_, ada, submitted):
    assert as_(ada).get(reverse("correct_idea", args=[submitted.reference])).status_code == 404


def test_an_idea_is_withdrawn_after_a_question(as_, ada, submitted):
    client, page = as_(ada), reverse("withdraw_idea", args=[submitted.reference])

    assert client.get(page).status_code == 200
    client.post(page)

    submitted.refresh_from_db()
    assert submitted.state == IdeaState.WITHDRAWN
    assert client.get(page).status_code == 404


@pytest.mark.parametrize("name", ["correct_idea", "withdraw_idea"])
def test_only_the_author_corrects_and_withdraws(as_, olga, max, sam, returned, name):
    page = reverse(name, args=[returned.reference])

    assert [as_(who).post(page, correction(returned)).status_code for who in (olga, max)] == [404, 404]
    assert sam.get(page).status_code == 302


def test_my_page_shows_drafts_ideas_and_what_waits(as_, ada, draft, returned):
    page = as_(ada).get(reverse("my_page"))

    assert [row.pk for row in page.context["drafts"]] == [draft.pk]
    assert [row.idea.pk for row in page.context["ideas"]] == [returned.pk]
    assert reverse("correct_idea", args=[returned.reference]) in [row.url for row in page.context["waiting"]]


def test_my_page_says_until_when_the_office_answers(as_, ada, submitted):
    page = as_(ada).get(reverse("my_page")).content.decode()

    assert "Antwort bis 8.\N{NO-BREAK SPACE}Dezember\N{NO-BREAK SPACE}2026" in page
    assert reverse("correct_idea", args=[submitted.reference]) not in page


@pytest.mark.parametrize(("appeals", "offered"), [(0, True), (1, False)])
def test_my_page_offers_to_send_a_declined_idea_once_more_but_not_twice(as_, ada, typed, appeals, offered):
    idea = IdeaFactory(author=ada, state=IdeaState.DECLINED, appeals=appeals)

    page = as_(ada).get(reverse("my_page")).content.decode()

    assert (reverse("correct_idea", args=[idea.reference]) in page) is offered


@pytest.mark.parametrize("number", [1, 3])
def test_my_page_costs_the_same_however_many_ideas(as_, ada, typed, number, django_assert_num_queries):
    for state in (IdeaState.SUBMITTED, IdeaState.PUBLISHED, IdeaState.RETURNED, IdeaState.DRAFT):
        for _ in range(number):
            IdeaFactory(author=ada, state=state)
    client = as_(ada)
    client.get(reverse("my_page"))

    with django_assert_num_queries(15):
        client.get(reverse("my_page"))


@pytest.mark.parametrize("action", ["save", "submit"])
def test_a_municipality_that_was_removed_meanwhile_is_said_and_nothing_is_lost(as_, ada, typed, action):
    other = MunicipalityFactory()
    Municipality.objects.filter(pk__in=typed["municipalities"]).delete()

    answer = as_(ada).post(NEW, {**typed, "municipalities": [*typed["municipalities"], other.pk], "action": action})

    form = answer.context["form"]
    assert set(form.errors) == {"municipalities"}
    assert "nicht mehr" in form.errors["municipalities"][0]
    assert (form["title"].value(), form["text"].value()) == (typed["title"], typed["text"])
    assert not Idea.objects.exists()
