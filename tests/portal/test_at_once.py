"""The same form several times at the same moment, with real threads on a real database."""

import threading

import pytest
from django.db import connection
from django.test import Client

from notifications.models import Delivery
from participation.actors.models import Actor

from .test_accounts import SENT, SIGNUP, answers

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_double_click_too_fast_to_be_told_apart_registers_once_and_writes_one_letter():
    data, start, answered = answers(), threading.Barrier(4), []

    def click():
        client = Client()
        start.wait(timeout=10)
        try:
            answered.append(client.post(SIGNUP, data).url)
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert answered == [SENT] * 4
    assert Actor.objects.count() == 1
    assert [row.letter for row in Delivery.objects.all()] == ["email_confirmation_signup"]
