"""The life of a group after it was founded: signs of life, rest, report, prolongation, end."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ...actors.queries import role_of
from ...core.authority import require
from ...core.clock import now, today
from ...core.errors import Outdated, Refusal
from ...core.markup import rendered
from ...events.cases import close_case
from ...events.kinds import Kind
from ...events.record import record
from ..models import Group, Membership, Prolongation
from ..queries import silent_since
from ..states import LIFECYCLE, MEMBERSHIP_LIFECYCLE, GroupState, MembershipState

SILENCE = timedelta(days=60)
THEN_THE_OFFICE = timedelta(days=14)


class NotLater(Refusal):
    """A prolongation leads on."""

    message = _("Please choose a last day after the present one, in the future, and a report not before it.")


class NoReason(Refusal):
    """What everybody may ask has an answer."""

    message = _("Please say in a few words why.")


class NoReport(Refusal):
    """A group does not end without a word."""

    message = _("Please write a closing report first: what was found out, what is recommended, what stays open.")


@transaction.atomic
def say_alive(group, *, by):
    """Say that ``group`` goes on working, since somebody asked. Raises Outdated where it is not active."""
    require(by, "participation.say_alive", group)
    rows = Group.objects.filter(pk=group.pk, state=GroupState.ACTIVE)
    if not rows.update(asked_at=None, told_at=None):
        raise Outdated
    record(Kind.GROUP_ALIVE, by=by, case=group.case, role=role_of(by), group=group.pk)


@transaction.atomic
def rest_group(group, *, by):
    """Let ``group`` rest: it leaves the front page, nobody expects anything. Raises WrongState, Outdated."""
    require(by, "participation.rest_group", group)
    LIFECYCLE.advance(group, GroupState.DORMANT, asked_at=None, told_at=None)
    record(Kind.GROUP_DORMANT, by=by, case=group.case, role=role_of(by), group=group.pk)


@transaction.atomic
def wake_group(group, *, by):
    """Let ``group`` work again. Raises WrongState, Outdated."""
    require(by, "participation.rest_group", group)
    if not group.is_dormant:
        raise Outdated
    LIFECYCLE.advance(group, GroupState.ACTIVE)
    record(Kind.GROUP_WOKE, by=by, case=group.case, role=role_of(by), group=group.pk)


@transaction.atomic
def begin_report(group, *, by):
    """The work is done: ``group`` writes its closing report. Raises WrongState, Outdated."""
    require(by, "participation.report_group", group)
    _begin_report(group, by=by)


@transaction.atomic
def draft_report(group, text, *, version, by):
    """Keep the words of the closing report, which only members and the office see. Raises Outdated."""
    require(by, "participation.report_group", group)
    rows = Group.objects.filter(pk=group.pk, version=version, state__in=[GroupState.REPORTING, GroupState.DORMANT])
    if not rows.update(report=text, report_html=rendered(text, links=True), version=version + 1, updated_at=now()):
        raise Outdated
    group.refresh_from_db()


@transaction.atomic
def prolong_group(group, *, ends_on, report_due_on, reason, by):
    """Let ``group`` go on until another day, for a reason that everybody may read.

    Raises NotLater, NoReason, WrongState, Outdated.
    """
    require(by, "participation.prolong_group", group)
    if not reason:
        raise NoReason
    if ends_on <= max(group.ends_on, today()) or report_due_on < ends_on:
        raise NotLater
    if not group.is_reporting:
        raise Outdated
    former = group.ends_on
    LIFECYCLE.advance(group, GroupState.ACTIVE, guard={"ends_on": former}, ends_on=ends_on, report_due_on=report_due_on)
    row = Prolongation.objects.create(
        group=group, former_ends_on=former, ends_on=ends_on, report_due_on=report_due_on, reason=reason, at=now(), by=by
    )
    record(Kind.GROUP_PROLONGED, by=by, case=group.case, role=role_of(by), group=group.pk, prolongation=row.pk)
    return row


@transaction.atomic
def close_group(group, report, *, version, by):
    """Publish the closing report; the group has done its work, and whoever waits is told.

    Raises NoReport, WrongState, Outdated where somebody else changed the report meanwhile.
    """
    require(by, "participation.close_group", group)
    if not report:
        raise NoReport
    LIFECYCLE.advance(
        group, GroupState.CLOSED, guard={"version": version}, report=report, report_html=rendered(report, links=True),
        closed_at=now(), version=version + 1,
    )  # fmt: skip
    _end_what_waits(group)
    close_case(group.case)
    record(Kind.GROUP_CLOSED, by=by, case=group.case, role=role_of(by), group=group.pk)


def ask_silent_groups():
    """Ask the coordination of groups in which nothing happened for 60 days, then the office; each once."""
    moment = now()
    silent = silent_since(moment - SILENCE).select_related("case")
    for group in silent.filter(Q(asked_at=None) | Q(asked_at__lt=F("stirred_at"))):
        _tell(group, Kind.GROUP_ASKED, {"asked_at": group.asked_at}, asked_at=moment, told_at=None)
    for group in silent.filter(asked_at__lt=moment - THEN_THE_OFFICE, asked_at__gt=F("stirred_at"), told_at=None):
        _tell(group, Kind.GROUP_SILENT, {"asked_at": group.asked_at, "told_at": None}, told_at=moment)


def begin_due_reports():
    """Let each active group whose time is over write its report."""
    for group in Group.objects.filter(state=GroupState.ACTIVE, ends_on__lt=today()).select_related("case"):
        try:
            with transaction.atomic():
                _begin_report(group, by=None)
        except Outdated:  # somebody prolonged, rested or closed it this moment
            continue


def _begin_report(group, *, by):
    LIFECYCLE.advance(group, GroupState.REPORTING, asked_at=None, told_at=None)
    record(Kind.GROUP_REPORTING, by=by, case=group.case, role=role_of(by) if by else "", group=group.pk)


@transaction.atomic
def _tell(group, kind, seen, **changes):
    if Group.objects.filter(pk=group.pk, state=GroupState.ACTIVE, **seen).update(**changes):
        record(kind, case=group.case, group=group.pk)


def _end_what_waits(group):
    rows = Membership.objects.filter(group=group)
    MEMBERSHIP_LIFECYCLE.advance_all(rows, MembershipState.INVITED, MembershipState.EXPIRED, email="", ended_at=now())
    for row in rows.filter(state=MembershipState.REQUESTED):
        MEMBERSHIP_LIFECYCLE.advance(row, MembershipState.REFUSED, answer_by=None, ended_at=now())
        record(Kind.MEMBERSHIP_REFUSED, case=group.case, membership=row.pk)
