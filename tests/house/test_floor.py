"""The floor the tests stand on."""

import pytest
from django.core.cache import cache
from django.db import connection

from tests.factories import (
    AllianceFactory,
    BarrierReportFactory,
    CaseFactory,
    ConsentFactory,
    DeliveryFactory,
    EventFactory,
    FieldOfActionFactory,
    LegalTextFactory,
    PartnerFactory,
)  # fmt: skip


def test_every_named_person_exists_with_the_right_post(ada, olga, max, mia, ivo, eva, otto, ale, root, fritz):
    from participation.actors.queries import posts_of

    posts = [posts_of(person) for person in (ada, olga, max, mia, ivo, eva, otto, ale, root, fritz)]

    held = [set(), set(), {"moderator"}, {"manager"}, {"intern"}, {"mayor"}, {"spokesperson"}, {"ale"}, set(), set()]

    assert posts == held


@pytest.mark.django_db
def test_every_factory_makes_a_row_that_the_database_accepts():
    factories = [AllianceFactory, BarrierReportFactory, CaseFactory, ConsentFactory, DeliveryFactory, EventFactory,
                 FieldOfActionFactory, LegalTextFactory, PartnerFactory]  # fmt: skip

    assert all(make().pk for make in factories)
    assert BarrierReportFactory(answered=True).answered_at


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
