"""Who decides about reports and objections. Nobody about what is their own, nobody twice about the same."""

import rules

from ..actors.models import Post
from ..actors.rules import holds, is_self
from .queries import owner_of


@rules.predicate
def owns(actor, thing):
    """The actor wrote the idea or comment, or it is their profile."""
    return thing is not None and owner_of(thing) == actor.pk


@rules.predicate
def owns_what_is_reported(actor, report):
    """The report is about something of the actor's own."""
    return report is not None and report.thing is not None and owner_of(report.thing) == actor.pk


@rules.predicate
def reported_it(actor, report):
    """The report is the actor's own."""
    return report is not None and report.reporter_id == actor.pk


@rules.predicate
def is_addressee(actor, statement):
    """The decision is about something of the actor's own."""
    return statement is not None and statement.addressee_id == actor.pk


@rules.predicate
def objects_to_it(actor, objection):
    """The actor is the person concerned."""
    return objection is not None and objection.statement.addressee_id == actor.pk


@rules.predicate
def decided_first(actor, objection):
    """The actor took the decision that is objected to."""
    return objection is not None and objection.statement.by_id == actor.pk


MODERATORS = holds(Post.MANAGER, Post.MODERATOR)

PERMISSIONS = {
    "participation.view_reports": MODERATORS,
    "participation.decide_report": MODERATORS & ~owns_what_is_reported & ~reported_it,
    "participation.hide_content": MODERATORS & ~owns,
    "participation.lift_statement": MODERATORS & ~is_addressee,
    "participation.block_actor": MODERATORS & ~is_self,
    "participation.decide_objection": MODERATORS & ~objects_to_it & ~decided_first,
}

for name, predicate in PERMISSIONS.items():
    rules.add_perm(name, predicate)
