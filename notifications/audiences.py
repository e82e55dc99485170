"""Who hears of an event; asks the domain, decides nothing else."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from participation.accessibility.models import BarrierReport
from participation.actors.models import Actor, Appointment, Post
from participation.core.clock import today
from participation.discussion.models import Comment
from participation.ideas.coauthor_models import CoAuthor
from participation.ideas.models import Idea, Support
from participation.promises.models import Follow
from participation.reports.models import Objection, Report, Statement
from participation.reports.queries import WRITTEN_TOGETHER, owner_of

OFFICE = (Post.MANAGER, Post.MODERATOR)


@dataclass(frozen=True)
class Recipient:
    """To whom a letter goes: an actor, a bare address, or an actor at another address."""

    language: str
    actor_id: int | None = None
    address: str = ""


@dataclass(frozen=True)
class Crowd:
    """Many recipients, expanded in batches: ``recipient(row)`` for each of ``rows`` in the order of their numbers."""

    rows: QuerySet
    recipient: Callable


def among(audience, actor):
    """Those of ``audience`` who are ``actor``: one or none."""
    if isinstance(audience, Crowd):
        rows = audience.rows.filter(pk=actor.pk) if audience.rows.model is Actor else ()
        return [audience.recipient(row) for row in rows]
    return [one for one in audience if one.actor_id == actor.pk]


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


def idea_authors(event):
    """Whoever submitted the idea and the co-authors, as long as their accounts are there."""
    for idea in Idea.objects.filter(case=event.case_id):
        yield from _present(_wrote(idea))


def idea_office(event):
    """Managers and moderators in office today, except whoever wrote the idea: nobody judges their own."""
    authors = _wrote(Idea.objects.get(case=event.case_id))
    return (one for one in office(event) if one.actor_id not in authors)


def invited(event):
    """Whoever is asked to be co-author, at the bare address, in the language of the person who asks."""
    for row in CoAuthor.objects.open().filter(pk=event.facts["coauthor"]).select_related("invited_by"):
        yield Recipient(row.invited_by.language, None, row.email)


def inviting_author(event):
    """Whoever wrote the idea and had asked somebody to be co-author."""
    yield from _present(CoAuthor.objects.filter(pk=event.facts["coauthor"]).values("idea__author_id"))


def idea_friends(event):
    """Whoever supports or follows the idea, each once; authors hear as authors, whoever answers knows."""
    idea = Idea.objects.get(case=event.case_id)
    supports = Q(pk__in=Support.objects.filter(idea=idea).values("actor_id"))
    follows = Q(pk__in=Follow.objects.filter(case=event.case_id).values("actor_id"))
    friends = Actor.objects.filter(supports | follows).exclude(pk__in=_wrote(idea) | {event.by_id})
    return crowd_of(friends)


def why_friends(deliveries):
    """Why each of the actors hears of the event, by number; who neither supports nor follows any more is not in it."""
    event, people = deliveries[0].event, {row.recipient_id for row in deliveries}
    follows = Follow.objects.filter(case=event.case_id, actor__in=people).values_list("actor_id", flat=True)
    supports = Support.objects.filter(idea__case=event.case_id, actor__in=people).values_list("actor_id", flat=True)
    followed = _("You receive this letter because you follow this idea. You can stop that on its page.")
    return dict.fromkeys(follows, followed) | dict.fromkeys(
        supports, _("You receive this letter because you support this idea.")
    )


def managers(event):
    """The managers in office today."""
    yield from _present(_in_office(Post.MANAGER))


def office_of_the_day(event):
    """Managers and moderators in office today; where answers are overdue, managers hear all of it in a letter of
    their own (``managers``), so not twice.
    """
    told = {one.actor_id for one in managers(event)} if event.facts["overdue"] else set()
    return (one for one in office(event) if one.actor_id not in told)


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
    partial = {report.reporter_id, owner_of(report.thing)} | _wrote_together(report)
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
    partial = {statement.by_id, statement.addressee_id} | _wrote_together(statement)
    return (one for one in office(event) if one.actor_id not in partial)


def crowd_of(actors):
    """The Crowd of those of ``actors`` whose accounts are confirmed and still there."""
    return Crowd(actors.present().only("pk", "language"), _as_actor)


def _as_actor(row):
    return Recipient(row.language, row.pk)


def _wrote(idea):
    """The numbers of the author and the co-authors of ``idea``; None for those who left."""
    return {idea.author_id, *CoAuthor.objects.accepted().filter(idea=idea).values_list("actor_id", flat=True)}


def _wrote_together(row):
    """Who wrote the idea that a report or a statement is about; nobody where it is about something else."""
    return _wrote(row.idea) if row.kind in WRITTEN_TOGETHER else set()


def _concerned(statements):
    for row in statements.select_related("addressee"):
        actor = row.addressee
        if actor and not actor.erased_at:
            yield Recipient(actor.language, None, actor.email)


def _replied_to(event):
    rows = Comment.objects.filter(pk=event.facts["comment"])
    return set(rows.values_list("parent__author_id", flat=True))


def _present(numbers):
    """Recipients for the accounts of ``numbers`` that are confirmed and still there."""
    rows = Actor.objects.present().filter(pk__in=numbers).order_by("pk")
    return [Recipient(language, pk) for pk, language in rows.values_list("pk", "language")]


def _in_office(*posts):
    running = Appointment.objects.running(today())
    return running.filter(post__in=posts or OFFICE).values("actor_id")
