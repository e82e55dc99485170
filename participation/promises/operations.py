"""What becomes of promises: made, fulfilled, released, put off; and who follows a case.

Making, fulfilling and releasing belong to the step of the case that causes
them: the caller has asked for the right to that step, in its transaction.
"""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..core.authority import require
from ..core.clock import now
from ..core.errors import Outdated, Refusal
from ..events.kinds import Kind
from ..events.models import Event
from ..events.record import record
from .calendar import due_moment, end_of
from .models import Extension, Follow, Promise
from .queries import promises_due_soon


class NotLater(Refusal):
    """The new day is not later than the promised one."""

    message = _("Please choose a day after the one that was promised. Nothing was changed.")


def make_promise(case, subject, working_days):
    """Promise an answer within so many working days; raises IntegrityError where an open promise stands."""
    moment = now()
    return Promise.objects.create(
        case=case, subject=subject, made_at=moment, due_at=due_moment(moment, working_days)
    )  # fmt: skip


def fulfil(case):
    """The answer is written: the open promise of ``case`` is fulfilled. Raises Outdated where none is open."""
    if not Promise.objects.open().filter(case=case).update(fulfilled_at=now()):
        raise Outdated


def release(case):
    """Nobody waits any more: the open promise of ``case``, if there is one, ends uncounted."""
    Promise.objects.open().filter(case=case).update(released_at=now())


def reopen(case):
    """The answer was taken back: the last promise of ``case`` is open again, and due when it was.

    Raises Outdated where none was fulfilled.
    """
    last = Promise.objects.filter(case=case).exclude(fulfilled_at=None).order_by("-made_at", "-pk").first()
    if last is None:
        raise Outdated
    Promise.objects.filter(pk=last.pk).update(fulfilled_at=None)


@transaction.atomic
def extend(promise, until, *, reason, by):
    """Put ``promise`` off to the end of the day ``until``, for a reason that everybody may read.

    Nobody puts off what they wait for themselves. Raises NotLater, and Outdated
    where it is no longer open or somebody else put it off first.
    """
    require(by, "participation.extend_promise", promise)
    due_at, former = end_of(until), promise.due_at
    if due_at <= former or due_at <= now():
        raise NotLater
    if not Promise.objects.open().filter(pk=promise.pk, due_at=former).update(due_at=due_at):
        raise Outdated
    promise.due_at = due_at
    extension = Extension.objects.create(
        promise=promise, former_due_at=former, due_at=due_at, reason=reason, at=now(), by=by
    )
    record(Kind.PROMISE_EXTENDED, by=by, case=promise.case, extension=extension.pk)
    return extension


def remind_of_overdue():
    """Once a day: say that promises are overdue, if any is. Returns the event, or None."""
    if _was_said_today(Kind.PROMISES_OVERDUE) or not Promise.objects.overdue().exists():
        return None
    with transaction.atomic():
        return record(Kind.PROMISES_OVERDUE)


def remind_of_due():
    """Once a day: say that promises are due soon or overdue, if any is. Returns the event, or None.

    Its fact ``overdue`` says whether any was overdue.
    """
    overdue = Promise.objects.overdue().exists()
    if _was_said_today(Kind.PROMISES_DUE) or not (overdue or promises_due_soon().exists()):
        return None
    with transaction.atomic():
        return record(Kind.PROMISES_DUE, overdue=overdue)


def _was_said_today(kind):
    midnight = timezone.localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0)
    return Event.objects.filter(kind=kind, at__gte=midnight).exists()


def follow(case, actor):
    """Let ``actor`` hear what becomes of ``case``; twice is once. The caller loaded the case for them."""
    try:
        with transaction.atomic():
            Follow.objects.create(case=case, actor=actor, since=now())
    except IntegrityError:
        return


def unfollow(case, actor):
    """Let ``actor`` hear no more of ``case``."""
    Follow.objects.filter(case=case, actor=actor).delete()


def carry_follows(case, to, *, besides, along=()):
    """Let whoever follows ``case``, and the actors ``along``, follow ``to`` as well; return the numbers of what is new.

    The actor ``besides`` is left out. Actors are given by their numbers, or None for somebody who left.
    """
    moment, there = now(), Follow.objects.filter(case=to)
    wanted = {*Follow.objects.filter(case=case).values_list("actor_id", flat=True), *along} - {besides, None}
    fresh = wanted - set(there.values_list("actor_id", flat=True))
    rows = [Follow(case=to, actor_id=pk, since=moment) for pk in sorted(fresh)]
    Follow.objects.bulk_create(rows, ignore_conflicts=True)
    return list(there.filter(actor__in=fresh).order_by("pk").values_list("pk", flat=True))


def take_follows_back(numbers):
    """End the follows with these ``numbers``."""
    Follow.objects.filter(pk__in=numbers).delete()
