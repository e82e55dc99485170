"""Which personal fields of outcomes are kept and scrubbed: what the office published stays, without who wrote it."""

from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _

from ..core.personal import register
from .models import Outcome, OutcomeVersion
from .newsletter_models import Issue, NewsletterConsent, Subscription

OFFICE_RECORD = _("What the office published stays in the record; it no longer names you.")


def _unless_theirs(field):
    """What replaces the person in ``field``: nobody, unless it is another person than the one who leaves."""
    return lambda row: None if getattr(row, field) == row.whose else getattr(row, field)


def _written(actor):
    """Outcomes that ``actor`` wrote or released."""
    theirs = Q(author_id=actor.pk) | Q(released_by_id=actor.pk)
    return Outcome.objects.filter(theirs).annotate(whose=Value(actor.pk))


register(
    Outcome,
    rows=_written,
    title=_("Outcomes you wrote or published in your post"),
    scrub={"author": _unless_theirs("author_id"), "released_by": _unless_theirs("released_by_id")},
    keep=dict.fromkeys(
        (
            "id", "case", "slug", "title", "text", "html", "folder", "state", "version", "offered_at", "publish_at",
            "published_at", "corrected_at", "withdrawn_at", "withdrawn_reason", "created_at", "updated_at",
        ),
        OFFICE_RECORD,
    ),
    export=("title", "text", "state", "created_at", "published_at"),
)  # fmt: skip
register(
    OutcomeVersion,
    rows=lambda actor: OutcomeVersion.objects.filter(by_id=actor.pk),
    title=_("Corrections of outcomes you made in your post"),
    scrub={"by": None},
    keep=dict.fromkeys(("id", "outcome", "number", "title", "text", "note", "at"), OFFICE_RECORD),
    export=("outcome__title", "number", "note", "at"),
)
register(
    Issue,
    rows=lambda actor: Issue.objects.filter(Q(author_id=actor.pk) | Q(sent_by_id=actor.pk)).annotate(
        whose=Value(actor.pk)
    ),
    title=_("Issues of the newsletter you put together or sent in your post"),
    scrub={"author": _unless_theirs("author_id"), "sent_by": _unless_theirs("sent_by_id")},
    keep=dict.fromkeys(
        ("id", "number", "subject", "intro", "html", "state", "version", "sent_at", "created_at", "updated_at"),
        OFFICE_RECORD,
    ),
    export=("number", "subject", "sent_at"),
)


def _subscriptions(actor):
    """The subscription of the proven address of ``actor``."""
    return Subscription.objects.at(actor.email) if actor.confirmed_at else Subscription.objects.none()


# The proof goes with the address: nobody is written to any more.
register(
    NewsletterConsent,
    rows=lambda actor: NewsletterConsent.objects.filter(subscription__in=_subscriptions(actor).values("pk")),
    title=_("What you agreed to about the newsletter"),
    delete=True,
    export=("deed", "wording", "version", "at"),
)
register(
    Subscription,
    rows=_subscriptions,
    title=_("The newsletter at your address"),
    delete=True,
    export=("email", "language", "state", "asked_at", "confirmed_at", "ended_at"),
)
