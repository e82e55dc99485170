"""The mailbox in a folder."""

import email
import re
from email import policy

import pytest
from django.core.mail import get_connection

from notifications import sender
from notifications.states import State
from tests.factories import ActorFactory
from tests.letter_factories import DeliveryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path):
    settings.EMAIL_BACKEND = "notifications.mailbox.FolderBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "not yet there" / "mail")
    return tmp_path / "not yet there" / "mail"


def test_each_letter_becomes_a_file_that_mail_programs_open(folder):
    deliveries = [
        DeliveryFactory(letter="password_changed", recipient=ActorFactory(email=f"a{number}@post.example"))
        for number in range(3)
    ]

    sender.send_due()

    files = sorted(folder.iterdir())
    mails = [email.message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
    assert [mail["To"] for mail in mails] == [delivery.recipient.email for delivery in deliveries]
    assert [mail["Message-ID"] for mail in mails] == [delivery.message_id for delivery in deliveries]
    assert all(re.fullmatch(r"\d{8}T\d{12}-\w+\.eml", file.name, re.ASCII) for file in files)
    assert mails[0].get_body(("plain",)).get_content().startswith(mails[0]["Subject"])
    assert "<html" in mails[0].get_body(("html",)).get_content()


def test_a_folder_that_cannot_be_written_costs_no_letter_an_attempt(folder):
    folder.parent.write_text("a file where the folder should be")
    delivery = DeliveryFactory(letter="password_changed")

    sender.send_due()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (State.DUE, 0)


def test_no_letters_make_no_files(folder):
    assert get_connection().send_messages([]) == 0

    assert list(folder.iterdir()) == []
