"""Two ideas become one: what comes along, what goes back, what is refused, and two people at the same moment."""

from datetime import timedelta

import pytest
from django.urls import reverse

from participation.core.clock import travel_to
from participation.core.errors import NotAllowed, Outdated, WrongState
from participation.discussion.models import Comment
from participation.discussion.operations import Gone
from participation.events.kinds import Kind
from participation.events.models import CaseLink, Event
from participation.events.trail import trail_of
from participation.ideas.models import Idea, Merger, Review, Support
from participation.ideas.operations.merging import (
    IntoItself,
    MergedItself,
    NoLongerUndone,
    NotPublic,
    merge_idea,
    undo_merge,
)
from participation.ideas.operations.reviewing import publish_idea
from participation.ideas.operations.taking_part import comment_on, end_support, support_idea
from participation.ideas.queries import merger_of, mergers_into, standing_for
from participation.ideas.states import PUBLIC
from participation.ideas.stations import stations
from participation.promises.models import Follow, Promise
from tests.factories import AllianceFactory, CommentFactory, FollowFactory, IdeaFactory, ReviewFactory, SupportFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(ada):
    return IdeaFactory(state="published", author=ada)


@pytest.fixture
def target(olga):
    return IdeaFactory(state="published", author=olga)


def again(idea):
    """The same idea as the database has it."""
    return Idea.objects.select_related("case").get(pk=idea.pk)


def again_merger(merger):
    """The merger as a page would load it."""
    return Merger.objects.select_related("source__case", "target__case").get(pk=merger.pk)


def again_comment(comment):
    return Comment.objects.get(pk=comment.pk)


def merge(source, into, by, **words):
    return merge_idea(source, into, version=source.version, by=by, **words)


def supporters(idea):
    found = Support.objects.filter(idea=idea).values_list("actor", flat=True)
    assert again(idea).support_count == len(found)
    return sorted(found, key=str)


def followers(idea):
    return set(Follow.objects.filter(case=idea.case).values_list("actor", flat=True))


def events(idea):
    rows = Event.objects.filter(case=idea.case).order_by("pk").values_list("kind", "role")
    return [(Kind(kind), role) for kind, role in rows]


class TestMerging:
    def test_the_other_idea_stands_for_it(self, source, target, max):
        merger = merge(source, target, max, text="Beides will Bänke.")

        found = again(source)
        assert (found.is_merged, found.is_ended, bool(found.case.closed_at)) == (True, True, True)
        assert (standing_for(source.reference), list(mergers_into(target))) == (target, [merger])
        link = CaseLink.objects.get()
        assert (link.source, link.target, link.kind) == (source.case, target.case, "merged_into")
        review = source.reviews.latest("pk")
        assert (review.outcome, review.text, review.by) == (Review.Outcome.MERGED, "Beides will Bänke.", max)
        assert events(source) == [(Kind.IDEA_MERGED, "moderator")]
        assert events(target) == [(Kind.IDEA_TOOK_IN, "moderator")]
        assert again(target).state == "published"

    def test_what_was_promised_is_fulfilled(self, target, max):
        source = IdeaFactory(state="submitted")

        merge(source, target, max)

        assert Promise.objects.get(case=source.case).was_kept

    def test_supporters_come_along_each_once_and_not_the_author(self, source, target, max, olga, mia, otto):
        for actor in (mia, otto, olga, None):
            SupportFactory(idea=source, actor=actor)
        SupportFactory(idea=target, actor=mia)

        merge(source, target, max)

        assert supporters(target) == sorted([mia.pk, otto.pk, None], key=str)

    def test_followers_come_along_and_the_author_follows(self, source, target, max, ada, olga, mia, otto):
        for actor in (mia, otto, olga):
            FollowFactory(case=source.case, actor=actor)
        FollowFactory(case=target.case, actor=mia)

        merge(source, target, max)

        assert followers(target) == {ada.pk, mia.pk, otto.pk}

    def test_comments_come_along_with_their_replies(self, source, target, max):
        comment = CommentFactory(case=source.case)
        reply = CommentFactory(case=source.case, parent=comment)

        merge(source, target, max)

        assert set(Comment.objects.filter(case=target.case)) == {comment, reply}

    def test_an_idea_in_review_whose_author_left_is_merged_as_well(self, target, max):
        source = IdeaFactory(state="submitted", author=None)

        merge(source, target, max)

        assert followers(target) == set()

    @pytest.mark.parametrize("state", sorted(PUBLIC))
    def test_any_public_idea_takes_one_in(self, state, source, max):
        target = IdeaFactory(state=state)

        merge(source, target, max)

        assert again(target).state == state

    def test_a_chain_ends_at_its_last_idea(self, source, target, max):
        last = IdeaFactory()
        merge(source, target, max)
        merge(again(target), last, max)

        assert standing_for(source.reference) == last

    def test_the_way_says_so(self, source, target, max):
        merge(source, target, max)

        lines = trail_of(source.case)
        assert [line.kind for line in lines] == [Kind.IDEA_MERGED]
        assert stations(again(source), lines)[-1]["state"] == "here"


