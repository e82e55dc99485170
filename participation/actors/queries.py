"""Questions about people and posts."""

from allauth.mfa.models import Authenticator
from django.conf import settings

from ..core.clock import today
from .models import Appointment, Post

OFFICE = frozenset({Post.MANAGER, Post.MODERATOR, Post.INTERN})


def posts_of(actor):
    """The posts ``actor`` holds today."""
    return set(Appointment.objects.running(today()).filter(actor=actor).values_list("post", flat=True))


def has_second_factor(actor):
    """Whether a TOTP app or a passkey protects the account; recovery codes alone do not count."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return Authenticator.objects.filter(user_id=actor.pk, type__in=kinds).exists()


def second_factor_missing(actor):
    """Whether a post is idle because its holder has no second factor; never on a loopback address."""
    return not settings.LOOPBACK and not has_second_factor(actor)


def shown_name(actor):
    """How ``actor`` is called in pages and letters."""
    return str(actor)
