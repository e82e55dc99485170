"""Where each municipality's tile lies in the schematic picture: roughly as on a map, no two on one tile.

No borders: no source gives them. Only the points count, north is up.
"""

from dataclasses import dataclass
from math import ceil, cos, radians, sqrt

MOST_COLUMNS, MOST_ROWS = 5, 8
AIR = 1.6  # tiles a municipality: room for the gaps that a map has


@dataclass(frozen=True)
class Tile:
    """One municipality in the picture; ``column`` and ``row`` count from 1, from the north-west."""

    name: str
    url: str
    column: int
    row: int
    step: int = 0
    note: str = ""


def tiles(municipalities, *, highlighted=frozenset(), notes=None):
    """A tile for each municipality, in their order; none at all when there are more than the grid has places.

    ``highlighted``: the keys of those that stand out; ``notes``: slug → what stands below the name.
    """
    notes = notes or {}
    places = _places([(it.pk, it.longitude, it.latitude) for it in municipalities])
    return [
        Tile(it.name, it.get_absolute_url(), *places[it.pk], 3 if it.pk in highlighted else 0, notes.get(it.slug, ""))
        for it in municipalities
        if it.pk in places
    ]


def _places(points):
    """Key → (column, row): the nearest pairs of point and free tile first; ties go by key, so it never wavers."""
    columns, rows = _grid(points)
    if len(points) > columns * rows:
        return {}
    wanted = _wanted(points, columns, rows)
    pairs = sorted(
        ((x - column) ** 2 + (y - row) ** 2, key, column, row)
        for key, (x, y) in wanted.items()
        for column in range(columns)
        for row in range(rows)
    )
    taken = {}
    for _distance, key, column, row in pairs:
        if key not in taken and (column, row) not in taken.values():
            taken[key] = (column, row)
    return _moved_to_the_corner(taken)


def _grid(points):
    width, height = _extent(points)
    aspect = min(max(width / height if height else 4, 0.25), 4)
    wanted = len(points) * AIR
    columns = min(max(round(sqrt(wanted * aspect)), 1), MOST_COLUMNS)
    rows = min(max(ceil(wanted / columns), 1), MOST_ROWS)
    return columns, rows


def _extent(points):
    if not points:
        return 1, 1
    east, north = [it[1] for it in points], [it[2] for it in points]
    middle = radians((max(north) + min(north)) / 2)
    return (max(east) - min(east)) * cos(middle), max(north) - min(north)


def _wanted(points, columns, rows):
    """Key → where the point falls on the grid, as fractions of tiles."""
    east, north = [it[1] for it in points], [it[2] for it in points]
    return {key: (_share(x, east) * (columns - 1), (1 - _share(y, north)) * (rows - 1)) for key, x, y in points}


def _share(value, values):
    low, high = min(values), max(values)
    return (value - low) / (high - low) if high > low else 0.5


def _moved_to_the_corner(taken):
    left = min((column for column, _row in taken.values()), default=0)
    top = min((row for _column, row in taken.values()), default=0)
    return {key: (column - left + 1, row - top + 1) for key, (column, row) in taken.items()}
