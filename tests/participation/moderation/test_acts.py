"""What the office does with an idea: done, refused, done by somebody else first, and clicked twice."""

from datetime import timedelta

import pytest
from django.urls import reverse

from participation.core.clock import now, today
from participation.events.kinds import Kind
from participation.events.models import Event
from participation.ideas.models import Idea, Review
from participation.ideas.operations.reviewing import publish_idea, take_idea
from participation.moderation.models import Note
from participation.promises.calendar import end_of
from participation.promises.models import Extension, Promise
from tests.factories import ActorFactory, AllianceFactory, IdeaFactory

LATER = today() + timedelta(days=60)
WORDS = {
    "publish_idea": {"version": 1, "text": "Danke."},
    "return_idea": {"version": 1, "text": "Wo genau?"},
    "decline_idea": {"version": 1, "reason": "not_here", "text": "Das entscheidet der Kreis."},
    "note_idea": {"text": "Angerufen."},
    "take_idea": {"holder": ""},
}
KINDS = {
    "publish_idea": [Kind.IDEA_PUBLISHED],
    "return_idea": [Kind.IDEA_RETURNED],
    "decline_idea": [Kind.IDEA_DECLINED],
    "note_idea": [],
    "take_idea": [Kind.CASE_TAKEN],
    "hand_over_idea": [Kind.CASE_HANDED_OVER],
    "extend_promise": [Kind.PROMISE_EXTENDED],
}
ACTS = list(KINDS)

pytestmark = pytest.mark.django_db


@pytest.fixture
def idea():
    AllianceFactory()
    return IdeaFactory(state="submitted")


def at(name, idea):
    return reverse(name, args=[idea.reference])


def words_for(act, idea):
    """A right and complete form, as the page of the case would send it now."""
    if act == "hand_over_idea":
        return {"holder": "", "to": ActorFactory(posts=["moderator"]).pk}
    if act == "extend_promise":
        due_at = Promise.objects.get(case=idea.case).due_at
        return {"promised": due_at.isoformat(timespec="seconds"), "until": LATER.isoformat(), "reason": "Urlaub"}
    return WORDS[act]


def kinds(idea):
    return list(Event.objects.filter(case=idea.case).order_by("pk").values_list("kind", flat=True))


def rows(idea):
    """Everything an act may change."""
    tables = (Idea.objects.filter(pk=idea.pk), Review.objects.all(), Note.objects.all(), Extension.objects.all(),
              Promise.objects.all(), Event.objects.all())  # fmt: skip
    return [list(table.order_by("pk").values()) for table in tables]


class TestDone:
    @pytest.mark.parametrize("act", ACTS)
    def test_an_act_is_done_once_and_leads_back_to_the_case(self, max, as_, idea, act):
        answer = as_(max).post(at(act, idea), words_for(act, idea))

        assert (answer.status_code, answer.url) == (302, at("office_idea", idea))
        assert kinds(idea) == KINDS[act]

    @pytest.mark.parametrize("act", ACTS)
    def test_a_double_click_does_nothing_more_and_says_the_same(self, max, as_, idea, act):
        client, words = as_(max), words_for(act, idea)
        client.post(at(act, idea), words)
        once = rows(idea)

        answer = client.post(at(act, idea), words, follow=True)

        assert (answer.status_code, rows(idea)) == (200, once)
        assert {message.level_tag for message in answer.context["messages"]} == {"success"}

    def test_publishing_decides_about_what_was_seen(self, max, as_, idea):
        as_(max).post(at("publish_idea", idea), WORDS["publish_idea"])

        idea.refresh_from_db()
        review = idea.reviews.get()
        assert idea.is_public
        assert (review.outcome, review.version, review.text, review.by) == ("published", 1, "Danke.", max)

    def test_a_question_gives_the_author_sixty_days(self, max, as_, idea):
        as_(max).post(at("return_idea", idea), WORDS["return_idea"])

        idea.refresh_from_db()
        assert (idea.is_returned, idea.reply_by) == (True, today() + timedelta(days=60))

    def test_a_refusal_carries_reason_and_words(self, max, as_, idea):
        as_(max).post(at("decline_idea", idea), WORDS["decline_idea"])

        idea.refresh_from_db()
        assert idea.is_declined
        assert idea.reviews.get().reason == "not_here"

    def test_a_promise_is_put_off_to_the_end_of_a_day(self, max, as_, idea):
        as_(max).post(at("extend_promise", idea), words_for("extend_promise", idea))

        assert Promise.objects.get().due_at == end_of(LATER)
        assert Extension.objects.get().reason == "Urlaub"

    def test_a_case_is_handed_to_a_colleague_who_decides(self, max, mia, as_, idea):
        as_(max).post(at("hand_over_idea", idea), {"holder": "", "to": mia.pk})

        idea.refresh_from_db()
        assert idea.moderator == mia


