"""The office merges two ideas on a page: finding the other one, merging, undoing, and who comes second."""

from datetime import timedelta

import pytest
from django.urls import reverse

from participation.core.clock import now
from participation.events.models import Event
from participation.ideas.models import Idea, Merger
from participation.ideas.operations.merging import merge_idea, undo_merge
from participation.ideas.operations.reviewing import decline_idea
from participation.ideas.operations.writing import withdraw_idea
from participation.ideas.queries import merger_of
from participation.ideas.search import index
from tests.factories import AllianceFactory, IdeaFactory

pytestmark = pytest.mark.django_db


def public(title, **fields):
    idea = IdeaFactory(title=title, **fields)
    index(idea)
    return idea


@pytest.fixture
def source():
    AllianceFactory()
    return IdeaFactory(state="submitted", title="Mitfahrbank am Bahnhof")


@pytest.fixture
def target():
    return public("Bank zum Mitfahren")


def at(idea, name="merge_idea"):
    return reverse(name, args=[idea.reference])


def again(idea):
    return Idea.objects.select_related("case").get(pk=idea.pk)


def words(target, **more):
    return {"into": target.reference, "version": 1, "text": "Beide wollen eine Bank.", **more}


def found(answer):
    return list(answer.context["form"].targets)


def test_the_page_suggests_what_is_alike(source, max, as_):
    alike, _other = public("Noch eine Mitfahrbank"), public("Radweg")

    assert found(as_(max).get(at(source))) == [alike.reference]


@pytest.mark.parametrize("asked", ["reference", "words"])
def test_it_finds_by_reference_and_by_words(source, target, max, as_, asked):
    _other = public("Radweg")
    query = {"reference": target.reference, "words": "bänke mitfahren"}[asked]

    assert found(as_(max).get(at(source), {"q": query})) == [target.reference]


@pytest.mark.parametrize("query", ["Nirgends", "1998-0001", '"', "?!"])
def test_it_says_where_nothing_is_found(source, target, max, as_, query):
    answer = as_(max).get(at(source), {"q": query})

    assert (answer.status_code, found(answer)) == (200, [])
    assert f'action="{at(source)}"' not in answer.content.decode()


def test_it_never_offers_the_idea_itself_nor_what_is_not_public(max, as_):
    AllianceFactory()
    source = public("Mitfahrbank")
    hidden = public("Mitfahrbank zwei")
    Idea.objects.filter(pk=hidden.pk).update(state="withdrawn")

    for query in ("", "Mitfahrbank", source.reference, hidden.reference):
        assert found(as_(max).get(at(source), {"q": query})) == []


def test_a_moderator_merges_and_undoes(source, target, max, as_):
    client = as_(max)

    answer = client.post(at(source), words(target))

    assert (answer.status_code, answer.url) == (302, at(source, "office_idea"))
    merger = merger_of(source)
    assert (merger.target, source.reviews.get().text) == (target, "Beide wollen eine Bank.")
    page = client.get(at(source)).content.decode()
    assert target.reference in page
    assert at(source, "undo_merge") in page
    assert at(source) in client.get(at(source, "office_idea")).content.decode()

    answer = client.post(at(source, "undo_merge"), {"merger": merger.pk})

    assert (answer.status_code, answer.url) == (302, at(source, "office_idea"))
    assert again(source).is_in_review


def test_two_clicks_merge_and_undo_once(source, target, max, as_):
    client = as_(max)

    answers = [client.post(at(source), words(target)) for _ in range(2)]
    merger = Merger.objects.get()
    answers += [client.post(at(source, "undo_merge"), {"merger": merger.pk}) for _ in range(2)]

    assert {(answer.status_code, answer.url) for answer in answers} == {(302, at(source, "office_idea"))}
    assert Event.objects.filter(case=source.case).count() == 2


def test_who_comes_second_keeps_the_text(source, target, max, mia, as_):
    decline_idea(source, version=1, reason="rude", text="So nicht.", by=mia)

    answer = as_(max).post(at(source), words(target))

    assert answer.status_code == 409
    assert "Beide wollen eine Bank." in answer.content.decode()


def test_who_merges_with_another_idea_than_the_colleague_is_told(source, target, max, mia, as_):
    merge_idea(source, public("Radweg"), version=1, by=mia)

    answer = as_(max).post(at(source), words(target))

    assert answer.status_code == 409
    assert "Beide wollen eine Bank." in answer.content.decode()


