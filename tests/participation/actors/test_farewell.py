"""Leaving: what goes, what stays, and that nothing of the person is found afterwards, in any table."""

import json
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from participation.actors.models import Actor, Appointment, Consent
from participation.actors.operations import LastManager, erase_actor, export_data, purge_unconfirmed
from participation.core import drafts, personal
from participation.core.clock import now, today
from participation.core.errors import NotAllowed
from participation.core.models import PendingDraft
from participation.events.kinds import Kind
from participation.events.models import Event
from participation.tasks import tidy
from tests.factories import (
    PASSWORD,
    ActorFactory,
    AnswerFactory,
    AppointmentFactory,
    CommentFactory,
    EventFactory,
    FieldOfActionFactory,
    FollowFactory,
    IdeaFactory,
    NoteFactory,
    ReviewFactory,
    SupportFactory,
)
from tests.letter_factories import DeliveryFactory
from tests.letters import deliver_all

pytestmark = pytest.mark.django_db

PATH = "/meine/loeschen/"
GONE = {"password": PASSWORD, "understood": "on"}


def traces_of(*words):
    """Where in the database one of ``words`` stands, whatever the case: table and column; sessions are decoded."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                found += [(table, name) for name, value in zip(columns, row, strict=True) if _holds(value, words)]
    found += [("session", row.pk) for row in Session.objects.all() if _holds(row.get_decoded(), words)]
    return found


def _holds(value, words):
    return any(word in str(value).lower() for word in words)


def rows_of(person, model):
    """How many rows of ``model`` point to the person."""
    (name,) = [field.name for field in model._meta.concrete_fields if field.related_model is Actor]
    return model.objects.filter(**{name: person}).count()


@pytest.fixture
def busy(settings):
    """Somebody who left traces everywhere: registered, changed the address, typed, signed in, held a post."""
    client = Client(HTTP_USER_AGENT="Zitherbrowser", REMOTE_ADDR="198.51.100.77")
    other = Client()
    person = ActorFactory(
        email="zitta@post.example", display_name="Zitta Zither", skills="Zitherspiel", organisation="Zitherklub"
    )
    AppointmentFactory(actor=person, post="moderator")
    for browser in (client, other):
        browser.post("/konto/login/", {"login": person.email, "password": PASSWORD})
    client.post("/konto/reauthenticate/", {"password": PASSWORD})
    client.post("/konto/email/", {"action_add": "1", "email": "zitta@neu.example"})
    Client().post("/meine/profil/", {"display_name": "Zitta", "mark": drafts.mark_for(person)})
    Client().post("/konto/login/", {"login": person.email, "password": PASSWORD, "remember": "on"})
    Client().post("/konto/password/reset/", {"email": person.email})
    DeliveryFactory(recipient=person, address="zitta@alt.example")
    DeliveryFactory(recipient=None, address="zitta@post.example")
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(person)
    person.interests.add(FieldOfActionFactory())
    EventFactory(by=person)
    idea = IdeaFactory(author=person, title="Musik im Park, von Zitta Zither", text="Zitta Zither spielt.")
    IdeaFactory(author=person, state="draft", title="Zitherbank", text="Mehr Zither.", place="Zitterbach")
    other_idea = IdeaFactory()
    CommentFactory(case=idea.case, author=person, text="Es grüßt Zitta Zither.")
    SupportFactory(idea=other_idea, actor=person)
    FollowFactory(case=other_idea.case, actor=person)
    ReviewFactory(idea=other_idea, by=person)
    AnswerFactory(idea=other_idea, drafted_by=person, published=True)
    NoteFactory(case=other_idea.case, author=person)
    Consent.objects.create(actor=person, purpose="terms", version=1, given_at=now())
    waiting = Client()
    waiting.post("/konto/login/", {"login": person.email, "password": PASSWORD})  # stops at the second factor
    return person, client


class TestDeleting:
    def test_nothing_of_the_person_is_found_afterwards(self, busy):
        client = busy[1]
        assert traces_of("zit")

        response = client.post(PATH, GONE)

        assert response.url == "/"
        assert traces_of("zit", "198.51.100.77") == []
        assert client.get("/meine/").status_code == 302

    def test_no_row_that_should_go_is_left(self, busy):
        person = busy[0]
        person.groups.add(Group.objects.create(name="Zither"))
        person.user_permissions.add(Permission.objects.first())
        links = [field.remote_field.through for field in Actor._meta.many_to_many]
        gone = {EmailAddress, Authenticator, UserSession, PendingDraft, *links}
        before = {model: rows_of(person, model) for model in gone}

        erase_actor(person, by=person)

        assert all(before.values())
        assert {model: rows_of(person, model) for model in gone} == dict.fromkeys(gone, 0)

    def test_an_empty_row_and_the_public_record_stay(self, busy):
        person, client = busy

        client.post(PATH, GONE)

        person.refresh_from_db()
        assert str(person) != ""
        assert (person.display_name, person.is_active, person.has_usable_password()) == ("", False, False)
        assert person.erased_at
        assert Appointment.objects.get(actor=person).until == today()
        assert Consent.objects.filter(actor=person).count() == 1
        assert [
            model.objects.filter(user_id=person.pk).count() for model in (EmailAddress, Authenticator, UserSession)
        ] == [0, 0, 0]
        assert not PendingDraft.objects.exists()
        event = Event.objects.get(kind=Kind.ACTOR_ERASED)
        assert (event.by, event.facts) == (person, {})

    def test_letters_under_way_are_not_sent(self, busy):
        client = busy[1]
        client.post(PATH, GONE)

        assert deliver_all() == []

    def test_the_address_is_free_again(self, busy):
        client = busy[1]
        client.post(PATH, GONE)

        assert ActorFactory(email="zitta@post.example").pk

    def test_the_page_says_before_what_goes_and_what_stays(self, busy):
        client = busy[1]

        page = client.get(PATH)

        assert page.context["goes"]
        assert page.context["stays"]
        assert all(reasons for _title, reasons in page.context["stays"])

    @pytest.mark.parametrize(
        "data", [{}, {"password": PASSWORD}, {**GONE, "password": "wrong-words"}, {"understood": "on"}]
    )
    def test_without_password_and_tick_nothing_happens(self, as_, ada, data):
        before = list(Actor.objects.values("email", "display_name", "is_active", "erased_at"))

        response = as_(ada).post(PATH, data)

        assert response.status_code == 200
        assert response.context["form"].errors
        assert list(Actor.objects.values("email", "display_name", "is_active", "erased_at")) == before

    def test_the_last_manager_appoints_a_successor_first(self, as_, mia, ada):
        with pytest.raises(LastManager):
            erase_actor(mia, by=mia)
        answer = as_(mia).post(PATH, GONE)
        assert answer.status_code == 200
        assert len(list(answer.context["messages"])) == 1
        mia.refresh_from_db()
        assert mia.is_active

        AppointmentFactory(actor=ada, post="manager")

        assert as_(mia).post(PATH, GONE).url == "/"

    def test_nobody_deletes_somebody_else(self, ada, mia, root):
        for person in (mia, root):
            with pytest.raises(NotAllowed):
                erase_actor(ada, by=person)

    def test_a_coming_post_does_not_begin(self, ada):
        AppointmentFactory(actor=ada, post="intern", since=today() + timedelta(days=3))

        erase_actor(ada, by=ada)

        assert not Appointment.objects.filter(actor=ada).overlapping(today() + timedelta(days=1), None).exists()

    def test_other_people_keep_theirs(self, busy, ada):
        client = Client()
        client.post("/konto/login/", {"login": ada.email, "password": PASSWORD})

        busy[1].post(PATH, GONE)

        assert client.get("/meine/").status_code == 200
        assert EmailAddress.objects.filter(user=ada).count() == 1


class TestEverybodysRows:
    def test_no_table_takes_the_rows_of_one_person_for_those_of_another(self, busy, ada):
        person = busy[0]

        for entry in personal.entries():
            theirs = set(entry.rows(person).values_list("pk", flat=True))
            assert not theirs & set(entry.rows(ada).values_list("pk", flat=True)), entry.model

    def test_the_download_of_one_person_says_nothing_of_another(self, busy, ada):
        assert "zit" not in json.dumps(export_data(ada, by=ada), default=str).lower()


class TestDownloading:
    def test_everything_in_one_file(self, busy):
        person, client = busy

        response = client.post("/meine/daten/")

        data = json.loads(response.content)
        assert response.headers["Content-Type"] == "application/json"
        assert "attachment" in response.headers["Content-Disposition"]
        assert "no-store" in response.headers["Cache-Control"]
        text = response.content.decode()
        for word in ("zitta@post.example", "Zitherspiel", "Zitherbrowser", "moderator", "terms", "password_reset_key"):
            assert word in text
        for secret in ("JBSWY3DPEHPK3PXP", person.password, "session_key"):
            assert secret not in text
        assert all(isinstance(rows, list) for rows in data.values())

    def test_a_mere_visit_hands_out_nothing(self, as_, ada):
        assert as_(ada).get("/meine/daten/").headers["Content-Type"].startswith("text/html")

    def test_only_one_s_own(self, ada, mia, sam):
        with pytest.raises(NotAllowed):
            export_data(ada, by=mia)
        assert sam.post("/meine/daten/").url.startswith("/konto/login/")


class TestTheRegister:
    PERSONAL = {
        "participation.Actor", "participation.Consent", "participation.Appointment", "participation.PendingDraft",
        "participation.Event", "account.EmailAddress", "mfa.Authenticator", "usersessions.UserSession",
        "admin.LogEntry", "participation.Idea", "participation.IdeaVersion", "participation.Case",
        "participation.Comment", "participation.Support", "participation.Follow", "participation.Review",
        "participation.Answer", "participation.Extension", "participation.Note", "participation.Report",
        "participation.Statement", "participation.Objection", "participation.Outcome", "participation.OutcomeVersion",
        "participation.Issue", "participation.Subscription", "participation.NewsletterConsent",
    }  # fmt: skip

    def test_each_field_is_kept_or_scrubbed_or_goes_with_its_row(self):
        entries = {entry.model._meta.label: entry for entry in personal.entries()}
        for label in self.PERSONAL:
            entry = entries[label]
            fields = {field.name for field in entry.model._meta.concrete_fields}
            if not entry.delete:
                assert {*entry.keep, *entry.scrub} == fields, label
                assert not set(entry.keep) & set(entry.scrub), label

    def test_each_table_that_points_to_a_person_is_in_it(self):
        known = {entry.model for entry in personal.entries()}
        pointing = {
            model
            for model in apps.get_models(include_auto_created=True)
            for field in model._meta.concrete_fields
            if field.related_model is Actor
        }

        assert pointing - known == set()

    def test_a_new_field_would_be_noticed(self):
        entry = next(entry for entry in personal.entries() if entry.model is Actor)
        incomplete = {name: reason for name, reason in entry.keep.items() if name != "joined_at"}

        assert {*incomplete, *entry.scrub} != {field.name for field in Actor._meta.concrete_fields}


class TestUnconfirmedAccounts:
    def test_they_go_after_seven_days_whole(self, sam):
        from tests.portal.test_accounts import answers

        sam.post("/konto/signup/", answers(email="zitta@post.example", display_name="Zitta"))
        Actor.objects.update(joined_at=now() - timedelta(days=7, minutes=1))

        assert purge_unconfirmed() == 1

        assert not Actor.objects.exists()
        assert not Consent.objects.exists()
        assert traces_of("zitta") == []

    def test_not_before_not_when_confirmed_and_not_with_a_post(self, ada, mia):
        ActorFactory(confirmed=False, joined_at=now() - timedelta(days=6, hours=23))
        Actor.objects.filter(pk__in=[ada.pk, mia.pk]).update(joined_at=now() - timedelta(days=30))
        Actor.objects.filter(pk=mia.pk).update(confirmed_at=None)

        assert purge_unconfirmed() == 0

    def test_who_confirms_at_the_last_moment_stays(self):
        person = ActorFactory(confirmed=False, joined_at=now() - timedelta(days=8))
        EmailAddress.objects.filter(user=person).update(verified=True)

        assert purge_unconfirmed() == 0
        person.refresh_from_db()
        assert person.is_active

    def test_a_batch_at_a_time(self):
        for _number in range(3):
            ActorFactory(confirmed=False, joined_at=now() - timedelta(days=8))

        assert [purge_unconfirmed(limit=2), purge_unconfirmed(limit=2), purge_unconfirmed(limit=2)] == [2, 1, 0]

    def test_the_hourly_task_does_it_and_removes_old_sessions_and_drafts(self, ada):
        ActorFactory(confirmed=False, joined_at=now() - timedelta(days=8))
        PendingDraft.objects.create(actor=ada, path="/", fields={}, created_at=now() - timedelta(hours=2))
        Session.objects.create(session_key="old", session_data="", expire_date=now() - timedelta(days=1))

        tidy(unknown="argument")
        tidy()

        assert (Actor.objects.count(), PendingDraft.objects.count(), Session.objects.count()) == (1, 0, 0)


class TestDjangosAdmin:
    def test_it_opens_for_superusers_only_and_never_with_a_form_of_its_own(self, sam, as_, ada, mia, root):
        assert sam.get("/admin/").url == "/konto/login/?next=/admin/"
        assert sam.get("/admin/login/").url.startswith("/konto/login/?next=")
        assert sam.post("/admin/login/", {"username": root.email, "password": PASSWORD}).url.startswith("/konto/login/")
        assert [as_(person).get("/admin/", follow=True).status_code for person in (ada, mia, root)] == [404, 404, 200]

    def test_away_from_home_it_needs_a_second_factor(self, settings, as_, root):
        settings.LOOPBACK = False
        client = as_(root)

        assert client.get("/admin/", follow=True).redirect_chain[-1][0] == "/konto/2fa/"

        TOTP.activate(root, "JBSWY3DPEHPK3PXP")
        assert client.get("/admin/").status_code == 200

    def test_one_looks_and_touches_nothing(self, as_, root, ada):
        client = as_(root)
        before = Actor.objects.values().get(pk=ada.pk)

        assert client.get("/admin/participation/actor/").status_code == 200
        assert client.get(f"/admin/participation/actor/{ada.pk}/change/").status_code == 200
        assert ada.password not in client.get(f"/admin/participation/actor/{ada.pk}/change/").content.decode()
        answers = [
            client.post(f"/admin/participation/actor/{ada.pk}/change/", {"display_name": "x"}).status_code,
            client.post(f"/admin/participation/actor/{ada.pk}/delete/", {"post": "yes"}).status_code,
            client.get("/admin/participation/actor/add/").status_code,
        ]
        assert answers == [403, 403, 403]
        assert Actor.objects.values().get(pk=ada.pk) == before
        assert client.get("/admin/password_change/").url == "/konto/password/change/"
