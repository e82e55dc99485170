"""Registering, confirming, signing in: the journeys of an account, and what they do not tell a stranger."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from notifications.models import Delivery
from participation.actors.models import Actor, Consent
from participation.core.clock import now, travel_to
from participation.core.stamps import new_stamp
from participation.events.kinds import Kind
from participation.events.models import Event
from tests.factories import PASSWORD, LegalTextFactory, MunicipalityFactory
from tests.letters import deliver_all

pytestmark = pytest.mark.django_db

SIGNUP, LOGIN, RESET = "/konto/signup/", "/konto/login/", "/konto/password/reset/"
SENT = "/konto/confirm-email/"


def stamp(age=60):
    """A form's stamp, made ``age`` seconds ago."""
    with travel_to(now() - timedelta(seconds=age)):
        return new_stamp()


def answers(**changes):
    """What Nina types into the sign-up form."""
    return {
        "email": "nina@post.example", "password1": PASSWORD, "display_name": "Nina", "municipality": "",
        "of_age": "on", "terms": "on", "website": "", "stamp": stamp(), **changes,
    }  # fmt: skip


def lost_at(verb):
    """The database goes away at the first statement of this kind that concerns an account."""

    def statement(execute, sql, params, many, context):
        if sql.startswith(verb) and "participation_actor" in sql:
            raise OperationalError("gone")
        return execute(sql, params, many, context)

    return statement


def confirm_path(actor):
    """The way behind the link of the letter."""
    address = EmailAddress.objects.get(user=actor, verified=False)
    return reverse("account_confirm_email", args=[EmailConfirmationHMAC.create(address).key])


def rows():
    """How many rows a refusal must leave alone."""
    return [model.objects.count() for model in (Actor, Consent, EmailAddress, Delivery, Event)]


class TestRegistering:
    def test_the_page_asks_little_and_says_what_happens(self, sam):
        page = sam.get(SIGNUP).content.decode()

        assert page.count("<h1") == 1
        assert "style=" not in page

    def test_an_account_is_made_with_consents_and_one_letter(self, sam):
        LegalTextFactory(kind="terms", version=3)
        home = MunicipalityFactory()

        response = sam.post(SIGNUP, answers(municipality=home.pk))

        nina = Actor.objects.get()
        assert response.url == SENT
        assert (nina.email, nina.display_name, nina.municipality, nina.confirmed_at) == (
            "nina@post.example", "Nina", home, None,
        )  # fmt: skip
        assert set(Consent.objects.values_list("actor", "purpose", "version")) == {
            (nina.pk, "terms", 3),
            (nina.pk, "age", 16),
        }
        assert [event.kind for event in Event.objects.all()] == [Kind.ACTOR_REGISTERED]
        letter = Delivery.objects.get()
        assert (letter.letter, letter.recipient, letter.address) == (
            "email_confirmation_signup", nina, "nina@post.example",
        )  # fmt: skip
        assert letter.facts == {"email_address": EmailAddress.objects.get().pk}

    def test_without_terms_in_force_version_0_is_agreed_to(self, sam):
        sam.post(SIGNUP, answers())

        assert Consent.objects.get(purpose="terms").version == 0

    def test_the_session_of_a_stranger_remembers_no_address(self, sam):
        sam.post(SIGNUP, answers())

        assert not [session for session in Session.objects.all() if "nina" in str(session.get_decoded())]

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("email", ""), ("email", "nina"), ("email", f"{'n' * 250}@post.example"),
            ("email", "nina@post.example\x00"),
            ("email", "nina@post.example\nBcc: all@post.example"), ("email", "\u017fam@post.example"),
            ("password1", ""), ("password1", "short"), ("password1", "password123"), ("password1", "nina@post.example"),
            ("display_name", ""), ("display_name", "\x00"), ("display_name", "n" * 61),
            ("display_name", "n" * 1_000_000),
            ("display_name", "Nina www.casino.example"), ("display_name", "nina@post.example"),
            ("display_name", "\u200b\u200d"), ("municipality", "x"), ("municipality", "99999999999999999999"),
            ("of_age", ""), ("terms", ""), ("stamp", ""), ("stamp", "forged"), ("stamp", "\ud800"),
        ],
    )  # fmt: skip
    def test_what_is_wrong_is_said_and_nothing_changes(self, sam, field, value):
        before = rows()
        value = value.encode("utf-8", "replace").decode()

        response = sam.post(SIGNUP, answers(**{field: value}))

        assert response.status_code == 200
        assert response.context["form"].errors
        assert rows() == before

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("  Nina\n\r Bcc:\tall ", "Nina Bcc: all"),
            ("Ni\u202ena\x00\x07", "Nina"),
            ("Nina 🌻 نينا", "Nina 🌻 نينا"),
            ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ],
    )
    def test_a_name_is_cleaned_and_drawn_as_text(self, sam, as_, typed, kept):
        sam.post(SIGNUP, answers(display_name=typed))

        nina = Actor.objects.get()
        assert nina.display_name == kept
        assert b"<script>alert" not in as_(nina).get("/meine/").content

    def test_too_fast_is_said_kindly_and_the_second_try_works(self, sam):
        hasty = sam.post(SIGNUP, answers(stamp=stamp(age=1)))

        assert "stamp" in hasty.context["form"].errors
        assert hasty.context["form"]["display_name"].value() == "Nina"
        assert sam.post(SIGNUP, answers()).url == SENT

    def test_a_page_from_this_morning_still_works_one_from_yesterday_is_renewed(self, sam):
        old = sam.post(SIGNUP, answers(stamp=stamp(age=25 * 3600)))

        assert "stamp" in old.context["form"].errors
        assert old.context["form"].data["stamp"] != answers()["stamp"]
        assert sam.post(SIGNUP, answers(stamp=stamp(age=23 * 3600))).url == SENT

    def test_a_robot_gets_the_usual_answer_and_no_account(self, sam):
        before = rows()

        assert sam.post(SIGNUP, answers(website="https://casino.example")).url == SENT
        assert rows() == before

    def test_a_double_click_registers_once_and_writes_one_letter(self, sam):
        twice = answers()

        assert sam.post(SIGNUP, twice).url == sam.post(SIGNUP, twice).url == SENT
        assert (Actor.objects.count(), Delivery.objects.count()) == (1, 1)

    def test_what_was_lost_before_it_was_stored_can_be_sent_again(self, sam):
        sam.raise_request_exception = False
        again = answers()
        with connection.execute_wrapper(lost_at("INSERT")):
            assert sam.post(SIGNUP, again).status_code == 500

        assert sam.post(SIGNUP, again).url == SENT
        assert [row.letter for row in Delivery.objects.all()] == ["email_confirmation_signup"]

    def test_two_at_the_same_moment_make_one_account(self, sam, monkeypatch):
        from allauth.account.internal.flows import manage_email

        sam.post(SIGNUP, answers())
        monkeypatch.setattr(manage_email, "assess_unique_email", lambda *args, **kwargs: True)

        assert Client().post(SIGNUP, answers()).url == SENT
        assert Actor.objects.count() == 1
        assert [row.letter for row in Delivery.objects.order_by("pk")][-1] == "account_already_exists"

    def test_somebody_signed_in_is_led_on(self, as_, ada):
        assert as_(ada).get(SIGNUP).url == "/meine/"


