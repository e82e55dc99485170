"""Questions about people and posts."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from ..core import personal
from ..core.authority import may
from ..core.clock import now, today
from ..core.memo import once
from ..region.models import LegalText
from ..region.queries import legal_text, versions_of
from .models import Actor, Appointment, Consent, Post

OFFICE = frozenset({Post.MANAGER, Post.MODERATOR, Post.INTERN})


def posts_of(actor):
    """The posts ``actor`` holds today."""
    return set(once(("posts", actor.pk), lambda: _posts_of(actor)))


def _posts_of(actor):
    return set(Appointment.objects.running(today()).filter(actor=actor).values_list("post", flat=True))


def role_of(actor):
    """The post of the office in which ``actor`` acts, the highest first; nothing without one."""
    posts = posts_of(actor)
    return next((post for post in (Post.MANAGER, Post.MODERATOR, Post.INTERN) if post in posts), "")


def appointments_of(actor):
    """The appointments of ``actor`` that run today, with their municipalities; ``posts_of`` need not ask again."""
    rows = Appointment.objects.running(today()).filter(actor=actor)
    found = list(rows.select_related("municipality").order_by("since", "pk"))
    once(("posts", actor.pk), lambda: {row.post for row in found})
    return found


def appointments(stage):
    """All appointments that are ``running``, ``coming`` or ``past`` today, with people and municipalities."""
    day = today()
    rows = {
        "running": Appointment.objects.running(day),
        "coming": Appointment.objects.filter(since__gt=day),
        "past": Appointment.objects.filter(until__lt=day),
    }[stage]
    return rows.select_related("actor", "municipality").order_by("post", "-since", "pk")


def managers_staying(day):
    """Manager's appointments of active people that still run on the day after ``day``."""
    return Appointment.objects.running(day + timedelta(days=1)).filter(post=Post.MANAGER, actor__is_active=True)


def has_second_factor(actor):
    """Whether a TOTP app or a passkey protects the account; recovery codes alone do not count."""
    return _second_factors(actor.pk).exists()


def _second_factors(number):
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return Authenticator.objects.filter(user_id=number, type__in=kinds)


def account_of(actor):
    """Whether a second factor protects the account, in how many places it is signed in, and whether the terms of use in
    force are accepted; one question for all three.
    """
    places = UserSession.objects.filter(user_id=OuterRef("pk")).order_by().values("user_id")
    number = Coalesce(Subquery(places.annotate(number=Count("pk")).values("number")), 0)
    in_force = Coalesce(Subquery(versions_of(LegalText.Kind.TERMS).values("version")[:1]), 0)
    accepted = Consent.objects.filter(actor=OuterRef("pk"), purpose=Consent.Purpose.TERMS, version__gte=in_force)
    asked = Actor.objects.filter(pk=actor.pk)
    return asked.values_list(Exists(_second_factors(OuterRef("pk"))), number, Exists(accepted)).get()


def second_factor_missing(actor):
    """Whether a post is idle because its holder has no second factor; never on a loopback address."""
    return not settings.LOOPBACK and not once(("factor", actor.pk), lambda: has_second_factor(actor))


def shown_name(actor):
    """How ``actor`` is called in pages and letters."""
    return str(actor)


def name_for(actor, reader):
    """How ``actor`` (None: somebody who left) is called on a page that ``reader`` sees.

    A hidden profile keeps its name for the person and the office only.
    """
    if actor is None:
        return str(_("former actor"))
    sees = actor.is_hidden and (reader.pk == actor.pk or may(reader, "participation.enter_office"))
    return str(actor) if sees else actor.public_name


def actor_by_email(email):
    """The confirmed actor with this address, or None."""
    return Actor.objects.present().filter(email=email.lower()).first()


def public_actors(*, municipality=None, field=None):
    """Actors who show what they can do, by name; of one municipality, interested in one field of action."""
    return _listed(Actor.objects.offering_publicly(), municipality, field)


def actors_for_office(*, words="", municipality=None):
    """All confirmed actors by name; those in whose name, organisation, skills or offers all ``words`` occur."""
    rows = Actor.objects.present()
    for word in words.split():
        rows = rows.filter(_holds(word))
    return _listed(rows, municipality, None)


def _listed(rows, municipality, field):
    if municipality:
        rows = rows.filter(municipality=municipality)
    if field:
        rows = rows.filter(interests=field)
    return rows.select_related("municipality").prefetch_related("interests").order_by("display_name", "pk")


def _holds(word):
    """A condition for ``word`` in any case; SQLite compares only ASCII letters without regard to case."""
    condition = Q()
    for form in {word, word.lower(), word.upper(), word.capitalize()}:
        for name in ("display_name", "organisation", "skills", "offers"):
            condition |= Q(**{f"{name}__icontains": form})
    return condition


def terms_version():
    """The version of the terms of use in force; 0 before the first."""
    terms = legal_text(LegalText.Kind.TERMS)
    return terms.version if terms else 0


def unconfirmed(days):
    """Accounts that were made more than ``days`` days ago and never confirmed."""
    return Actor.objects.filter(
        confirmed_at=None, erased_at=None, joined_at__lt=now() - timedelta(days=days), appointments=None
    )


def data_of(actor):
    """Everything the portal holds about ``actor``: title of the table → list of rows."""
    return personal.export(actor)


def farewell(actor):
    """What a deletion of the account takes and what it leaves, for the person to read first.

    Two lists: titles of what goes, and (title, reasons) of what stays. Tables
    that hold nothing of ``actor`` are left out.
    """
    goes, stays = [], []
    for entry in personal.entries():
        if not entry.rows(actor).exists():
            continue
        if entry.delete or entry.scrub:
            goes.append(str(entry.title))
        if entry.keep and not entry.delete:
            stays.append((str(entry.title), sorted({str(reason) for reason in entry.keep.values()})))
    return goes, stays
