"""What people do with their account, and what the office does with its posts."""

from contextlib import suppress
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ..core import personal
from ..core.authority import require
from ..core.clock import now, today
from ..core.errors import Outdated, Refusal, WrongState
from ..events.kinds import Kind
from ..events.record import record
from .models import Actor, Appointment, Consent, Post
from .queries import data_of, managers_staying, terms_version, unconfirmed
from .sessions import end_sessions

BATCH = 200
PROFILE = ("display_name", "municipality", "organisation", "skills", "offers", "visible_to", "language")


class AlreadyAppointed(Refusal):
    """The person holds the post in that time already."""

    message = _("This person already holds this post in that time. Nothing was changed.")


class NotConfirmed(Refusal):
    """The account was never confirmed, or is gone."""

    message = _("Only people with a confirmed account can hold a post.")


class HoldsAPost(Refusal):
    """Whoever holds a post is first relieved of it."""

    message = _("This person holds a post. Please end it first; then the account can be blocked.")


class LastManager(Refusal):
    """Without this appointment nobody could enter the office."""

    message = _("This is the last manager. Please appoint a successor first; nothing was changed.")


@transaction.atomic
def register_actor(email, password, *, display_name, municipality=None, language=Actor.Language.DE, registration=None):
    """Make an account whose address is yet to be confirmed; the person agreed to the terms and is old enough.

    ``registration`` names the opening of the form, so that a double click is known as one.
    """
    actor = Actor.objects.create_user(
        email, password, display_name=display_name, municipality=municipality, language=language,
        registration=registration,
    )  # fmt: skip
    _agree(actor, Consent.Purpose.TERMS, terms_version())
    _agree(actor, Consent.Purpose.AGE, settings.MINIMUM_AGE)
    record(Kind.ACTOR_REGISTERED, by=actor)
    return actor


@transaction.atomic
def confirm_actor(actor):
    """Write down that the person behind ``actor`` reads the mailbox; the first time counts."""
    if Actor.objects.filter(pk=actor.pk, confirmed_at=None).update(confirmed_at=now()):
        actor.refresh_from_db(fields=["confirmed_at"])
        record(Kind.ACTOR_CONFIRMED, by=actor)
    return actor


@transaction.atomic
def edit_profile(actor, *, by, interests=None, **profile):
    """Change what ``actor`` says about themselves; ``profile`` are fields of PROFILE."""
    require(by, "participation.edit_profile", actor)
    if unknown := profile.keys() - set(PROFILE):
        raise TypeError(f"no fields of a profile: {', '.join(sorted(unknown))}")
    _hold(actor)
    if profile:
        Actor.objects.filter(pk=actor.pk).update(**profile)
        actor.refresh_from_db(fields=list(profile))
    if interests is not None:
        actor.interests.set(interests)
    return actor


def _hold(actor):
    """Hold the row until the transaction ends, so that nothing is added to an account that is just being deleted.

    Raises Outdated where it is deleted already.
    """
    if not Actor.objects.filter(pk=actor.pk, is_active=True).update(is_active=True):
        raise Outdated


@transaction.atomic
def accept_terms(actor, *, by):
    """Agree to the terms of use in force; a second time changes nothing."""
    require(by, "participation.accept_terms", actor)
    consent, fresh = _agree(actor, Consent.Purpose.TERMS, terms_version())
    if fresh:
        record(Kind.TERMS_ACCEPTED, by=by, version=consent.version)
    return consent


def _agree(actor, purpose, version):
    return Consent.objects.get_or_create(actor=actor, purpose=purpose, version=version, defaults={"given_at": now()})


@transaction.atomic
def appoint(actor, post, *, by, since, until=None, municipality=None):
    """Give ``actor`` a post from ``since`` until ``until`` (both days count), or until further notice."""
    require(by, "participation.appoint", actor)
    if not Actor.objects.present().filter(pk=actor.pk).exists():
        raise NotConfirmed
    _hold(actor)  # two offices at once wait for each other
    same = Appointment.objects.filter(actor=actor, post=post, municipality=municipality)
    if same.overlapping(since, until).exists():
        raise AlreadyAppointed
    return _fill(actor, post, by=by, since=since, until=until, municipality=municipality)


@transaction.atomic
def appoint_first_manager(actor):
    """Give ``actor`` the manager's post from today on; for the command that opens an office."""
    return _fill(actor, Post.MANAGER, by=None, since=today())