class TestConfirming:
    @pytest.fixture
    def nina(self, sam):
        sam.post(SIGNUP, answers())
        return Actor.objects.get()

    def test_looking_at_the_page_confirms_nothing(self, nina):
        page = Client().get(confirm_path(nina))

        nina.refresh_from_db()
        assert page.status_code == 200
        assert nina.confirmed_at is None

    def test_the_button_confirms_once(self, nina, sam):
        path = confirm_path(nina)

        first, second = sam.post(path), sam.post(path)

        nina.refresh_from_db()
        assert (first.status_code, first.url) == (302, LOGIN)
        assert second.status_code == 200
        assert nina.confirmed_at
        assert Event.objects.filter(kind=Kind.ACTOR_CONFIRMED).count() == 1

    def test_the_real_letter_leads_there_whatever_host_was_asked(self):
        Client(HTTP_HOST="localhost").post(SIGNUP, answers())

        (letter,) = deliver_all()

        (link,) = re.findall(r"http\S+/confirm-email/\S+", letter.body)
        assert link.startswith("http://127.0.0.1:8000/konto/")
        assert Client().post(link.removeprefix("http://127.0.0.1:8000")).url == LOGIN
        assert Actor.objects.get().confirmed_at

    def test_after_that_one_signs_in_and_comes_to_where_one_was(self, nina, sam):
        sam.post(confirm_path(nina))

        assert sam.post(LOGIN, {"login": "nina@post.example", "password": PASSWORD}).url == "/meine/"

    def test_the_page_wanted_before_registering_is_remembered(self, sam):
        sam.post(SIGNUP, answers(next="/partner/"))
        sam.post(confirm_path(Actor.objects.get()))

        assert sam.post(LOGIN, {"login": "nina@post.example", "password": PASSWORD}).url == "/partner/"

    @pytest.mark.parametrize("key", ["x", "MTI:1abc:forged", "a" * 500])
    def test_a_link_that_does_not_work_says_what_to_do(self, sam, key):
        for answer in (sam.get(f"/konto/confirm-email/{key}/"), sam.post(f"/konto/confirm-email/{key}/")):
            assert answer.status_code == 200
            assert LOGIN in answer.content.decode()

    def test_a_link_is_good_for_three_days(self, nina, sam, time_machine):
        path = confirm_path(nina)
        time_machine.move_to(now() + timedelta(days=3, minutes=1))

        sam.post(path)

        nina.refresh_from_db()
        assert nina.confirmed_at is None

    def test_a_visit_to_somebody_elses_link_signs_nobody_out(self, nina, as_, ada):
        client = as_(ada)

        client.get(confirm_path(nina))

        assert client.get("/meine/").status_code == 200

    def test_before_confirming_nobody_gets_in_and_the_letter_comes_again(self, nina):
        response = Client().post(LOGIN, {"login": "nina@post.example", "password": PASSWORD})

        assert response.url == SENT
        assert [row.letter for row in Delivery.objects.all()] == ["email_confirmation_signup"] * 2

    def test_who_is_not_let_in_is_not_remembered_either(self, nina):
        Session.objects.all().delete()

        Client().post(LOGIN, {"login": "nina@post.example", "password": PASSWORD})

        assert not [session for session in Session.objects.all() if "nina" in str(session.get_decoded())]

    def test_a_new_password_by_letter_confirms_the_address_too(self, nina, sam):
        from allauth.account.forms import default_token_generator
        from allauth.account.utils import user_pk_to_url_str

        key = {"uidb36": user_pk_to_url_str(nina), "key": default_token_generator.make_token(nina)}
        step = sam.get(reverse("account_reset_password_from_key", kwargs=key))

        sam.post(step.url, {"password1": "ganz-neue-worte"})

        nina.refresh_from_db()
        assert nina.confirmed_at
        assert sam.post(LOGIN, {"login": "nina@post.example", "password": "ganz-neue-worte"}).url == "/meine/"


