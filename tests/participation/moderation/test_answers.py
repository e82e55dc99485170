"""Official answers in the office: drafted, changed, published, thrown away; and nobody's words are lost."""

import pytest
from django.urls import reverse

from participation.events.kinds import Kind
from participation.events.models import Event
from participation.ideas.models import Answer
from participation.ideas.operations.answering import change_answer, discard_answer, publish_answer
from participation.region.models import Alliance
from tests.factories import ActorFactory, AllianceFactory, AnswerFactory, IdeaFactory

WORDS = {"version": 1, "text": "Wir prüfen das.", "leads_to": "under_consideration"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def idea():
    AllianceFactory()
    return IdeaFactory()


@pytest.fixture
def answer(idea):
    return AnswerFactory(idea=idea, leads_to="under_consideration")


def case_of(idea):
    return reverse("office_idea", args=[idea.reference])


def drafting(idea):
    return reverse("draft_answer", args=[idea.reference])


def at(name, answer):
    return reverse(name, args=[answer.pk])


def seen(answer):
    """What the buttons of a draft send."""
    return {"version": 1, "reference": answer.idea.reference}


def levels(response):
    return {message.level_tag for message in response.context["messages"]}


class TestDrafting:
    @pytest.mark.parametrize("who", ["mia", "max", "ivo"])
    def test_the_office_drafts(self, request, as_, idea, who):
        person = request.getfixturevalue(who)

        response = as_(person).post(drafting(idea), WORDS)

        draft = Answer.objects.get()
        assert (response.status_code, response.url) == (302, case_of(idea))
        assert (draft.text, draft.leads_to, draft.drafted_by) == (WORDS["text"], WORDS["leads_to"], person)

    def test_a_double_click_makes_one_draft(self, max, as_, idea):
        client = as_(max)

        client.post(drafting(idea), WORDS)
        response = client.post(drafting(idea), WORDS, follow=True)

        assert Answer.objects.count() == 1
        assert levels(response) == {"success"}

    def test_nobody_answers_their_own_idea(self, max, as_):
        own = IdeaFactory(author=max)

        assert as_(max).get(drafting(own)).status_code == 404
        assert as_(max).post(drafting(own), WORDS).status_code == 404
        assert not Answer.objects.exists()

    def test_an_idea_that_is_not_public_gets_no_answer(self, max, as_):
        idea = IdeaFactory(state="submitted")
        client = as_(max)

        assert client.get(drafting(idea)).url == case_of(idea)
        response = client.post(drafting(idea), {**WORDS, "leads_to": ""})
        assert response.status_code == 409
        assert WORDS["text"] in response.content.decode()
        assert not Answer.objects.exists()

    @pytest.mark.parametrize(
        ("words", "status"),
        [
            ({"text": ""}, 200),
            ({"leads_to": "realised"}, 200),
            ({"decided_on": "2999-01-01"}, 200),
            ({"leads_to": "not_adopted"}, 409),  # nobody decided
        ],
    )
    def test_what_is_missing_is_said_and_the_text_is_kept(self, max, as_, idea, words, status):
        response = as_(max).post(drafting(idea), {**WORDS, **words})

        assert response.status_code == status
        assert {**WORDS, **words}["text"] in response.content.decode()
        assert not Answer.objects.exists()

    def test_the_intern_is_told_who_publishes(self, ivo, max, as_, idea):
        assert as_(ivo).get(drafting(idea)).context["prepares"]
        assert not as_(max).get(drafting(idea)).context["prepares"]


class TestChanging:
    def test_whoever_changes_a_draft_has_drafted_it(self, ivo, as_, answer):
        response = as_(ivo).post(at("edit_answer", answer), WORDS)

        answer.refresh_from_db()
        assert response.url == case_of(answer.idea)
        assert (answer.text, answer.version, answer.drafted_by) == (WORDS["text"], 2, ivo)

    def test_the_form_shows_what_stands_there(self, max, as_, answer):
        form = as_(max).get(at("edit_answer", answer)).context["form"]

        assert (form["text"].value(), form["version"].value()) == (answer.text, 1)

    def test_a_double_click_saves_once(self, max, as_, answer):
        client = as_(max)

        client.post(at("edit_answer", answer), WORDS)
        response = client.post(at("edit_answer", answer), WORDS, follow=True)

        answer.refresh_from_db()
        assert (answer.version, levels(response)) == (2, {"success"})

    def test_of_two_who_change_it_the_second_sees_both_texts(self, max, mia, as_, answer):
        change_answer(answer, "Von Mia.", version=1, by=mia)

        response = as_(max).post(at("edit_answer", answer), WORDS)

        assert response.status_code == 409
        assert (response.context["form"]["text"].value(), response.context["form"]["version"].value()) == (
            WORDS["text"], 2,
        )  # fmt: skip
        assert "Von Mia." in response.content.decode()

    @pytest.mark.parametrize("end", [discard_answer, lambda answer, by: publish_answer(answer, version=1, by=by)])
    def test_words_for_a_draft_that_is_no_more_become_a_new_one(self, max, mia, as_, answer, end):
        address, idea = at("edit_answer", answer), answer.idea
        end(answer, by=mia)

        response = as_(max).post(address, {**WORDS, "leads_to": "", "reference": idea.reference})

        assert response.status_code == 409
        assert WORDS["text"] in response.content.decode()
        assert f'action="{drafting(idea)}"' in response.content.decode()

    def test_a_published_answer_is_not_changed(self, max, as_, idea):
        published = AnswerFactory(idea=idea, published=True)

        assert as_(max).get(at("edit_answer", published)).url == case_of(idea)

    def test_nobody_changes_an_answer_to_their_own_idea(self, max, as_):
        own = AnswerFactory(idea=IdeaFactory(author=max))

        assert as_(max).get(at("edit_answer", own)).status_code == 404
        assert as_(max).post(at("edit_answer", own), WORDS).status_code == 404
        own.refresh_from_db()
        assert own.version == 1


class TestPublishing:
    @pytest.mark.parametrize("who", ["mia", "max"])
    def test_it_becomes_public_and_leads_the_idea_on(self, request, as_, answer, who):
        response = as_(request.getfixturevalue(who)).post(at("publish_answer", answer), seen(answer))

        answer.refresh_from_db()
        answer.idea.refresh_from_db()
        assert response.url == case_of(answer.idea)
        assert (answer.state, answer.idea.state) == ("published", "under_consideration")

    def test_a_double_click_publishes_once(self, max, as_, answer):
        client = as_(max)

        client.post(at("publish_answer", answer), seen(answer))
        response = client.post(at("publish_answer", answer), seen(answer), follow=True)

        assert levels(response) == {"success"}
        assert Event.objects.filter(kind=Kind.IDEA_CONSIDERED).count() == 1

    def test_the_intern_publishes_nothing(self, ivo, as_, answer):
        response = as_(ivo).post(at("publish_answer", answer), seen(answer))

        answer.refresh_from_db()
        assert (response.status_code, answer.state) == (404, "draft")

    def test_where_two_pairs_of_eyes_are_wanted_nobody_publishes_their_own_words(self, max, mia, as_, idea):
        Alliance.objects.update(four_eyes=True)
        mine = AnswerFactory(idea=idea, drafted_by=max)

        as_(max).post(at("publish_answer", mine), seen(mine))
        mine.refresh_from_db()
        assert mine.state == "draft"

        as_(mia).post(at("publish_answer", mine), seen(mine))
        mine.refresh_from_db()
        assert mine.state == "published"

    def test_nobody_publishes_an_answer_to_their_own_idea(self, as_):
        author = ActorFactory(posts=["manager"], is_staff=True, is_superuser=True)
        own = AnswerFactory(idea=IdeaFactory(author=author))

        as_(author).post(at("publish_answer", own), seen(own))

        own.refresh_from_db()
        assert own.state == "draft"

    @pytest.mark.parametrize("version", [1, "", "x"])
    def test_words_that_were_changed_meanwhile_are_not_published_unseen(self, max, mia, as_, answer, version):
        change_answer(answer, "Von Mia.", version=1, by=mia)

        response = as_(max).post(at("publish_answer", answer), {**seen(answer), "version": version})

        answer.refresh_from_db()
        assert (response.status_code, answer.state) == (409, "draft")

    def test_of_two_who_publish_the_second_is_told(self, max, mia, as_, answer):
        publish_answer(answer, version=1, by=mia)

        assert as_(max).post(at("publish_answer", answer), seen(answer)).status_code == 409

    def test_a_draft_thrown_away_meanwhile_is_told(self, max, mia, as_, answer):
        address, words = at("publish_answer", answer), seen(answer)
        discard_answer(answer, by=mia)

        assert as_(max).post(address, words).status_code == 409


class TestDiscarding:
    def test_a_draft_is_thrown_away_and_a_double_click_says_the_same(self, ivo, as_, answer):
        client, address, words = as_(ivo), at("discard_answer", answer), seen(answer)

        answers = [client.post(address, words, follow=True) for _click in range(2)]

        assert [levels(response) for response in answers] == [{"success"}] * 2
        assert not Answer.objects.exists()

    def test_words_that_were_changed_meanwhile_are_not_thrown_away_unseen(self, max, mia, as_, answer):
        change_answer(answer, "Von Mia.", version=1, by=mia)

        assert as_(max).post(at("discard_answer", answer), seen(answer)).status_code == 409
        assert Answer.objects.get().text == "Von Mia."

    def test_a_published_answer_stays(self, max, mia, as_, answer):
        publish_answer(answer, version=1, by=mia)

        assert as_(max).post(at("discard_answer", answer), seen(answer)).status_code == 409
        assert Answer.objects.exists()

    def test_nobody_throws_away_an_answer_to_their_own_idea(self, max, as_):
        own = AnswerFactory(idea=IdeaFactory(author=max))

        as_(max).post(at("discard_answer", own), seen(own))

        assert Answer.objects.exists()


@pytest.mark.parametrize("name", ["edit_answer", "publish_answer", "discard_answer"])
@pytest.mark.parametrize("words", [{}, {"reference": "1998-0001"}, {"reference": "\x00"}])
def test_what_never_was_does_not_exist(max, as_, name, words):
    address = reverse(name, args=[999_999])

    assert {as_(max).get(address).status_code, as_(max).post(address, {"version": 1, **words}).status_code} == {404}


@pytest.mark.parametrize("name", ["publish_answer", "discard_answer"])
def test_a_mere_visit_changes_nothing(max, as_, answer, name):
    assert as_(max).get(at(name, answer)).url == case_of(answer.idea)
    assert Answer.objects.get().state == "draft"
