"""Who hears of an event; asks the domain, decides nothing else."""

from dataclasses import dataclass

from participation.accessibility.models import BarrierReport
from participation.actors.models import Actor, Appointment, Post
from participation.core.clock import today

OFFICE = (Post.MANAGER, Post.MODERATOR)


@dataclass(frozen=True)
class Recipient:
    """To whom a letter goes: an actor, a bare address, or an actor at another address."""

    language: str
    actor_id: int | None = None
    address: str = ""


def office(event):
    """Managers and moderators in office today."""
    for actor in Actor.objects.filter(pk__in=_in_office(), is_active=True).order_by("pk"):
        yield Recipient(actor.language, actor.pk)


def is_office(actor):
    """Whether ``actor`` is a manager or moderator today."""
    return _in_office().filter(actor=actor).exists()


def barrier_reporter(event):
    """Whoever reported the barrier: at the address of the report, else at that of the account, else nobody."""
    report = BarrierReport.objects.get(pk=event.facts["report"])
    if report.email or report.reporter_id:
        yield Recipient(report.language, report.reporter_id, report.email)


def appointed(event):
    """Whoever holds or held the post."""
    actor = Appointment.objects.select_related("actor").get(pk=event.facts["appointment"]).actor
    if actor.is_active:
        yield Recipient(actor.language, actor.pk)


def _in_office():
    running = Appointment.objects.running(today())
    return running.filter(post__in=OFFICE).values("actor_id")
