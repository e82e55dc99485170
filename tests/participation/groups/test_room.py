"""The room of a group in the browser: what its members see, what is new, and what happens to a form that is refused."""

import pytest
from django.urls import reverse

from participation.actors.models import Actor
from participation.core.clock import now
from participation.groups.operations.talking import hide_post, mark_read, open_thread, pin_thread, reply_in
from participation.groups.thread_models import Thread
from participation.groups.views.talking import POSTS, POSTS_AN_HOUR, THREADS
from tests.group_factories import PostFactory, ThreadFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(ada, lou, max, olga):
    Actor.objects.update(language="en")


@pytest.fixture
def thread(group, lou):
    return open_thread(group, "Rathaus oder Kirche?", "Wo hält man besser an?", by=lou)


def address(name, thread, *more, **words):
    return reverse(name, args=[thread.group.slug, thread.pk, *more])


def read(client, url, **words):
    return client.get(url, **words).content.decode()


@pytest.fixture
def room(group):
    return reverse("group_room", args=[group.slug])


class TestTheRoom:
    def test_an_empty_one_says_how_to_begin(self, as_, ada, room):
        page = read(as_(ada), room)

        assert "Nobody has said anything yet" in page
        assert "Only members and the office see this." in page
        assert reverse("new_thread", args=["mobilitaet"]) in page

    def test_the_tabs_lead_there_for_members_alone(self, as_, sam, ada, olga, group, room):
        assert room in read(as_(ada), group.get_absolute_url())
        for client in (sam, as_(olga)):
            assert room not in read(client, group.get_absolute_url())

    def test_what_moved_last_stands_first_and_what_is_pinned_above(self, as_, ada, lou, group, room):
        titles = ["Erstens", "Zweitens", "Drittens"]
        rows = [open_thread(group, title, "Ja.", by=lou) for title in titles]
        pin_thread(rows[0], by=ada)
        reply_in(rows[1], "Noch etwas.", by=lou)

        page = read(as_(ada), room)

        places = [page.index(title) for title in ("Erstens", "Zweitens", "Drittens")]
        assert places == sorted(places)
        assert "pinned" in page

    def test_what_is_new_says_so_until_it_is_read(self, as_, ada, thread, room):
        assert "notice--new" in read(as_(ada), room)

        answer = as_(ada).post(reverse("read_threads", args=["mobilitaet"]))

        assert answer.headers["Location"] == room
        assert "notice--new" not in read(as_(ada), room)

    def test_a_hidden_opening_keeps_its_title_from_the_list(self, as_, ada, lou, thread, room):
        hide_post(thread.opening, "rude", "Bitte freundlich.", by=ada)

        page = read(as_(lou), room)

        assert "A talk that was hidden" in page
        assert "Rathaus oder Kirche?" not in page

    def test_page_by_page_each_talk_is_met_once(self, as_, ada, group, room):
        rows = [ThreadFactory(group=group).pk for _ in range(THREADS * 2 + 3)]
        seen, query = [], ""
        while True:
            page = as_(ada).get(room + query).context["page"]
            seen += [row.pk for row in page.rows]
            if not page.after:
                break
            query = f"?ab={page.after}"

        assert seen == rows[::-1]


class TestOneTalk:
    def test_its_words_stand_in_the_order_in_which_they_were_said(self, as_, ada, thread, lou):
        for words in ("Am Rathaus.", "An der Kirche."):
            reply_in(thread, words, by=lou)

        page = read(as_(ada), thread.get_absolute_url())

        places = [page.index(words) for words in ("Wo hält man besser an?", "Am Rathaus.", "An der Kirche.")]
        assert places == sorted(places)

    def test_a_reply_leads_to_its_place(self, as_, ada, thread):
        answer = as_(ada).post(thread.get_absolute_url(), {"text": "Am <b>Rathaus</b>."})

        post = thread.opening.replies.get()
        assert answer.headers["Location"] == f"{thread.get_absolute_url()}#post-{post.pk}"
        page = read(as_(ada), thread.get_absolute_url())
        assert "&lt;b&gt;Rathaus" in page
        assert f'id="post-{post.pk}"' in page

    def test_new_posts_are_marked_and_own_ones_are_not(self, as_, ada, lou, thread):
        mark_read(thread, by=ada)
        reply_in(thread, "Am Rathaus.", by=lou)

        posts = as_(ada).get(thread.get_absolute_url()).context["posts"]
        assert [post.is_new for post in posts] == [False, True]
        posts = as_(lou).get(thread.get_absolute_url()).context["posts"]
        assert [post.is_new for post in posts] == [False, False]

    def test_looking_stores_nothing_and_the_button_marks_it_read(self, as_, ada, thread):
        assert "Mark as read" in read(as_(ada), thread.get_absolute_url())
        assert "Mark as read" in read(as_(ada), thread.get_absolute_url())

        as_(ada).post(address("read_thread", thread))

        assert "Mark as read" not in read(as_(ada), thread.get_absolute_url())

    def test_of_a_long_talk_the_last_words_are_shown_and_the_others_lie_behind_a_link(self, as_, ada, thread):
        rows = [thread.opening_id] + [PostFactory(thread=thread).pk for _ in range(POSTS + 5)]

        page = as_(ada).get(thread.get_absolute_url())
        before = as_(ada).get(f"{thread.get_absolute_url()}?ab={page.context['page'].after}")

        assert [post.pk for post in page.context["posts"]] == rows[-POSTS:]
        assert [post.pk for post in before.context["posts"]] == rows[:-POSTS]

    @pytest.mark.parametrize("text", ["", "  ", "x" * 2001])
    def test_what_cannot_be_sent_stays_in_the_field(self, as_, ada, thread, text):
        answer = as_(ada).post(thread.get_absolute_url(), {"text": text})

        assert answer.status_code == 200
        assert text in answer.content.decode()
        assert not thread.opening.replies.exists()

    def test_who_writes_very_much_waits_and_loses_nothing(self, as_, ada, thread):
        for number in range(POSTS_AN_HOUR):
            assert as_(ada).post(thread.get_absolute_url(), {"text": f"Nummer {number}"}).status_code == 302

        answer = as_(ada).post(thread.get_absolute_url(), {"text": "Noch eins"})

        assert answer.status_code == 429
        assert "Noch eins" in answer.content.decode()

    def test_a_hidden_opening_takes_no_reply_and_what_was_typed_stays(self, as_, ada, lou, thread):
        hide_post(thread.opening, "rude", "Bitte freundlich.", by=ada)

        answer = as_(lou).post(thread.get_absolute_url(), {"text": "Aber warum?"})

        assert answer.status_code == 409
        assert "Nothing was changed" in answer.content.decode()

    def test_another_room_does_not_show_it(self, as_, ada, thread):
        other = ThreadFactory(group__coordinator=ada)

        assert as_(ada).get(reverse("thread", args=[other.group.slug, thread.pk])).status_code == 404
        post = PostFactory(thread=thread)
        assert as_(ada).get(reverse("hide_post", args=[other.group.slug, other.pk, post.pk])).status_code == 404

    def test_the_coordination_keeps_it_on_top(self, as_, ada, thread):
        as_(ada).post(address("pin_thread", thread), {"want": "1"})
        assert Thread.objects.get().is_pinned

        as_(ada).post(address("pin_thread", thread), {"want": "0"})
        assert not Thread.objects.get().is_pinned


