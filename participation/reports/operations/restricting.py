"""What the office takes out of sight and whom it keeps out, each with a statement of reasons.

Rule: Art. 17 DSA.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ...actors.operations import block, unblock
from ...actors.queries import role_of
from ...core.authority import require
from ...core.clock import now
from ...core.errors import Refusal
from ...core.hiding import hide, show_again
from ...events.kinds import Kind
from ...events.record import record
from ..models import RULES, Objection, Statement
from ..queries import about, is_readable, owner_of
from ..states import STATEMENT_LIFECYCLE, StatementState

HIDDEN = {
    Statement.Kind.IDEA: Kind.IDEA_HIDDEN,
    Statement.Kind.COMMENT: Kind.COMMENT_HIDDEN,
    Statement.Kind.ATTACHMENT: Kind.ATTACHMENT_HIDDEN,
    Statement.Kind.PROFILE: Kind.PROFILE_HIDDEN,
}
SHOWN_AGAIN = {
    Statement.Kind.IDEA: Kind.IDEA_SHOWN_AGAIN,
    Statement.Kind.COMMENT: Kind.COMMENT_SHOWN_AGAIN,
    Statement.Kind.ATTACHMENT: Kind.ATTACHMENT_SHOWN_AGAIN,
    Statement.Kind.PROFILE: Kind.PROFILE_SHOWN_AGAIN,
}


class NoRule(Refusal):
    """For this reason the rule must be named."""

    message = _("Please name the law or the sentence of the terms of use that was broken. Its author will read it.")


class OutOfReach(Refusal):
    """Only what everybody can read is hidden."""

    message = _("This cannot be read by everybody any more. Nothing was changed.")


class ObjectionWaits(Refusal):
    """Deciding the objection is the way."""

    message = _("An objection to this decision waits. Please decide about it: that takes the decision back, too.")


@transaction.atomic
def hide_thing(thing, *, reason, facts, by, rule="", version=None, was_reported=False):
    """Take an idea, a comment, a file or a profile out of sight and tell its author why; returns the statement.

    ``version`` is that of the words that were read. Raises NoRule, OutOfReach, Outdated.
    """
    require(by, "participation.hide_content", thing)
    _need_a_rule(reason, rule)
    if not is_readable(thing):
        raise OutOfReach
    hide(thing, reason, **({"version": version} if version and hasattr(thing, "version") else {}))
    words = {"reason": reason, "facts": facts, "rule": rule, "was_reported": was_reported}
    statement = _state(thing, Statement.Measure.HIDDEN, by=by, **words)
    _record(HIDDEN[statement.kind], statement, by=by)
    return statement


@transaction.atomic
def block_actor(actor, *, reason, facts, by, rule=""):
    """Keep ``actor`` out and tell them why: nobody signs in, every session ends; returns the statement.

    Raises NoRule, HoldsAPost, Outdated.
    """
    require(by, "participation.block_actor", actor)
    _need_a_rule(reason, rule)
    block(actor)
    statement = _state(actor, Statement.Measure.BLOCKED, by=by, reason=reason, facts=facts, rule=rule)
    _record(Kind.ACTOR_BLOCKED, statement, by=by)
    return statement


@transaction.atomic
def take_back(statement, *, because, by):
    """Take the mark of ``statement`` off without an objection, and tell the person concerned why.

    Raises ObjectionWaits, WrongState, Outdated.
    """
    require(by, "participation.lift_statement", statement)
    if Objection.objects.open().filter(statement=statement).exists():
        raise ObjectionWaits
    lift(statement, because=because, by=by)


def lift(statement, *, by=None, because=""):
    """Take the mark of ``statement`` off again; the caller has asked for the right. Raises WrongState, Outdated."""
    STATEMENT_LIFECYCLE.advance(statement, StatementState.LIFTED, lifted_at=now(), lifted_because=because)
    if statement.is_block:
        unblock(statement.profile)
    else:
        show_again(statement.thing)
    kind = Kind.ACTOR_UNBLOCKED if statement.is_block else SHOWN_AGAIN[statement.kind]
    _record(kind, statement, by=by)


def _need_a_rule(reason, rule):
    if not rule and reason not in RULES:
        raise NoRule


def _state(thing, measure, *, by, **words):
    person = owner_of(thing)
    return Statement.objects.create(measure=measure, addressee_id=person, at=now(), by=by, **about(thing), **words)


def _record(kind, statement, *, by):
    case = statement.idea.case if statement.idea_id else None
    record(kind, by=by, case=case, role=role_of(by) if by else "", statement=statement.pk)