class TestRefused:
    @pytest.mark.parametrize("act", sorted(set(ACTS) - {"note_idea"}))
    def test_the_intern_decides_nothing(self, ivo, as_, idea, act):
        words, before = words_for(act, idea), rows(idea)

        assert as_(ivo).post(at(act, idea), words).status_code == 404
        assert rows(idea) == before

    @pytest.mark.parametrize("act", ACTS)
    def test_nobody_works_on_their_own_idea_superusers_included(self, as_, act):
        AllianceFactory()
        author = ActorFactory(posts=["manager"], is_staff=True, is_superuser=True)
        own = IdeaFactory(state="submitted", author=author)
        words, before = words_for(act, own), rows(own)

        assert as_(author).post(at(act, own), words).status_code == 404
        assert as_(author).post(at(act, own), {}).status_code == 404
        assert rows(own) == before

    @pytest.mark.parametrize(
        ("act", "words"),
        [
            ("decline_idea", {"reason": "", "text": "Leider nein."}),
            ("decline_idea", {"reason": "rude", "text": " "}),
            ("decline_idea", {"reason": "unheard", "text": "Leider nein."}),
            ("return_idea", {"text": ""}),
            ("return_idea", {"version": ""}),
            ("publish_idea", {"version": 2**70}),
            ("publish_idea", {"text": "x" * 3001}),
            ("note_idea", {"text": ""}),
            ("take_idea", {"holder": "x"}),
            ("hand_over_idea", {"to": ""}),
            ("hand_over_idea", {"to": 2**70}),
            ("extend_promise", {"until": "", "reason": "Urlaub"}),
            ("extend_promise", {"until": "2099-01-01", "reason": "Urlaub"}),
            ("extend_promise", {"until": LATER.isoformat(), "reason": ""}),
        ],
    )
    def test_what_is_missing_is_said_and_what_was_typed_is_kept(self, max, as_, idea, act, words):
        words = {**words_for(act, idea), **words}
        before = rows(idea)

        answer = as_(max).post(at(act, idea), words)

        assert (answer.status_code, rows(idea)) == (200, before)
        assert words.get("text", "").strip() in answer.content.decode()

    def test_a_case_goes_to_nobody_who_may_not_decide(self, max, ivo, as_, idea):
        before = rows(idea)
        client = as_(max)

        for person in (ivo, idea.author, ActorFactory()):
            assert client.post(at("hand_over_idea", idea), {"holder": "", "to": person.pk}).status_code == 200
        assert rows(idea) == before

    def test_a_case_goes_to_nobody_who_has_it(self, max, mia, as_, idea):
        take_idea(idea, by=mia)
        before = rows(idea)

        answer = as_(max).post(at("hand_over_idea", idea), {"holder": mia.pk, "to": mia.pk})

        assert (answer.status_code, rows(idea)) == (200, before)

    def test_a_promise_is_not_put_off_to_an_earlier_day(self, max, as_, idea):
        words = {**words_for("extend_promise", idea), "until": "0001-01-01"}

        answer = as_(max).post(at("extend_promise", idea), words)

        assert (answer.status_code, Extension.objects.count()) == (409, 0)
        assert "Urlaub" in answer.content.decode()

    def test_a_question_keeps_its_sixty_days(self, max, as_):
        idea = IdeaFactory(state="returned", warned_at=now())

        answer = as_(max).post(at("decline_idea", idea), WORDS["decline_idea"])

        idea.refresh_from_db()
        assert (answer.status_code, idea.is_returned) == (409, True)
        assert "Das entscheidet der Kreis." in answer.content.decode()


class TestSomebodyElseWasFirst:
    @pytest.mark.parametrize("act", ["publish_idea", "return_idea", "decline_idea"])
    def test_who_comes_second_is_told_and_keeps_the_text(self, max, mia, as_, idea, act):
        publish_idea(idea, version=1, by=mia)
        before = rows(idea)

        answer = as_(max).post(at(act, idea), WORDS[act])

        assert (answer.status_code, rows(idea)) == (409, before)
        assert WORDS[act]["text"] in answer.content.decode()

    def test_another_version_is_not_judged_unseen_and_the_next_try_is_about_what_stands_there(self, max, as_, idea):
        Idea.objects.update(version=2)

        answer = as_(max).post(at("publish_idea", idea), WORDS["publish_idea"])

        form = next(act["form"] for act in answer.context["acts"]["decide"] if act["is_open"])
        assert answer.status_code == 409
        assert (form["version"].value(), form["text"].value()) == (2, "Danke.")
        assert not Review.objects.exists()

    @pytest.mark.parametrize("act", ["take_idea", "hand_over_idea"])
    def test_nobody_is_robbed_of_a_case_unseen(self, max, mia, as_, idea, act):
        words = words_for(act, idea)
        take_idea(idea, by=mia)

        assert as_(max).post(at(act, idea), words).status_code == 409
        idea.refresh_from_db()
        assert idea.moderator == mia

    def test_a_promise_put_off_meanwhile_is_not_put_off_again_unseen(self, max, mia, as_, idea):
        words = words_for("extend_promise", idea)
        as_(mia).post(at("extend_promise", idea), words)
        before = rows(idea)

        answer = as_(max).post(at("extend_promise", idea), {**words, "reason": "Krankheit"})

        assert (answer.status_code, rows(idea)) == (409, before)
        assert "Krankheit" in answer.content.decode()

    def test_without_a_promise_nothing_is_put_off(self, max, as_, idea):
        words = words_for("extend_promise", idea)
        Promise.objects.all().delete()

        answer = as_(max).post(at("extend_promise", idea), words)

        assert answer.status_code == 409
        assert "Urlaub" in answer.content.decode()
