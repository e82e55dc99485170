"""Which personal fields of outcomes are kept and scrubbed: what the office published stays, without who wrote it."""

from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _

from ..core.personal import register
from .models import Outcome, OutcomeVersion

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
            "id", "case", "slug", "title", "text", "html", "folder", "state", "version", "publish_at", "published_at",
            "corrected_at", "withdrawn_at", "withdrawn_reason", "created_at", "updated_at",
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
