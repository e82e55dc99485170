"""Several windows attach at the same moment, with real threads."""

import pytest

from participation.attachments.models import MOST, Attachment, Folder
from participation.attachments.operations import Full
from participation.ideas.models import Idea
from participation.ideas.operations.files import NotWithAuthor, attach_file
from participation.ideas.operations.writing import submit_idea
from tests import files
from tests.factories import AllianceFactory, IdeaFactory
from tests.participation.actors.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_shelf(settings, tmp_path):
    settings.ATTACHMENTS_ROOT = tmp_path / "attachments"


def attach(idea, content):
    """One window: it has loaded the idea before."""
    seen = Idea.objects.get(pk=idea.pk)
    return lambda: attach_file(seen, files.sent(content), kind="picture", by=seen.author)


def test_eight_files_at_once_make_one_folder_of_five():
    for _round in range(5):
        idea = IdeaFactory(state="draft")

        refusals = at_once(*[attach(idea, files.picture((9, 9 + side))) for side in range(8)])

        idea.refresh_from_db()
        assert [type(refusal) for refusal in refusals] == [Full] * 3
        assert Attachment.objects.filter(folder=idea.folder).count() == MOST
    assert Folder.objects.count() == 5


def test_two_clicks_attach_once():
    idea = IdeaFactory(state="draft")

    assert at_once(*[attach(idea, files.picture())] * 4) == []

    assert Attachment.objects.count() == 1


def test_what_is_handed_in_meanwhile_gets_no_file():
    AllianceFactory()
    for side in range(10):
        idea = IdeaFactory(state="draft")
        seen = Idea.objects.get(pk=idea.pk)

        refusals = at_once(
            lambda seen=seen: submit_idea(seen, by=seen.author), attach(idea, files.picture((9, 9 + side)))
        )

        idea.refresh_from_db()
        assert idea.state == "submitted"
        assert {type(refusal) for refusal in refusals} <= {NotWithAuthor}
        assert Attachment.objects.filter(folder=idea.folder).count() == 1 - len(refusals) if idea.folder else refusals
