"""What the office took out of sight is neither changed nor replied to."""

import pytest

from participation.core.hiding import Reason, hide
from participation.discussion.models import Comment
from participation.discussion.operations import OutOfSight, edit_comment, write_comment
from participation.events.models import Event
from tests.factories import CaseFactory, CommentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def comment(ada):
    row = CommentFactory(case=CaseFactory(), author=ada)
    hide(row, Reason.RUDE)
    return row


def test_nobody_replies_to_it(comment, olga):
    with pytest.raises(OutOfSight):
        write_comment(comment.case, "Doch.", by=olga, parent=comment)

    assert (Comment.objects.count(), Event.objects.count()) == (1, 0)


def test_its_author_does_not_change_it(comment, ada):
    with pytest.raises(OutOfSight):
        edit_comment(comment, "Besser.", by=ada)

    assert Comment.objects.get().text == comment.text
