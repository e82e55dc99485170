"""Letters about ideas once they are public, and within the office: answers, comments, promises, handing over."""

from datetime import date, timedelta

import pytest

from notifications.circulars import compose
from notifications.idea_letters import NEWS
from notifications.models import Delivery
from notifications.office_letters import MOST_LISTED
from notifications.unwanted import NO_LONGER, Unwanted
from participation.actors.models import Actor, Appointment
from participation.actors.operations import erase_actor
from participation.core.clock import today, travel_to
from participation.core.hiding import hide
from participation.discussion.operations import withdraw_comment
from participation.ideas.models import Answer
from participation.ideas.operations.answering import KINDS, draft_answer
from participation.ideas.operations.reviewing import hand_over_idea, take_idea
from participation.ideas.operations.taking_part import comment_on, end_support, support_idea
from participation.ideas.operations.writing import withdraw_idea
from participation.ideas.states import ANSWER_LEADS_TO
from participation.promises.models import Promise
from participation.promises.operations import extend, follow, fulfil, remind_of_overdue, unfollow
from tests.factories import ActorFactory, AllianceFactory, CommentFactory, IdeaFactory, PromiseFactory
from tests.notifications.ideas import MONDAY, SITE, answer, fan_out_all, letters, mail

BEFORE = {to: state for state, targets in ANSWER_LEADS_TO.items() for to in targets} | {"": "published"}
DECIDED = {"body": Answer.Body.COUNCIL, "decided_on": date(2026, 11, 20)}
SAID = {
    "": ("the office answers", "There is an official answer to the idea."),
    "under_consideration": ("the idea is under consideration", "The idea is now under consideration."),
    "deferred": ("the idea was deferred", "The idea was deferred. It is not lost, and may be taken up again."),
    "adopted": ("the idea was adopted", "The idea was adopted. Next comes the work on it."),
    "not_adopted": ("the idea was not adopted", "The idea was not adopted. The answer says why."),
    "in_progress": ("work on the idea has begun", "Work on the idea has begun."),
    "realised": ("the idea has become real", "The idea has become real."),
    "not_realised": ("the idea could not be realised", "The idea could not be realised. The answer says why."),
}
PUBLIC_NO_MORE = "the idea is no longer public"

# People who hear nothing of other people's ideas: intern, mayor, spokesperson, ALE, superuser, former moderator.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("ivo", "eva", "otto", "ale", "root", "fritz", "all_at_once"),
]


@pytest.fixture(autouse=True)
def _monday(ada, olga, max, mia):
    AllianceFactory()
    Actor.objects.update(language="en")
    with travel_to(MONDAY):
        yield


@pytest.fixture
def idea(ada):
    return IdeaFactory(author=ada, title="Mitfahrbank", case__reference="2026-0042")


@pytest.fixture
def waiting(ada):
    return IdeaFactory(state="submitted", author=ada, title="Mitfahrbank", case__reference="2026-0042")


@pytest.fixture
def paul(db):
    return ActorFactory(display_name="Paul", language="en")