class TestAPost:
    def test_other_words(self, as_, lou, thread):
        url = address("edit_post", thread, thread.opening_id)
        assert "Wo hält man besser an?" in read(as_(lou), url)

        as_(lou).post(url, {"text": "Wo hält man?", "version": 1})

        assert Thread.objects.get().opening.text == "Wo hält man?"

    def test_who_was_slower_reads_what_stands_there_and_sends_again(self, as_, lou, thread):
        url = address("edit_post", thread, thread.opening_id)
        as_(lou).post(url, {"text": "Erstens.", "version": 1})

        answer = as_(lou).post(url, {"text": "Zweitens.", "version": 1})

        assert answer.status_code == 409
        assert "This is how your post reads now" in answer.content.decode()
        assert "Zweitens." in answer.content.decode()
        as_(lou).post(url, {"text": "Zweitens.", "version": 2})
        assert Thread.objects.get().opening.text == "Zweitens."

    def test_removed_a_line_stays(self, as_, lou, ada, thread):
        url = address("remove_post", thread, thread.opening_id)
        assert "Remove this post?" in read(as_(lou), url)

        as_(lou).post(url)

        page = read(as_(ada), thread.get_absolute_url())
        assert "The person who wrote this removed it" in page
        assert "Wo hält man besser an?" not in page

    def test_hidden_the_others_read_that_and_why(self, as_, ada, lou, olga, max, thread):
        post = PostFactory(thread=thread, author=lou, text="0173 1234567", html="<p>0173 1234567</p>")
        url = address("hide_post", thread, post.pk)
        assert "0173 1234567" in read(as_(ada), url)

        as_(ada).post(url, {"version": 1, "reason": "private", "words": "Bitte ohne Nummer."})

        third = PostFactory(thread=thread, author__language="en").author
        type(lou.row).objects.create(
            group=thread.group, actor=third, state="member", role="member", since=now(), joined_at=now()
        )
        page = read(as_(third), thread.get_absolute_url())
        assert "0173" not in page
        assert "It shows personal data of others" in page
        for person in (ada, lou, max):
            assert "0173" in read(as_(person), thread.get_absolute_url())

    @pytest.mark.parametrize("missing", ["reason", "words"])
    def test_without_a_reason_nothing_is_hidden(self, as_, ada, thread, missing):
        data = {"version": 1, "reason": "rude", "words": "Bitte freundlich."} | {missing: ""}

        answer = as_(ada).post(address("hide_post", thread, thread.opening_id), data)

        assert answer.status_code == 200
        assert not Thread.objects.get().opening.is_hidden

    def test_what_was_changed_meanwhile_is_shown_before_it_is_hidden(self, as_, ada, lou, thread):
        as_(lou).post(address("edit_post", thread, thread.opening_id), {"text": "Ganz anders.", "version": 1})

        answer = as_(ada).post(
            address("hide_post", thread, thread.opening_id), {"version": 1, "reason": "rude", "words": "Bitte nicht."}
        )

        assert answer.status_code == 409
        for words in ("Ganz anders.", "Bitte nicht."):
            assert words in answer.content.decode()

    def test_shown_again(self, as_, ada, lou, thread):
        hide_post(thread.opening, "rude", "Bitte freundlich.", by=ada)
        assert "Show it again" in read(as_(ada), thread.get_absolute_url())

        as_(ada).post(address("show_post", thread, thread.opening_id))

        assert not Thread.objects.get().opening.is_hidden
