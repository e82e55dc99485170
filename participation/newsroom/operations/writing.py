"""Writing outcomes: drafts that only the office sees, and corrections of what is public."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ...actors.queries import role_of
from ...core.authority import require
from ...core.clock import now
from ...core.errors import Outdated, Refusal
from ...core.markup import rendered
from ...events.cases import retitle_case
from ...events.kinds import Kind
from ...events.record import record
from ..models import Outcome, OutcomeVersion
from ..queries import out_of_sight
from ..states import OutcomeState
from . import pictures
from .links import link, links_of, unlink

PREPARE = "participation.prepare_outcomes"
PUBLISH = "participation.publish_outcomes"
DOUBLE_CLICK = timedelta(minutes=1)


class NothingSaid(Refusal):
    """A correction says what it corrects."""

    message = _("Please say in a few words what you corrected. Everybody who reads the outcome sees it.")


def begin_outcome(*, by, title, text, cases=(), upload=None, alt=""):
    """Keep the first words of an outcome; ``cases`` are those it tells of. Raises NotDescribed, NoRoom.

    The same words twice within a minute are one draft, which is returned.
    """
    require(by, PREPARE)
    drafts = Outcome.objects.filter(author=by, state=OutcomeState.DRAFT, title=title, text=text)
    if known := drafts.filter(created_at__gt=now() - DOUBLE_CLICK).first():
        return known
    kept, moment = pictures.keep(upload, alt), now()
    with transaction.atomic():
        outcome = Outcome.objects.create(author=by, created_at=moment, updated_at=moment, **_said(title, text))
        outcome.cases.set(cases)
        pictures.put(outcome, kept, alt=alt, drop=False, owner=by)
    return outcome


def change_outcome(outcome, *, version, by, title, text, cases=(), upload=None, alt="", drop=False):
    """Change a draft; with ``drop`` its picture goes. What nobody read as it is now no longer waits for release.

    Of ideas that not everybody may read now it goes on telling, whatever ``cases`` says.

    Raises Outdated where it was changed or released meanwhile.
    """
    require(by, PREPARE, outcome)
    kept = pictures.keep(upload, alt)
    with transaction.atomic():
        rows = Outcome.objects.filter(pk=outcome.pk, state=OutcomeState.DRAFT, version=version)
        _write(outcome, rows, version=version, title=title, text=text, offered_at=None)
        outcome.cases.set({*cases, *out_of_sight(outcome)})
        pictures.put(outcome, kept, alt=alt, drop=drop, owner=by)
    return outcome


def correct_outcome(outcome, *, version, note, by, title, text, cases=(), upload=None, alt="", drop=False):
    """Put a new version of what is public in place; ``note`` tells everybody what was corrected.

    Raises NothingSaid, Outdated where it was corrected or withdrawn meanwhile.
    """
    require(by, PUBLISH, outcome)
    if not note:
        raise NothingSaid
    kept = pictures.keep(upload, alt)
    with transaction.atomic():
        rows = Outcome.objects.filter(pk=outcome.pk, state=OutcomeState.PUBLISHED, version=version)
        _write(outcome, rows, version=version, title=title, text=text, corrected_at=now())
        keep_version(outcome, actor=by, note=note)
        retitle_case(outcome.case, title)
        _link_anew(outcome, cases, actor=by)
        pictures.put(outcome, kept, alt=alt, drop=drop, owner=by)
        record(
            Kind.OUTCOME_CORRECTED, by=by, case=outcome.case, role=role_of(by), outcome=outcome.pk, version=version + 1
        )
    return outcome


@transaction.atomic
def discard_outcome(outcome, *, version, by):
    """Throw a draft away, whole. Raises Outdated where it was changed or released meanwhile."""
    require(by, PREPARE, outcome)
    rows = Outcome.objects.filter(pk=outcome.pk, state=OutcomeState.DRAFT, version=version)
    if not rows.update(updated_at=now()):
        raise Outdated
    outcome.cases.clear()
    rows.delete()


def keep_version(outcome, *, actor, note=""):
    """Write down the words of ``outcome`` as they are public from now on."""
    OutcomeVersion.objects.create(
        outcome=outcome, number=outcome.version, title=outcome.title, text=outcome.text, note=note, by=actor, at=now()
    )


def _write(outcome, rows, *, version, title, text, **changes):
    """One UPDATE guarded by what the person saw. Raises Outdated."""
    if not rows.update(**_said(title, text), version=version + 1, updated_at=now(), **changes):
        raise Outdated
    outcome.refresh_from_db()


def _said(title, text):
    return {"title": title, "text": text, "html": rendered(text, links=True)}


def _link_anew(outcome, cases, *, actor):
    """Let ``outcome`` tell of ``cases`` instead of those before; what is out of sight stays as it is."""
    before, after, staying = set(links_of(outcome)), set(cases), set(out_of_sight(outcome))
    outcome.cases.set(after | staying)
    unlink(outcome, before - after - staying, actor=actor)
    link(outcome, after - before, actor=actor)
