"""Rows for tests, made directly: small, complete, and each with the least it needs."""

from datetime import timedelta
from types import SimpleNamespace

import factory
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db.models import F
from django.test import Client
from factory.django import DjangoModelFactory

from participation.accessibility.models import BarrierReport
from participation.accessibility.states import ReportState
from participation.actors.models import Actor, Appointment, Consent, Post
from participation.core.clock import now, today
from participation.core.markup import rendered
from participation.discussion.models import Comment
from participation.events.kinds import CaseKind, Kind
from participation.events.models import Case, Event
from participation.ideas.models import Answer, Idea, IdeaVersion, Review, Support
from participation.ideas.states import ENDED, PUBLIC, WAITING, AnswerState, IdeaState
from participation.moderation.models import Note, TextBlock
from participation.promises.models import Follow, Promise
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


class IdeaFactory(DjangoModelFactory):
    """An idea in any ``state`` with what belongs to it: once submitted, its case, its version and its promise.

    The promise is open in review, fulfilled afterwards; ``author=None`` has left.
    """

    class Meta:
        model = Idea
        skip_postgeneration_save = True

    author = factory.SubFactory(ActorFactory)
    state = IdeaState.PUBLISHED
    title = factory.Sequence("Mitfahrbank Nummer {}".format)
    text = "Eine Bank am Ortsrand, von der man mitgenommen wird."
    html = factory.LazyAttribute(lambda row: rendered(row.text, links=False))
    field = factory.SubFactory(FieldOfActionFactory)
    whole_alliance = True
    created_at = factory.LazyFunction(now)
    updated_at = factory.SelfAttribute("created_at")
    moved_at = factory.SelfAttribute("created_at")
    submitted_at = factory.LazyAttribute(lambda row: None if row.state == IdeaState.DRAFT else row.created_at)
    published_at = factory.LazyAttribute(lambda row: row.created_at if row.state in PUBLIC else None)
    reply_by = factory.LazyAttribute(
        lambda row: today() + timedelta(days=60) if row.state == IdeaState.RETURNED else None
    )
    case = factory.Maybe(
        "submitted_at",
        factory.SubFactory(
            CaseFactory, kind=CaseKind.IDEA, title=factory.SelfAttribute("..title"),
            reference=factory.Sequence("1999-{:04d}".format),
            path=factory.LazyAttribute(lambda row: f"/ideen/{row.reference}/"),
            owner=factory.SelfAttribute("..author"),
            public=factory.LazyAttribute(lambda row: row.factory_parent.state in PUBLIC),
            opened_at=factory.SelfAttribute("..created_at"),
            closed_at=factory.LazyAttribute(
                lambda row: row.opened_at if row.factory_parent.state in ENDED else None
            ),
        ),
        None,
    )  # fmt: skip

    @factory.post_generation
    def promised(self, create, extracted, **_):
        if not self.case_id:
            return
        IdeaVersion.objects.create(
            idea=self, number=self.version, title=self.title, text=self.text, at=self.submitted_at
        )
        if self.state == IdeaState.WITHDRAWN:
            PromiseFactory(case=self.case, made_at=self.created_at, released_at=self.created_at)
        else:
            fulfilled_at = None if self.state == IdeaState.SUBMITTED else self.created_at
            PromiseFactory(case=self.case, made_at=self.created_at, fulfilled_at=fulfilled_at)

    @factory.post_generation
    def reviewed(self, create, extracted, **_):
        if self.state == IdeaState.RETURNED:
            ReviewFactory(idea=self, outcome=Review.Outcome.RETURNED)
        elif self.state == IdeaState.DECLINED:
            ReviewFactory(idea=self, outcome=Review.Outcome.DECLINED, reason=Review.Reason.NOT_HERE)
        elif self.state not in (IdeaState.DRAFT, IdeaState.WITHDRAWN, *WAITING):
            ReviewFactory(idea=self)


class PromiseFactory(DjangoModelFactory):
    """An answer that was promised today and is due in two weeks."""

    class Meta:
        model = Promise

    case = factory.SubFactory(CaseFactory, kind=CaseKind.IDEA)
    subject = Promise.Subject.ANSWER
    made_at = factory.LazyFunction(now)
    due_at = factory.LazyAttribute(lambda row: row.made_at + timedelta(days=14))


class CommentFactory(DjangoModelFactory):
    """What somebody said about a public idea; a fresh one, which its author may still change."""

    class Meta:
        model = Comment

    case = factory.LazyFunction(lambda: IdeaFactory().case)
    author = factory.SubFactory(ActorFactory)
    text = "Das fehlt bei uns schon lange."
    html = factory.LazyAttribute(lambda row: rendered(row.text, links=False))
    posted_at = factory.LazyFunction(now)


class TextBlockFactory(DjangoModelFactory):
    """A text block for a question back."""

    class Meta:
        model = TextBlock

    title = factory.Sequence(lambda number: f"Ort {number}")
    purpose = TextBlock.Purpose.ASK
    text = "Guten Tag {name}, wo genau meinen Sie das?"


class AnswerFactory(DjangoModelFactory):
    """A drafted official answer; ``published=True`` shows it to everybody."""

    class Meta:
        model = Answer

    class Params:
        published = factory.Trait(
            state=AnswerState.PUBLISHED,
            published_by=factory.SelfAttribute("drafted_by"),
            published_at=factory.LazyFunction(now),
        )

    idea = factory.SubFactory(IdeaFactory)
    text = "Wir prüfen, wo Bänke stehen können."
    html = factory.LazyAttribute(lambda row: rendered(row.text, links=True))
    drafted_by = factory.SubFactory(ActorFactory)
    drafted_at = factory.LazyFunction(now)


class ReviewFactory(DjangoModelFactory):
    """What the office decided: published, unless another ``outcome`` (and its ``reason``) is given."""

    class Meta:
        model = Review

    idea = factory.SubFactory(IdeaFactory, state=IdeaState.SUBMITTED)
    outcome = Review.Outcome.PUBLISHED
    text = "Danke für Ihre Idee. Wo genau soll die Bank stehen?"
    version = factory.SelfAttribute("idea.version")
    by = factory.SubFactory(ActorFactory)
    at = factory.LazyFunction(now)


class SupportFactory(DjangoModelFactory):
    """Somebody stands behind an idea; the idea's number of supporters is counted along."""

    class Meta:
        model = Support
        skip_postgeneration_save = True

    idea = factory.SubFactory(IdeaFactory)
    actor = factory.SubFactory(ActorFactory)
    at = factory.LazyFunction(now)

    @factory.post_generation
    def counted(self, create, extracted, **_):
        Idea.objects.filter(pk=self.idea.pk).update(support_count=F("support_count") + 1)


class FollowFactory(DjangoModelFactory):
    """Somebody who wants to hear what becomes of an idea."""

    class Meta:
        model = Follow

    case = factory.LazyFunction(lambda: IdeaFactory().case)
    actor = factory.SubFactory(ActorFactory)
    since = factory.LazyFunction(now)


class NoteFactory(DjangoModelFactory):
    """An internal word of the office about an idea."""

    class Meta:
        model = Note

    case = factory.LazyFunction(lambda: IdeaFactory().case)
    author = factory.SubFactory(ActorFactory)
    text = "Mit dem Bauhof gesprochen."
    at = factory.LazyFunction(now)
