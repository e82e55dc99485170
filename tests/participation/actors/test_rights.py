"""Rights that the pages of other slices ask for: who has them, and who has not."""

import pytest

from participation.core.authority import may

pytestmark = pytest.mark.django_db

OFFICE = {"max", "mia", "ivo"}


@pytest.mark.parametrize(
    ("permission", "people"),
    [
        ("enter_office", OFFICE),
        ("view_barriers", OFFICE),
        ("answer_barrier", {"max", "mia"}),
        ("view_actors", {"max", "mia"}),
        ("view_letters", {"max", "mia"}),
        ("edit_region", {"mia"}),
        ("appoint", {"mia"}),
    ],
)
@pytest.mark.parametrize("person", ["max", "mia", "ivo", "eva", "otto", "ale", "olga", "root", "fritz"])
def test_rights_follow_from_posts(request, permission, people, person):
    assert may(request.getfixturevalue(person), f"participation.{permission}") == (person in people)
