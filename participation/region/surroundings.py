"""Where the alliance lies: whether a point is near it, and what a map of it shows at first."""

from math import asin, cos, radians, sqrt

from django.utils.translation import gettext_lazy as _

from ..core.errors import Refusal
from .queries import municipalities

FAR = 50  # km from the nearest municipality: what lies beyond is a slip of the finger
EARTH = 6371  # km
BAVARIA = (47.2, 8.9, 50.6, 13.9)


class TooFarAway(Refusal):
    """A point on the map must lie in the surroundings of the alliance."""

    message = _(
        "This point lies more than 50 km from every municipality of the alliance. Please look whether latitude and "
        "longitude have changed places."
    )


def is_near(latitude, longitude):
    """Whether a point lies within FAR of a municipality; before the first municipality is entered, all points do."""
    points = list(municipalities().values_list("latitude", "longitude"))
    return not points or any(_distance(float(latitude), float(longitude), *point) <= FAR for point in points)


def corners(places):
    """South, west, north and east of all ``places`` as numbers with points: what a map shows before one moves it."""
    rows = [(place.latitude, place.longitude) for place in places]
    lows, highs = (
        (tuple(map(edge, zip(*rows, strict=True))) for edge in (min, max)) if rows else (BAVARIA[:2], BAVARIA[2:])
    )
    return ",".join(f"{number:.5f}" for number in (*lows, *highs))


def _distance(latitude, longitude, other_latitude, other_longitude):
    """Kilometres along the surface (haversine)."""
    north, east = radians(other_latitude - latitude) / 2, radians(other_longitude - longitude) / 2
    bow = _squared_sine(north) + cos(radians(latitude)) * cos(radians(other_latitude)) * _squared_sine(east)
    return 2 * EARTH * asin(sqrt(min(bow, 1)))


def _squared_sine(angle):
    return (1 - cos(2 * angle)) / 2
