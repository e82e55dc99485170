"""Finding a date: asked, answered, chosen or dropped; whoever forgets is reminded once."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ...actors.queries import role_of
from ...core.authority import require
from ...core.clock import now, today
from ...core.errors import Refusal
from ...events.kinds import Kind
from ...events.record import record
from ..meeting_states import POLL_LIFECYCLE, PollState
from ..poll_models import DateOption, DatePoll, DateVote
from .holding import hold
from .meeting import PLAN, InThePast, plan_meeting

ANSWER = "participation.answer_poll"
DOUBLE_CLICK = timedelta(minutes=1)
FEWEST = 2


class TooFew(Refusal):
    """One time is no choice."""

    message = _("Please propose at least two times.")


class NoReason(Refusal):
    """Whoever answered reads why."""

    message = _("Please say in a few words why no date is sought any more.")


class PollOver(Refusal):
    """The time for answers is over."""

    message = _("The time for answers is over, or a date was found. Nothing was changed.")


class NotOpen(Refusal):
    """A date was found, or is not sought any more."""

    message = _("A date was found already, or is not sought any more. Nothing was changed.")


@transaction.atomic
def open_poll(group, *, by, title, times, closes_on, place="", link=""):
    """Ask the members which of ``times`` (pairs of moments) suit them, until the end of ``closes_on``.

    The same title twice within a minute is one poll, which is returned. Raises Over, TooFew, InThePast.
    """
    require(by, PLAN, group)
    hold(group)
    times = sorted(set(times))
    if len(times) < FEWEST:
        raise TooFew
    moment = now()
    if times[0][0] <= moment or closes_on < today():
        raise InThePast
    recent = DatePoll.objects.filter(group=group, asked_by=by, created_at__gt=moment - DOUBLE_CLICK)
    if known := recent.filter(title=title, state=PollState.OPEN).first():
        return known
    poll = DatePoll.objects.create(
        group=group, title=title, place=place, link=link, closes_on=closes_on, asked_by=by, created_at=moment,
        updated_at=moment,
    )  # fmt: skip
    DateOption.objects.bulk_create(DateOption(poll=poll, starts_at=begin, ends_at=end) for begin, end in times)
    record(Kind.POLL_OPENED, by=by, case=group.case, role=role_of(by), poll=poll.pk)
    return poll


@transaction.atomic
def answer_poll(poll, answers, *, by):
    """Say how each time suits one: ``answers`` maps options to answers; another answer replaces the former one.

    Raises PollOver; the last word before the choice counts, one after it does not.
    """
    require(by, ANSWER, poll.group)
    moment = now()
    rows = DatePoll.objects.filter(pk=poll.pk, state=PollState.OPEN, closes_on__gte=today())
    if not rows.update(updated_at=moment):  # holds the poll, so that nothing is added to what was chosen from
        raise PollOver
    for option, answer in answers.items():
        said = {"answer": answer, "at": moment}
        DateVote.objects.update_or_create(option=option, actor=by, defaults=said)


@transaction.atomic
def choose_date(poll, option, *, by, agenda="", public=False):
    """Make ``option`` the meeting; its members are invited. Returns the Meeting.

    Raises Over, NotOpen, InThePast, Outdated where somebody else chose at the same moment.
    """
    require(by, PLAN, poll.group)
    hold(poll.group)
    if not poll.is_open:
        raise NotOpen
    meeting = plan_meeting(
        poll.group, by=by, title=poll.title, starts_at=option.starts_at, ends_at=option.ends_at, place=poll.place,
        link=poll.link, agenda=agenda, public=public,
    )  # fmt: skip
    POLL_LIFECYCLE.advance(poll, PollState.DECIDED, meeting=meeting)
    record(Kind.POLL_DECIDED, by=by, case=poll.group.case, role=role_of(by), poll=poll.pk, meeting=meeting.pk)
    return meeting


@transaction.atomic
def drop_poll(poll, because, *, by):
    """Seek no date any more, for a reason that the members read. Raises Over, NoReason, NotOpen, Outdated."""
    require(by, PLAN, poll.group)
    hold(poll.group)
    if not because:
        raise NoReason
    if not poll.is_open:
        raise NotOpen
    POLL_LIFECYCLE.advance(poll, PollState.DROPPED, dropped_because=because)
    record(Kind.POLL_DROPPED, by=by, case=poll.group.case, role=role_of(by), poll=poll.pk)


def look_after_polls():
    """The day before answers end whoever gave none is reminded; the day after, the coordination; each once."""
    open_ones = DatePoll.objects.open().select_related("group__case")
    for poll in open_ones.filter(closes_on=today() + timedelta(days=1), reminded_at=None):
        _tell(poll, Kind.POLL_CLOSING, "reminded_at")
    for poll in open_ones.filter(closes_on__lt=today(), told_at=None):
        _tell(poll, Kind.POLL_DUE, "told_at")


@transaction.atomic
def _tell(poll, kind, mark):
    if DatePoll.objects.filter(pk=poll.pk, state=PollState.OPEN, **{mark: None}).update(**{mark: now()}):
        record(kind, case=poll.group.case, poll=poll.pk)
