"""Comments: changed for a quarter of an hour, removed as a line that stays, and what is refused."""

from datetime import timedelta

import pytest

from participation.core.clock import travel_to
from participation.core.errors import NotAllowed, Outdated
from participation.discussion.models import Comment
from participation.discussion.operations import (
    Gone,
    TooLate,
    edit_comment,
    withdraw_comment,
    write_comment,
)
from participation.discussion.queries import comment_counts, talk_about
from participation.events.kinds import Kind
from participation.events.models import Event
from tests.factories import ActorFactory, CaseFactory, CommentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def comment(ada):
    return CommentFactory(case=CaseFactory(), author=ada)


def test_a_talk_in_two_queries_with_replies_in_their_order(ada, olga, django_assert_num_queries):
    case = CaseFactory()
    first = write_comment(case, "Eins.", by=ada)
    answers = [write_comment(case, text, by=olga, parent=first) for text in ("Zwei.", "Drei.")]
    last = write_comment(case, "Vier.", by=ada)

    with django_assert_num_queries(2):
        talk = [(row, list(row.replies.all())) for row in talk_about(case)]

    assert talk == [(first, answers), (last, [])]
    assert list(talk_about(case, newest_first=True)) == [last, first]
    assert comment_counts([case]) == {case.pk: 4}


class TestChanging:
    def test_within_a_quarter_of_an_hour(self, comment, ada):
        with travel_to(comment.posted_at + timedelta(minutes=14, seconds=59)):
            edit_comment(comment, "Besser.", by=ada)

        comment.refresh_from_db()
        assert (comment.text, comment.html, bool(comment.edited_at)) == ("Besser.", "<p>Besser.</p>\n", True)

    def test_not_later(self, comment, ada):
        with travel_to(comment.posted_at + timedelta(minutes=15)), pytest.raises(TooLate):
            edit_comment(comment, "Besser.", by=ada)

    def test_of_two_tabs_one_wins(self, comment, ada):
        seen = Comment.objects.get(pk=comment.pk)
        edit_comment(comment, "Besser.", by=ada)

        with pytest.raises(Outdated):
            edit_comment(seen, "Anders.", by=ada)

    @pytest.mark.parametrize("person", ["olga", "mia", "root"])
    def test_only_by_its_author(self, comment, person, request):
        with pytest.raises(NotAllowed):
            edit_comment(comment, "Anders.", by=request.getfixturevalue(person))


class TestRemoving:
    def test_a_line_stays_and_the_words_are_gone(self, comment, ada):
        withdraw_comment(comment, by=ada)

        comment.refresh_from_db()
        assert (comment.text, comment.html, comment.is_removed) == ("", "", True)
        event = Event.objects.get(kind=Kind.COMMENT_REMOVED)
        assert event.facts == {"comment": comment.pk}
        assert comment_counts([comment.case]) == {}
        assert list(talk_about(comment.case)) == [comment]

    def test_what_is_gone_is_neither_changed_nor_removed_nor_answered(self, comment, ada):
        withdraw_comment(comment, by=ada)

        for deed in (
            lambda: edit_comment(comment, "Doch.", by=ada),
            lambda: withdraw_comment(comment, by=ada),
            lambda: write_comment(comment.case, "Ja.", by=ada, parent=comment),
        ):
            with pytest.raises(Gone):
                deed()

    @pytest.mark.parametrize("person", ["olga", "ivo", "max", "mia", "root"])
    def test_nobody_removes_those_of_others(self, comment, person, request):
        with pytest.raises(NotAllowed):
            withdraw_comment(comment, by=request.getfixturevalue(person))

        assert Comment.objects.get().text == comment.text


def test_a_reply_belongs_to_its_case(comment, ada):
    with pytest.raises(Gone):
        write_comment(CaseFactory(), "Ja.", by=ada, parent=comment)


def test_only_people_with_a_confirmed_address_write():
    with pytest.raises(NotAllowed):
        write_comment(CaseFactory(), "Ja.", by=ActorFactory(confirmed=False))
