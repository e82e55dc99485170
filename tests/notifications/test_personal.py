"""What is kept of letters when a person leaves; how long otherwise, see test_thinning."""

from datetime import UTC, datetime

import pytest
from django.db import models

from notifications import outbox
from notifications.models import Delivery, Intake
from notifications.states import State
from participation.core import personal
from tests.factories import ActorFactory, EventFactory
from tests.letter_factories import DeliveryFactory
from tests.letters import deliver_all

pytestmark = pytest.mark.django_db


def entry():
    return next(entry for entry in personal.entries() if entry.model is Delivery)


def everything():
    return str(list(Delivery.objects.values()))


def test_after_erasing_no_letter_knows_the_address():
    ada = ActorFactory(email="ada@post.example")
    DeliveryFactory(letter="password_changed", recipient=ada, address="ada@post.example", facts={"x": "Ada"})
    DeliveryFactory(letter="unknown_account", recipient=None, address="Ada@Post.example")
    DeliveryFactory(letter="email_changed", recipient=ada, address="ada.old@post.example")
    other = DeliveryFactory(letter="unknown_account", recipient=None, address="olga@post.example")

    personal.erase(ada)

    assert "ada" not in everything().lower()
    assert Delivery.objects.count() == 4
    other.refresh_from_db()
    assert other.address == "olga@post.example"


def test_an_actor_without_an_address_has_only_the_letters_to_the_account(ada):
    bare = DeliveryFactory(letter="unknown_account", recipient=None, address="")
    ada.email = ""

    assert bare not in entry().rows(ada)


def test_a_letter_that_was_due_when_its_recipient_left_is_not_sent(ada):
    delivery = outbox.post("unknown_account", address=ada.email, language="de")

    personal.erase(ada)

    assert deliver_all() == []
    delivery.refresh_from_db()
    assert delivery.state == State.SUPPRESSED


def test_the_download_lists_one_s_letters(ada):
    DeliveryFactory(letter="password_changed", recipient=ada, address=ada.email)

    (row,) = personal.export(ada)[str(entry().title)]

    assert (row["letter"], row["address"], row["state"]) == ("password_changed", ada.email, "due")


def test_every_personal_field_is_kept_with_a_reason_or_scrubbed():
    text = {
        field.name for field in Delivery._meta.concrete_fields if isinstance(field, models.CharField | models.JSONField)
    }
    technical = {"message_id", "state", "claimed_by", "reason"}

    assert text - technical | {"recipient"} == set(entry().scrub) | set(entry().keep)


@pytest.mark.parametrize("model", [Delivery, Intake])
def test_the_admin_shows_and_changes_nothing(model, as_):
    DeliveryFactory(letter="password_changed", event=EventFactory())
    Intake.objects.create(event=EventFactory(), not_before=datetime.now(UTC))
    before = list(model.objects.values())
    row = model.objects.get()
    root = ActorFactory(is_staff=True, is_superuser=True)
    client = as_(root)
    address = f"/admin/notifications/{model.__name__.lower()}/"

    assert client.get(address).status_code == 200
    assert client.get(f"{address}{row.pk}/change/").status_code == 200
    assert client.get(f"{address}add/").status_code == 403
    assert client.post(f"{address}{row.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.post(f"{address}{row.pk}/change/", {"state": "sent"}).status_code == 403
    assert list(model.objects.values()) == before


def test_staff_without_the_right_see_no_letters(as_, ada):
    type(ada).objects.update(is_staff=True)

    assert as_(ada).get("/admin/notifications/delivery/", follow=True).status_code == 404


def test_strangers_see_no_letters(sam):
    assert sam.get("/admin/notifications/delivery/").status_code == 302