class TestUndoing:
    def test_what_came_along_goes_back(self, source, target, max, mia, otto, eva):
        for actor in (mia, otto):
            SupportFactory(idea=source, actor=actor)
            FollowFactory(case=source.case, actor=actor)
        SupportFactory(idea=target, actor=mia)
        FollowFactory(case=target.case, actor=otto)
        carried, own = CommentFactory(case=source.case), CommentFactory(case=target.case)
        merger = merge(source, target, max)
        support_idea(target, by=eva)
        reply = comment_on(target, "Sehe ich auch so.", by=eva, parent=again_comment(carried))

        undo_merge(again_merger(merger), by=max)

        assert again(source).state == "published"
        assert again(source).case.closed_at is None
        assert (supporters(source), followers(source)) == (sorted([mia.pk, otto.pk], key=str), {mia.pk, otto.pk})
        assert (supporters(target), followers(target)) == (sorted([mia.pk, eva.pk], key=str), {otto.pk})
        assert set(Comment.objects.filter(case=source.case)) == {carried, reply}
        assert set(Comment.objects.filter(case=target.case)) == {own}
        assert (merger_of(source), standing_for(source.reference)) == (None, None)
        assert not CaseLink.objects.exists()
        assert events(source)[-1] == (Kind.IDEA_UNMERGED, "moderator")
        assert events(target)[-1] == (Kind.IDEA_GAVE_BACK, "moderator")

    def test_who_took_the_support_back_meanwhile_is_not_counted_twice(self, source, target, max, mia):
        SupportFactory(idea=source, actor=mia)
        merger = merge(source, target, max)
        end_support(target, by=mia)

        undo_merge(again_merger(merger), by=max)

        assert supporters(target) == []

    def test_an_idea_in_review_waits_again_until_the_day_that_was_promised(self, target, max):
        source = IdeaFactory(state="submitted")
        due_at = Promise.objects.get(case=source.case).due_at
        merger = merge(source, target, max)

        undo_merge(again_merger(merger), by=max)

        promise = Promise.objects.get(case=source.case)
        assert (again(source).state, promise.is_open, promise.due_at) == ("submitted", True, due_at)
        publish_idea(again(source), version=1, by=max)

    def test_it_can_be_merged_again(self, source, target, max):
        undo_merge(again_merger(merge(source, target, max)), by=max)

        merge(again(source), target, max)

        assert standing_for(source.reference) == target

    def test_until_the_fourteenth_day(self, source, target, max):
        merger = merge(source, target, max)

        with travel_to(merger.at + timedelta(days=14)):
            undo_merge(again_merger(merger), by=max)

    def test_not_later(self, source, target, max):
        merger = merge(source, target, max)

        with travel_to(merger.at + timedelta(days=14, seconds=1)), pytest.raises(NoLongerUndone):
            undo_merge(again_merger(merger), by=max)

        assert again(source).is_merged

    def test_not_twice(self, source, target, max, mia):
        merger = again_merger(merge(source, target, max))
        undo_merge(again_merger(merger), by=max)

        with pytest.raises(Outdated):
            undo_merge(merger, by=mia)

    def test_not_with_a_page_that_was_opened_before_another_merger(self, source, target, max):
        seen = again_merger(merge(source, target, max))
        undo_merge(again_merger(seen), by=max)
        merge(again(source), IdeaFactory(), max)
        seen.source.refresh_from_db()

        with pytest.raises(Outdated):
            undo_merge(seen, by=max)

        assert again(source).is_merged

    def test_not_while_the_other_idea_is_merged_itself(self, source, target, max):
        merger = merge(source, target, max)
        second = merge(again(target), IdeaFactory(), max)

        with pytest.raises(MergedItself):
            undo_merge(again_merger(merger), by=max)

        undo_merge(again_merger(second), by=max)
        undo_merge(again_merger(merger), by=max)
        assert again(source).is_public


