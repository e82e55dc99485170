"""The office takes a decision back by itself: who may, who is told, and what an open objection changes."""

import pytest
from django.urls import reverse

from notifications.models import Delivery
from participation.core.errors import NotAllowed, Outdated, WrongState
from participation.events.models import Event
from participation.ideas.models import Idea
from participation.reports.models import Objection, Statement
from participation.reports.operations.objecting import uphold_objection
from participation.reports.operations.restricting import ObjectionWaits, block_actor, take_back
from tests.factories import IdeaFactory
from tests.letters import deliver_all
from tests.participation.actors.test_at_once import at_once

from .conftest import FACTS, hide, objected

LIST = "/geschaeftsstelle/verborgenes/"
WHY = "Wir haben den Satz falsch verstanden."

pytestmark = pytest.mark.django_db


def at(statement):
    return reverse("lift_statement", args=[statement.pk])


def text(response):
    return response.content.decode()


def again(statement):
    return Statement.objects.get(pk=statement.pk)


def blocked(actor, by):
    return block_actor(actor, reason="rude", facts=FACTS, by=by)


def test_everything_that_was_hidden_is_read_again_and_its_author_hears_why(as_, max, mia, thing):
    statement = hide(thing, max)
    client = as_(mia)
    assert FACTS in text(client.get(LIST))
    assert FACTS in text(client.get(at(statement)))

    answer = client.post(at(statement), {"because": WHY})

    thing.refresh_from_db()
    row = again(statement)
    assert (answer.status_code, answer.url) == (302, LIST)
    assert (thing.is_hidden, row.is_in_force, row.lifted_because) == (False, False, WHY)
    assert FACTS not in text(client.get(LIST))
    letters = [mail for mail in deliver_all() if WHY in mail.body]
    assert [mail.to for mail in letters] == [[row.addressee.email]]


def test_a_blocked_account_is_opened(as_, max, ada, client):
    statement = blocked(ada, max)

    as_(max).post(at(statement), {"because": WHY})

    ada.refresh_from_db()
    assert (ada.is_active, ada.blocked_at) == (True, None)
    (letter,) = [mail for mail in deliver_all() if WHY in mail.body]
    assert (letter.to, letter.subject) == ([ada.email], "Ihr Konto ist wieder offen")


def test_what_an_objection_took_back_is_told_by_its_letter_alone(max, mia, idea):
    uphold_objection(objected(hide(idea, max)), text="Das stimmt.", by=mia)

    deliver_all()
    assert set(Delivery.objects.values_list("letter", flat=True)) == {
        "content_hidden", "objection_received", "objection_to_decide", "objection_upheld"
    }  # fmt: skip


def test_while_an_objection_waits_deciding_it_is_the_way(as_, max, mia, idea):
    statement = hide(idea, max)
    objection = objected(statement)

    with pytest.raises(ObjectionWaits):
        take_back(statement, because=WHY, by=mia)
    answer = as_(mia).post(at(statement), {"because": WHY})

    assert answer.status_code == 409
    assert objection.get_absolute_url() in text(answer)
    assert Idea.objects.get(pk=idea.pk).is_hidden
    assert Objection.objects.get().is_open


@pytest.mark.parametrize("person", ["ada", "olga", "ivo", "eva", "otto", "ale", "root", "fritz"])
def test_only_managers_and_moderators(request, as_, max, person):
    statement, actor = hide(IdeaFactory(), max), request.getfixturevalue(person)

    with pytest.raises(NotAllowed):
        take_back(statement, because=WHY, by=actor)
    client = as_(actor)
    assert [client.get(page).status_code for page in (LIST, at(statement))] == [404, 404]
    assert client.post(at(statement), {"because": WHY}).status_code == 404
    assert again(statement).is_in_force


def test_nobody_takes_back_what_concerns_themselves(as_, max, mia):
    statement = hide(IdeaFactory(author=max), mia)
    client = as_(max)

    with pytest.raises(NotAllowed):
        take_back(statement, because=WHY, by=max)
    assert FACTS not in text(client.get(LIST))
    assert [client.get(at(statement)).status_code, client.post(at(statement), {"because": WHY}).status_code] == [
        404
    ] * 2


def test_without_words_it_asks_for_them(as_, max, idea):
    statement = hide(idea, max)

    answer = as_(max).post(at(statement), {"because": " "})

    assert set(answer.context["form"].errors) == {"because"}
    assert again(statement).is_in_force


def test_a_second_click_leads_to_the_list(as_, max, idea):
    statement = hide(idea, max)
    client = as_(max)

    answers = [client.post(at(statement), {"because": WHY}) for _ in range(2)]

    assert [(one.status_code, one.url) for one in answers] == [(302, LIST)] * 2
    assert Event.objects.filter(kind="idea_shown_again").count() == 1
    with pytest.raises((WrongState, Outdated)):
        take_back(again(statement), because=WHY, by=max)
    assert client.get(LIST + "99999/").status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_under_one_number_of_queries(as_, max, django_assert_max_num_queries, number):
    for _ in range(number):
        hide(IdeaFactory(), max)
    client = as_(max)
    client.get(LIST)

    with django_assert_max_num_queries(16):
        assert text(client.get(LIST)).count(FACTS) >= 1


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_wins(max, mia):
    for _round in range(5):
        statement = hide(IdeaFactory(), max)
        first, second = again(statement), again(statement)

        refusals = at_once(
            lambda row=first: take_back(row, because=WHY, by=max),
            lambda row=second: take_back(row, because=WHY, by=mia),
        )

        assert len(refusals) == 1
        assert Event.objects.filter(kind="idea_shown_again", facts__statement=statement.pk).count() == 1
