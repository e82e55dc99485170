"""Talk in the room of a group: who may say what, whom it calls, what is hidden, and who has read it."""

from datetime import timedelta

import pytest

from participation.core.clock import now, travel_to
from participation.core.errors import NotAllowed, Outdated
from participation.core.personal import erase, export
from participation.discussion.models import EDIT_WINDOW
from participation.discussion.operations import Gone, OutOfSight, TooLate
from participation.events.kinds import Kind
from participation.events.models import Event
from participation.groups.models import Group
from participation.groups.operations.holding import Over
from participation.groups.operations.talking import (
    change_post,
    hide_post,
    mark_read,
    open_thread,
    pin_thread,
    remove_post,
    reply_in,
    show_post,
    unpin_thread,
)
from participation.groups.queries import with_life_signs
from participation.groups.thread_models import Hiding, Thread, Visit
from participation.groups.thread_queries import mentioned_in, thread_of, threads_of
from tests.factories import ActorFactory
from tests.group_factories import GroupFactory, MembershipFactory, PostFactory, ThreadFactory

pytestmark = pytest.mark.django_db
WHY = ("private", "Bitte ohne Telefonnummer.")


@pytest.fixture
def thread(group, lou):
    return open_thread(group, "Rathaus oder Kirche?", "Wo hält man besser an?", by=lou)


def last():
    return Event.objects.latest("pk")


def fresh(row):
    return type(row).objects.get(pk=row.pk)


class TestSaying:
    def test_a_talk_begins_with_its_first_words(self, thread, group, lou):
        assert (thread.title, thread.opening.text, thread.opening.author) == (
            "Rathaus oder Kirche?", "Wo hält man besser an?", lou,
        )  # fmt: skip
        assert not thread.opening.in_office
        assert (last().kind, last().case, last().by, last().facts) == (
            Kind.POST_WRITTEN, group.case, lou, {"comment": thread.opening_id, "mentioned": []},
        )  # fmt: skip

    def test_a_reply_moves_it_and_is_counted(self, thread, ada):
        with travel_to(now() + timedelta(hours=1)):
            post = reply_in(thread, "Am Rathaus ist Licht.", by=ada)

        row = fresh(thread)
        assert (row.posts, row.last_at) == (2, post.posted_at)
        assert thread_of(post) == thread
        assert thread_of(thread.opening) == thread

    def test_a_double_click_says_it_once(self, thread, group, lou, ada):
        assert open_thread(group, thread.title, thread.opening.text, by=lou) == thread
        assert reply_in(thread, "Ja.", by=ada) == reply_in(thread, "Ja.", by=ada)

        assert Thread.objects.count() == 1
        assert fresh(thread).posts == 2
        with travel_to(now() + timedelta(minutes=2)):
            reply_in(thread, "Ja.", by=ada)
        assert fresh(thread).posts == 3

    @pytest.mark.parametrize("role", ["coordinator", "deputy", "member", "observer"])
    def test_everybody_in_the_group_talks(self, thread, group, role):
        actor = MembershipFactory(group=group, role=role).actor

        assert not reply_in(thread, "Ja.", by=actor).in_office

    @pytest.mark.parametrize("who", ["max", "mia", "ivo"])
    def test_the_office_talks_as_the_office(self, thread, who, request):
        assert reply_in(thread, "Ja.", by=request.getfixturevalue(who)).in_office

    def test_who_works_in_the_office_and_belongs_to_the_group_talks_as_a_member(self, thread, group, max):
        MembershipFactory(group=group, actor=max)

        assert not reply_in(thread, "Ja.", by=max).in_office

    @pytest.mark.parametrize("state", ["requested", "refused", "withdrawn", "left", "removed"])
    def test_others_do_not(self, thread, group, state):
        actor = MembershipFactory(group=group, state=state).actor
        for act in (
            lambda: open_thread(group, "Neu", "Neu.", by=actor),
            lambda: reply_in(thread, "Ja.", by=actor),
            lambda: mark_read(thread, by=actor),
        ):
            with pytest.raises(NotAllowed):
                act()
        assert fresh(thread).posts == 1

    @pytest.mark.parametrize("who", ["olga", "eva", "root"])
    def test_nor_do_strangers_mayors_and_superusers(self, thread, who, request):
        with pytest.raises(NotAllowed):
            reply_in(thread, "Ja.", by=request.getfixturevalue(who))

    def test_nor_does_the_coordination_of_another_group(self, thread, olga):
        GroupFactory(coordinator=olga)

        with pytest.raises(NotAllowed):
            reply_in(thread, "Ja.", by=olga)

    @pytest.mark.parametrize("state", ["closed", "declined", "proposed"])
    def test_where_no_group_is_at_work_nobody_talks(self, state, ada):
        group = GroupFactory(state=state, coordinator=ada)

        with pytest.raises(NotAllowed):
            open_thread(group, "Neu", "Neu.", by=ada)

    def test_a_group_that_closes_in_that_moment_takes_no_words(self, thread, group, ada):
        Group.objects.filter(pk=group.pk).update(state="closed", closed_at=now(), report="Fertig.")

        with pytest.raises(Over):
            reply_in(thread, "Ja.", by=ada)

    def test_what_is_said_is_a_life_sign(self, thread, group, ada):
        later = now() + timedelta(days=50)
        with travel_to(later):
            reply_in(thread, "Noch da.", by=ada)

        assert with_life_signs(Group.objects.filter(pk=group.pk)).get().stirred_at == later