class TestWhatIsRefused:
    def unchanged(self, idea):
        found = again(idea)
        assert (found.state, found.case.closed_at) == (idea.state, idea.case.closed_at)
        assert not Event.objects.filter(case=idea.case).exists()

    def test_into_itself(self, source, max):
        with pytest.raises(IntoItself):
            merge(source, again(source), max)

        self.unchanged(source)

    def test_in_a_circle(self, source, target, max):
        merge(source, target, max)

        with pytest.raises(MergedItself, match=target.reference):
            merge(again(target), again(source), max)

        assert again(target).is_public

    @pytest.mark.parametrize("state", ["declined", "withdrawn", "submitted", "returned", "merged"])
    def test_into_what_is_not_public(self, state, source, max):
        with pytest.raises(NotPublic):
            merge(source, IdeaFactory(state=state), max)

        self.unchanged(source)

    def test_into_a_draft(self, source, max):
        with pytest.raises(NotPublic):
            merge(source, IdeaFactory(state="draft"), max)

        self.unchanged(source)

    def test_into_what_was_withdrawn_a_moment_ago(self, source, target, max):
        Idea.objects.filter(pk=target.pk).update(state="withdrawn")

        with pytest.raises(NotPublic):
            merge(source, target, max)

    @pytest.mark.parametrize(
        "state", ["returned", "declined", "withdrawn", "under_consideration", "deferred", "adopted", "realised"]
    )
    def test_what_is_neither_in_review_nor_just_published(self, state, target, max):
        source = IdeaFactory(state=state)

        with pytest.raises(WrongState):
            merge(source, target, max)

        self.unchanged(source)

    def test_other_words_than_those_that_were_read(self, source, target, max):
        with pytest.raises(Outdated):
            merge_idea(source, target, version=2, by=max)

        self.unchanged(source)

    def test_a_reply_to_a_comment_that_has_gone_elsewhere(self, source, target, max, eva):
        comment = CommentFactory(case=source.case)
        merger = merge(source, target, max)
        seen = again_comment(comment)
        undo_merge(again_merger(merger), by=max)

        with pytest.raises(Gone):
            comment_on(target, "Genau.", by=eva, parent=seen)


class TestWhoMay:
    @pytest.mark.parametrize("person", ["ada", "olga", "ivo", "eva", "otto", "ale", "root", "fritz"])
    def test_only_managers_and_moderators(self, source, target, max, person, request):
        actor = request.getfixturevalue(person)
        with pytest.raises(NotAllowed):
            merge(source, target, actor)

        merger = merge(source, target, max)
        with pytest.raises(NotAllowed):
            undo_merge(again_merger(merger), by=actor)

    def test_nobody_merges_or_separates_their_own(self, max, mia):
        own, other = IdeaFactory(author=max), IdeaFactory()
        for source, into in ((own, other), (other, own)):
            with pytest.raises(NotAllowed):
                merge(source, into, max)

        merger = merge(own, other, mia)
        with pytest.raises(NotAllowed):
            undo_merge(again_merger(merger), by=max)
        undo_merge(again_merger(merger), by=mia)

        merger = merge(again(other), own, mia)
        with pytest.raises(NotAllowed):
            undo_merge(again_merger(merger), by=max)

    def test_who_declined_it_before_does_not_end_its_second_review(self, target, max, mia):
        source = IdeaFactory(state="submitted")
        ReviewFactory(idea=source, outcome="declined", reason="unclear", by=max)

        with pytest.raises(NotAllowed):
            merge(source, target, max)

        merger = merge(source, target, mia)
        with pytest.raises(NotAllowed):
            undo_merge(again_merger(merger), by=max)

    def test_who_proposed_the_same_does_not_decide_about_the_common_idea(self, target, max, mia):
        own = IdeaFactory(author=max)
        merger = merge(own, target, mia)
        other = IdeaFactory()

        with pytest.raises(NotAllowed):
            merge(other, target, max)

        undo_merge(again_merger(merger), by=mia)
        merge(other, target, max)


class TestItsAddress:
    def test_leads_everybody_to_the_idea_that_stands_for_it(self, source, target, max, ada, sam, as_):
        AllianceFactory()
        merge(source, target, max)

        for client in (sam, as_(ada), as_(max)):
            answer = client.get(source.get_absolute_url())
            assert (answer.status_code, answer.url) == (302, target.get_absolute_url())
        assert source.reference in sam.get(target.get_absolute_url()).content.decode()

    def test_leads_strangers_nowhere_if_it_was_never_public(self, target, max, sam, as_):
        AllianceFactory()
        source = IdeaFactory(state="submitted")
        merge(source, target, max)

        assert sam.get(source.get_absolute_url()).status_code == 404
        assert as_(source.author).get(source.get_absolute_url()).url == target.get_absolute_url()

    def test_is_its_own_again_once_that_is_undone(self, source, target, max, sam):
        AllianceFactory()
        undo_merge(again_merger(merge(source, target, max)), by=max)

        assert sam.get(source.get_absolute_url()).status_code == 200

    def test_leads_to_its_way_where_the_trail_is_all_that_is_left(self, source, sam):
        AllianceFactory()
        Idea.objects.filter(pk=source.pk).update(state="withdrawn")

        assert sam.get(source.get_absolute_url()).url == reverse("trail", args=[source.reference])
