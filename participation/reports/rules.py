"""Who decides about reports and objections. Nobody about what is their own, nobody twice about the same."""

import rules

from ..actors.models import Post
from ..actors.rules import holds, is_self
from .queries import belongs_to


@rules.predicate
def owns(actor, thing):
    """The actor wrote the idea (alone or with others) or the comment, or it is their profile."""
    return thing is not None and belongs_to(thing, actor)


@rules.predicate
def owns_what_is_reported(actor, report):
    """The report is about something of the actor's own."""
    return report is not None and report.thing is not None and belongs_to(report.thing, actor)


@rules.predicate
def reported_it(actor, report):
    """The report is the actor's own."""
    return report is not None and report.reporter_id == actor.pk


@rules.predicate
def is_addressee(actor, statement):
    """The decision is about something of the actor's own, written alone or with others."""
    if statement is None:
        return False
    return statement.addressee_id == actor.pk or (statement.thing is not None and belongs_to(statement.thing, actor))


@rules.predicate
def objects_to_it(actor, objection):
    """The actor is the person concerned, or wrote the idea with them."""
    return objection is not None and is_addressee(actor, objection.statement)


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
