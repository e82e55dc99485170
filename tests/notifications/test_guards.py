"""What each guard of the letters holds back: ``make mutants`` breaks them one at a time, and here one sees it."""

from datetime import timedelta

import pytest
from django.core import mail

from notifications import digests, sender
from notifications.models import Delivery
from notifications.preferences import choose
from notifications.states import Rhythm, State
from notifications.topics import Topic
from notifications.unwanted import NO_LONGER
from participation.actors.models import Appointment
from participation.core.clock import today, travel_to
from participation.core.hiding import hide
from participation.discussion.models import Comment
from participation.events.kinds import Kind
from participation.events.record import record
from participation.ideas.models import Idea, Merger
from participation.ideas.operations.merging import merge_idea, undo_merge
from participation.ideas.operations.taking_part import comment_on
from participation.ideas.operations.writing import withdraw_idea
from participation.newsroom.operations.issuing import discard_issue, try_issue
from tests.factories import BarrierReportFactory, CommentFactory, FollowFactory, IdeaFactory
from tests.letters import deliver_all
from tests.newsroom_factories import IssueFactory
from tests.notifications.ideas import fan_out_all, letters
from tests.notifications.news import MORNING, news, row, told

pytestmark = pytest.mark.django_db

EMAIL = "email"


@pytest.fixture(autouse=True)
def _at_noon(noon):
    """Before all other fixtures: some travel on from there."""


def test_a_digest_tells_nobody_of_the_work_of_an_office_they_left(max):
    choose(max, Topic.OFFICE_NEW, EMAIL, Rhythm.DAILY)
    report = BarrierReportFactory(email="")
    record(Kind.BARRIER_REPORTED, case=report.case, report=report.pk)
    fan_out_all()
    Appointment.objects.update(until=today() - timedelta(days=1))

    with travel_to(MORNING):
        digests.gather_due()

        assert deliver_all() == []
    row = Delivery.objects.get(letter="barrier_to_answer")
    assert (row.state, row.reason) == (State.SUPPRESSED, NO_LONGER)


@pytest.mark.usefixtures("all_at_once")
def test_a_reply_is_told_to_nobody_whose_comment_it_no_longer_answers(ada, olga):
    idea = IdeaFactory(author=None)
    said = CommentFactory(case=idea.case, author=olga)
    comment_on(idea, "Stimmt.", by=ada, parent=said)
    fan_out_all()
    Comment.objects.filter(pk=said.pk).update(author=None)

    assert deliver_all() == []
    assert Delivery.objects.get().reason == "the comment that was replied to is gone"


@pytest.mark.usefixtures("all_at_once")
@pytest.mark.parametrize(
    ("then", "reason"),
    [
        (lambda comment: hide(comment, "rude"), "the comment was removed, or the idea is no longer public"),
        (lambda comment: Idea.objects.update(author=None), "the idea no longer belongs to the recipient"),
    ],
    ids=["hidden", "author left"],
)
def test_a_comment_is_not_told_once_it_is_hidden_or_the_idea_is_nobody_s(then, reason, ada, olga):
    comment = comment_on(IdeaFactory(author=ada), "Stimmt.", by=olga)
    fan_out_all()
    then(comment)

    assert letters() == [("idea_commented", reason)]


@pytest.mark.usefixtures("all_at_once")
class TestMerging:
    @pytest.fixture
    def merger(self, ada, olga, max):
        source = IdeaFactory(author=ada)
        FollowFactory(case=source.case, actor=olga)
        merge_idea(source, IdeaFactory(), version=1, by=max, text="Dasselbe.")
        return Merger.objects.select_related("source__case", "target__case").get()

    @pytest.mark.parametrize(
        "end", [lambda idea: hide(idea, "rude"), lambda idea: withdraw_idea(idea, by=idea.author)],
        ids=["hidden", "withdrawn"],
    )  # fmt: skip
    def test_who_followed_is_not_sent_to_what_is_hidden_or_withdrawn(self, merger, end, max):
        undo_merge(merger, by=max)
        fan_out_all()
        end(Idea.objects.select_related("case", "author").get(pk=merger.source_id))

        assert ("idea_unmerged_news", "the idea was hidden or withdrawn") in letters()

    def test_whose_the_idea_is_no_more_hears_nothing(self, merger):
        fan_out_all()
        Idea.objects.filter(pk=merger.source_id).update(author=None)

        assert ("idea_merged", "the idea no longer belongs to the recipient") in letters()


def test_a_draft_that_was_thrown_away_is_not_tried_out(ivo):
    issue = IssueFactory()
    try_issue(issue, by=ivo)
    discard_issue(issue, version=1, by=ivo)

    assert letters() == [("newsletter_test", "the draft was thrown away")]


def test_what_another_gatherer_took_this_moment_is_not_taken_again(ada, monkeypatch):
    news("2026-0001", ada)
    seen = row(ada, "2026-0001")
    Delivery.objects.filter(pk=seen.pk).update(state=State.SENT, finished_at=MORNING)
    monkeypatch.setattr(digests, "_held", lambda: Delivery.objects.filter(pk=seen.pk))  # a moment too late

    with travel_to(MORNING):
        assert not digests.gather(ada.pk)

    assert Delivery.objects.get().state == State.SENT


def test_a_letter_whose_reader_is_gone_makes_no_digest_and_no_noise(ada, caplog):
    news("2026-0001", ada)
    Delivery.objects.update(recipient=None)

    with travel_to(MORNING), caplog.at_level("ERROR", "notifications"):
        assert digests.gather_due() == 0

    assert caplog.records == []


def test_what_came_to_an_end_in_a_first_try_is_not_told_in_the_second(ada):
    news("2026-0001", ada)
    news("2026-0002", ada)
    with travel_to(MORNING):
        digests.gather_due()
        Delivery.objects.filter(pk=row(ada, "2026-0001").pk).update(state=State.SUPPRESSED, finished_at=MORNING)

        sender.send_due()

    assert told(mail.outbox, ada) == [["2026-0002"]]
