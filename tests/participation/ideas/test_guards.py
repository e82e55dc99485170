"""What each guard of the operations holds back: ``make mutants`` breaks them one at a time, and here one sees it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from participation.core.clock import now, today, travel_to
from participation.core.errors import NotAllowed, Outdated, WrongState
from participation.events.kinds import Kind
from participation.events.models import Event
from participation.events.record import recorded
from participation.ideas.models import Answer, Idea, Support
from participation.ideas.operations.answering import (
    NobodyDecided,
    change_answer,
    discard_answer,
    draft_answer,
    publish_answer,
)
from participation.ideas.operations.reviewing import (
    decline_idea,
    hand_over_idea,
    publish_idea,
    return_idea,
    take_idea,
    warn_of_open_questions,
)
from participation.ideas.operations.taking_part import Closed, comment_on, end_support, support_idea
from participation.ideas.operations.writing import (
    Incomplete,
    change_draft,
    discard_idea_draft,
    resubmit_idea,
    submit_idea,
)
from participation.ideas.views.writing import DRAFTS_AN_HOUR
from tests.factories import ActorFactory, AllianceFactory, AnswerFactory, CommentFactory, IdeaFactory, SupportFactory

pytestmark = pytest.mark.django_db


def again(idea):
    """The same idea in another tab."""
    return Idea.objects.select_related("case").get(pk=idea.pk)


class TestAnswers:
    @pytest.mark.parametrize(
        ("state", "to", "ends"),
        [
            ("published", "under_consideration", False),
            ("published", "not_adopted", True),
            ("under_consideration", "adopted", False),
            ("under_consideration", "not_adopted", True),
            ("under_consideration", "deferred", False),
            ("deferred", "under_consideration", False),
            ("adopted", "in_progress", False),
            ("in_progress", "realised", True),
            ("in_progress", "not_realised", True),
        ],
    )
    def test_each_way_is_open_and_the_last_ones_close_the_case(self, state, to, ends, max):
        idea = IdeaFactory(state=state)
        answer = draft_answer(idea, "So ist es.", by=max, leads_to=to, body=Answer.Body.COUNCIL, decided_on=today())

        publish_answer(answer, version=1, by=max)

        found = again(idea)
        assert (found.state, bool(found.case.closed_at)) == (to, ends)

    @pytest.mark.parametrize("to", ["adopted", "not_adopted", "deferred"])
    def test_a_decision_names_the_body_and_the_day(self, to, max):
        with pytest.raises(NobodyDecided):
            draft_answer(IdeaFactory(state="under_consideration"), "So ist es.", by=max, leads_to=to)

    @pytest.mark.parametrize(
        "deed",
        [
            lambda answer, by: change_answer(answer, "Anders.", version=1, by=by),
            lambda answer, by: discard_answer(answer, by=by),
        ],
    )
    def test_only_the_office_changes_and_discards_a_draft(self, deed, olga):
        answer = AnswerFactory()

        with pytest.raises(NotAllowed):
            deed(answer, olga)

        answer.refresh_from_db()
        assert answer.version == 1

    def test_of_two_who_discard_one_is_too_late(self, max):
        answer = AnswerFactory()
        seen = Answer.objects.get(pk=answer.pk)
        discard_answer(answer, by=max)

        with pytest.raises(Outdated):
            discard_answer(seen, by=max)


@pytest.mark.parametrize("state", ["declined", "withdrawn", "not_adopted", "realised", "not_realised"])
def test_nothing_more_becomes_of_an_idea_that_ended(state):
    assert IdeaFactory(state=state).is_ended


class TestReviews:
    @pytest.mark.parametrize(
        "deed",
        [
            lambda idea, by: return_idea(idea, version=1, question="Wo genau?", by=by),
            lambda idea, by: decline_idea(idea, version=1, reason="rude", text="So nicht.", by=by),
            lambda idea, by: publish_idea(idea, version=1, by=by),
        ],
        ids=["returned", "declined", "published"],
    )
    def test_other_words_than_those_that_were_read_are_not_judged(self, deed, max):
        idea = IdeaFactory(state="submitted", version=2)

        with pytest.raises(Outdated):
            deed(idea, max)

        assert again(idea).is_in_review

    def test_only_who_may_decide_hands_a_case_over(self, ivo, max):
        idea = IdeaFactory(state="submitted")

        with pytest.raises(NotAllowed):
            hand_over_idea(idea, to=max, by=ivo)

    def test_a_case_that_the_author_withdrew_meanwhile_is_not_taken(self, max):
        idea = IdeaFactory(state="submitted")
        Idea.objects.filter(pk=idea.pk).update(state="withdrawn")

        with pytest.raises(Outdated):
            take_idea(idea, by=max)

    @pytest.mark.parametrize(("seen", "stands"), [("submitted", "returned"), ("returned", "submitted")])
    def test_a_case_that_still_waits_is_taken(self, seen, stands, max):
        idea = IdeaFactory(state=stands)
        idea.state = seen

        take_idea(idea, by=max)

        assert again(idea).moderator == max

    @pytest.mark.parametrize("meanwhile", [{"warned_at": now()}, {"state": "withdrawn", "reply_by": None}])
    def test_who_was_warned_or_gave_up_a_moment_ago_is_not_warned(self, meanwhile):
        ideas = [IdeaFactory(state="returned") for _ in range(2)]

        def the_other_moves(sender, event, **_):
            Idea.objects.filter(pk__in=[idea.pk for idea in ideas]).exclude(case=event.case).update(**meanwhile)

        recorded.connect(the_other_moves)
        try:
            with travel_to(now() + timedelta(days=50)):
                warn_of_open_questions()
        finally:
            recorded.disconnect(the_other_moves)

        assert Event.objects.filter(kind=Kind.IDEA_WARNED).count() == 1


class TestTakingPart:
    @pytest.mark.parametrize("state", ["published", "under_consideration", "deferred", "adopted", "in_progress"])
    def test_an_open_idea_is_supported_and_discussed(self, state, ada):
        idea = IdeaFactory(state=state)

        support_idea(idea, by=ada)
        comment_on(idea, "Gute Idee.", by=ada)

        assert (idea.is_open, again(idea).support_count) == (True, 1)

    @pytest.mark.parametrize("state", ["not_adopted", "realised", "not_realised", "withdrawn", "declined", "submitted"])
    def test_a_closed_one_is_not(self, state, ada):
        idea = IdeaFactory(state=state)

        with pytest.raises(Closed):
            support_idea(idea, by=ada)
        with pytest.raises(Closed):
            comment_on(idea, "Gute Idee.", by=ada)

    def test_who_may_not_support_takes_no_support_back(self, ada):
        support = SupportFactory(actor=ada)
        type(ada).objects.filter(pk=ada.pk).update(confirmed_at=None)
        ada.refresh_from_db()

        with pytest.raises(NotAllowed):
            end_support(support.idea, by=ada)
        assert Support.objects.exists()

    def test_who_may_not_write_hears_nothing_of_what_is_there(self):
        comment = CommentFactory(author=ActorFactory(confirmed=False))

        with pytest.raises(NotAllowed):
            comment_on(Idea.objects.get(case=comment.case), comment.text, by=comment.author)


class TestWriting:
    def test_nobody_changes_or_discards_the_draft_of_somebody_else(self, ada, mia):
        draft = IdeaFactory(state="draft", author=ada)

        with pytest.raises(NotAllowed):
            change_draft(draft, version=1, by=mia, title="Meins")
        with pytest.raises(NotAllowed):
            discard_idea_draft(draft, by=mia)
        assert again(draft).title == draft.title

    def test_a_tab_left_open_changes_or_discards_nothing_that_was_submitted(self, ada):
        draft = IdeaFactory(state="draft", author=ada)
        seen = again(draft)
        submit_idea(draft, by=ada)

        with pytest.raises(Outdated):
            change_draft(seen, version=1, by=ada, title="Anders")
        with pytest.raises(Outdated):
            discard_idea_draft(seen, by=ada)
        assert again(draft).title == draft.title

    def test_words_that_another_tab_saved_are_not_submitted_unseen(self, ada):
        draft = IdeaFactory(state="draft", author=ada)
        seen = again(draft)
        change_draft(draft, version=1, by=ada, text="Ganz andere Worte.")

        with pytest.raises(Outdated):
            submit_idea(seen, by=ada)

    def test_nobody_corrects_for_somebody_else(self, mia):
        idea = IdeaFactory(state="returned")

        with pytest.raises(NotAllowed):
            resubmit_idea(idea, version=1, corrected="Alles.", by=mia, **words_of(idea))

    @pytest.mark.parametrize("missing", [{"title": ""}, {"text": ""}, {"field": None}, {"corrected": ""}])
    def test_a_correction_is_whole(self, missing):
        idea = IdeaFactory(state="returned")

        with pytest.raises(Incomplete):
            resubmit_idea(idea, version=1, by=idea.author, **{**words_of(idea), "corrected": "Alles."} | missing)

    def test_what_nobody_returned_is_not_corrected(self):
        idea = IdeaFactory(state="submitted")

        with pytest.raises(WrongState):
            resubmit_idea(idea, version=1, corrected="Alles.", by=idea.author, **words_of(idea))

    def test_the_draft_shows_its_form_and_nothing_once_it_is_submitted(self, as_, ada):
        AllianceFactory()
        draft = IdeaFactory(state="draft", author=ada)
        page = reverse("edit_draft", args=[draft.pk])
        assert as_(ada).get(page).status_code == 200

        submit_idea(draft, by=ada)

        assert as_(ada).get(page).status_code == 404

    def test_many_drafts_within_an_hour_wait(self, as_, ada):
        AllianceFactory()
        client, words = as_(ada), {"title": "Bank", "action": "autosave"}
        for _ in range(DRAFTS_AN_HOUR):
            client.post(reverse("new_idea"), words)

        assert client.post(reverse("new_idea"), words).status_code >= 400
        assert Idea.objects.count() == DRAFTS_AN_HOUR


class TestPagesOfComments:
    def test_a_reply_to_what_is_gone_keeps_its_words(self, as_, ada):
        AllianceFactory()
        comment = CommentFactory(removed_at=now(), text="", html="")
        page = reverse("comment_idea", args=[comment.case.reference])
        words = {"text": "Das sehe ich auch so."}

        answer = as_(ada).post(page, {**words, "parent": comment.pk})

        assert (answer.status_code, words["text"] in answer.content.decode()) == (409, True)
        assert as_(ada).post(page, words).status_code == 302

    def test_only_its_writer_changes_a_comment(self, as_, ada, mia):
        AllianceFactory()
        comment = CommentFactory(author=ada)
        page = reverse("edit_comment", args=[comment.pk])

        assert [as_(who).get(page).status_code for who in (ada, mia)] == [200, 404]

    def test_only_its_writer_removes_a_comment(self, as_, ada, olga, max):
        AllianceFactory()
        comment = CommentFactory(author=ada)
        page = reverse("remove_comment", args=[comment.pk])

        assert [as_(who).get(page).status_code for who in (ada, olga, max)] == [200, 404, 404]

    def test_a_reply_finds_its_comment(self, as_, ada):
        AllianceFactory()
        comment = CommentFactory()
        page = reverse("comment_idea", args=[comment.case.reference])

        assert as_(ada).post(page, {"text": "Ja, gern.", "parent": comment.pk}).status_code == 302


def words_of(idea):
    return {"title": idea.title, "text": "Neuer Text.", "field": idea.field}
