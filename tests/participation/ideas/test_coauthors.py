"""Co-authors by invitation: who may invite, answer, take back and leave, and what co-authors may no longer judge."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from participation.actors.operations import erase_actor
from participation.core.clock import now, travel_to
from participation.core.errors import NotAllowed, Outdated, WrongState
from participation.core.hiding import hide
from participation.core.personal import export
from participation.events.kinds import Kind
from participation.events.models import Event
from participation.ideas.coauthor_models import VALID, CoAuthor
from participation.ideas.coauthor_queries import byline, coauthors_of, open_invitations
from participation.ideas.models import Idea, Support
from participation.ideas.operations.coauthors import (
    Expired,
    Full,
    NotInvited,
    OnesOwnAddress,
    Over,
    ThereAlready,
    accept_invitation,
    decline_invitation,
    invite_coauthor,
    leave_idea,
    purge_expired_invitations,
    take_invitation_back,
)
from participation.ideas.operations.taking_part import support_idea
from participation.ideas.operations.writing import discard_idea_draft
from participation.ideas.states import COAUTHOR_LIFECYCLE, ENDED, CoAuthorState
from tests.coauthor_factories import CoAuthorFactory
from tests.factories import ActorFactory, AllianceFactory, IdeaFactory

from .coauthors import OLGA, OPEN, again, kinds, refused, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def idea(ada):
    AllianceFactory()
    return IdeaFactory(author=ada)


@pytest.fixture
def invited(idea, olga):
    return CoAuthorFactory(idea=idea, email=OLGA)


@pytest.fixture
def accepted(idea, olga):
    return CoAuthorFactory(idea=idea, state="accepted", actor=olga)


class TestInviting:
    @pytest.mark.parametrize("state", OPEN)
    def test_an_author_invites_while_something_may_become_of_the_idea(self, ada, state):
        idea = IdeaFactory(author=ada, state=state)

        row = invite_coauthor(idea, "Paul@Post.Example", by=ada)

        assert (row.email, row.state, row.invited_by, row.actor) == ("paul@post.example", "invited", ada, None)
        event = Event.objects.get()
        assert (event.kind, event.by, event.case, event.facts) == (
            Kind.COAUTHOR_INVITED, ada, idea.case, {"coauthor": row.pk}
        )  # fmt: skip

    @pytest.mark.parametrize("state", ENDED)
    def test_nobody_is_invited_to_what_has_ended(self, ada, state):
        refused(Over, invite_coauthor, IdeaFactory(author=ada, state=state), OLGA, by=ada)

    def test_nobody_is_invited_to_what_is_hidden(self, idea, ada):
        hide(idea, "rude")

        refused(Over, invite_coauthor, idea, OLGA, by=ada)

    def test_nobody_invites_themselves(self, idea, ada):
        refused(OnesOwnAddress, invite_coauthor, idea, "ADA@allianz.example", by=ada)

    def test_only_the_author_invites(self, idea, accepted, olga, max, mia, root):
        for person in (olga, max, mia, root, ActorFactory()):
            refused(NotAllowed, invite_coauthor, idea, "paul@post.example", by=person)

    def test_an_unconfirmed_author_does_not(self):
        author = ActorFactory(confirmed=False)

        refused(NotAllowed, invite_coauthor, IdeaFactory(author=author), OLGA, by=author)

    def test_the_same_address_twice_is_one_invitation_and_one_letter(self, idea, ada):
        first = invite_coauthor(idea, OLGA, by=ada)

        assert invite_coauthor(idea, OLGA.upper(), by=ada) == first
        assert (CoAuthor.objects.count(), kinds()) == (1, [Kind.COAUTHOR_INVITED])

    def test_after_an_answer_the_same_address_can_be_invited_again(self, idea, ada, olga):
        decline_invitation(invite_coauthor(idea, OLGA, by=ada), by=olga)

        assert invite_coauthor(idea, OLGA, by=ada).state == "invited"

    def test_after_its_time_an_invitation_makes_room_for_a_new_one(self, idea, ada):
        old = CoAuthorFactory(idea=idea, email=OLGA, invited_at=now() - VALID)

        new = invite_coauthor(idea, OLGA, by=ada)

        assert new != old
        assert (again(old).state, again(old).email) == ("taken_back", "")

    def test_there_are_five_at_most_open_and_accepted(self, idea, ada, accepted):
        for number in range(4):
            invite_coauthor(idea, f"p{number}@post.example", by=ada)

        refused(Full, invite_coauthor, idea, "p5@post.example", by=ada)
        assert open_invitations(idea).count() == 4

    @pytest.mark.parametrize("state", ["declined", "taken_back", "left"])
    def test_who_said_no_or_left_makes_room(self, idea, ada, state):
        for _ in range(5):
            CoAuthorFactory(idea=idea, state=state)

        assert invite_coauthor(idea, OLGA, by=ada)

    def test_expired_ones_make_room(self, idea, ada):
        for number in range(5):
            CoAuthorFactory(idea=idea, email=f"p{number}@post.example", invited_at=now() - VALID)

        assert invite_coauthor(idea, OLGA, by=ada)


class TestAnswering:
    def test_the_invited_person_accepts(self, invited, idea, olga):
        accept_invitation(invited, by=olga)

        row = again(invited)
        assert (row.state, row.actor, row.email, bool(row.answered_at)) == ("accepted", olga, "", True)
        event = Event.objects.get()
        assert (event.kind, event.by, event.facts) == (Kind.COAUTHOR_ACCEPTED, olga, {"coauthor": row.pk})
        assert [one.actor for one in coauthors_of(idea)] == [olga]

    def test_the_address_is_compared_whatever_its_case(self, idea, olga):
        row = CoAuthorFactory(idea=idea, email="Olga@Allianz.example")

        assert accept_invitation(row, by=olga).actor == olga

    @pytest.mark.parametrize("answer", [accept_invitation, decline_invitation])
    def test_nobody_else_answers(self, invited, max, mia, root, answer):
        for person in (max, mia, root, ActorFactory(email="olga@allianz.example.de")):
            refused(NotInvited, answer, invited, by=person)

    @pytest.mark.parametrize("answer", [accept_invitation, decline_invitation])
    def test_an_address_that_was_not_confirmed_proves_nothing(self, idea, answer):
        row = CoAuthorFactory(idea=idea, email="paul@post.example")

        refused(NotAllowed, answer, row, by=ActorFactory(email="paul@post.example", confirmed=False))

    @pytest.mark.parametrize("answer", [accept_invitation, decline_invitation])
    def test_the_author_does_not_answer_even_with_that_address(self, idea, ada, answer):
        refused(NotAllowed, answer, CoAuthorFactory(idea=idea, email=ada.email), by=ada)

    def test_after_thirty_days_it_is_too_late(self, invited, olga):
        with travel_to(invited.invited_at + VALID):
            refused(Expired, accept_invitation, invited, by=olga)

    def test_in_the_last_moment_it_is_not(self, invited, olga):
        with travel_to(invited.invited_at + VALID - timedelta(seconds=1)):
            assert accept_invitation(invited, by=olga).is_accepted

    def test_without_the_inviter_it_is_void(self, invited, ada, olga):
        erase_actor(ada, by=ada)

        refused(NotInvited, accept_invitation, again(invited), by=olga)

    @pytest.mark.parametrize("state", ENDED)
    def test_nobody_joins_what_has_ended(self, ada, olga, state):
        row = CoAuthorFactory(idea=IdeaFactory(author=ada, state=state), email=OLGA)

        refused(Over, accept_invitation, row, by=olga)

    def test_nobody_joins_what_is_hidden(self, invited, idea, olga):
        hide(idea, "rude")

        refused(Over, accept_invitation, again(invited), by=olga)

    def test_two_clicks_are_one_answer(self, invited, olga):
        accept_invitation(invited, by=olga)
        before = rows()

        accept_invitation(again(invited), by=olga)

        assert rows() == before

    def test_two_tabs_of_which_one_declines(self, invited, olga):
        other = again(invited)
        accept_invitation(invited, by=olga)

        refused(Outdated, decline_invitation, other, by=olga)

    def test_what_was_taken_back_in_another_tab_is_gone(self, invited, ada, olga):
        take_invitation_back(again(invited), by=ada)

        refused(Outdated, accept_invitation, invited, by=olga)

    def test_once_is_enough(self, invited, accepted, olga):
        refused(ThereAlready, accept_invitation, invited, by=olga)

    def test_whoever_supported_it_stands_behind_it_as_coauthor_now(self, invited, idea, olga):
        support_idea(idea, by=olga)

        accept_invitation(invited, by=olga)

        idea.refresh_from_db()
        assert (idea.support_count, Support.objects.count()) == (0, 0)

    def test_who_declines_is_forgotten(self, invited, olga):
        decline_invitation(invited, by=olga)

        row = again(invited)
        assert (row.state, row.actor, row.email) == ("declined", None, "")
        assert kinds() == [Kind.COAUTHOR_DECLINED]


class TestTheRest:
    def test_the_author_takes_an_invitation_back(self, invited, ada):
        take_invitation_back(invited, by=ada)

        assert (again(invited).state, again(invited).email, kinds()) == ("taken_back", "", [])

    def test_nobody_else_does(self, invited, olga, max, root):
        for person in (olga, max, root):
            refused(NotAllowed, take_invitation_back, invited, by=person)

    def test_a_coauthor_cannot_be_taken_back(self, accepted, ada):
        refused(WrongState, take_invitation_back, accepted, by=ada)

    def test_a_coauthor_leaves(self, accepted, idea, olga):
        leave_idea(accepted, by=olga)

        assert (again(accepted).state, kinds(), coauthors_of(idea)) == ("left", [Kind.COAUTHOR_LEFT], [])
        assert support_idea(idea, by=olga) is None

    def test_nobody_sends_a_coauthor_away(self, accepted, ada, max, root):
        for person in (ada, max, root):
            refused(NotAllowed, leave_idea, accepted, by=person)

    def test_leaving_twice_is_told(self, accepted, olga):
        other = again(accepted)
        leave_idea(accepted, by=olga)

        refused(Outdated, leave_idea, other, by=olga)
        refused(WrongState, leave_idea, again(accepted), by=olga)

    def test_the_table_of_states(self):
        allowed = {
            (state, to) for state in CoAuthorState for to in CoAuthorState if COAUTHOR_LIFECYCLE.may_follow(state, to)
        }

        assert allowed == {
            ("invited", "accepted"), ("invited", "declined"), ("invited", "taken_back"), ("accepted", "left")
        }  # fmt: skip

    def test_after_thirty_days_the_address_goes(self, idea, accepted):
        fresh = CoAuthorFactory(idea=idea, email="neu@post.example", invited_at=now() - VALID + timedelta(minutes=1))
        old = CoAuthorFactory(idea=idea, email="alt@post.example", invited_at=now() - VALID)

        assert purge_expired_invitations() == 1
        assert [(row.state, row.email) for row in map(again, (fresh, old, accepted))] == [
            ("invited", "neu@post.example"), ("taken_back", ""), ("accepted", "")
        ]  # fmt: skip

    @pytest.mark.parametrize(
        "fields",
        [
            {"state": "open"},
            {"state": "invited", "answered_at": now()},
            {"state": "declined"},
            {"state": "declined", "answered_at": now(), "email": OLGA},
        ],
    )
    def test_rows_that_cannot_be(self, idea, fields):
        with pytest.raises(IntegrityError), transaction.atomic():
            CoAuthor.objects.create(idea=idea, invited_at=now(), **fields)

    def test_nobody_is_invited_or_named_twice(self, idea, accepted, invited, olga):
        for fields in ({"email": OLGA}, {"state": "accepted", "actor": olga, "answered_at": now()}):
            with pytest.raises(IntegrityError), transaction.atomic():
                CoAuthor.objects.create(idea=idea, invited_at=now(), **fields)

    def test_a_draft_goes_with_its_invitations(self, ada, olga):
        draft = IdeaFactory(author=ada, state="draft")
        CoAuthorFactory(idea=draft, email="paul@post.example")
        CoAuthorFactory(idea=draft, state="accepted", actor=olga)

        discard_idea_draft(draft, by=ada)

        assert (CoAuthor.objects.count(), Idea.objects.count()) == (0, 0)

    def test_how_they_are_named(self, idea, ada, olga):
        paul = CoAuthorFactory(idea=idea, state="accepted", actor=ActorFactory(display_name="Paul"))
        CoAuthorFactory(idea=idea, state="accepted", actor=olga)

        assert byline(ada, [paul], reader=ada) == "Ada und Paul"
        assert byline(ada, coauthors_of(idea), reader=ada) == "Ada, Paul und Olga"


class TestLeavingThePortal:
    def test_a_coauthor_who_left_the_portal_has_no_name(self, idea, accepted, ada, olga):
        erase_actor(olga, by=olga)

        assert (again(accepted).state, again(accepted).actor) == ("accepted", None)
        assert byline(ada, coauthors_of(idea), reader=ada) == "Ada und ehemaliger Akteur"

    def test_an_author_who_leaves_takes_no_coauthor_along(self, idea, accepted, invited, ada, olga):
        erase_actor(ada, by=ada)

        assert (again(accepted).actor, again(accepted).invited_by) == (olga, None)
        assert (again(invited).email, again(invited).invited_by) == ("", None)

    def test_an_invited_person_who_leaves_is_forgotten(self, invited, idea, olga):
        erase_actor(olga, by=olga)

        assert again(invited).email == ""
        assert not open_invitations(idea).exists()
        purge_expired_invitations()
        with travel_to(now() + VALID):
            purge_expired_invitations()
        assert again(invited).state == "taken_back"

    def test_what_one_downloads(self, invited, ada, olga):
        for person in (ada, olga):
            (row,) = next(rows for rows in export(person).values() if rows and "invited_at" in rows[0])
            assert (row["email"], row["state"]) == (OLGA, "invited")
