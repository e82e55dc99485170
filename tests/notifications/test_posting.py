"""Account letters: what is posted, to whom it goes, when it is no longer wanted."""

import re
from pathlib import Path

import allauth
import pytest
from allauth.account import app_settings
from allauth.account.models import EmailAddress
from django.db import transaction

from notifications import outbox
from notifications.catalogue import ACCOUNT_LETTERS
from notifications.models import Delivery
from notifications.states import State
from tests.factories import ActorFactory
from tests.letters import deliver_all

pytestmark = pytest.mark.django_db


def confirmation(actor, address=None):
    row = address or EmailAddress.objects.get(user=actor)
    return outbox.post(
        "email_confirmation", recipient=actor, address=row.email, language="de", facts={"email_address": row.pk}
    )


def test_the_catalogue_has_every_letter_that_allauth_sends():
    folder = Path(allauth.__file__).parent / "templates"
    asked_for = {
        path.name.removesuffix("_subject.txt")
        for app in ("account", "mfa")
        for path in (folder / app / "email").glob("*_subject.txt")
    }

    assert asked_for - {"login_code", "password_reset_code"} == set(ACCOUNT_LETTERS)
    assert not app_settings.LOGIN_BY_CODE_ENABLED
    assert not app_settings.PASSWORD_RESET_BY_CODE_ENABLED
    assert not app_settings.EMAIL_VERIFICATION_BY_CODE_ENABLED


def test_a_posted_letter_arrives_at_its_address():
    ada = ActorFactory(email="ada@post.example", confirmed=False)

    confirmation(ada)
    (letter,) = deliver_all()

    assert letter.to == ["ada@post.example"]


def test_without_an_address_the_actor_s_present_one_is_taken(ada):
    outbox.post("password_changed", recipient=ada, language="de")
    type(ada).objects.update(email="neu@post.example")

    (letter,) = deliver_all()

    assert letter.to == ["neu@post.example"]


def test_a_bare_address_needs_no_account():
    outbox.post("unknown_account", address="nobody@post.example", language="en")

    (letter,) = deliver_all()

    assert letter.to == ["nobody@post.example"]


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("no_such_letter", {}),
        ("barrier_received", {}),
        ("password_changed", {"key": "s3cret"}),
        ("email_confirmation", {}),
    ],
)
def test_other_letters_and_other_facts_are_not_taken(name, facts):
    with pytest.raises(ValueError, match=name):
        outbox.post(name, address="a@post.example", language="de", facts=facts)

    assert not Delivery.objects.exists()


def test_a_confirmed_address_needs_no_confirmation():
    ada = ActorFactory(confirmed=False)
    delivery = confirmation(ada)
    EmailAddress.objects.update(verified=True)

    assert deliver_all() == []

    delivery.refresh_from_db()
    assert (delivery.state, delivery.reason) == (State.SUPPRESSED, "the address is confirmed already")


def test_a_withdrawn_address_is_not_written_to(ada):
    address = EmailAddress.objects.create(user=ada, email="neu@post.example")
    delivery = confirmation(ada, address)
    address.delete()

    assert deliver_all() == []

    delivery.refresh_from_db()
    assert (delivery.state, delivery.reason) == (State.SUPPRESSED, "the address was withdrawn")


def test_a_reset_link_never_goes_to_an_address_that_was_given_up(ada):
    delivery = outbox.post("password_reset_key", recipient=ada, address="ada@allianz.example", language="de")
    EmailAddress.objects.update(email="neu@post.example")
    type(ada).objects.update(email="neu@post.example")

    assert deliver_all() == []

    delivery.refresh_from_db()
    assert (delivery.state, delivery.reason) == (
        State.SUPPRESSED, "the address no longer belongs to the account",
    )  # fmt: skip


@pytest.mark.parametrize("name", ["password_reset_key", "password_changed"])
def test_a_deleted_account_gets_no_letter_at_its_old_address(name):
    ada = ActorFactory()
    delivery = outbox.post(name, recipient=ada, address=ada.email, language="de")
    ada.delete()

    assert deliver_all() == []

    delivery.refresh_from_db()
    assert delivery.state == State.SUPPRESSED


def test_a_letter_without_any_address_is_not_sent(ada):
    delivery = outbox.post("unknown_account", address="a@post.example", language="de")
    Delivery.objects.update(address="")

    assert deliver_all() == []

    delivery.refresh_from_db()
    assert (delivery.state, delivery.reason) == (State.SUPPRESSED, "there is no address any more")


def test_a_letter_that_was_rolled_back_was_never_posted(ada):
    with transaction.atomic():
        outbox.post("password_changed", recipient=ada, language="de")
        transaction.set_rollback(True)

    assert deliver_all() == []


@pytest.mark.parametrize(
    ("host", "end"), [("portal.allianz.example", "@portal.allianz.example>"), ("::1", "@localhost>")]
)
def test_the_number_of_a_letter_names_the_portal(settings, host, end):
    settings.SITE_HOST = host

    assert re.fullmatch(rf"<[0-9a-f]{{32}}{end}", outbox.new_message_id())
