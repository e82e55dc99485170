"""Which personal fields of this slice, of the floors below and of allauth are kept, scrubbed and exported."""

from uuid import uuid4

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext_lazy as _

from ..core.clock import now
from ..core.models import PendingDraft
from ..core.personal import register
from ..events.models import Event
from .models import Actor, Appointment, Consent

NUMBERS = _("The day stays, so that the numbers of past years remain right; it no longer leads to you.")
PROOF = _("The law asks for proof that the terms were accepted; it no longer names you.")
RECORD = _("It remains visible that the post was filled, by “former actor”.")
HISTORY = _("It remains visible what happened and when, done by “former actor”.")
DECISIONS = _("That the office hid the profile or blocked the account stays known; it no longer names you.")
EMPTY = _("An empty row without a name, so that nothing else breaks.")

register(
    Actor,
    rows=lambda actor: Actor.objects.filter(pk=actor.pk),
    title=_("Account and profile"),
    scrub={
        "email": lambda row: f"erased-{uuid4().hex}@invalid.example",
        "password": lambda row: make_password(None),
        "last_login": None,
        "display_name": "",
        "municipality": None,
        "organisation": "",
        "skills": "",
        "offers": "",
        "visible_to": Actor.Visibility.OFFICE,
        "language": Actor.Language.DE,
        "is_active": False,
        "is_staff": False,
        "is_superuser": False,
        "registration": None,
        "erased_at": lambda row: now(),
    },
    keep={
        "id": EMPTY, "joined_at": NUMBERS, "confirmed_at": NUMBERS,
        **dict.fromkeys(("hidden_at", "hidden_reason", "blocked_at"), DECISIONS),
    },
    export=(
        "email", "display_name", "municipality__name", "organisation", "skills", "offers", "visible_to", "language",
        "joined_at", "confirmed_at", "last_login",
    ),
)  # fmt: skip
register(
    Actor.interests.through,
    rows=lambda actor: Actor.interests.through.objects.filter(actor=actor),
    title=_("Interests"),
    delete=True,
    export=("fieldofaction__name",),
)
register(
    Actor.groups.through,
    rows=lambda actor: Actor.groups.through.objects.filter(actor=actor),
    title=_("Rights in Django's admin"),
    delete=True,
)
register(
    Actor.user_permissions.through,
    rows=lambda actor: Actor.user_permissions.through.objects.filter(actor=actor),
    title=_("Rights in Django's admin"),
    delete=True,
)
register(
    EmailAddress,
    rows=lambda actor: EmailAddress.objects.filter(user_id=actor.pk),
    title=_("E-mail addresses"),
    delete=True,
    export=("email", "verified", "primary"),
)
register(
    Authenticator,
    rows=lambda actor: Authenticator.objects.filter(user_id=actor.pk),
    title=_("Second factors"),
    delete=True,
    export=("type", "created_at", "last_used_at"),
)
register(
    UserSession,
    rows=lambda actor: UserSession.objects.filter(user_id=actor.pk),
    title=_("Sessions with browser and network address"),
    delete=True,
    export=("ip", "user_agent", "created_at", "last_seen_at"),
)
register(
    PendingDraft,
    rows=lambda actor: PendingDraft.objects.filter(actor_id=actor.pk),
    title=_("Unsent forms"),
    delete=True,
    export=("path", "fields", "created_at"),
)
register(
    Consent,
    rows=lambda actor: Consent.objects.filter(actor=actor),
    title=_("Agreements"),
    keep=dict.fromkeys(("id", "actor", "purpose", "version", "given_at"), PROOF),
    export=("purpose", "version", "given_at"),
)
register(
    Appointment,
    rows=lambda actor: Appointment.objects.filter(actor=actor),
    title=_("Posts"),
    keep=dict.fromkeys(("id", "actor", "post", "municipality", "since", "until"), RECORD),
    export=("post", "municipality__name", "since", "until"),
)
register(
    Event,
    rows=lambda actor: Event.objects.filter(by_id=actor.pk),
    title=_("What you did in the portal"),
    keep=dict.fromkeys(("id", "kind", "case", "at", "by", "role", "facts", "demonstration"), HISTORY),
    export=("kind", "case__reference", "at", "role"),
)
register(
    LogEntry,
    rows=lambda actor: LogEntry.objects.filter(user_id=actor.pk),
    title=_("Entries of Django's admin"),
    delete=True,
    export=("action_time", "object_repr"),
)