class TestSigningIn:
    def test_to_where_one_was(self, sam, ada):
        page = sam.get("/meine/profil/")
        assert page.url == "/konto/login/?next=/meine/profil/"

        response = sam.post(LOGIN, {"login": ada.email.upper(), "password": PASSWORD, "next": "/meine/profil/"})

        assert response.url == "/meine/profil/"

    @pytest.mark.parametrize(
        "evil",
        [
            "//evil.example", "/\\evil.example", "https://evil.example", "http:evil.example", "\\\\evil.example",
            "///evil.example", "/\t/evil.example", "javascript:alert(1)", " //evil.example", "/\x00/evil.example",
        ],
    )  # fmt: skip
    def test_never_to_a_foreign_host(self, ada, evil):
        signed_in = Client().post(LOGIN, {"login": ada.email, "password": PASSWORD, "next": evil})
        assert signed_in.url == "/meine/"

        client = Client()
        client.force_login(ada)
        assert client.post("/konto/logout/", {"next": evil}).url == "/"
        assert client.post("/sprache/", {"language": "en", "next": evil}).url == "/"

        Client().post(SIGNUP, answers(next=evil))
        assert not [row for row in Session.objects.all() if "evil" in str(row.get_decoded())]

    @pytest.mark.parametrize("login", ["ada@allianz.example\x00", "x", "", "a" * 100_000 + "@post.example"])
    def test_nonsense_is_no_fault(self, sam, ada, login):
        assert sam.post(LOGIN, {"login": login, "password": "x\x00y"}).status_code == 200

    def test_signing_out_takes_a_button(self, as_, ada):
        client = as_(ada)

        assert client.get("/konto/logout/").status_code == 200
        assert client.get("/meine/").status_code == 200
        assert client.post("/konto/logout/").url == "/"
        assert client.get("/meine/").status_code == 302

    def test_out_everywhere_else(self, ada):
        here, there = Client(), Client()
        for client in (here, there):
            client.post(LOGIN, {"login": ada.email, "password": PASSWORD})
        assert there.get("/meine/").status_code == 200
        assert here.get("/konto/sessions/").context["session_count"] == 2

        here.post("/konto/sessions/")

        assert here.get("/meine/").status_code == 200
        assert there.get("/meine/").status_code == 302

    def test_an_account_that_is_gone_says_so_only_to_its_password(self, sam, ada):
        Actor.objects.filter(pk=ada.pk).update(is_active=False)

        assert sam.post(LOGIN, {"login": ada.email, "password": PASSWORD}).url == "/konto/inactive/"
        assert sam.post(LOGIN, {"login": ada.email, "password": "wrong-words"}).status_code == 200
