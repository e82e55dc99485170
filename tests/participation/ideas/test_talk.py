"""Taking part through the pages: supporting, following, commenting, changing and removing what was said."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from participation.core.clock import now
from participation.discussion.models import Comment
from participation.discussion.operations import withdraw_comment
from participation.ideas.models import Idea
from participation.ideas.states import OPEN_TO_ALL, PUBLIC, IdeaState
from participation.ideas.views.talk import COMMENTS_AN_HOUR
from participation.promises.queries import follows
from tests.factories import ActorFactory, AllianceFactory, CommentFactory, IdeaFactory

CLOSED = [state for state in PUBLIC if state not in OPEN_TO_ALL]


@pytest.fixture
def idea(ada):
    AllianceFactory()
    return IdeaFactory(author=ada, title="Mitfahrbank")


@pytest.fixture
def comment(idea, olga):
    return CommentFactory(case=idea.case, author=olga, text="Das fehlt.", html="<p>Das fehlt.</p>")


def to(name, thing):
    """The address of something that can be done with ``thing``."""
    return reverse(name, args=[thing.reference if isinstance(thing, Idea) else thing.pk])


def supporters(idea):
    idea.refresh_from_db()
    return idea.support_count


def page(client, idea):
    return client.get(idea.get_absolute_url()).content.decode()


class TestSupportAndFollow:
    """Two buttons."""

    def test_support_and_its_end(self, idea, olga, as_):
        client = as_(olga)

        client.post(to("support_idea", idea), {"want": "1"})
        assert supporters(idea) == 1
        assert "Nicht mehr unterstützen" in page(client, idea)

        client.post(to("support_idea", idea), {"want": "0"})
        assert supporters(idea) == 0

    def test_a_double_click_supports_once(self, idea, olga, as_):
        client = as_(olga)
        for _ in range(2):
            client.post(to("support_idea", idea), {"want": "1"})

        assert supporters(idea) == 1

    @pytest.mark.parametrize("data", [{}, {"want": ""}, {"want": "2"}, {"want": "ja"}])
    @pytest.mark.parametrize("name", ["support_idea", "follow_idea"])
    def test_nonsense_changes_nothing(self, name, data, idea, olga, as_):
        answer = as_(olga).post(to(name, idea), data)

        assert answer.headers["Location"] == idea.get_absolute_url()
        assert (supporters(idea), follows(olga, idea.case)) == (0, False)

    @pytest.mark.parametrize("name", ["support_idea", "follow_idea"])
    def test_who_comes_from_signing_in_sees_the_idea_and_nothing_happened(self, name, idea, olga, as_):
        assert as_(olga).get(to(name, idea)).headers["Location"] == idea.get_absolute_url()
        assert (supporters(idea), follows(olga, idea.case)) == (0, False)

    @pytest.mark.parametrize("name", ["support_idea", "follow_idea", "comment_idea"])
    def test_a_stranger_signs_in_first_and_comes_back(self, name, idea, sam):
        answer = sam.post(to(name, idea), {"want": "1", "text": "Gut."})

        assert answer.headers["Location"].startswith("/konto/login/?next=/ideen/")
        assert supporters(idea) == 0

    def test_nobody_supports_their_own(self, idea, ada, as_):
        client = as_(ada)
        client.post(to("support_idea", idea), {"want": "1"})

        assert supporters(idea) == 0
        assert "Das ist Ihre eigene Idee" in page(client, idea)

    @pytest.mark.parametrize("state", CLOSED)
    def test_what_is_closed_offers_no_button_and_takes_no_support(self, state, olga, as_):
        idea = IdeaFactory(state=state)
        client = as_(olga)

        assert 'name="want" value="1">' not in page(client, idea).split("folgen")[0]
        client.post(to("support_idea", idea), {"want": "1"})
        assert supporters(idea) == 0

    @pytest.mark.parametrize(
        "state", [IdeaState.SUBMITTED, IdeaState.RETURNED, IdeaState.DECLINED, IdeaState.WITHDRAWN]
    )
    @pytest.mark.parametrize("name", ["support_idea", "follow_idea", "comment_idea"])
    def test_what_one_may_not_read_is_unknown(self, name, state, olga, as_):
        idea = IdeaFactory(state=state)

        assert as_(olga).post(to(name, idea), {"want": "1", "text": "Gut."}).status_code == 404
        assert (supporters(idea), follows(olga, idea.case)) == (0, False)

    def test_an_address_that_is_not_confirmed_counts_nothing(self, idea, as_):
        client = as_(ActorFactory(confirmed=False))
        client.post(to("support_idea", idea), {"want": "1"})
        client.post(to("comment_idea", idea), {"text": "Gut."})

        assert supporters(idea) == 0
        assert not Comment.objects.exists()

    def test_follow_and_its_end(self, idea, olga, as_):
        client = as_(olga)

        client.post(to("follow_idea", idea), {"want": "1"})
        assert follows(olga, idea.case)
        assert "Nicht mehr folgen" in page(client, idea)

        client.post(to("follow_idea", idea), {"want": "0"})
        assert not follows(olga, idea.case)


class TestComments:
    """Saying something."""

    def test_a_comment_appears_at_once(self, idea, olga, as_):
        answer = as_(olga).post(to("comment_idea", idea), {"text": "Das **fehlt**."})

        said = Comment.objects.get()
        assert answer.headers["Location"] == f"{idea.get_absolute_url()}#comment-{said.pk}"
        assert "Das <strong>fehlt</strong>." in page(as_(olga), idea)

    def test_a_double_click_says_it_once(self, idea, olga, as_):
        client = as_(olga)
        answers = [client.post(to("comment_idea", idea), {"text": "Das fehlt."}) for _ in range(2)]

        assert Comment.objects.count() == 1
        assert answers[0].headers["Location"] == answers[1].headers["Location"]

    def test_who_replies_sees_what_they_reply_to(self, idea, comment, ada, as_):
        shown = as_(ada).get(to("comment_idea", idea), {"antwort": comment.pk}).content.decode()

        assert "Das fehlt." in shown
        assert f'name="parent" value="{comment.pk}"' in shown

    def test_the_page_for_a_comment_on_what_is_closed_leads_back(self, olga, as_):
        idea = IdeaFactory(state=IdeaState.NOT_ADOPTED)

        assert as_(olga).get(to("comment_idea", idea)).headers["Location"] == idea.get_absolute_url()

    def test_a_reply_stands_below_what_it_replies_to(self, idea, comment, ada, as_):
        as_(ada).post(to("comment_idea", idea), {"text": "Danke!", "parent": str(comment.pk)})

        assert list(comment.replies.values_list("text", flat=True)) == ["Danke!"]

    def test_a_reply_to_a_reply_stays_on_the_same_level(self, idea, comment, ada, olga, as_):
        reply = CommentFactory(case=idea.case, author=ada, parent=comment)
        as_(olga).post(to("comment_idea", idea), {"text": "Gern.", "parent": str(reply.pk)})

        assert Comment.objects.get(text="Gern.").parent == comment

    def test_a_reply_to_what_was_removed_keeps_the_words(self, idea, comment, ada, as_):
        withdraw_comment(comment, by=comment.author)

        answer = as_(ada).post(to("comment_idea", idea), {"text": "Wie meinen Sie das?", "parent": str(comment.pk)})
        assert answer.status_code == 409
        assert "Wie meinen Sie das?" in answer.content.decode()

    @pytest.mark.parametrize("parent", ["x", "-1", "9" * 30, "999999", "²"])
    def test_a_reply_to_nothing_is_no_comment(self, parent, idea, olga, as_):
        assert as_(olga).post(to("comment_idea", idea), {"text": "Gut.", "parent": parent}).status_code == 409
        assert not Comment.objects.exists()

    def test_a_comment_on_another_idea_is_no_parent(self, idea, olga, as_):
        elsewhere = CommentFactory(case=IdeaFactory().case)

        assert as_(olga).post(to("comment_idea", idea), {"text": "Gut.", "parent": elsewhere.pk}).status_code == 409

    def test_empty_words_are_asked_for(self, idea, olga, as_):
        answer = as_(olga).post(to("comment_idea", idea), {"text": "  "})

        assert "Bitte schreiben Sie zuerst etwas." in answer.content.decode()

    def test_what_is_closed_takes_no_comment_and_keeps_the_words(self, olga, as_):
        idea = IdeaFactory(state=IdeaState.NOT_ADOPTED)

        answer = as_(olga).post(to("comment_idea", idea), {"text": "Schade drum."})
        assert answer.status_code == 409
        assert "Schade drum." in answer.content.decode()

    def test_too_many_within_an_hour_are_refused_and_the_words_kept(self, idea, olga, as_):
        client = as_(olga)
        for number in range(COMMENTS_AN_HOUR):
            client.post(to("comment_idea", idea), {"text": f"Nummer {number}"})

        answer = client.post(to("comment_idea", idea), {"text": "Noch eins"})
        assert answer.status_code == 429
        assert "Noch eins" in answer.content.decode()
        assert Comment.objects.count() == COMMENTS_AN_HOUR

    def test_the_office_may_speak_as_the_office_and_nobody_else(self, idea, max, olga, as_):
        as_(max).post(to("comment_idea", idea), {"text": "Amtlich.", "in_office": "on"})
        as_(olga).post(to("comment_idea", idea), {"text": "Angemaßt.", "in_office": "on"})

        assert dict(Comment.objects.values_list("text", "in_office")) == {"Amtlich.": True, "Angemaßt.": False}
        assert max.display_name not in page(as_(olga), idea)

    def test_scripts_are_words(self, idea, olga, sam, as_):
        as_(olga).post(to("comment_idea", idea), {"text": "<script>alert(1)</script> [x](javascript:alert(1))"})

        assert "<script>alert(1)" not in page(sam, idea)
        assert 'href="javascript' not in page(sam, idea)

    def test_newest_first_turns_the_order(self, idea, sam):
        first = CommentFactory(case=idea.case, posted_at=now() - timedelta(hours=2))
        second = CommentFactory(case=idea.case, posted_at=now() - timedelta(hours=1))

        talk = sam.get(idea.get_absolute_url() + "?kommentare=neueste").context["talk"]
        assert [comment.pk for comment in talk] == [second.pk, first.pk]

    def test_beyond_two_hundred_the_page_says_so_and_counts_all(self, idea, sam):
        author = ActorFactory()
        Comment.objects.bulk_create(
            Comment(case=idea.case, author=author, text="x", html="<p>x</p>", posted_at=now()) for _ in range(201)
        )

        shown = page(sam, idea)
        assert "201 Kommentare" in shown
        assert "Hier stehen nur 200 Kommentare" in shown


class TestChanging:
    """Other words, within a quarter of an hour."""

    def change(self, client, comment, **data):
        return client.post(to("edit_comment", comment), {"text": "Das fehlt sehr.", "version": 1, **data})

    def test_the_author_finds_other_words(self, comment, olga, as_):
        self.change(as_(olga), comment)

        comment.refresh_from_db()
        assert (comment.text, comment.version) == ("Das fehlt sehr.", 2)
        assert comment.edited_at

    def test_after_a_quarter_of_an_hour_it_is_too_late_and_the_words_are_kept(self, comment, olga, as_):
        with time_machine.travel(now() + timedelta(minutes=16)):
            answer = self.change(as_(olga), comment)

        comment.refresh_from_db()
        assert answer.status_code == 409
        assert "Das fehlt sehr." in answer.content.decode()
        assert comment.text == "Das fehlt."

    def test_when_it_is_too_late_the_page_does_not_open(self, comment, idea, olga, as_):
        client = as_(olga)
        assert "Das fehlt." in client.get(to("edit_comment", comment)).content.decode()

        with time_machine.travel(now() + timedelta(minutes=16)):
            answer = client.get(to("edit_comment", comment))
        assert answer.headers["Location"] == idea.get_absolute_url()

    def test_what_was_removed_is_not_changed_any_more(self, comment, olga, as_):
        withdraw_comment(comment, by=comment.author)

        answer = self.change(as_(olga), comment)
        assert answer.status_code == 409
        assert Comment.objects.get().text == ""

    def test_a_stranger_signs_in_first(self, comment, sam):
        answers = [self.change(sam, comment), sam.post(to("remove_comment", comment))]

        assert [answer.headers["Location"].startswith("/konto/login/") for answer in answers] == [True, True]
        assert Comment.objects.get().text == "Das fehlt."

    @pytest.mark.parametrize("name", ["edit_comment", "remove_comment"])
    def test_a_number_that_nothing_has_is_unknown(self, name, comment, olga, as_):
        assert as_(olga).get(reverse(name, args=[comment.pk + 1])).status_code == 404

    def test_two_windows_lose_nothing(self, comment, olga, as_):
        client = as_(olga)
        self.change(client, comment)

        answer = self.change(client, comment, text="Ganz anders.")
        assert answer.status_code == 409
        assert "Ganz anders." in answer.content.decode()
        assert "Das fehlt sehr." in answer.content.decode()

    def test_a_double_click_is_no_error(self, comment, olga, as_):
        client = as_(olga)

        assert [self.change(client, comment).status_code for _ in range(2)] == [302, 302]

    @pytest.mark.parametrize("person", ["ada", "max", "mia", "root"])
    def test_nobody_changes_the_words_of_others(self, person, comment, as_, request):
        client = as_(request.getfixturevalue(person))

        assert self.change(client, comment).status_code == 404
        assert client.get(to("edit_comment", comment)).status_code == 404

    def test_a_comment_on_an_idea_that_was_withdrawn_is_unknown(self, comment, idea, olga, as_):
        Idea.objects.filter(pk=idea.pk).update(state=IdeaState.WITHDRAWN)

        assert self.change(as_(olga), comment).status_code == 404
        assert as_(olga).post(to("remove_comment", comment)).status_code == 404


class TestRemoving:
    """Visible removal."""

    def test_ones_own_goes(self, comment, idea, olga, sam, as_):
        client = as_(olga)
        assert "Diesen Kommentar entfernen?" in client.get(to("remove_comment", comment)).content.decode()

        client.post(to("remove_comment", comment))

        assert "Das fehlt." not in page(sam, idea)
        assert "hat ihn am" in page(sam, idea)

    def test_a_double_click_on_ones_own_is_no_error(self, comment, olga, as_):
        client = as_(olga)

        assert [client.post(to("remove_comment", comment)).status_code for _ in range(2)] == [302, 302]

    @pytest.mark.parametrize("person", ["ada", "max", "mia", "ivo", "eva", "root"])
    def test_others_cannot(self, person, comment, as_, request):
        client = as_(request.getfixturevalue(person))

        assert client.post(to("remove_comment", comment)).status_code == 404
        assert not Comment.objects.get().is_removed

    def test_replies_stay(self, comment, idea, ada, olga, sam, as_):
        CommentFactory(case=idea.case, author=ada, parent=comment, html="<p>Danke!</p>")
        as_(olga).post(to("remove_comment", comment))

        assert "Danke!" in page(sam, idea)
