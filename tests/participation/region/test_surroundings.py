"""Whether a point is near the alliance, and what a map of it shows at first."""

import pytest

from participation.region.models import Municipality
from participation.region.surroundings import corners, is_near
from tests.factories import MunicipalityFactory


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("latitude", "longitude", "near"),
    [
        (50.1, 10.2, True),
        (50.1 + 49.5 / 111.2, 10.2, True),
        (50.1 + 50.5 / 111.2, 10.2, False),
        (50.1, 10.2 + 49.5 / 71.3, True),
        (50.1, 10.2 + 50.7 / 71.3, False),
        (10.2, 50.1, False),
        (-50.1, -169.8, False),  # the other side of the earth
    ],
)
def test_near_is_fifty_kilometres(latitude, longitude, near):
    MunicipalityFactory(latitude=50.1, longitude=10.2)

    assert is_near(latitude, longitude) is near


@pytest.mark.django_db
def test_near_one_of_them_is_near():
    MunicipalityFactory(latitude=48, longitude=12)
    MunicipalityFactory(latitude=50.1, longitude=10.2)

    assert is_near(50, 10)
    assert is_near(48.1, 12.1)


@pytest.mark.django_db
def test_before_the_first_municipality_nothing_can_be_said():
    assert is_near(0, 0)


def test_a_map_shows_all_municipalities_and_before_them_bavaria():
    places = [Municipality(latitude=50.1, longitude=10.4), Municipality(latitude=50.3, longitude=10.2)]

    assert corners(places) == "50.10000,10.20000,50.30000,10.40000"
    assert corners([]) == "47.20000,8.90000,50.60000,13.90000"
