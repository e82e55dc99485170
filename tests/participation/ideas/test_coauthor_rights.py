"""What co-authors read, what they leave to the author, and what of the office they may no longer judge."""

import pytest

from participation.core.authority import may
from participation.ideas.coauthor_queries import together_with
from participation.ideas.models import Idea, Support
from participation.ideas.operations.coauthors import leave_idea
from participation.ideas.operations.merging import merge_idea
from participation.ideas.operations.taking_part import support_idea
from participation.ideas.states import IdeaState
from participation.moderation.merge_queries import targets_for
from participation.moderation.queries import deciders
from participation.promises.models import Follow, Promise
from participation.reports.operations.reporting import OnesOwn, report_thing
from participation.reports.queries import objections_for, reports_for
from tests.coauthor_factories import CoAuthorFactory
from tests.factories import ActorFactory, AllianceFactory, AnswerFactory, CommentFactory, IdeaFactory
from tests.report_factories import ObjectionFactory, ReportFactory, StatementFactory

from .coauthors import OLGA, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def idea(ada):
    AllianceFactory()
    return IdeaFactory(author=ada)


@pytest.fixture
def invited(idea, olga):
    return CoAuthorFactory(idea=idea, email=OLGA)


@pytest.fixture
def accepted(idea, olga):
    return CoAuthorFactory(idea=idea, state="accepted", actor=olga)


class TestReading:
    @pytest.mark.parametrize("state", list(IdeaState))
    def test_a_coauthor_reads_it_wherever_its_author_does(self, ada, olga, state):
        idea = IdeaFactory(author=ada, state=state)
        before = Idea.objects.visible_to(olga).filter(pk=idea.pk).exists()
        row = CoAuthorFactory(idea=idea, state="accepted", actor=olga)

        assert before is Idea.objects.public().filter(pk=idea.pk).exists()
        assert Idea.objects.visible_to(olga).get() == idea
        leave_idea(row, by=olga)
        assert Idea.objects.visible_to(olga).filter(pk=idea.pk).exists() is before

    def test_an_invitation_alone_opens_nothing(self, ada, olga):
        CoAuthorFactory(idea=IdeaFactory(author=ada, state="submitted"), email=OLGA)

        assert not Idea.objects.visible_to(olga).exists()

    def test_what_stands_on_my_page(self, invited, ada, olga):
        other = CoAuthorFactory(state="accepted", actor=olga)

        assert together_with(olga) == ([other], [invited])
        assert together_with(ada) == ([], [])


class TestJudging:
    """Co-authors do with their idea what authors do: nothing that is the office's or the others'."""

    IDEA = ["support_idea", "take_idea", "review_idea", "merge_idea", "draft_answer"]
    ALL = [*IDEA, "publish_answer", "write_note", "extend_promise"]

    def subject(self, idea, name):
        if name == "publish_answer":
            return AnswerFactory(idea=idea)
        return {"write_note": idea.case, "extend_promise": Promise.objects.get(case=idea.case)}.get(name, idea)

    @pytest.mark.parametrize("name", ALL)
    def test_a_coauthor_of_the_office_judges_nothing(self, idea, max, name):
        subject = self.subject(idea, name)
        assert may(max, f"participation.{name}", subject)
        row = CoAuthorFactory(idea=idea, state="accepted", actor=max)
        assert not may(max, f"participation.{name}", subject)

        leave_idea(row, by=max)

        assert may(max, f"participation.{name}", subject)

    @pytest.mark.parametrize("name", ["edit_idea", "submit_idea", "withdraw_idea", "invite_coauthor"])
    def test_the_author_holds_the_pen(self, idea, accepted, ada, olga, name):
        assert may(ada, f"participation.{name}", idea)
        assert not may(olga, f"participation.{name}", idea)

    def test_others_judge_as_before(self, idea, accepted, max):
        assert all(may(max, f"participation.{name}", self.subject(idea, name)) for name in self.ALL)

    def test_a_case_is_not_handed_to_a_coauthor(self, idea, max, mia):
        CoAuthorFactory(idea=idea, state="accepted", actor=max)

        assert list(deciders(idea)) == [mia]

    def test_nothing_is_merged_into_ones_own(self, idea, max):
        source = IdeaFactory(title=idea.title)
        assert targets_for(source, idea.reference, by=max) == [idea]

        CoAuthorFactory(idea=idea, state="accepted", actor=max)

        assert targets_for(source, idea.reference, by=max) == []

    def test_whose_idea_was_merged_with_it_does_not_answer_it(self, idea, max, mia):
        source = IdeaFactory()
        CoAuthorFactory(idea=source, state="accepted", actor=max)
        merge_idea(source, idea, version=1, by=mia)

        assert not may(max, "participation.draft_answer", idea)

    def test_merged_authors_follow_and_support_nothing_of_their_own(self, idea, accepted, olga, mia):
        source = IdeaFactory()
        paul = ActorFactory()
        CoAuthorFactory(idea=source, state="accepted", actor=paul)
        support_idea(source, by=olga)

        merge_idea(source, idea, version=1, by=mia)

        assert Follow.objects.filter(case=idea.case, actor=paul).exists()
        assert not Support.objects.filter(idea=idea).exists()

    def test_reports_and_objections_about_it_are_for_others(self, idea, max, mia):
        about_the_idea, about_a_comment = ReportFactory(thing=idea), ReportFactory(thing=CommentFactory(case=idea.case))
        objection = ObjectionFactory(statement=StatementFactory(thing=idea))
        CoAuthorFactory(idea=idea, state="accepted", actor=max)

        assert list(reports_for(max)) == [about_a_comment]
        assert (list(objections_for(max)), list(objections_for(mia))) == ([], [objection])
        for name, subject in (
            ("decide_report", about_the_idea),
            ("hide_content", idea),
            ("decide_objection", objection),
        ):
            assert not may(max, f"participation.{name}", subject)
            assert may(mia, f"participation.{name}", subject)
        assert may(max, "participation.decide_report", about_a_comment)

    def test_nobody_reports_what_they_stand_behind(self, idea, accepted, olga):
        refused(OnesOwn, report_thing, idea, "x", reason="rude", page="/", submission=None, by=olga)
