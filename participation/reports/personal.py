"""Which personal fields of reports, statements and objections are kept, scrubbed and exported."""

from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _

from ..core.personal import nameless, register
from .models import Objection, Report, Statement

PROOF = _("The office must be able to show what it decided and why; it no longer names you.")


def reports_of(actor):
    """The reports ``actor`` wrote, signed in or with the same address, where it is proven to be theirs."""
    theirs = Q(reporter_id=actor.pk)
    if actor.confirmed_at:
        theirs |= Q(email__iexact=actor.email)
    names = {"leaver_name": Value(actor.display_name), "leaver_email": Value(actor.email)}
    return Report.objects.filter(theirs).annotate(**names)


def objections_of(actor):
    """The objections that ``actor`` made."""
    return Objection.objects.filter(statement__addressee_id=actor.pk).select_related("statement__addressee")


def _of_reporter(field):
    return lambda row: nameless(getattr(row, field), row.email, row.name, row.leaver_email, row.leaver_name)


def _of_person(field, person):
    def words(row):
        actor = person(row)
        return nameless(getattr(row, field), actor.email, actor.display_name)

    return words


# Objections first: they find their person through the statement.
register(
    Objection,
    rows=objections_of,
    title=_("Your objections"),
    scrub={name: _of_person(name, lambda row: row.statement.addressee) for name in ("text", "answer")},
    keep=dict.fromkeys(("id", "case", "statement", "state", "decided_at", "decided_by"), PROOF),
    export=("case__reference", "text", "state", "answer", "decided_at"),
)
register(
    Statement,
    rows=lambda actor: Statement.objects.filter(addressee_id=actor.pk).select_related("addressee"),
    title=_("Decisions about what you wrote and about your account"),
    scrub={name: _of_person(name, lambda row: row.addressee) for name in ("facts", "lifted_because")},
    keep=dict.fromkeys(
        (
            "id", "kind", "idea", "comment", "attachment", "profile", "measure", "addressee", "reason", "rule",
            "was_reported", "at", "by", "state", "lifted_at",
        ),
        PROOF,
    ),
    export=("kind", "measure", "idea__case__reference", "reason", "facts", "rule", "at", "lifted_at", "lifted_because"),
)  # fmt: skip
register(
    Report,
    rows=reports_of,
    title=_("What you reported"),
    scrub={
        "text": _of_reporter("text"), "answer": _of_reporter("answer"), "name": "", "email": "", "reporter": None,
    },
    keep=dict.fromkeys(
        (
            "id", "case", "kind", "idea", "comment", "attachment", "profile", "page", "reason", "language",
            "submission", "state", "decided_at", "decided_by", "statement",
        ),
        PROOF,
    ),
    export=("case__reference", "page", "reason", "text", "name", "email", "state", "answer", "decided_at"),
)  # fmt: skip
