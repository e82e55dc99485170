"""Which personal fields of barrier reports are kept, scrubbed and exported."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..core.personal import nameless, register
from .models import BarrierReport


def reports_of(actor):
    """The reports ``actor`` wrote, signed in or with the same address, where it is proven to be theirs."""
    theirs = Q(reporter_id=actor.pk)
    if actor.confirmed_at:
        theirs |= Q(email__iexact=actor.email)
    return BarrierReport.objects.filter(theirs).select_related("reporter")


def _nameless(field):
    """What replaces ``field``: the same text without the reporter's name and address."""

    def words(row):
        names = (row.reporter.email, row.reporter.display_name) if row.reporter else ()
        return nameless(getattr(row, field), row.email, *names)

    return words


register(
    BarrierReport,
    rows=reports_of,
    title=_("Barriers you reported"),
    scrub={"text": _nameless("text"), "answer": _nameless("answer"), "email": "", "reporter": None},
    keep={
        "page": _("The office must mend the barrier and be able to show that it answered."),
        "language": _("It names no person."),
    },
    export=("case__reference", "page", "text", "email", "language", "answer", "answer_due_on", "answered_at", "state"),
)
