"""Opening and closing cases, and the references people quote."""

from django.db.models import F
from django.utils import timezone

from ..core.clock import now
from ..core.errors import Outdated
from .models import Case, CaseLink, ReferenceCounter


def next_reference(series=""):
    """The next reference of a series, ``2026-0042`` or ``B-2026-0042``; call it inside a transaction.

    The year is Europe/Berlin's. The counter's row is locked by the UPDATE until
    the transaction ends, so no number is given twice.
    """
    year = timezone.localtime(now()).year
    ReferenceCounter.objects.get_or_create(series=series, year=year)
    rows = ReferenceCounter.objects.filter(series=series, year=year)
    rows.update(last=F("last") + 1)
    number = rows.values_list("last", flat=True).get()
    return f"{series + '-' if series else ''}{year}-{number:04d}"


def open_case(kind, *, title, path, series="", public=False, owner=None):
    """Open a case of ``owner`` (None: nobody's) and give it a reference. ``path`` may hold ``{reference}``."""
    reference = next_reference(series)
    return Case.objects.create(
        kind=kind, title=title, path=path.format(reference=reference), reference=reference,
        public=public, owner=owner, opened_at=now(),
    )  # fmt: skip


def close_case(case):
    """Close ``case`` now. Raises Outdated if it is closed already."""
    if not Case.objects.filter(pk=case.pk, closed_at=None).update(closed_at=now()):
        raise Outdated


def reopen_case(case):
    """Open ``case`` again. Raises Outdated if it is open already."""
    if not Case.objects.filter(pk=case.pk).exclude(closed_at=None).update(closed_at=None):
        raise Outdated


def publish_case(case):
    """Let everybody see the way of ``case`` from now on."""
    Case.objects.filter(pk=case.pk).update(public=True)
    case.public = True


def retitle_case(case, title):
    """Give ``case`` the title that its thing has now."""
    Case.objects.filter(pk=case.pk).update(title=title)
    case.title = title


def link_cases(source, target, kind):
    """Say how ``source`` stands to ``target``, see CaseLink."""
    CaseLink.objects.create(source=source, target=target, kind=kind)


def unlink_cases(source, target, kind):
    """That is no longer so."""
    CaseLink.objects.filter(source=source, target=target, kind=kind).delete()


def move_case(case, path):
    """The thing of ``case`` stands at ``path`` from now on."""
    Case.objects.filter(pk=case.pk).update(path=path)
    case.path = path


def conceal_case(case):
    """Nobody but the office sees the way of ``case`` any more."""
    Case.objects.filter(pk=case.pk).update(public=False)
    case.public = False
