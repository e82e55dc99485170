"""Several people merge, undo and take part at the same moment, with real threads."""

import pytest

from participation.discussion.models import Comment
from participation.events.kinds import Kind
from participation.events.models import Event
from participation.ideas.models import Idea, Merger, Support
from participation.ideas.operations.merging import merge_idea, undo_merge
from participation.ideas.operations.taking_part import comment_on, support_idea
from tests.factories import ActorFactory, IdeaFactory, SupportFactory
from tests.participation.actors.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def again(idea):
    """The same idea as another page has it."""
    return Idea.objects.select_related("case").get(pk=idea.pk)


def merging(source, into, by):
    """A job: merge, as a page that was loaded before does it."""
    source, into = again(source), again(into)
    return lambda: merge_idea(source, into, version=1, by=by)


def undoing(merger, by):
    """A job: undo it."""
    seen = Merger.objects.select_related("source__case", "target__case").get(pk=merger.pk)
    return lambda: undo_merge(seen, by=by)


def commenting(idea, by):
    """A job: say something."""
    seen = again(idea)
    return lambda: comment_on(seen, "Ich auch.", by=by)


def supporting(idea, by):
    """A job: stand behind it."""
    seen = again(idea)
    return lambda: support_idea(seen, by=by)


def supporters(idea):
    found = set(Support.objects.filter(idea=idea).values_list("actor", flat=True))
    assert again(idea).support_count == len(found)
    return found


def test_two_moderators_merge_one_idea_once(max, mia):
    for _round in range(20):
        source = IdeaFactory(state="submitted")

        refusals = at_once(merging(source, IdeaFactory(), max), merging(source, IdeaFactory(), mia))

        assert len(refusals) == 1
        assert Merger.objects.in_force().filter(source=source).count() == 1
        assert Event.objects.get(case=source.case).kind == Kind.IDEA_MERGED


def test_two_ideas_never_go_in_a_circle(max, mia):
    for _round in range(20):
        one, other = IdeaFactory(), IdeaFactory()

        refusals = at_once(merging(one, other, max), merging(other, one, mia))

        assert len(refusals) == 1
        assert sorted([again(one).state, again(other).state]) == ["merged", "published"]


def test_no_comment_and_no_support_is_left_behind(max, mia, eva):
    for _round in range(20):
        source, target = IdeaFactory(), IdeaFactory()
        SupportFactory(idea=source, actor=eva)

        at_once(
            merging(source, target, max), commenting(source, eva), supporting(source, mia), supporting(target, eva)
        )  # fmt: skip

        assert not Comment.objects.filter(case=source.case).exists()
        assert supporters(target) == supporters(source)


def test_a_merger_is_undone_once(max, mia):
    for _round in range(10):
        source, target = IdeaFactory(), IdeaFactory()
        SupportFactory(idea=source, actor=ActorFactory())
        merger = merge_idea(source, target, version=1, by=max)

        refusals = at_once(undoing(merger, max), undoing(merger, mia))

        assert len(refusals) == 1
        assert supporters(target) == set()