class TestCalling:
    @pytest.fixture
    def kim(self, group):
        actor = ActorFactory(display_name="Kim M.")
        MembershipFactory(group=group, actor=actor)
        return actor

    @pytest.mark.parametrize(
        ("text", "called"),
        [
            ("@Kim M. Du kennst den Platz.", ["Kim M."]),
            ("Frag @kim m., bitte", ["Kim M."]),
            ("@Kim M.", ["Kim M."]),
            ("(@Lou) und @Kim M.!", ["Kim M.", "Lou"]),
            ("@Kim", []),
            ("@Louise", []),
            ("mail@Lou", []),
            ("Kim M., Lou", []),
            ("@", []),
            ("@@Lou", ["Lou"]),
        ],
    )
    def test_at_and_the_name_of_a_member(self, group, kim, lou, text, called):
        names = {kim.pk: "Kim M.", lou.pk: "Lou"}

        assert sorted(names[number] for number in mentioned_in(text, group)) == called

    def test_the_longer_name_counts(self, group, kim):
        other = ActorFactory(display_name="Kim")
        MembershipFactory(group=group, actor=other)

        assert mentioned_in("@Kim M. und", group) == [kim.pk]
        assert mentioned_in("@Kim und", group) == [other.pk]

    def test_of_two_with_one_name_both(self, group, kim):
        other = ActorFactory(display_name="Kim M.")
        MembershipFactory(group=group, actor=other)

        assert mentioned_in("@Kim M.", group) == sorted([kim.pk, other.pk])

    @pytest.mark.parametrize("state", ["requested", "refused", "left", "removed"])
    def test_whoever_is_no_member_of_this_room_is_not_called(self, group, state):
        MembershipFactory(group=group, actor=ActorFactory(display_name="Nora"), state=state)
        MembershipFactory(actor=ActorFactory(display_name="Nils"))

        assert mentioned_in("@Nora @Nils", group) == []

    def test_nor_is_a_hidden_profile(self, group, kim):
        type(kim).objects.filter(pk=kim.pk).update(hidden_at=now(), hidden_reason="rude")

        assert mentioned_in("@Kim M.", group) == []

    def test_names_with_signs_of_patterns_are_names(self, group):
        actor = ActorFactory(display_name="Eda (.*) |")
        MembershipFactory(group=group, actor=actor)

        assert mentioned_in("@Eda (.*) |", group) == [actor.pk]
        assert mentioned_in("@Eda xx", group) == []

    def test_the_event_knows_whom_and_nobody_calls_themselves(self, thread, group, kim, lou):
        reply_in(thread, "@Kim M. @Lou", by=lou)
        assert last().facts["mentioned"] == [kim.pk]

        open_thread(group, "Neu", "@Kim M. @Lou", by=lou)
        assert last().facts["mentioned"] == [kim.pk]

    def test_a_change_calls_only_those_who_were_not_called_before(self, thread, kim, lou, ada):
        post = reply_in(thread, "@Kim M. schau", by=ada)
        before = last()
        change_post(post, "@Kim M. schau mal", by=ada)
        assert last() == before

        change_post(post, "@Kim M. @Lou schaut", by=ada)

        assert (last().kind, last().facts) == (Kind.POST_CHANGED, {"comment": post.pk, "mentioned": [lou.pk]})


class TestChanging:
    def test_within_a_quarter_of_an_hour_by_its_author_alone(self, thread, ada, lou):
        post = reply_in(thread, "Ja.", by=ada)
        with pytest.raises(NotAllowed):
            change_post(post, "Nein.", by=lou)
        change_post(post, "Nein.", by=ada)
        assert fresh(post).text == "Nein."

        with travel_to(now() + EDIT_WINDOW), pytest.raises(TooLate):
            change_post(post, "Doch.", by=ada)

    def test_who_left_the_group_changes_nothing(self, thread, lou):
        lou.row.__class__.objects.filter(pk=lou.row.pk).update(state="left", ended_at=now())

        with pytest.raises(NotAllowed):
            change_post(thread.opening, "Anders.", by=lou)
        with pytest.raises(NotAllowed):
            remove_post(thread.opening, by=lou)

    def test_removed_a_line_stays_and_it_is_no_longer_counted(self, thread, ada):
        post = reply_in(thread, "Ja.", by=ada)

        remove_post(post, by=ada)

        assert (fresh(post).text, fresh(post).is_removed, fresh(thread).posts) == ("", True, 1)
        with pytest.raises(Gone):
            remove_post(post, by=ada)

    def test_after_its_opening_was_removed_nobody_replies(self, thread, lou, ada):
        remove_post(thread.opening, by=lou)

        with pytest.raises(Gone):
            reply_in(fresh(thread), "Ja.", by=ada)