class TestAnswering:
    def test_each_way_that_an_answer_can_lead_has_its_words(self):
        assert set(NEWS) == set(KINDS) == set(SAID)

    @pytest.mark.parametrize("leads_to", SAID)
    def test_author_supporters_and_followers_hear_where_it_leads(self, leads_to, ada, olga, paul, max):
        idea = IdeaFactory(
            author=ada, title="Mitfahrbank", case__reference="2026-0042", state=BEFORE[leads_to], published_at=MONDAY
        )
        follow(idea.case, olga)
        follow(idea.case, paul)

        answer(idea, max, leads_to, **DECIDED)

        subject, first = SAID[leads_to]
        assert letters() == [("idea_answered", "Ada"), ("idea_news", "Olga"), ("idea_news", "Paul")]
        own, news = mail(ada, "idea_answered"), mail(olga, "idea_news")
        assert own[0] == f"2026-0042: {subject}"
        assert news[0] == f"2026-0042: {subject} · Mitfahrbank"
        for _subject, text, html in (own, news):
            assert f" {first}" in text
            assert f" {first}" in html
            assert "So *geht* es weiter." in text
            assert "So <em>geht</em> es weiter." in html
            assert "Who decided: a municipal council, on 20 November 2026." in text
            assert f"{SITE}/ideen/2026-0042/" in text

    def test_without_a_decision_nobody_is_named(self, idea, ada, max):
        answer(idea, max)

        assert "Who decided" not in "".join(mail(ada, "idea_answered"))

    def test_who_supports_and_follows_hears_once_and_why(self, idea, olga, paul, max):
        support_idea(idea, by=olga)
        follow(idea.case, olga)
        follow(idea.case, paul)

        answer(idea, max)

        assert letters() == [("idea_answered", "Ada"), ("idea_news", "Olga"), ("idea_news", "Paul")]
        assert "because you support this idea" in mail(olga, "idea_news")[1]
        assert "because you follow this idea. You can stop that on its page." in mail(paul, "idea_news")[1]

    def test_an_author_who_follows_the_own_idea_hears_as_its_author(self, idea, ada, max):
        follow(idea.case, ada)

        answer(idea, max)

        assert letters() == [("idea_answered", "Ada")]

    def test_who_answers_is_not_told_the_own_words(self, idea, max, mia):
        for reader in (max, mia):
            follow(idea.case, reader)

        answer(idea, max)

        assert letters() == [("idea_answered", "Ada"), ("idea_news", "Mia")]

    def test_a_draft_is_told_to_nobody(self, idea, max, olga):
        follow(idea.case, olga)

        draft_answer(idea, "Vielleicht.", by=max)

        assert letters() == []

    def test_people_who_left_hear_nothing_and_the_others_still_do(self, idea, ada, olga, paul, max):
        support_idea(idea, by=olga)
        follow(idea.case, paul)
        for former in (ada, olga):
            erase_actor(former, by=former)
        idea.refresh_from_db()

        answer(idea, max)

        assert letters() == [("idea_news", "Paul")]

    def test_who_lost_interest_before_the_letter_left_does_not_get_it(self, idea, olga, paul, max):
        support_idea(idea, by=olga)
        follow(idea.case, paul)
        answer(idea, max)
        fan_out_all()

        end_support(idea, by=olga)
        unfollow(idea.case, paul)

        lost = NO_LONGER
        assert letters() == [("idea_answered", "Ada"), ("idea_news", lost), ("idea_news", lost)]

    def test_an_idea_that_was_withdrawn_brings_no_answers_and_no_letter_of_its_own(self, idea, ada, olga, max):
        follow(idea.case, olga)
        answer(idea, max)

        withdraw_idea(idea, by=ada)

        assert letters() == [("idea_answered", PUBLIC_NO_MORE), ("idea_news", PUBLIC_NO_MORE)]

    @pytest.mark.parametrize(("leads_to", "open_"), [("under_consideration", True), ("not_adopted", False)])
    def test_only_what_is_open_asks_for_comments(self, idea, ada, max, leads_to, open_):
        answer(idea, max, leads_to, **DECIDED)

        assert ("ask it as a comment" in mail(ada, "idea_answered")[1]) is open_


