"""Posts: rights come with an appointment, and go with it."""

from datetime import timedelta

import time_machine
from django.core import mail

from participation.actors.models import Appointment
from participation.core.clock import now, today
from tests.factories import BarrierReportFactory, as_
from tests.letters import deliver_all

POSTS = "/geschaeftsstelle/aemter/"


def test_a_moderator_for_a_week(ada, mia):
    report = BarrierReportFactory()
    page = f"/geschaeftsstelle/barrieren/{report.pk}/"
    week = {"email": ada.email, "post": "moderator", "since": today(), "until": today() + timedelta(days=6)}
    assert as_(ada).get(page).status_code == 404

    as_(mia).post(POSTS, week)

    deliver_all()
    assert [letter.to for letter in mail.outbox] == [[ada.email]]
    assert as_(ada).get(page).status_code == 200
    with time_machine.travel(now() + timedelta(days=6)):
        assert as_(ada).post(page, {"answer": "Der Knopf ist jetzt größer."}).status_code == 302
        deliver_all()
    with time_machine.travel(now() + timedelta(days=7)):
        assert as_(ada).get(page).status_code == 404
    assert [report.email] in [letter.to for letter in mail.outbox]


def test_a_post_that_is_ended_lasts_until_midnight(ada, mia):
    as_(mia).post(POSTS, {"email": ada.email, "post": "intern", "since": today() - timedelta(days=3)})
    assert as_(ada).get("/geschaeftsstelle/").status_code == 200
    appointment = Appointment.objects.get(actor=ada)

    as_(mia).post(f"{POSTS}{appointment.pk}/beenden/")

    assert as_(ada).get("/geschaeftsstelle/").status_code == 200
    with time_machine.travel(now() + timedelta(days=1)):
        assert as_(ada).get("/geschaeftsstelle/").status_code == 404


def test_the_last_manager_cannot_leave_the_alliance_alone(mia):
    post = Appointment.objects.get(actor=mia)

    answer = as_(mia).post(f"{POSTS}{post.pk}/beenden/", follow=True)

    post.refresh_from_db()
    assert post.until is None
    assert answer.status_code == 200
