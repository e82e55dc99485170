"""The title of an idea that was merged is no secret, unless the office hid it: in inbox, digest and page of choices."""

import pytest
from django.core import mail

from notifications import digests, sender
from notifications.inbox import entries_of, items_of
from notifications.preferences import mute
from notifications.readers import readable
from participation.core.clock import travel_to
from participation.core.hiding import hide
from participation.ideas.models import Idea
from participation.ideas.operations.merging import merge_idea
from participation.promises.operations import follow
from tests.factories import IdeaFactory
from tests.letter_factories import InboxItemFactory
from tests.notifications.ideas import fan_out_all
from tests.notifications.news import MORNING

TITLE = "Rufbus nach Oberbach"


@pytest.fixture(autouse=True)
def _at_noon(noon):
    """Before all other fixtures: some travel on from there."""


@pytest.fixture
def merged(ada, olga, max):
    """An idea of Ada's that everybody could read until another one stood for it; Olga follows it."""
    idea = IdeaFactory(author=ada, title=TITLE, case__reference="2026-0042")
    follow(idea.case, olga)
    merge_idea(idea, IdeaFactory(title="Bürgerbus"), version=1, by=max)
    fan_out_all()
    return Idea.objects.select_related("case").get(pk=idea.pk)


@pytest.fixture
def hidden(merged):
    hide(merged, "rude")
    return merged


def titles(person):
    """The titles that stand in somebody's inbox."""
    return {entry.title for entry in entries_of(person, items_of(person).select_related("event", "case"))}


def test_whoever_may_not_read_it_reads_no_title_in_the_inbox(as_, ada, olga, max, hidden):
    for person in (ada, olga, max):
        InboxItemFactory(recipient=person, case=hidden.case)

    assert [titles(person) for person in (ada, olga, max)] == [{TITLE}, {""}, {TITLE}]
    page = as_(olga).get("/meine/nachrichten/").content.decode()
    assert "2026-0042" in page
    assert TITLE not in page


def test_nor_on_the_page_of_choices(as_, olga, hidden):
    mute(olga, hidden.case)

    for address in ("/meine/benachrichtigungen/", "/meine/benachrichtigungen/vorgang/2026-0042/"):
        page = as_(olga).get(address).content.decode()
        assert "2026-0042" in page
        assert TITLE not in page


@pytest.mark.parametrize("is_hidden", [False, True])
def test_nor_in_a_digest(olga, merged, is_hidden):
    if is_hidden:
        hide(merged, "rude")

    with travel_to(MORNING):
        digests.gather_due()
        sender.send_due()

    assert [TITLE in one.body for one in mail.outbox if one.to == [olga.email]] == ([] if is_hidden else [True])


def test_of_several_only_the_hidden_one_is_kept_back(olga, max, hidden):
    other = IdeaFactory(title="Rufbus nach Unterbach")
    merge_idea(other, IdeaFactory(), version=1, by=max)

    found = readable(olga, [hidden.case, other.case])

    assert {case: thing.title for case, thing in found.items()} == {other.case_id: "Rufbus nach Unterbach"}
