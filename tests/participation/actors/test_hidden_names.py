"""What a hidden profile is called: by its name to the person and the office; to others it says that it is hidden."""

import pytest
from django.urls import reverse

from participation.actors.models import Actor
from participation.actors.queries import name_for
from participation.core.hiding import hide
from participation.ideas.operations.merging import merge_idea
from tests.factories import (
    ActorFactory,
    AllianceFactory,
    AppointmentFactory,
    CommentFactory,
    IdeaFactory,
    MunicipalityFactory,
)

pytestmark = pytest.mark.django_db

NAME, INSTEAD = "Gerda Grob", "Verborgenes Profil"


@pytest.fixture(autouse=True)
def _alliance(db):
    AllianceFactory()


@pytest.fixture
def gerda():
    """Somebody whose profile the office has hidden."""
    person = ActorFactory(display_name=NAME, skills="Backen", visible_to="public")
    hide(person, "rude")
    return person


def names(client, path):
    """How often the name and its replacement stand on the page at ``path``, its head aside."""
    page = client.get(path).content.decode().partition("<main")[2]
    return page.count(NAME), page.count(INSTEAD)


@pytest.fixture
def shown(sam, as_, olga, ivo, max, gerda):
    """``shown(path)`` → for each reader whether the name and whether its replacement stand there."""
    readers = {"sam": sam, "olga": as_(olga), "ivo": as_(ivo), "max": as_(max), "gerda": as_(gerda)}
    return lambda path: {who: tuple(map(bool, names(client, path))) for who, client in readers.items()}


HIDDEN, NAMED = (False, True), (True, False)
EXPECTED = {"sam": HIDDEN, "olga": HIDDEN, "ivo": NAMED, "max": NAMED, "gerda": NAMED}


def test_beside_an_idea(shown, gerda):
    assert shown(IdeaFactory(author=gerda).get_absolute_url()) == EXPECTED


def test_beside_an_idea_that_was_merged(shown, gerda, max):
    source, target = IdeaFactory(author=gerda), IdeaFactory()
    merge_idea(source, target, version=1, by=max)

    assert shown(target.get_absolute_url()) == EXPECTED


def test_beside_a_comment(shown, gerda):
    idea = IdeaFactory()
    CommentFactory(case=idea.case, author=gerda)

    assert shown(idea.get_absolute_url()) == EXPECTED


def test_above_a_reply(as_, olga, gerda):
    idea = IdeaFactory()
    comment = CommentFactory(case=idea.case, author=gerda)

    path = f"{reverse('comment_idea', args=[idea.reference])}?antwort={comment.pk}"

    assert names(as_(olga), path) == (0, 1)


def test_beside_a_post(shown, gerda):
    place = MunicipalityFactory()
    AppointmentFactory(actor=gerda, post="mayor", municipality=place)
    AppointmentFactory(actor=gerda, post="spokesperson")

    for path in (reverse("alliance"), place.get_absolute_url(), gerda.get_absolute_url()):
        assert shown(path) == EXPECTED, path


def test_in_the_title_of_the_page(sam, gerda):
    AppointmentFactory(actor=gerda, post="spokesperson")

    assert NAME not in sam.get(gerda.get_absolute_url()).content.decode()


def test_the_avatar_does_not_give_the_letters_away(sam, gerda):
    idea = IdeaFactory()
    CommentFactory(case=idea.case, author=gerda)

    assert ">GG<" not in sam.get(idea.get_absolute_url()).content.decode()


def test_shown_again_the_name_stands_there_again(sam, gerda):
    Actor.objects.filter(pk=gerda.pk).update(hidden_at=None, hidden_reason="")

    assert names(sam, IdeaFactory(author=gerda).get_absolute_url()) == (1, 0)


def test_who_has_left_is_a_former_actor(ada, gerda):
    gerda.display_name = ""

    assert {name_for(None, ada), name_for(gerda, ada)} == {"ehemaliger Akteur"}


@pytest.mark.parametrize("number", [1, 3])
def test_many_hidden_names_ask_no_more_often(as_, olga, number, django_assert_num_queries):
    idea = IdeaFactory()
    for _number in range(number):
        comment = CommentFactory(case=idea.case)
        hide(comment.author, "rude")
    client = as_(olga)
    client.get(idea.get_absolute_url())

    with django_assert_num_queries(14):
        client.get(idea.get_absolute_url())
