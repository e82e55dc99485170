"""Outcomes wait for release, become public at once or at a set time, and may be withdrawn; never without a word."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ...actors.queries import role_of
from ...core.authority import require
from ...core.clock import now
from ...core.errors import Outdated, Refusal
from ...core.slugs import free_slug
from ...events.cases import conceal_case, move_case, open_case
from ...events.kinds import CaseKind, Kind
from ...events.record import record
from ..models import Outcome
from ..queries import ideas_told_of
from ..states import LIFECYCLE, OutcomeState
from .links import link, links_of, unlink
from .writing import PREPARE, PUBLISH, keep_version

SERIES = "E"
LATEST = timedelta(days=366)


class NotAhead(Refusal):
    """The time is past, or too far away to be meant."""

    message = _("Please choose a time that lies ahead, within a year.")


class NoReason(Refusal):
    """What was public does not go without a word."""

    message = _("Please say why the outcome is withdrawn. It stands on its page.")


@transaction.atomic
def offer_outcome(outcome, *, version, by):
    """Ask those who may publish to release a draft; asked for already, nothing happens.

    Raises Outdated where it was changed or released meanwhile.
    """
    require(by, PREPARE, outcome)
    rows, moment = Outcome.objects.filter(pk=outcome.pk, state=OutcomeState.DRAFT, version=version), now()
    if rows.filter(offered_at=None).update(offered_at=moment, updated_at=moment):
        record(Kind.OUTCOME_OFFERED, by=by, role=role_of(by), outcome=outcome.pk, version=version)
    elif not rows.exists():
        raise Outdated


@transaction.atomic
def publish_outcome(outcome, *, version, by):
    """Show the outcome to everybody, now. Raises WrongState, Outdated where it was changed meanwhile."""
    require(by, PUBLISH, outcome)
    _publish(outcome, version=version, by=by)


@transaction.atomic
def schedule_outcome(outcome, at, *, version, by):
    """Let the outcome be published at the moment ``at``. Raises NotAhead, WrongState, Outdated."""
    require(by, PUBLISH, outcome)
    if not now() < at <= now() + LATEST:
        raise NotAhead
    LIFECYCLE.advance(
        outcome, OutcomeState.SCHEDULED, guard={"version": version}, publish_at=at, offered_at=None, released_by=by
    )
    record(Kind.OUTCOME_SCHEDULED, by=by, role=role_of(by), outcome=outcome.pk)


@transaction.atomic
def unschedule_outcome(outcome, *, by):
    """Make a draft of it again: it is not published by itself. Raises WrongState, Outdated."""
    require(by, PUBLISH, outcome)
    LIFECYCLE.advance(outcome, OutcomeState.DRAFT, publish_at=None, released_by=None)
    record(Kind.OUTCOME_UNSCHEDULED, by=by, role=role_of(by), outcome=outcome.pk)


@transaction.atomic
def withdraw_outcome(outcome, *, reason, by):
    """Take back what was public; its page says so and why. Raises NoReason, WrongState, Outdated."""
    require(by, PUBLISH, outcome)
    if not reason:
        raise NoReason
    LIFECYCLE.advance(outcome, OutcomeState.WITHDRAWN, withdrawn_at=now(), withdrawn_reason=reason)
    unlink(outcome, links_of(outcome), actor=by)
    conceal_case(outcome.case)
    record(Kind.OUTCOME_WITHDRAWN, by=by, case=outcome.case, role=role_of(by), outcome=outcome.pk)


def publish_due():
    """Publish each outcome whose time has come, once, however many workers try; returns how many this one published."""
    return sum(_publish_in_time(outcome) for outcome in Outcome.objects.due().order_by("publish_at", "pk"))


def _publish_in_time(outcome):
    try:
        with transaction.atomic():
            _publish(outcome, version=outcome.version, by=outcome.released_by)
    except Outdated:  # another worker was faster, or the office changed its mind
        return False
    return True


def _publish(outcome, *, version, by):
    case = open_case(CaseKind.OUTCOME, title=outcome.title, path="", series=SERIES, public=True)
    slug = free_slug(Outcome, outcome.title)  # nobody takes it meanwhile: the reference's counter is ours until the end
    LIFECYCLE.advance(
        outcome, OutcomeState.PUBLISHED, guard={"version": version}, version=1, case=case, slug=slug, publish_at=None,
        offered_at=None, published_at=now(), released_by=by,
    )  # fmt: skip
    move_case(case, reverse("outcome", args=[slug]))
    keep_version(outcome, actor=by)
    link(outcome, [idea.case for idea in ideas_told_of(outcome)], actor=by)
    record(Kind.OUTCOME_PUBLISHED, by=by, case=case, role=role_of(by) if by else "", outcome=outcome.pk)
