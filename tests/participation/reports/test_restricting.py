"""What is hidden nobody reads but its author and the office; who is blocked stays outside; both are told why."""

from datetime import timedelta

import pytest

from participation.actors.models import Actor
from participation.actors.operations import HoldsAPost, NotConfirmed, appoint
from participation.core.authority import may
from participation.core.clock import today
from participation.core.errors import NotAllowed, Outdated, WrongState
from participation.core.hiding import Reason
from participation.discussion.operations import OutOfSight, edit_comment, withdraw_comment
from participation.discussion.queries import comment_counts
from participation.events.kinds import Kind
from participation.events.models import Event
from participation.ideas.models import Idea
from participation.ideas.operations.answering import draft_answer
from participation.ideas.operations.taking_part import Closed, comment_on, support_idea
from participation.ideas.queries import ideas_for
from participation.reports.models import Statement
from participation.reports.operations.restricting import NoRule, OutOfReach, block_actor
from participation.reports.queries import is_readable, owner_of, thing_at
from tests.factories import PASSWORD, AppointmentFactory, CommentFactory, IdeaFactory

from .conftest import FACTS, hide

pytestmark = pytest.mark.django_db


def block(actor, by, **words):
    return block_actor(actor, by=by, **{"reason": Reason.RUDE, "facts": FACTS, **words})


class TestHiding:
    def test_the_office_hides_without_a_report(self, thing, mia):
        statement = hide(thing, mia)

        thing.refresh_from_db()
        assert thing.is_hidden
        assert (statement.was_reported, statement.is_in_force, statement.is_block) == (False, True, False)
        assert statement.ground == "Nutzungsbedingungen: respektvoll bleiben; keine Beleidigungen, keine Drohungen."
        event = Event.objects.get()
        assert (event.kind, event.by, event.role) == (f"{statement.kind}_hidden", mia, "manager")
        assert event.facts == {"statement": statement.pk}
        assert event.case == (statement.idea.case if statement.idea else None)

    @pytest.mark.parametrize("who", ["ada", "olga", "ivo", "eva", "otto", "ale", "root", "fritz"])
    def test_others_hide_nothing(self, request, thing, who):
        person = request.getfixturevalue(who)

        with pytest.raises(NotAllowed):
            hide(thing, person)

        thing.refresh_from_db()
        assert (thing.is_hidden, Statement.objects.count(), Event.objects.count()) == (False, 0, 0)

    def test_nobody_hides_their_own(self, thing):
        owner = Actor.objects.get(pk=owner_of(thing))
        AppointmentFactory(actor=owner, post="moderator")

        with pytest.raises(NotAllowed):
            hide(thing, owner)

    def test_not_twice(self, idea, max, mia):
        same = Idea.objects.get(pk=idea.pk)
        hide(idea, max)

        with pytest.raises(OutOfReach):
            hide(idea, mia)
        with pytest.raises(Outdated):
            hide(same, mia)
        assert Statement.objects.count() == 1

    def test_only_what_everybody_can_read(self, max, comment):
        withdraw_comment(comment, by=comment.author)

        for hidden in (IdeaFactory(state="submitted"), comment):
            with pytest.raises(OutOfReach):
                hide(hidden, max)

    def test_a_reason_without_a_standard_rule_needs_one(self, idea, max):
        with pytest.raises(NoRule):
            hide(idea, max, reason=Reason.OTHER)

        assert hide(idea, max, reason=Reason.OTHER, rule="Nutzungsbedingungen, Nr. 4").ground


class TestWhatIsHidden:
    def test_an_idea_is_read_by_its_author_and_the_office_only(self, idea, max, ada, olga):
        hide(idea, max)

        readers = {person: ideas_for(person).filter(pk=idea.pk).exists() for person in (ada, max, olga)}
        assert readers == {ada: True, max: True, olga: False}
        assert not Idea.objects.public().exists()

    def test_an_idea_is_no_longer_supported_discussed_or_answered(self, idea, max, olga):
        hide(idea, max)

        with pytest.raises(Closed):
            support_idea(idea, by=olga)
        with pytest.raises(Closed):
            comment_on(idea, "Gut.", by=olga)
        with pytest.raises(WrongState):
            draft_answer(idea, "Ja.", by=max)

    def test_a_comment_is_not_counted_answered_or_changed(self, idea, comment, max, ada):
        hide(comment, max)

        assert comment_counts([idea.case]) == {}
        with pytest.raises(OutOfSight):
            comment_on(idea, "Doch.", by=ada, parent=comment)
        with pytest.raises(OutOfSight):
            edit_comment(comment, "Anders.", by=comment.author)

    def test_who_changes_a_comment_while_it_is_hidden_is_told(self, comment, max):
        seen = type(comment).objects.get(pk=comment.pk)
        hide(comment, max)

        with pytest.raises(Outdated):
            edit_comment(seen, "Anders.", by=comment.author)

    def test_its_author_may_still_take_a_hidden_comment_away(self, comment, max):
        hide(comment, max)

        withdraw_comment(comment, by=comment.author)

        assert comment.is_removed

    def test_a_profile_is_not_in_the_register(self, profile, max, sam):
        hide(profile, max)

        assert not Actor.objects.offering_publicly().exists()
        assert sam.get(profile.get_absolute_url()).status_code == 404


