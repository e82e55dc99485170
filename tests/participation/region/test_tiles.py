"""The schematic picture of the municipalities."""

import pytest

from participation.region.models import Municipality
from participation.region.tiles import MOST_COLUMNS, MOST_ROWS, tiles

POINTS = {
    "Blankenbach": (50.0647, 9.2317),
    "Geiselbach": (50.1167, 9.2),
    "Kleinkahl": (50.1069, 9.2758),
    "Mömbris": (50.0692, 9.1658),
    "Wiesen": (50.1167, 9.3667),
}


def places(points):
    return [
        Municipality(pk=pk, name=name, slug=f"ort-{pk}", latitude=north, longitude=east)
        for pk, (name, (north, east)) in enumerate(points.items(), start=1)
    ]


def test_tiles_lie_roughly_as_the_municipalities_do():
    at = {tile.name: (tile.column, tile.row) for tile in tiles(places(POINTS))}

    assert at["Mömbris"][0] < at["Blankenbach"][0] < at["Wiesen"][0]
    assert at["Geiselbach"][1] < at["Mömbris"][1]
    assert at["Kleinkahl"][1] < at["Blankenbach"][1]


@pytest.mark.parametrize("count", [0, 1, 2, 9, 10, 31, 40])
def test_no_two_share_a_tile_even_when_all_lie_on_one_point(count):
    shown = tiles(places({f"Ort {number}": (50.0, 9.0) for number in range(count)}))

    assert len({(tile.column, tile.row) for tile in shown}) == len(shown) == count
    assert all(1 <= tile.column <= MOST_COLUMNS and 1 <= tile.row <= MOST_ROWS for tile in shown)


def test_the_picture_is_the_same_each_time_whatever_the_order():
    first = {tile.name: tile for tile in tiles(places(POINTS))}
    again = {tile.name: tile for tile in tiles(list(reversed(places(POINTS))))}

    assert first == again


def test_tiles_keep_the_order_of_the_list():
    assert [tile.name for tile in tiles(places(POINTS))] == list(POINTS)


def test_the_highlighted_one_is_darker():
    assert [tile.step for tile in tiles(places(POINTS), highlighted={2})] == [0, 3, 0, 0, 0]


def test_more_municipalities_than_places_make_no_picture():
    assert tiles(places({f"Ort {number}": (50.0 + number / 100, 9.0) for number in range(100)})) == []


def test_points_at_the_ends_of_the_earth_are_no_trouble():
    shown = tiles(places({"Nord": (90, 180), "Süd": (-90, -180), "Mitte": (0, 0)}))

    assert len({(tile.column, tile.row) for tile in shown}) == 3