class TestCommenting:
    def test_the_author_reads_who_said_what_and_comes_to_its_place(self, idea, ada, olga, paul):
        follow(idea.case, paul)

        comment = comment_on(idea, "Das *fehlt* <b>hier</b>.", by=olga)

        assert letters() == [("idea_commented", "Ada")]
        subject, text, html = mail(ada, "idea_commented")
        assert subject == "2026-0042: new comment on your idea"
        assert "Olga commented on your idea “Mitfahrbank”:\n\nDas *fehlt* <b>hier</b>." in text
        assert "Das <em>fehlt</em> &lt;b&gt;hier&lt;/b&gt;." in html
        assert f"{SITE}/ideen/2026-0042/#comment-{comment.pk}" in text

    def test_a_comment_of_the_office_comes_in_its_name(self, idea, ada, max):
        comment_on(idea, "Danke!", by=max, in_office=True)

        text = mail(ada, "idea_commented")[1]
        assert "The office commented on your idea" in text
        assert "Max" not in text

    @pytest.mark.parametrize(
        ("writer", "parent", "by", "told"),
        [
            ("ada", None, "ada", []),  # the author comments
            ("ada", "olga", "ada", [("comment_replied", "Olga")]),  # the author replies
            ("ada", "olga", "paul", [("comment_replied", "Olga"), ("idea_commented", "Ada")]),
            ("ada", "olga", "olga", [("idea_commented", "Ada")]),  # somebody goes on
            ("ada", "ada", "olga", [("comment_replied", "Ada")]),  # one letter about one reply
            ("ada", "ada", "ada", []),
        ],
    )
    def test_each_other_person_hears_once(self, idea, request, writer, parent, by, told):
        by, said = request.getfixturevalue(by), None
        if parent:
            said = CommentFactory(case=idea.case, author=request.getfixturevalue(parent))

        comment_on(idea, "Stimmt.", by=by, parent=said)

        assert letters() == told

    def test_a_reply_says_whose_it_is(self, idea, olga, paul):
        comment_on(idea, "Stimmt.", by=paul, parent=CommentFactory(case=idea.case, author=olga))

        subject, text, _html = mail(olga, "comment_replied")
        assert subject == "2026-0042: reply to your comment"
        assert "Paul replied to your comment on the idea “Mitfahrbank”:\n\nStimmt." in text
        assert "because you wrote the comment that was replied to" in text

    def test_people_who_left_hear_nothing(self, idea, ada, olga, paul):
        said = CommentFactory(case=idea.case, author=olga)
        for former in (ada, olga):
            erase_actor(former, by=former)
        idea.refresh_from_db()
        said.refresh_from_db()

        comment_on(idea, "Stimmt.", by=paul, parent=said)

        assert letters() == []

    def test_a_writer_who_left_has_no_name(self, idea, ada, olga, paul):
        comment_on(idea, "Stimmt.", by=olga, parent=CommentFactory(case=idea.case, author=paul))
        erase_actor(olga, by=olga)

        assert "Somebody commented on your idea" in mail(ada, "idea_commented")[1]
        assert "Somebody replied to your comment" in mail(paul, "comment_replied")[1]

    @pytest.mark.parametrize("gone", ["comment", "idea"])
    def test_what_is_gone_is_not_reported(self, idea, ada, olga, paul, gone):
        comment = comment_on(idea, "Stimmt.", by=olga, parent=CommentFactory(case=idea.case, author=paul))
        if gone == "idea":
            withdraw_idea(idea, by=ada)
        else:
            withdraw_comment(comment, by=olga)

        reason = "the comment was removed, or the idea is no longer public"
        assert letters() == [("comment_replied", reason), ("idea_commented", reason)]

    def test_a_reply_to_what_is_gone_is_not_reported_to_its_writer(self, idea, olga, paul):
        said = CommentFactory(case=idea.case, author=olga)
        comment_on(idea, "Stimmt.", by=paul, parent=said)
        withdraw_comment(said, by=olga)

        gone = "the comment that was replied to is gone"
        assert letters() == [("comment_replied", gone), ("idea_commented", "Ada")]

    def test_a_hidden_profile_is_not_named(self, idea, ada, olga):
        comment_on(idea, "Gut.", by=olga)
        hide(olga, "rude")

        _subject, text, _html = mail(ada, "idea_commented")

        assert "Hidden profile commented on your idea" in text
        assert "Olga" not in text

    def test_who_removes_the_own_comment_knows(self, idea, olga):
        withdraw_comment(CommentFactory(case=idea.case, author=olga), by=olga)

        assert letters() == []