class TestBlocking:
    def test_who_is_blocked_is_out(self, ada, as_, max, sam):
        client = as_(ada)
        statement = block(ada, max)

        ada.refresh_from_db()
        assert (ada.is_active, bool(ada.blocked_at)) == (False, True)
        assert client.get("/meine/").status_code == 302
        sam.post("/konto/login/", {"login": ada.email, "password": PASSWORD})
        assert sam.get("/meine/").status_code == 302
        assert not may(ada, "participation.write_idea")
        assert (statement.is_block, statement.addressee, statement.profile) == (True, ada, ada)
        assert Event.objects.get(kind=Kind.ACTOR_BLOCKED).facts == {"statement": statement.pk}

    @pytest.mark.parametrize("who", ["olga", "ivo", "eva", "otto", "ale", "root", "fritz"])
    def test_others_block_nobody(self, request, ada, who):
        person = request.getfixturevalue(who)

        with pytest.raises(NotAllowed):
            block(ada, person)

        ada.refresh_from_db()
        assert (ada.is_active, Statement.objects.count()) == (True, 0)

    def test_nobody_blocks_themselves(self, max):
        with pytest.raises(NotAllowed):
            block(max, max)

    def test_who_holds_a_post_is_relieved_of_it_first(self, max, mia):
        with pytest.raises(HoldsAPost):
            block(mia, max)

        mia.refresh_from_db()
        assert mia.is_active
        mia.appointments.update(until=today())
        assert block(mia, max).is_block

    def test_not_twice(self, ada, max, mia):
        block(ada, max)

        with pytest.raises(Outdated):
            block(ada, mia)

    def test_who_is_blocked_gets_no_post(self, ada, max, mia):
        block(ada, max)

        with pytest.raises(NotConfirmed):
            appoint(ada, "intern", by=mia, since=today() + timedelta(days=1))

    def test_a_rule_is_named_where_none_is_known(self, ada, max):
        with pytest.raises(NoRule):
            block(ada, max, reason=Reason.UNLAWFUL)

        ada.refresh_from_db()
        assert ada.is_active


class TestFindingWhatIsMeant:
    def test_an_address_leads_to_idea_comment_and_profile(self, idea, comment, profile, olga):
        page = idea.get_absolute_url()

        assert thing_at(page, olga) == idea
        assert thing_at(f"{page}?kommentare=neueste#talk", olga) == idea
        assert thing_at(f"{page}#comment-{comment.pk}", olga) == comment
        assert thing_at(profile.get_absolute_url(), olga) == profile

    @pytest.mark.parametrize(
        "address",
        ["", "/", "/ideen/", "/ideen/1998-0001/", "//evil.example/ideen/", "https://evil.example/", "x",
         "/akteure/99999/", "/akteure/18446744073709551616/", "/ideen/\x00/", "#comment-1"],
    )  # fmt: skip
    def test_other_addresses_lead_nowhere(self, olga, address):
        assert thing_at(address, olga) is None

    def test_what_one_may_not_read_is_not_there(self, idea, comment, profile, ada, max, olga):
        place = f"{idea.get_absolute_url()}#comment-{comment.pk}"
        elsewhere = f"{idea.get_absolute_url()}#comment-{CommentFactory().pk}"
        draft = IdeaFactory(state="submitted", author=ada).get_absolute_url()
        hide(comment, max)
        hide(profile, max)

        assert [thing_at(it, olga) for it in (place, elsewhere, draft, profile.get_absolute_url())] == [None] * 4

        hide(idea, max)
        assert thing_at(idea.get_absolute_url(), max) is None
        assert not is_readable(idea)