class TestHiding:
    @pytest.fixture
    def post(self, thread, lou):
        return reply_in(thread, "0173 1234567", by=lou)

    @pytest.mark.parametrize("who", ["ada", "max", "mia"])
    def test_coordination_and_office_hide_with_a_reason(self, thread, post, who, request):
        by = request.getfixturevalue(who)

        hide_post(post, *WHY, by=by)

        row = Hiding.objects.get()
        assert (row.post, row.by, row.reason, row.words, row.ended_at) == (post, by, *WHY, None)
        assert fresh(post).is_hidden
        assert fresh(thread).posts == 1
        assert (last().kind, last().facts) == (Kind.POST_HIDDEN, {"comment": post.pk, "hiding": row.pk})

    @pytest.mark.parametrize("who", ["lou", "olga", "ivo", "root"])
    def test_others_do_not(self, post, who, request):
        for act in (lambda by: hide_post(post, *WHY, by=by), lambda by: show_post(post, by=by)):
            with pytest.raises(NotAllowed):
                act(request.getfixturevalue(who))

    def test_what_was_changed_or_removed_meanwhile_is_looked_at_first(self, post, lou, ada):
        seen = fresh(post)
        change_post(post, "Ohne Nummer.", by=lou)
        with pytest.raises(Outdated):
            hide_post(seen, *WHY, by=ada)

        seen = fresh(post)
        remove_post(fresh(post), by=lou)
        with pytest.raises(Outdated):
            hide_post(seen, *WHY, by=ada)
        assert not Hiding.objects.exists()

    def test_twice_is_once(self, post, ada):
        seen = fresh(post)
        hide_post(post, *WHY, by=ada)

        with pytest.raises(Outdated):
            hide_post(seen, *WHY, by=ada)
        assert Hiding.objects.count() == 1

    def test_shown_again_it_counts_and_the_proof_stays(self, thread, post, ada, max):
        hide_post(post, *WHY, by=ada)

        show_post(post, by=max)

        row = Hiding.objects.get()
        assert (row.ended_by, fresh(post).is_hidden, fresh(thread).posts) == (max, False, 2)
        assert last().kind == Kind.POST_SHOWN_AGAIN
        with pytest.raises(Outdated):
            show_post(post, by=max)
        hide_post(post, *WHY, by=ada)
        assert Hiding.objects.count() == 2

    def test_one_that_its_author_removed_while_it_was_hidden_is_counted_once(self, thread, post, lou, ada):
        hide_post(post, *WHY, by=ada)
        remove_post(post, by=lou)
        assert fresh(thread).posts == 1

        show_post(post, by=ada)
        assert fresh(thread).posts == 1

    def test_in_a_hidden_talk_nobody_replies(self, thread, ada, max):
        hide_post(thread.opening, *WHY, by=ada)

        with pytest.raises(OutOfSight):
            reply_in(fresh(thread), "Ja.", by=max)


class TestPinning:
    def test_on_top_and_back(self, thread, ada):
        pin_thread(thread, by=ada)
        first = fresh(thread).pinned_at
        pin_thread(thread, by=ada)
        assert fresh(thread).pinned_at == first

        unpin_thread(thread, by=ada)
        assert fresh(thread).pinned_at is None

    @pytest.mark.parametrize("who", ["lou", "ivo", "root"])
    def test_not_by_members(self, thread, who, request):
        for act in (pin_thread, unpin_thread):
            with pytest.raises(NotAllowed):
                act(thread, by=request.getfixturevalue(who))


class TestReading:
    def unread(self, group, actor):
        return [thread.is_unread for thread in threads_of(group, actor).order_by("pk")]

    def test_each_for_themselves(self, thread, group, lou, ada):
        assert (self.unread(group, lou), self.unread(group, ada)) == ([False], [True])

        mark_read(thread, by=ada)
        assert self.unread(group, ada) == [False]
        with travel_to(now() + timedelta(minutes=1)):
            reply_in(thread, "Ja.", by=ada)
        assert (self.unread(group, lou), self.unread(group, ada)) == ([True], [False])

    def test_it_goes_with_the_account(self, thread, lou, ada):
        post = PostFactory(thread=thread)
        hide_post(post, *WHY, by=ada)
        assert export(lou)["Bis wann Sie Gespräche in Arbeitsgruppen gelesen haben"]

        for person in (lou, ada):
            erase(person)

        assert not Visit.objects.exists()
        assert Hiding.objects.get().by is None


def test_a_post_of_an_idea_belongs_to_no_room():
    assert thread_of(PostFactory(group=GroupFactory())) is None
    assert thread_of(ThreadFactory().opening) is not None