def _fill(actor, post, *, by, **times):
    appointment = Appointment.objects.create(actor=actor, post=post, **times)
    record(Kind.APPOINTMENT_MADE, by=by, appointment=appointment.pk, actor=actor.pk, post=post)
    return appointment


@transaction.atomic
def end_appointment(appointment, *, by):
    """End an appointment with today as its last day; one that has not begun is taken back (it never runs).

    Raises LastManager, WrongState where it has ended, Outdated where somebody else was faster.
    """
    require(by, "participation.appoint", appointment)
    if appointment.until is not None and appointment.until <= today():
        raise WrongState
    _keep_a_manager([appointment])
    _end(appointment, by=by)
    appointment.refresh_from_db()
    return appointment


def _end(appointment, *, by):
    before = today() - timedelta(days=1)
    days = {"since": before, "until": before} if appointment.since > today() else {"until": today()}
    if not Appointment.objects.filter(pk=appointment.pk, until=appointment.until).update(**days):
        raise Outdated
    record(
        Kind.APPOINTMENT_ENDED, by=by,
        appointment=appointment.pk, actor=appointment.actor_id, post=appointment.post,
    )  # fmt: skip


def _keep_a_manager(ending):
    """Refuse where no manager would be left after ``ending``."""
    if not any(row.post == Post.MANAGER and row.since <= today() for row in ending):
        return
    _one_after_the_other()
    if not managers_staying(today()).exclude(pk__in=[row.pk for row in ending]).exists():
        raise LastManager


def _one_after_the_other():
    """Make managers who leave at the same moment wait for each other: this UPDATE holds the second at one row."""
    first = Appointment.objects.filter(post=Post.MANAGER).order_by("pk").values("pk")[:1]
    Appointment.objects.filter(pk=first).update(post=Post.MANAGER)


@transaction.atomic
def export_data(actor, *, by):
    """Everything the portal holds about ``actor``, as plain values."""
    require(by, "participation.export_data", actor)
    return data_of(actor)


@transaction.atomic
def erase_actor(actor, *, by):
    """Delete the account: posts end, personal data go, an empty row stays behind what is public.

    Raises LastManager for the only one who could appoint a successor.
    """
    require(by, "participation.erase_actor", actor)
    _hold(actor)
    ending = list(Appointment.objects.filter(actor=actor).overlapping(today() + timedelta(days=1), None))
    _keep_a_manager(ending)
    for appointment in ending:
        _end(appointment, by=by)
    end_sessions(actor)
    personal.erase(actor)
    record(Kind.ACTOR_ERASED, by=by)


def block(actor):
    """Keep ``actor`` out: nobody signs in, every session ends. The caller has asked for the right, in its transaction.

    Raises HoldsAPost, and Outdated where the account is blocked or gone already.
    """
    moment = now()
    if not Actor.objects.filter(pk=actor.pk, is_active=True).update(is_active=False, blocked_at=moment):
        raise Outdated
    if Appointment.objects.filter(actor=actor).overlapping(today() + timedelta(days=1), None).exists():
        raise HoldsAPost
    actor.is_active, actor.blocked_at = False, moment
    end_sessions(actor)


def unblock(actor):
    """Let ``actor`` in again. Raises Outdated where the account is not blocked."""
    blocked = Actor.objects.filter(pk=actor.pk, erased_at=None).exclude(blocked_at=None)
    if not blocked.update(is_active=True, blocked_at=None):
        raise Outdated
    actor.is_active, actor.blocked_at = True, None


@transaction.atomic
def release_address(address):
    """Remove accounts that claim the mailbox of ``address`` but never confirmed it; its reader just did."""
    for actor in Actor.objects.filter(email=address.email, confirmed_at=None).exclude(pk=address.user_id):
        _remove(actor)


def purge_unconfirmed(*, limit=BATCH):
    """Remove up to ``limit`` accounts that were not confirmed in time; returns how many."""
    removed = 0
    for actor in unconfirmed(settings.UNCONFIRMED_DAYS)[:limit]:
        with suppress(Outdated), transaction.atomic():
            _remove(actor)
            removed += 1
    return removed


def _remove(actor):
    """Remove the row of somebody who never confirmed, whole. Raises Outdated if they did meanwhile."""
    if not Actor.objects.filter(pk=actor.pk, confirmed_at=None).update(is_active=False):
        raise Outdated
    if EmailAddress.objects.filter(user_id=actor.pk, verified=True).exists():
        raise Outdated
    personal.erase(actor)
    Consent.objects.filter(actor=actor).delete()
    Actor.objects.filter(pk=actor.pk).delete()
