"""Questions about outcomes."""

from collections import defaultdict

from django.db.models import Max

from ..attachments.models import Attachment
from ..attachments.states import FileState
from ..ideas.models import Idea
from .models import Outcome
from .states import OutcomeState

FEED = 20  # outcomes in a feed


def published():
    """The outcomes that everybody may read, with their cases; without an order."""
    return Outcome.objects.public().select_related("case")


def recent_outcomes(number=FEED):
    """The ``number`` outcomes that were published last, each with its ``picture``."""
    return with_pictures(published().order_by("-published_at", "-pk")[:number])


def pages_of_outcomes():
    """Outcomes with a page of their own: what is public, and what was withdrawn and says so."""
    rows = Outcome.objects.filter(state__in=[OutcomeState.PUBLISHED, OutcomeState.WITHDRAWN])
    return rows.select_related("case")


def with_pictures(outcomes):
    """``outcomes`` as a list, each with its ``picture`` (an Attachment that can be handed out) or None; one query."""
    rows = list(outcomes)
    found = pictures().filter(folder__in=[row.folder_id for row in rows if row.folder_id])
    by_folder = {picture.folder_id: picture for picture in found}
    for row in rows:
        row.picture = by_folder.get(row.folder_id)
    return rows


def whole(outcomes):
    """``outcomes`` as a list with ``picture`` and ``told_of``, the references of their public ideas; two queries."""
    rows, references = with_pictures(outcomes), defaultdict(list)
    links = Outcome.cases.through.objects.filter(outcome__in=rows, case__in=Idea.objects.public().values("case"))
    for outcome, reference in links.order_by("case__reference").values_list("outcome", "case__reference"):
        references[outcome].append(reference)
    for row in rows:
        row.told_of = references[row.pk]
    return rows


def pictures():
    """Pictures that can be handed out."""
    return Attachment.objects.filter(state=FileState.READY, kind=Attachment.Kind.PICTURE, hidden_at=None)


def pictures_for(*, in_office):
    """The pictures of outcomes: of what is public, for the office of all."""
    outcomes = Outcome.objects.all() if in_office else Outcome.objects.public()
    return pictures().filter(folder__in=outcomes.filter(folder__isnull=False).values("folder"))


def ideas_told_of(outcome):
    """The ideas that ``outcome`` tells of and that everybody may read, the first one first."""
    rows = Idea.objects.public().filter(case__in=outcome.cases.values("pk")).select_related("case", "field")
    return rows.order_by("submitted_at", "pk")


def out_of_sight(outcome):
    """The cases that ``outcome`` tells of but whose ideas not everybody may read now, so that no form names them."""
    return outcome.cases.exclude(pk__in=Idea.objects.public().values("case"))


def ideas_named(references):
    """Reference → public idea, for those of ``references`` that there are."""
    rows = Idea.objects.public().filter(case__reference__in=references).select_related("case")
    return {row.reference: row for row in rows}


def corrections_of(outcome):
    """The versions of ``outcome``, the oldest first."""
    return outcome.versions.order_by("number")


def last_change():
    """When something that was ever public, or its picture, changed last, or None."""
    found = pages_of_outcomes().aggregate(Max("updated_at"), Max("folder__changed_at"))
    return max((moment for moment in found.values() if moment), default=None)
