"""Letters about merged ideas: who hears, what they say, and which stay away once the office has changed its mind."""

import pytest

from participation.actors.models import Actor
from participation.core.clock import travel_to
from participation.ideas.models import Idea, Merger, Support
from participation.ideas.operations.merging import merge_idea, undo_merge
from participation.promises.operations import unfollow
from tests.factories import ActorFactory, AllianceFactory, FollowFactory, IdeaFactory, SupportFactory
from tests.notifications.ideas import MONDAY, SITE, letters, mail

NOT_MERGED = "the ideas are no longer merged, or nobody can read the other one"
MERGED_AGAIN = "the idea was merged again"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("ivo", "eva", "otto", "ale", "root", "fritz", "mia", "all_at_once"),
]


@pytest.fixture(autouse=True)
def _monday(ada, olga, max, mia):
    AllianceFactory()
    Actor.objects.update(language="en")
    with travel_to(MONDAY):
        yield


@pytest.fixture
def source(ada):
    return IdeaFactory(author=ada, title="Mitfahrbank", case__reference="2026-0043")


@pytest.fixture
def target(olga):
    return IdeaFactory(author=olga, title="Bank am Ortsrand", case__reference="2026-0042")


@pytest.fixture
def friends(source):
    paul, pia = (ActorFactory(display_name=name, language="en") for name in ("Paul", "Pia"))
    SupportFactory(idea=source, actor=paul)
    FollowFactory(case=source.case, actor=pia)
    return paul, pia


def merge(source, target, by):
    return merge_idea(source, target, version=1, by=by, text="Beide wollen eine Bank.")


def undo(merger, by):
    undo_merge(Merger.objects.select_related("source__case", "target__case").get(pk=merger.pk), by=by)


def test_the_author_and_the_friends_of_the_merged_idea_hear(source, target, friends, max):
    merge(source, target, max)

    assert letters() == [("idea_merged", "Ada"), ("idea_merged_news", "Paul"), ("idea_merged_news", "Pia")]


def test_the_author_reads_which_idea_stands_for_it(source, target, ada, max):
    merge(source, target, max)

    subject, text, html = mail(ada, "idea_merged")
    assert subject == "2026-0043: your idea was merged with 2026-0042"
    for words in ("Bank am Ortsrand", "Beide wollen eine Bank.", f"{SITE}/ideen/2026-0042/"):
        assert words in text
        assert words in html


def test_friends_read_that_their_support_and_following_came_along(source, target, friends, max):
    merge(source, target, max)

    reasons = ["because you support this idea", "because you follow this idea"]
    for friend, reason in zip(friends, reasons, strict=True):
        subject, text, _html = mail(friend, "idea_merged_news")
        assert subject == "2026-0043: the idea was merged with 2026-0042"
        assert "have moved along" in text
        assert reason in text


def test_everybody_hears_that_it_is_undone(source, target, friends, ada, max):
    merger = merge(source, target, max)
    letters()
    undo(merger, max)

    assert letters()[3:] == [("idea_unmerged", "Ada"), ("idea_unmerged_news", "Paul"), ("idea_unmerged_news", "Pia")]
    subject, text, _html = mail(ada, "idea_unmerged")
    assert subject == "2026-0043: your idea stands on its own again"
    assert "are back with it" in text


def test_the_author_of_an_idea_in_review_reads_the_promised_day_again(target, ada, max):
    source = IdeaFactory(author=ada, state="submitted")
    undo(merge(source, target, max), max)

    assert "We answer by 7 December 2026, as promised." in mail(ada, "idea_unmerged")[1]


def test_what_was_undone_before_the_letter_left_is_not_told(source, target, max):
    undo(merge(source, target, max), max)

    assert letters() == [("idea_merged", NOT_MERGED), ("idea_unmerged", "Ada")]


def test_what_was_merged_again_before_the_letter_left_is_not_told(source, target, max):
    undo(merge(source, target, max), max)
    merge(Idea.objects.select_related("case").get(pk=source.pk), target, max)

    assert letters() == [("idea_merged", "Ada"), ("idea_merged", NOT_MERGED), ("idea_unmerged", MERGED_AGAIN)]


def test_nobody_is_sent_to_an_idea_that_cannot_be_read(source, target, max):
    merge(source, target, max)
    Idea.objects.filter(pk=target.pk).update(state="withdrawn")

    assert letters() == [("idea_merged", NOT_MERGED)]


def test_who_lost_interest_hears_nothing(source, target, friends, max):
    paul, pia = friends
    merge(source, target, max)
    Support.objects.filter(idea=source, actor=paul).delete()
    unfollow(source.case, pia)

    assert [name for name, reader in letters() if reader in ("Paul", "Pia")] == []


def test_nobody_hears_for_an_author_who_left(source, target, max):
    merge(source, target, max)
    Idea.objects.filter(pk=source.pk).update(author=None)

    assert "Ada" not in dict(letters()).values()
