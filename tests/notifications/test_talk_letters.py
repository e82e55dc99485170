"""Letters about talk in working groups: who hears, at once or together, and what stays unsaid."""

import pytest

from notifications.models import InboxItem
from notifications.preferences import choose
from notifications.states import Rhythm
from notifications.topics import Topic
from participation.actors.models import Actor
from participation.core.clock import travel_to
from participation.groups.models import Membership
from participation.groups.operations.talking import (
    change_post,
    hide_post,
    open_thread,
    remove_post,
    reply_in,
    show_post,
)
from tests.factories import ActorFactory, AllianceFactory
from tests.group_factories import GroupFactory, MembershipFactory
from tests.notifications.ideas import MONDAY, SITE, fan_out_all, letters, mail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_at_once")]
GONE = "what was said was removed or hidden"


@pytest.fixture(autouse=True)
def _monday(ada, olga, max, mia):
    AllianceFactory()
    Actor.objects.update(language="en")
    with travel_to(MONDAY):
        yield


@pytest.fixture
def group(ada):
    return GroupFactory(coordinator=ada, title="Mobilität", case__reference="G-2026-0003")


def member(group, name, **fields):
    actor = ActorFactory(display_name=name, language="en")
    MembershipFactory(group=group, actor=actor, **fields)
    return actor


@pytest.fixture
def kim(group):
    return member(group, "Kim")


@pytest.fixture
def lou(group):
    return member(group, "Lou", role="observer")


@pytest.fixture
def thread(group, ada):
    thread = open_thread(group, "Rathaus oder Kirche?", "Wo?", by=ada)
    fan_out_all()
    letters()
    return thread


def new_ones(before):
    """The letters that came since there were ``before``."""
    rows = letters()
    for row in before:
        rows.remove(row)
    return rows


class TestWhoHears:
    def test_all_members_but_who_wrote(self, group, ada, kim, lou, olga):
        MembershipFactory(group=group, actor=olga, state="requested")
        member(group, "Gone", state="left")

        open_thread(group, "Rathaus oder Kirche?", "Wo?", by=ada)

        assert letters() == [("post_written", "Kim"), ("post_written", "Lou")]

    def test_who_is_called_hears_that_alone(self, thread, kim, lou, ada):
        before = letters()

        reply_in(thread, "@Kim, du kennst den Platz.", by=ada)

        assert new_ones(before) == [("mentioned", "Kim"), ("post_written", "Lou")]

    def test_by_default_together_and_at_once_for_who_is_called(self, thread, kim, lou, ada):
        reply_in(thread, "@Kim, du kennst den Platz.", by=ada)
        fan_out_all()

        assert mail(kim, "mentioned")[0] == "G-2026-0003: somebody calls you in your working group"
        assert set(InboxItem.objects.filter(recipient=kim).values_list("letter", flat=True)) >= {"mentioned"}

    def test_who_is_called_by_a_change_hears_too(self, thread, kim, ada):
        post = reply_in(thread, "Du kennst den Platz.", by=ada)
        before = letters()

        change_post(post, "@Kim, du kennst den Platz.", by=ada)

        assert new_ones(before) == [("mentioned", "Kim")]

    def test_who_switched_it_off_hears_when_called(self, thread, kim, ada):
        choose(kim, Topic.GROUP_TALK, "email", Rhythm.OFF)
        before = letters()

        reply_in(thread, "Ja.", by=ada)
        reply_in(thread, "@Kim?", by=ada)

        assert new_ones(before) == [("mentioned", "Kim"), ("post_written", "switched off by the recipient")]

    @pytest.mark.parametrize("end", ["removed", "hidden"])
    def test_what_is_gone_is_not_told(self, thread, kim, lou, ada, end):
        before = letters()
        post = reply_in(thread, "@Kim?", by=lou)
        remove_post(post, by=lou) if end == "removed" else hide_post(post, "rude", "Bitte nicht.", by=ada)

        told = [row for row in new_ones(before) if row[0] != "post_hidden"]
        assert told == [("mentioned", GONE), ("post_written", GONE)]

    def test_who_left_before_the_letter_does_not_get_it(self, thread, kim, lou, ada):
        before = letters()
        reply_in(thread, "@Kim?", by=ada)
        fan_out_all()
        Membership.objects.filter(actor__in=[kim, lou]).update(state="left", ended_at=MONDAY)

        gone = "the recipient no longer belongs to those whom it concerns"
        assert new_ones(before) == [("mentioned", gone), ("post_written", gone)]


class TestWhatTheySay:
    def test_who_said_what_and_where(self, thread, kim, ada):
        post = reply_in(thread, "Am *Rathaus*.", by=kim)

        subject, text, html = mail(ada, "post_written")

        assert subject == "G-2026-0003: new in the talk “Rathaus oder Kirche?”"
        assert "Kim wrote in the talk “Rathaus oder Kirche?”:\n\nAm *Rathaus*." in text
        assert "Am <em>Rathaus</em>." in html
        assert f"{SITE}{thread.get_absolute_url()}#post-{post.pk}" in text

    def test_the_office_speaks_as_such(self, thread, ada, max):
        reply_in(thread, "@Ada, wie weit sind Sie?", by=max)

        text = mail(ada, "mentioned")[1]
        assert "The office calls you in the talk" in text
        assert "Max" not in text


class TestHiding:
    def test_the_writer_reads_why_and_that_it_is_over(self, thread, kim, lou, ada, max):
        post = reply_in(thread, "0173 1234567", by=kim)
        hide_post(post, "private", "Bitte ohne Nummer.", by=ada)

        subject, text, html = mail(kim, "post_hidden")
        assert subject == "G-2026-0003: what you wrote was hidden"
        for words in (text, html):
            assert "Bitte ohne Nummer." in words
            assert "0173 1234567" in words
            assert "It shows personal data of others without their consent." in words
        assert "write to the office" in text

        show_post(post, by=max)
        assert "The group can read it again." in mail(kim, "post_shown_again")[1]

    def test_nobody_else_hears(self, thread, kim, lou, ada):
        post = reply_in(thread, "Nein.", by=kim)
        before = letters()

        hide_post(post, "rude", "Bitte nicht.", by=ada)

        assert new_ones(before) == [("post_hidden", "Kim")]

    def test_what_is_shown_again_before_the_letter_left_is_not_told_as_hidden(self, thread, kim, ada):
        post = reply_in(thread, "Nein.", by=kim)
        before = letters()
        hide_post(post, "rude", "Bitte nicht.", by=ada)
        show_post(post, by=ada)

        assert new_ones(before) == [("post_hidden", "the decision was changed meanwhile"), ("post_shown_again", "Kim")]