def test_the_same_idea_merged_by_a_colleague_is_no_double_click(source, target, max, mia, as_):
    merge_idea(source, target, version=1, by=mia)

    assert as_(max).post(at(source), words(target)).status_code == 409


def test_a_new_version_is_shown_first(source, target, max, as_):
    Idea.objects.filter(pk=source.pk).update(version=2)

    answer = as_(max).post(at(source), words(target))

    assert (answer.status_code, answer.context["form"]["version"].value()) == (409, 2)
    assert "Beide wollen eine Bank." in answer.content.decode()
    assert as_(max).post(at(source), words(target, version=2)).status_code == 302


def test_an_idea_that_was_withdrawn_meanwhile_is_refused_with_the_reason(source, target, max, as_):
    withdraw_idea(target, by=target.author)

    answer = as_(max).post(at(source), words(target))

    assert answer.status_code == 409
    assert "Beide wollen eine Bank." in answer.content.decode()
    assert again(source).is_in_review


def test_into_itself_is_refused(source, max, as_):
    assert as_(max).post(at(source), words(source)).status_code == 409


@pytest.mark.parametrize("into", ["", "1998-0001", "\x00", "x" * 10_000])
def test_a_reference_that_nobody_has_is_asked_for_again(source, target, max, as_, into):
    answer = as_(max).post(at(source), words(target, into=into))

    assert (answer.status_code, set(answer.context["form"].errors)) == (200, {"into"})


@pytest.mark.parametrize("state", ["declined", "adopted"])
def test_there_is_no_page_where_nothing_can_be_merged(state, max, as_):
    AllianceFactory()
    idea = IdeaFactory(state=state)

    assert as_(max).get(at(idea)).url == at(idea, "office_idea")
    assert at(idea) not in as_(max).get(at(idea, "office_idea")).content.decode()


@pytest.mark.parametrize("who", ["ivo", "ada", "eva", "root", "fritz"])
def test_for_everybody_else_it_does_not_exist(request, source, target, who, max, as_):
    client = as_(request.getfixturevalue(who))

    assert client.get(at(source)).status_code == 404
    assert client.post(at(source), words(target)).status_code == 404
    merger = merge_idea(source, target, version=1, by=max)
    assert client.post(at(source, "undo_merge"), {"merger": merger.pk}).status_code == 404
    assert again(source).is_merged


def test_who_wrote_the_other_idea_does_not_merge_into_it(source, max, as_):
    own = public("Bank zum Mitfahren", author=max)

    assert found(as_(max).get(at(source))) == []
    assert as_(max).post(at(source), words(own)).status_code == 409
    assert again(source).is_in_review


@pytest.mark.parametrize("merger", ["", "x", 999_999])
def test_a_merger_that_is_none_is_not_undone(source, target, max, as_, merger):
    merge_idea(source, target, version=1, by=max)

    assert as_(max).post(at(source, "undo_merge"), {"merger": merger}).status_code == 404


def test_of_two_who_undo_one_is_told(source, target, max, mia, as_):
    merger = merge_idea(source, target, version=1, by=max)
    undo_merge(Merger.objects.select_related("source__case", "target__case").get(), by=mia)

    assert as_(max).post(at(source, "undo_merge"), {"merger": merger.pk}).status_code == 409


def test_after_fourteen_days_the_page_says_so(source, target, max, as_):
    merger = merge_idea(source, target, version=1, by=max)
    Merger.objects.update(at=now() - timedelta(days=15))

    assert at(source, "undo_merge") not in as_(max).get(at(source)).content.decode()
    assert as_(max).post(at(source, "undo_merge"), {"merger": merger.pk}).status_code == 409


def test_a_mere_visit_undoes_nothing(source, target, max, as_):
    merge_idea(source, target, version=1, by=max)

    assert as_(max).get(at(source, "undo_merge")).url == at(source)
    assert again(source).is_merged


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_often_for_one_as_for_three(source, max, as_, rows, django_assert_num_queries):
    for number in range(rows):
        public(f"Mitfahrbank {number}")
    client = as_(max)
    client.get("/")  # the first page of a session notes where it is used

    with django_assert_num_queries(13):
        client.get(at(source), {"q": "Mitfahrbank"})
