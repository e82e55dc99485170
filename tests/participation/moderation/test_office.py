"""The office at work on ideas: the queue, the page of a case, and who sees what of them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from participation.core.clock import now, today
from participation.ideas.models import Idea
from participation.promises.models import Extension, Promise
from tests.factories import (
    ActorFactory,
    AllianceFactory,
    AnswerFactory,
    CommentFactory,
    EventFactory,
    IdeaFactory,
    MunicipalityFactory,
    NoteFactory,
    ReviewFactory,
)

QUEUE = "/geschaeftsstelle/ideen/"
ACTS = ["take_idea", "hand_over_idea", "note_idea", "extend_promise", "publish_idea", "return_idea", "decline_idea",
        "draft_answer"]  # fmt: skip
DECIDE = {"publish", "ask", "decline"}
MOST_QUERIES = 16

pytestmark = pytest.mark.django_db


@pytest.fixture
def idea():
    AllianceFactory()
    return IdeaFactory(state="submitted")


def at(name, idea):
    return reverse(name, args=[idea.reference])


def shown_acts(client, idea):
    """The acts on the page of a case, by name."""
    places = client.get(at("office_idea", idea)).context["acts"].values()
    return {act["act"].name for acts in places for act in acts}


def promised_in(days, **fields):
    """A submitted idea whose answer is due in so many days."""
    idea = IdeaFactory(state="submitted", **fields)
    made_at = now() - timedelta(days=30)
    Promise.objects.filter(case=idea.case).update(made_at=made_at, due_at=now() + timedelta(days=days))
    return idea


class TestWhoEnters:
    @pytest.mark.parametrize("who", ["mia", "max", "ivo"])
    def test_the_office_sees_queue_and_case(self, request, as_, idea, who):
        client = as_(request.getfixturevalue(who))

        assert list(client.get(QUEUE).context["page"]) == [idea]
        assert client.get(at("office_idea", idea)).status_code == 200

    @pytest.mark.parametrize("who", ["ada", "olga", "eva", "root", "fritz"])
    def test_for_everybody_else_there_is_nothing(self, request, as_, idea, who):
        client = as_(request.getfixturevalue(who))

        assert {client.get(url).status_code for url in (QUEUE, at("office_idea", idea))} == {404}
        assert {client.post(at(act, idea)).status_code for act in ACTS} == {404}

    def test_a_stranger_is_asked_to_sign_in(self, sam, idea):
        urls = [QUEUE, at("office_idea", idea), *[at(act, idea) for act in ACTS]]

        assert {sam.get(url).url.partition("?")[0] for url in urls} == {reverse("account_login")}

    def test_drafts_of_ideas_are_not_the_offices(self, max, as_, idea):
        IdeaFactory(state="draft")

        assert list(as_(max).get(QUEUE).context["page"]) == [idea]


class TestQueue:
    def test_the_oldest_promise_stands_on_top_and_overdue_ones_are_marked(self, max, as_, idea):
        Idea.objects.filter(pk=idea.pk).update(moved_at=now() - timedelta(days=90))
        soon, late = promised_in(2), promised_in(-3)

        answer = as_(max).get(QUEUE)

        page = list(answer.context["page"])
        assert page == [late, soon, idea]
        assert [(row.left.is_late, row.left.days_left, row.left.days_late) for row in page[:2]] == [
            (True, 0, 3), (False, 2, 1),
        ]  # fmt: skip
        assert answer.content.decode().count('class="late"') == 1

    def test_it_holds_what_the_office_has_to_do_and_nothing_else(self, max, as_, idea):
        unanswered = IdeaFactory(state="returned", reply_by=today() - timedelta(days=1))
        drafted = AnswerFactory().idea
        for state in ("returned", "declined", "withdrawn", "published", "adopted"):
            IdeaFactory(state=state)
        AnswerFactory(published=True)

        assert set(as_(max).get(QUEUE).context["page"]) == {idea, unanswered, drafted}

    def test_the_tabs_count_and_show_mine_and_those_that_nobody_took(self, max, mia, as_, idea):
        mine = IdeaFactory(state="submitted", moderator=max)
        IdeaFactory(state="submitted", moderator=mia)
        client = as_(max)

        assert [tab["count"] for tab in client.get(QUEUE).context["tabs"]] == [3, 1, 1]
        assert list(client.get(QUEUE, {"wer": "ich"}).context["page"]) == [mine]
        assert list(client.get(QUEUE, {"wer": "niemand"}).context["page"]) == [idea]

    def test_an_unknown_filter_shows_everything(self, max, as_, idea):
        answer = as_(max).get(QUEUE, {"wer": "alle'--"})

        assert list(answer.context["page"]) == [idea]

    def test_a_case_is_taken_from_the_queue_but_not_ones_own_and_not_by_the_intern(self, max, ivo, as_, idea):
        own = IdeaFactory(state="submitted", author=max)
        html = as_(max).get(QUEUE).content.decode()

        assert at("take_idea", idea) in html
        assert at("take_idea", own) not in html
        assert at("take_idea", idea) not in as_(ivo).get(QUEUE).content.decode()
        assert as_(max).post(at("take_idea", idea)).url == at("office_idea", idea)
        idea.refresh_from_db()
        assert idea.moderator == max

    @pytest.mark.parametrize("query", ["", "?wer=ich"])
    def test_nothing_that_waits_is_said_and_leads_on(self, max, as_, query):
        answer = as_(max).get(QUEUE + query)

        assert 'class="empty' in answer.content.decode()


class TestCase:
    def test_a_moderator_sees_every_act(self, max, as_, idea):
        assert shown_acts(as_(max), idea) == {*DECIDE, "take", "hand_over", "note", "extend"}

    def test_nobody_takes_what_they_have(self, max, as_, idea):
        Idea.objects.update(moderator=max)

        assert "take" not in shown_acts(as_(max), idea)

    def test_the_intern_notes_and_is_told_who_decides(self, ivo, as_, idea):
        answer = as_(ivo).get(at("office_idea", idea))

        assert shown_acts(as_(ivo), idea) == {"note"}
        assert answer.context["prepares"]
        assert not as_(ivo).get(at("office_idea", IdeaFactory(author=ivo))).context["prepares"]

    def test_the_author_sees_neither_acts_nor_notes_nor_drafts(self, as_):
        author = ActorFactory(posts=["manager"], is_staff=True, is_superuser=True)
        own = IdeaFactory(author=author)
        NoteFactory(case=own.case, text="Vertraulich.")
        AnswerFactory(idea=own, text="Entwurf.", html="Entwurf.")

        answer = as_(author).get(at("office_idea", own))

        assert answer.context["acts"] == {}
        assert "Vertraulich." not in answer.content.decode()
        assert "Entwurf." not in answer.content.decode()

    def test_who_declined_it_before_is_told_that_another_person_decides(self, max, mia, as_, idea):
        ReviewFactory(idea=idea, outcome="declined", reason="rude", by=max)

        assert as_(max).get(at("office_idea", idea)).context["judged_before"]
        assert not shown_acts(as_(max), idea) & DECIDE
        assert not as_(mia).get(at("office_idea", idea)).context["judged_before"]
        assert shown_acts(as_(mia), idea) >= DECIDE

    @pytest.mark.parametrize(("warned", "late", "shown"), [(True, 1, {"decline"}), (True, 0, set()), (False, 1, set())])
    def test_a_returned_idea_is_declined_when_its_author_was_warned_and_late(self, max, as_, warned, late, shown):
        idea = IdeaFactory(
            state="returned", reply_by=today() - timedelta(days=late), warned_at=now() if warned else None
        )

        assert shown_acts(as_(max), idea) & DECIDE == shown

    @pytest.mark.parametrize("state", ["declined", "withdrawn", "not_adopted", "realised"])
    def test_an_ended_idea_is_only_noted_about(self, max, as_, state):
        assert shown_acts(as_(max), IdeaFactory(state=state)) == {"note"}

    def test_every_key_is_documented_and_opens_one_act(self, max, as_):
        client, pages = as_(max), [IdeaFactory(state="submitted"), IdeaFactory()]

        for idea in pages:
            answer = client.get(at("office_idea", idea))
            keys = [str(row["key"]) for row in answer.context["keys"]]
            assert len(set(keys)) == len(keys) > 0
            assert {answer.content.decode().count(f'data-key="{key}"') for key in keys} == {1}

    def test_a_mere_visit_to_an_act_leads_to_the_case(self, max, as_, idea):
        client = as_(max)

        for act in ACTS:
            answer = client.get(at(act, idea))
            assert (answer.status_code, answer.url) == (302, at("office_idea", idea))

    def test_what_was_typed_when_the_session_ended_stands_there_again(self, max, as_, sam, idea):
        mark = as_(max).get(at("office_idea", idea)).content.decode().partition('name="mark" value="')[2].split('"')[0]
        sam.post(at("return_idea", idea), {"version": 1, "text": "Wo genau?", "mark": mark})

        answer = as_(max).get(at("return_idea", idea))

        assert answer.status_code == 200
        assert "Wo genau?" in answer.content.decode()


class TestQueries:
    @pytest.mark.parametrize("who", ["mia", "ivo"])
    @pytest.mark.parametrize("rows", [1, 30])
    def test_the_queue_asks_as_often_for_thirty_as_for_one(
        self, request, as_, who, rows, django_assert_max_num_queries
    ):
        AllianceFactory()
        towns = MunicipalityFactory.create_batch(2)
        for _number in range(rows):
            idea = IdeaFactory(state="submitted", whole_alliance=False, moderator=ActorFactory())
            idea.municipalities.set(towns)
        client = as_(request.getfixturevalue(who))
        client.get(QUEUE)

        with django_assert_max_num_queries(MOST_QUERIES):
            client.get(QUEUE)

    @pytest.mark.parametrize("who", ["mia", "ivo"])
    @pytest.mark.parametrize("state", ["submitted", "published"])
    @pytest.mark.parametrize("rows", [1, 30])
    def test_the_case_asks_as_often_for_thirty_as_for_one(
        self, request, as_, who, state, rows, django_assert_max_num_queries
    ):
        AllianceFactory(four_eyes=True)
        person = request.getfixturevalue(who)
        idea = IdeaFactory(state=state, moderator=ActorFactory(posts=["moderator"]))
        promise = Promise.objects.get(case=idea.case)
        for number in range(rows):
            NoteFactory(case=idea.case)
            CommentFactory(case=idea.case)
            EventFactory(case=idea.case, by=ActorFactory())
            ReviewFactory(idea=idea, outcome="returned")
            if state == "published":
                AnswerFactory(idea=idea, published=True)
                AnswerFactory(idea=idea, drafted_by=person)
                AnswerFactory(idea=idea)
            due_at = promise.due_at + timedelta(days=number + 1)
            Extension.objects.create(
                promise=promise, former_due_at=promise.due_at, due_at=due_at, reason="Urlaub", at=now()
            )
        client = as_(person)
        client.get(at("office_idea", idea))

        with django_assert_max_num_queries(MOST_QUERIES):
            client.get(at("office_idea", idea))
