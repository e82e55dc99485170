"""Who hears of an event; asks the domain, decides nothing else."""

from dataclasses import dataclass

from django.db.models import Q

from participation.accessibility.models import BarrierReport
from participation.actors.models import Actor, Appointment, Post
from participation.core.clock import today
from participation.discussion.models import Comment
from participation.ideas.models import Idea, Support
from participation.promises.models import Follow
from participation.reports.models import Objection, Report, Statement
from participation.reports.queries import owner_of

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


def idea_author(event):
    """Whoever submitted the idea, as long as the account is there."""
    yield from _present(Idea.objects.filter(case=event.case_id).values("author_id"))


def idea_office(event):
    """Managers and moderators in office today, except whoever submitted the idea: nobody judges their own."""
    author = Idea.objects.get(case=event.case_id).author_id
    return (one for one in office(event) if one.actor_id != author)


def idea_friends(event):
    """Whoever supports or follows the idea, each once; the author hears as the author, whoever answers knows."""
    idea = Idea.objects.get(case=event.case_id)
    supports = Q(pk__in=Support.objects.filter(idea=idea).values("actor_id"))
    follows = Q(pk__in=Follow.objects.filter(case=event.case_id).values("actor_id"))
    friends = Actor.objects.filter(supports | follows).exclude(pk__in=[idea.author_id, event.by_id])
    yield from _present(friends)


def managers(event):
    """The managers in office today."""
    yield from _present(_in_office(Post.MANAGER))


def is_manager(actor):
    """Whether ``actor`` is a manager today."""
    return _in_office(Post.MANAGER).filter(actor=actor).exists()


def new_moderator(event):
    """To whom the case was handed; not whoever took it over themselves."""
    if event.facts["to"] != event.by_id:
        yield from _present([event.facts["to"]])


def replied_to(event):
    """Whoever wrote the comment that was replied to; not for one's own reply."""
    yield from _present(_replied_to(event) - {event.by_id})


def commented_author(event):
    """Whoever submitted the idea that was commented on; not for one's own comment, nor on top of ``replied_to``."""
    authors = set(Idea.objects.filter(case=event.case_id).values_list("author_id", flat=True))
    yield from _present(authors - {event.by_id} - _replied_to(event))


def reporter(event):
    """Whoever reported: at the address of the report, else at that of the account, else nobody."""
    for report in Report.objects.filter(case=event.case_id):
        if report.has_address:
            yield Recipient(report.language, report.reporter_id, report.email)


def report_office(event):
    """Managers and moderators in office today who may decide about the report: neither theirs nor about their own."""
    report = Report.objects.get(pk=event.facts["report"])
    partial = {report.reporter_id, owner_of(report.thing)}
    return (one for one in office(event) if one.actor_id not in partial)


def addressee(event):
    """The person concerned by a statement, at the bare address: it arrives although the account is blocked."""
    yield from _concerned(Statement.objects.filter(pk=event.facts["statement"]))


def addressee_without_objection(event):
    """The person concerned by a decision that the office took back by itself; else the objection's letter says it."""
    yield from _concerned(Statement.objects.filter(pk=event.facts["statement"]).exclude(lifted_because=""))


def objector(event):
    """The person concerned who objected, at the bare address."""
    yield from _concerned(Statement.objects.filter(objection__case=event.case_id))


def reporter_or_objector(event):
    """Whoever waits for an answer to a report or an objection."""
    yield from reporter(event)
    yield from objector(event)


def objection_office(event):
    """Managers and moderators in office today who may decide about the objection."""
    statement = Objection.objects.select_related("statement").get(pk=event.facts["objection"]).statement
    partial = {statement.by_id, statement.addressee_id}
    return (one for one in office(event) if one.actor_id not in partial)


def _concerned(statements):
    for row in statements.select_related("addressee"):
        actor = row.addressee
        if actor and not actor.erased_at:
            yield Recipient(actor.language, None, actor.email)


def _replied_to(event):
    rows = Comment.objects.filter(pk=event.facts["comment"], parent__author__isnull=False)
    return set(rows.values_list("parent__author_id", flat=True))


def _present(numbers):
    """Recipients for the accounts of ``numbers`` that are confirmed and still there."""
    rows = Actor.objects.present().filter(pk__in=numbers).order_by("pk")
    return [Recipient(language, pk) for pk, language in rows.values_list("pk", "language")]


def _in_office(*posts):
    running = Appointment.objects.running(today())
    return running.filter(post__in=posts or OFFICE).values("actor_id")