class TestPromising:
    def put_off(self, idea, by, day=date(2026, 12, 18)):
        return extend(Promise.objects.get(case=idea.case), day, reason="Der Rat tagt erst dann.", by=by)

    def test_the_author_is_told_until_when_and_why(self, waiting, ada, max):
        self.put_off(waiting, max)

        assert letters() == [("promise_extended", "Ada")]
        subject, text, html = mail(ada, "promise_extended")
        assert subject == "2026-0042: our answer comes later, by 18 December 2026"
        assert "by 7 December 2026. We cannot keep that day" in text
        assert "The reason:\n\nDer Rat tagt erst dann." in text
        for body in (text, html):
            assert "We answer you by Friday, 18 December 2026." in body

    def test_an_author_who_left_hears_nothing(self, waiting, ada, max):
        erase_actor(ada, by=ada)

        self.put_off(waiting, max)

        assert letters() == []

    def test_only_the_last_day_is_told(self, waiting, max):
        self.put_off(waiting, max)
        self.put_off(waiting, max, date(2026, 12, 21))

        dropped = ("promise_extended", "another day is promised, or the answer was given")
        assert letters() == [("promise_extended", "Ada"), dropped]

    def test_after_the_answer_no_later_day_is_told(self, waiting, max):
        self.put_off(waiting, max)
        fulfil(waiting.case)

        assert letters() == [("promise_extended", "another day is promised, or the answer was given")]


class TestBeingLate:
    @pytest.fixture(autouse=True)
    def _late(self, waiting):
        with travel_to(MONDAY + timedelta(days=20)):
            remind_of_overdue()
            yield

    def test_managers_alone_read_which_answer_is_owed_since_when(self, mia):
        assert letters() == [("promises_overdue", "Mia")]
        subject, text, html = mail(mia, "promises_overdue")
        assert subject == "2026-0042: the promised answer is overdue"
        assert "2026-0042, promised by 7 December 2026\nMitfahrbank" in text
        assert "2026-0042, promised by 7 December 2026" in html
        assert f"{SITE}/geschaeftsstelle/ideen/2026-0042/" in text
        assert f"{SITE}/geschaeftsstelle/ideen/\n" in text

    def test_of_many_the_oldest_are_listed_and_the_rest_counted(self, mia):
        for number in range(MOST_LISTED + 1):
            oldest = PromiseFactory(made_at=MONDAY - timedelta(days=30 + number))

        subject, text, _html = mail(mia, "promises_overdue")
        assert subject == f"{MOST_LISTED + 2} promised answers are overdue, {oldest.case} the longest"
        assert text.count("promised by") == MOST_LISTED
        assert "2 more are in the queue." in text
        assert "2026-0042" not in text

    def test_nothing_is_said_once_all_is_answered(self, waiting):
        fulfil(waiting.case)

        assert letters() == [("promises_overdue", "no promise is overdue any more")]

    def test_who_is_no_longer_manager_is_not_told(self):
        fan_out_all()
        Appointment.objects.filter(post="manager").update(until=today() - timedelta(days=1))

        assert letters() == [("promises_overdue", "the letter no longer concerns the recipient")]


class TestHandingOver:
    def test_the_new_moderator_alone_reads_from_whom_and_until_when(self, waiting, mia, max):
        hand_over_idea(waiting, to=max, by=mia)

        assert letters() == [("idea_handed_over", "Max")]
        subject, text, _html = mail(max, "idea_handed_over")
        assert subject == "2026-0042: this idea is now yours to look after"
        assert "Mia handed the idea “Mitfahrbank” with the reference 2026-0042 over to you." in text
        assert "An answer is owed by 7 December 2026." in text
        assert f"{SITE}/geschaeftsstelle/ideen/2026-0042/" in text

    def test_what_is_answered_names_no_day(self, idea, mia, max):
        hand_over_idea(idea, to=max, by=mia)

        assert "An answer is owed" not in "".join(mail(max, "idea_handed_over"))

    def test_who_takes_a_case_knows(self, waiting, mia, max):
        take_idea(waiting, by=max)
        hand_over_idea(waiting, to=max, by=max)

        assert letters() == []

    def test_who_has_handed_it_on_is_not_called(self, waiting, mia, max):
        hand_over_idea(waiting, to=max, by=mia)
        take_idea(waiting, by=mia)

        assert letters() == [("idea_handed_over", "somebody else looks after the idea")]


def test_a_letter_in_hand_while_its_reader_leaves_does_not_go_out(idea, ada, max):
    answer(idea, max)
    fan_out_all()
    in_hand = Delivery.objects.select_related("event__case", "recipient").get(letter="idea_answered")

    erase_actor(ada, by=ada)

    with pytest.raises(Unwanted, match="no longer belongs to the recipient"):
        compose(in_hand)
