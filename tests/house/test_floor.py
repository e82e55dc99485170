"""The floor the tests stand on."""

import pytest
from django.core.cache import cache
from django.db import connection

from participation.ideas.models import Idea
from participation.ideas.states import ENDED, IdeaState
from participation.promises.models import Promise
from tests.factories import (
    AllianceFactory,
    AnswerFactory,
    BarrierReportFactory,
    CaseFactory,
    CommentFactory,
    ConsentFactory,
    EventFactory,
    FieldOfActionFactory,
    FollowFactory,
    IdeaFactory,
    LegalTextFactory,
    NoteFactory,
    PartnerFactory,
    PromiseFactory,
    ReviewFactory,
    SupportFactory,
)
from tests.letter_factories import DeliveryFactory
from tests.report_factories import ObjectionFactory, ReportFactory, StatementFactory


def test_every_named_person_exists_with_the_right_post(ada, olga, max, mia, ivo, eva, otto, ale, root, fritz):
    from participation.actors.queries import posts_of

    posts = [posts_of(person) for person in (ada, olga, max, mia, ivo, eva, otto, ale, root, fritz)]

    held = [set(), set(), {"moderator"}, {"manager"}, {"intern"}, {"mayor"}, {"spokesperson"}, {"ale"}, set(), set()]

    assert posts == held


@pytest.mark.django_db
def test_every_factory_makes_a_row_that_the_database_accepts():
    factories = [
        AllianceFactory, AnswerFactory, BarrierReportFactory, CaseFactory, CommentFactory, ConsentFactory,
        DeliveryFactory, EventFactory, FieldOfActionFactory, FollowFactory, IdeaFactory, LegalTextFactory, NoteFactory,
        ObjectionFactory, PartnerFactory, PromiseFactory, ReportFactory, ReviewFactory, StatementFactory,
        SupportFactory,
    ]  # fmt: skip

    assert all(make().pk for make in factories)
    assert BarrierReportFactory(answered=True).answered_at
    assert AnswerFactory(published=True).published_at


@pytest.mark.django_db
@pytest.mark.parametrize("state", IdeaState)
def test_an_idea_of_any_state_is_made_with_what_belongs_to_it(state):
    idea = IdeaFactory(state=state)

    idea = Idea.objects.select_related("case").get(pk=idea.pk)
    assert idea.state == state
    assert bool(idea.reference) != idea.is_draft
    if idea.case:
        assert (idea.case.public, bool(idea.case.closed_at)) == (idea.is_public, state in ENDED)
        assert (idea.case.path, idea.case.owner) == (idea.get_absolute_url(), idea.author)
        assert Promise.objects.open().filter(case=idea.case).exists() == idea.is_in_review


@pytest.mark.django_db
def test_supporters_are_counted():
    idea = SupportFactory(idea=IdeaFactory()).idea

    idea.refresh_from_db()
    assert idea.support_count == 1


def test_the_cache_answers(settings):
    cache.set("a", 1)

    assert cache.get("a") == 1


def test_the_cache_is_empty_again():
    assert cache.get("a") is None


@pytest.mark.django_db
def test_a_sqlite_database_is_a_file_that_threads_share():
    name = str(connection.settings_dict["NAME"])

    assert "memory" not in name
    assert "test" in name


def test_somebody_signed_in_and_a_stranger_meet_the_start_page(ada, as_, sam):
    assert as_(ada).get("/").status_code == 200
    assert sam.get("/").status_code == 200
