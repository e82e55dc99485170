"""Rows for tests, made directly: small, complete, and each with the least it needs."""

from datetime import timedelta
from types import SimpleNamespace

import factory
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from factory.django import DjangoModelFactory

from notifications.models import Delivery
from participation.accessibility.models import BarrierReport
from participation.accessibility.states import ReportState
from participation.actors.models import Actor, Appointment, Consent, Post
from participation.core.clock import now, today
from participation.events.kinds import CaseKind, Kind
from participation.events.models import Case, Event
from participation.region.models import Alliance, FieldOfAction, LegalText, Municipality, Partner

PASSWORD = "eine-lange-wanderung"


def as_(actor):
    """A client in which ``actor`` is signed in and has just given the password."""
    session = SessionStore()
    session[SESSION_KEY] = str(actor.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = actor.get_session_auth_hash()
    record_authentication(SimpleNamespace(session=session), actor, "password", reauthenticated=True)
    session.save()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


class AllianceFactory(DjangoModelFactory):
    """The alliance's one row."""

    class Meta:
        model = Alliance

    pk = 1
    name = "Kommunale Allianz Beispielland"
    short_name = "Allianz Beispielland"
    email = "buero@allianz.example"


class MunicipalityFactory(DjangoModelFactory):
    """A member municipality."""

    class Meta:
        model = Municipality

    name = factory.Sequence("Gemeinde {}".format)
    slug = factory.Sequence("gemeinde-{}".format)
    ags = factory.Sequence("09{:06d}".format)
    postcodes = "97999"
    latitude = 50.1
    longitude = 10.2


class FieldOfActionFactory(DjangoModelFactory):
    """A field of action of the ILEK."""

    class Meta:
        model = FieldOfAction

    name = factory.Sequence("Handlungsfeld {}".format)
    slug = factory.Sequence("handlungsfeld-{}".format)
    position = factory.Sequence(int)


class PartnerFactory(DjangoModelFactory):
    """A partner organisation that is shown."""

    class Meta:
        model = Partner

    name = factory.Sequence("Partner {}".format)
    slug = factory.Sequence("partner-{}".format)
    together = "Gemeinsam öffnen wir Höfe."
    website = "https://partner.example/"


class LegalTextFactory(DjangoModelFactory):
    """A version of a legal text."""

    class Meta:
        model = LegalText

    kind = LegalText.Kind.TERMS
    version = factory.Sequence(lambda number: number + 1)
    text = "Wir gehen freundlich miteinander um."
    html = factory.LazyAttribute(lambda row: f"<p>{row.text}</p>")
    published_at = factory.LazyFunction(now)


class ActorFactory(DjangoModelFactory):
    """A regional actor who has confirmed the address and can sign in with PASSWORD.

    ``posts=["manager"]`` appoints; ``confirmed=False`` leaves the address open.
    """

    class Meta:
        model = Actor
        skip_postgeneration_save = True

    class Params:
        confirmed = True

    email = factory.Sequence("actor{}@allianz.example".format)
    display_name = factory.Sequence("Actor {}".format)
    joined_at = factory.LazyFunction(now)
    confirmed_at = factory.LazyAttribute(lambda actor: actor.joined_at if actor.confirmed else None)
    password = PASSWORD

    @classmethod
    def _create(cls, model_class, *args, **fields):
        return model_class.objects.create_user(**fields)

    @factory.post_generation
    def address(self, create, extracted, **_):
        EmailAddress.objects.create(user=self, email=self.email, primary=True, verified=bool(self.confirmed_at))

    @factory.post_generation
    def posts(self, create, extracted, **_):
        for post in extracted or ():
            AppointmentFactory(actor=self, post=post)


class ConsentFactory(DjangoModelFactory):
    """An agreement to the terms of use."""

    class Meta:
        model = Consent

    actor = factory.SubFactory(ActorFactory)
    purpose = Consent.Purpose.TERMS
    version = 1
    given_at = factory.LazyFunction(now)


class AppointmentFactory(DjangoModelFactory):
    """A post held since a year ago, until further notice."""

    class Meta:
        model = Appointment

    actor = factory.SubFactory(ActorFactory)
    post = Post.MODERATOR
    municipality = factory.Maybe(
        factory.LazyAttribute(lambda row: row.post == Post.MAYOR), factory.SubFactory(MunicipalityFactory), None
    )
    since = factory.LazyFunction(lambda: today() - timedelta(days=365))


class CaseFactory(DjangoModelFactory):
    """A case somebody may quote."""

    class Meta:
        model = Case

    reference = factory.Sequence("T-1999-{:04d}".format)  # a series that the portal never counts in
    kind = CaseKind.BARRIER
    title = "Kontrast zu schwach"
    path = "/"
    opened_at = factory.LazyFunction(now)


class EventFactory(DjangoModelFactory):
    """Something that happened, written without telling anybody."""

    class Meta:
        model = Event

    kind = Kind.ACTOR_REGISTERED
    at = factory.LazyFunction(now)


class BarrierReportFactory(DjangoModelFactory):
    """A barrier somebody reported; ``answered=True`` with the office's answer."""

    class Meta:
        model = BarrierReport

    class Params:
        answered = factory.Trait(
            state=ReportState.ANSWERED, answer="Die Schrift ist jetzt dunkler.", answered_at=factory.LazyFunction(now)
        )

    case = factory.SubFactory(CaseFactory)
    page = "/allianz/"
    text = "Die Schrift ist zu hell."
    email = "leser@post.example"
    answer_due_on = factory.LazyFunction(lambda: today() + timedelta(days=30))


class DeliveryFactory(DjangoModelFactory):
    """A letter that is due."""

    class Meta:
        model = Delivery

    letter = "password_changed"
    recipient = factory.SubFactory(ActorFactory)
    urgency = Delivery.Urgency.ACCOUNT
    message_id = factory.Sequence("<letter{}@allianz.example>".format)
    not_before = factory.LazyFunction(now)
    created_at = factory.LazyFunction(now)
