"""What letters about the office's own work say: which answers are overdue or due soon, and what waits for release."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from participation.core.web import absolute
from participation.events.kinds import CaseKind
from participation.newsroom.models import Outcome
from participation.promises.queries import overdue_promises, promises_due_soon

from .unwanted import Unwanted

MOST_LISTED = 50


def overdue(delivery):
    """For managers: which promised answers are overdue, the oldest first, and which are due soon."""
    late = _listed(overdue_promises())
    if not late["count"]:
        raise Unwanted(gettext_noop("no promise is overdue any more"))
    return {
        **_frame(delivery, late, _listed(promises_due_soon())),
        "reason": _("You receive this letter because you manage the alliance."),
    }


def due(delivery):
    """For the office: the same, also on days when nothing is overdue yet."""
    late, soon = _listed(overdue_promises()), _listed(promises_due_soon())
    if not (late["count"] or soon["count"]):
        raise Unwanted(gettext_noop("no promise is due soon any more"))
    return {
        **_frame(delivery, late, soon),
        "reason": _("You receive this letter because you hold a post of the office."),
    }


def to_release(delivery):
    """For whoever may publish: a draft whose release was asked for, as long as it stands as it was then."""
    event = delivery.event
    outcome = Outcome.objects.offered().filter(pk=event.facts["outcome"], version=event.facts["version"]).first()
    if outcome is None:
        raise Unwanted(gettext_noop("the outcome no longer waits for release"))
    return {
        "name": delivery.recipient.display_name if delivery.recipient else "",
        "outcome": outcome,
        "person": str(event.by or _("Somebody")),
        "url": absolute(reverse("office_outcome", args=[outcome.pk])),
        "reason": _("You receive this letter because you hold a post of the office."),
    }


def page_in_office(case):
    """The office's page of a case."""
    return reverse("office_idea", args=[case.reference]) if case.kind == CaseKind.IDEA else case.path


def _frame(delivery, late, soon):
    return {
        "name": delivery.recipient.display_name if delivery.recipient else "",
        "late": late,
        "soon": soon,
        "url": absolute(reverse("office_ideas")),
    }


def _listed(rows):
    """The first of the promises ``rows``, how many there are, and how many are not listed."""
    count = rows.count()
    promises = [
        {
            "reference": row.case.reference,
            "title": row.case.title,
            "due_at": row.due_at,
            "url": absolute(page_in_office(row.case)),
        }
        for row in rows[:MOST_LISTED]
    ]
    return {"promises": promises, "count": count, "more": count - len(promises)}
