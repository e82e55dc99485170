"""Posts as dated appointments: filling them, ending them, and never locking everybody out."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from participation.actors.models import Actor, Appointment
from participation.actors.operations import AlreadyAppointed, LastManager, NotConfirmed, appoint, end_appointment
from participation.actors.queries import posts_of
from participation.core.clock import today
from participation.core.errors import NotAllowed, Outdated, WrongState
from participation.events.kinds import Kind
from participation.events.models import Event
from tests.factories import PASSWORD, ActorFactory, AppointmentFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db

PATH = "/geschaeftsstelle/aemter/"


def days(number):
    return today() + timedelta(days=number)


def state():
    return list(Appointment.objects.order_by("pk").values()), Event.objects.count()


class TestAppointing:
    def test_a_post_gives_its_rights_at_once(self, mia, ada):
        row = appoint(ada, "moderator", by=mia, since=today())

        assert posts_of(ada) == {"moderator"}
        event = Event.objects.get(kind=Kind.APPOINTMENT_MADE)
        assert event.by == mia
        assert event.facts == {"appointment": row.pk, "actor": ada.pk, "post": "moderator"}

    def test_a_coming_post_gives_none_yet(self, mia, ada):
        appoint(ada, "moderator", by=mia, since=days(1))

        assert posts_of(ada) == set()

    def test_only_the_manager_appoints(self, max, ivo, eva, ada, root):
        before = state()

        for person in (max, ivo, eva, ada, root):
            with pytest.raises(NotAllowed):
                appoint(ada, "manager", by=person, since=today())

        assert state() == before

    def test_the_same_post_twice_at_a_time_is_refused(self, mia, ada):
        appoint(ada, "moderator", by=mia, since=today(), until=days(10))
        before = state()

        for since, until in [(today(), None), (days(10), days(20)), (days(-5), today())]:
            with pytest.raises(AlreadyAppointed):
                appoint(ada, "moderator", by=mia, since=since, until=until)

        assert state() == before
        appoint(ada, "moderator", by=mia, since=days(11))

    def test_people_without_a_confirmed_account_hold_no_post(self, mia):
        for person in (ActorFactory(confirmed=False), ActorFactory(is_active=False)):
            with pytest.raises(NotConfirmed):
                appoint(person, "intern", by=mia, since=today())

    def test_by_the_form(self, as_, mia, ada):
        data = {
            "email": "ADA@allianz.example ",
            "post": "mayor",
            "municipality": MunicipalityFactory().pk,
            "since": f"{today()}",
        }

        assert as_(mia).post(PATH, data).url == PATH
        assert posts_of(ada) == {"mayor"}
        again = as_(mia).post(PATH, data)
        assert again.context["form"].non_field_errors()

    @pytest.mark.parametrize(
        "changes",
        [
            {"email": ""}, {"email": "nobody@post.example"}, {"email": "x"}, {"email": "ada@allianz.example\x00"},
            {"post": "emperor"}, {"post": ""}, {"post": "mayor"}, {"since": ""}, {"since": "gestern"},
            {"since": "0001-01-01"}, {"until": "2020-01-01"}, {"until": "9999-12-31"}, {"municipality": "x"},
        ],
    )  # fmt: skip
    def test_what_is_wrong_is_said_and_nothing_changes(self, as_, mia, ada, changes):
        before = state()

        response = as_(mia).post(PATH, {"email": ada.email, "post": "intern", "since": f"{today()}", **changes})

        assert response.status_code == 200
        assert response.context["form"].errors
        assert state() == before


class TestEnding:
    def test_today_is_the_last_day(self, mia, max):
        row = end_appointment(Appointment.objects.get(actor=max), by=mia)

        assert row.until == today()
        assert posts_of(max) == {"moderator"}
        assert Event.objects.get().kind == Kind.APPOINTMENT_ENDED

    def test_one_that_has_not_begun_never_runs(self, mia, ada):
        row = appoint(ada, "moderator", by=mia, since=days(5))

        end_appointment(row, by=mia)

        assert not Appointment.objects.filter(actor=ada).overlapping(today(), None).exists()

    def test_only_the_manager_ends(self, max, ivo, eva, mia):
        before = state()

        for person in (max, ivo, eva):
            with pytest.raises(NotAllowed):
                end_appointment(Appointment.objects.get(actor=max), by=person)

        assert state() == before

    def test_what_has_ended_cannot_end_again(self, mia, max, fritz):
        end_appointment(Appointment.objects.get(actor=max), by=mia)

        for person in (max, fritz):
            with pytest.raises(WrongState):
                end_appointment(Appointment.objects.get(actor=person), by=mia)

    def test_two_at_once_only_one_wins(self, mia, max):
        first, second = Appointment.objects.get(actor=max), Appointment.objects.get(actor=max)
        end_appointment(first, by=mia)

        with pytest.raises(Outdated):
            end_appointment(second, by=mia)

    def test_the_last_manager_stays(self, mia):
        before = state()

        with pytest.raises(LastManager):
            end_appointment(Appointment.objects.get(actor=mia), by=mia)

        assert state() == before

    @pytest.mark.parametrize(
        ("since", "until", "stays"),
        [(-9, None, False), (1, None, False), (2, None, True), (-9, 0, True), (-9, 1, False)],
    )
    def test_a_successor_must_be_there_tomorrow(self, mia, ada, since, until, stays):
        AppointmentFactory(actor=ada, post="manager", since=days(since), until=None if until is None else days(until))
        mine = Appointment.objects.get(actor=mia)

        if stays:
            with pytest.raises(LastManager):
                end_appointment(mine, by=mia)
        else:
            assert end_appointment(mine, by=mia).until == today()

    def test_somebody_whose_account_is_gone_is_no_successor(self, mia, ada):
        AppointmentFactory(actor=ada, post="manager")
        Actor.objects.filter(pk=ada.pk).update(is_active=False)

        with pytest.raises(LastManager):
            end_appointment(Appointment.objects.get(actor=mia), by=mia)

    def test_by_the_button_and_only_by_it(self, as_, mia, max, sam):
        path = f"{PATH}{Appointment.objects.get(actor=max).pk}/beenden/"

        assert as_(mia).get(path).url == PATH
        assert Appointment.objects.get(actor=max).until is None
        assert sam.post(path).url.startswith("/konto/login/")
        assert as_(max).post(path).status_code == 404
        assert as_(mia).post(path).url == PATH
        assert Appointment.objects.get(actor=max).until == today()
        assert as_(mia).post(path).url == PATH
        assert as_(mia).post(f"{PATH}18446744073709551616/beenden/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_managers_who_leave_at_once_do_not_leave_the_office_empty(mia, ada):
    AppointmentFactory(actor=ada, post="manager")
    start, refused = Barrier(2), []

    def leave(person):
        start.wait()
        try:
            end_appointment(Appointment.objects.get(actor=person), by=person)
        except LastManager:
            refused.append(person)
        finally:
            connection.close()

    threads = [Thread(target=leave, args=[person]) for person in (mia, ada)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert len(refused) == 1
    assert Appointment.objects.filter(until=None).count() == 1


def test_the_list_asks_no_more_for_three_than_for_one(as_, mia, fritz, django_assert_num_queries):
    client = as_(mia)
    client.get(PATH)
    with django_assert_num_queries(11):
        client.get(PATH)
    for _number in range(2):
        AppointmentFactory()
        AppointmentFactory(post="mayor", until=days(-1))

    with django_assert_num_queries(11):
        client.get(PATH)


class TestOpeningTheOffice:
    @pytest.fixture(autouse=True)
    def password(self, monkeypatch):
        monkeypatch.setenv("OFFICE_PASSWORD", PASSWORD)

    def test_the_first_manager_can_sign_in(self, capsys):
        call_command("createoffice", "--no-input", email="Mia@allianz.example", name=" Mia\n M. ")

        mia = Actor.objects.get()
        assert (mia.email, mia.display_name, posts_of(mia)) == ("mia@allianz.example", "Mia M.", {"manager"})
        client = Client()
        assert client.post("/konto/login/", {"login": mia.email, "password": PASSWORD}).url == "/meine/"
        assert client.get(PATH).status_code == 200

    def test_a_second_run_is_refused_unless_asked_for(self, mia):
        with pytest.raises(CommandError, match="--another"):
            call_command("createoffice", "--no-input", email="a@post.example", name="A")
        assert Actor.objects.count() == 1

        call_command("createoffice", "--no-input", "--another", email="a@post.example", name="A")

        assert posts_of(Actor.objects.get(email="a@post.example")) == {"manager"}

    @pytest.mark.parametrize(
        ("email", "name", "password"),
        [("x", "A", PASSWORD), ("", "A", PASSWORD), ("a@post.example", "", PASSWORD), ("a@post.example", "A", "short"),
         ("a@post.example", "A", "")],
    )  # fmt: skip
    def test_what_is_missing_is_said(self, monkeypatch, email, name, password):
        monkeypatch.setenv("OFFICE_PASSWORD", password)

        with pytest.raises(CommandError):
            call_command("createoffice", "--no-input", email=email, name=name)

        assert not Actor.objects.exists()

    def test_a_known_address_is_refused(self, ada):
        with pytest.raises(CommandError):
            call_command("createoffice", "--no-input", email=ada.email, name="A")

    def test_it_asks_what_it_does_not_know(self, monkeypatch):
        answers = iter(["mia@allianz.example", "Mia"])
        monkeypatch.delenv("OFFICE_PASSWORD")
        monkeypatch.setattr("builtins.input", lambda question: next(answers))
        monkeypatch.setattr("participation.management.commands.createoffice.getpass", lambda question: PASSWORD)

        call_command("createoffice")

        assert posts_of(Actor.objects.get()) == {"manager"}
