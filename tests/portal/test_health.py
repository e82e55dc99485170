"""/health/ready says 503 only for the database and its migrations."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder

from notifications.models import Delivery
from participation.core import breaker, clock

pytestmark = pytest.mark.django_db


def due_letter(**fields):
    now = clock.now()
    values = {
        "letter": "hello", "address": "ada@actor.example", "urgency": Delivery.Urgency.ACCOUNT,
        "message_id": f"<{Delivery.objects.count()}@allianz.example>", "not_before": now, "created_at": now,
    }  # fmt: skip
    return Delivery.objects.create(**(values | fields))


def test_it_lives_without_asking_anyone(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/health/live")

    assert answer.json() == {"status": "ok"}
    assert "no-store" in answer["Cache-Control"]


def test_it_is_ready_and_cheap(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        answer = client.get("/health/ready")

    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "database": True,
        "migrations": True,
        "broker": True,
        "oldest_due_letter_seconds": None,
        "letters_leave": True,
    }
    assert "no-store" in answer["Cache-Control"]


def test_it_tells_how_long_the_oldest_due_letter_waits(client):
    due_letter(created_at=clock.now() - timedelta(minutes=5), not_before=clock.now() + timedelta(minutes=1))
    due_letter()
    due_letter(created_at=clock.now() - timedelta(hours=1), state=Delivery.State.SENT, finished_at=clock.now())
    due_letter(created_at=clock.now() - timedelta(hours=1), attempts=1)

    waiting = client.get("/health/ready").json()["oldest_due_letter_seconds"]

    assert 300 <= waiting < 360


def test_it_serves_without_a_broker(client, settings, tmp_path):
    settings.REDIS_URL = f"unix://{tmp_path}/none.sock"

    answer = client.get("/health/ready")

    assert answer.status_code == 200
    assert answer.json()["broker"] is False


def test_a_broker_that_just_failed_is_left_alone(client):
    breaker.trip()

    assert client.get("/health/ready").json()["broker"] is False


def test_it_is_not_ready_with_migrations_to_do(client):
    newest = MigrationRecorder.Migration.objects.filter(app="notifications").order_by("pk").last()
    newest.delete()

    answer = client.get("/health/ready")

    assert answer.status_code == 503
    assert answer.json()["migrations"] is False


def test_it_is_not_ready_without_a_database(client, monkeypatch):
    def away(recorder):
        raise OperationalError("away")

    monkeypatch.setattr(MigrationRecorder, "applied_migrations", away)

    answer = client.get("/health/ready")

    assert answer.status_code == 503
    assert answer.json() == {"status": "unavailable", "database": False}


def test_it_takes_no_posts(client):
    assert client.post("/health/ready").status_code == 405
    assert client.post("/health/live").status_code == 405
