"""All letters on one page: who is told what, when, and how urgently.

``LETTERS`` says which events make letters, ``SILENT`` why the others make
none; every kind stands in exactly one of them. ``ACCOUNT_LETTERS`` are those
that allauth asks for, under allauth's names. Each letter has three templates:
``letters/<name>.subject.txt``, ``.txt`` and ``.html``.
"""

from collections.abc import Callable
from dataclasses import dataclass

from participation.events.kinds import Kind

from . import account_letters, audiences, event_letters
from .states import Urgency


@dataclass(frozen=True)
class Letter:
    """One letter.

    ``context(delivery)`` gives what its templates say, made at the moment of
    sending. ``audience(event)`` yields who gets it; ``allowed(actor)`` is asked
    again before it leaves. ``owed`` letters are the answer to what somebody did
    or must know: nobody can turn them off. ``facts`` names what the row of an
    account letter holds.
    """

    name: str
    context: Callable
    audience: Callable | None = None
    urgency: Urgency = Urgency.ACCOUNT
    allowed: Callable = lambda actor: True
    owed: bool = True
    facts: tuple = ()


LETTERS = {
    Kind.BARRIER_REPORTED: [
        Letter("barrier_received", event_letters.barrier_receipt, audiences.barrier_reporter, Urgency.OWN_CASE),
        Letter(
            "barrier_to_answer", event_letters.barrier_to_answer, audiences.office, Urgency.OFFICE,
            allowed=audiences.is_office,
        ),
    ],
    Kind.BARRIER_ANSWERED: [
        Letter("barrier_answered", event_letters.barrier_answer, audiences.barrier_reporter, Urgency.OWN_CASE),
    ],
    Kind.APPOINTMENT_MADE: [
        Letter("appointment_made", event_letters.appointment, audiences.appointed, Urgency.OWN_CASE),
    ],
    Kind.APPOINTMENT_ENDED: [
        Letter("appointment_ended", event_letters.appointment, audiences.appointed, Urgency.OWN_CASE),
    ],
}  # fmt: skip

NO_PAGE_YET = "A letter leads to a page, and nobody can send, read or answer an idea before there is one."

SILENT = {
    Kind.ACTOR_REGISTERED: "The person gets the account letter; the office sees new actors in its list.",
    Kind.ACTOR_CONFIRMED: "The person has just clicked the link.",
    Kind.ACTOR_ERASED: "The address is gone with the account; the page said so before.",
    Kind.TERMS_ACCEPTED: "The person has just ticked the box.",
    Kind.ALLIANCE_CHANGED: "Seen on the pages.",
    Kind.MUNICIPALITY_CHANGED: "Seen on the pages.",
    Kind.FIELD_CHANGED: "Seen on the pages.",
    Kind.PARTNER_CHANGED: "Seen on the pages.",
    Kind.LEGAL_TEXT_PUBLISHED: "New terms are asked for on “my page”; the other texts are seen on the pages.",
    **dict.fromkeys(
        (
            Kind.IDEA_SUBMITTED,
            Kind.IDEA_RESUBMITTED,
            Kind.IDEA_RETURNED,
            Kind.IDEA_WARNED,
            Kind.IDEA_PUBLISHED,
            Kind.IDEA_DECLINED,
            Kind.IDEA_WITHDRAWN,
            Kind.IDEA_ANSWERED,
            Kind.IDEA_CONSIDERED,
            Kind.IDEA_DEFERRED,
            Kind.IDEA_ADOPTED,
            Kind.IDEA_NOT_ADOPTED,
            Kind.IDEA_IN_PROGRESS,
            Kind.IDEA_REALISED,
            Kind.IDEA_NOT_REALISED,
            Kind.CASE_TAKEN,
            Kind.CASE_HANDED_OVER,
            Kind.COMMENT_WRITTEN,
            Kind.COMMENT_REMOVED,
            Kind.PROMISE_EXTENDED,
            Kind.PROMISES_OVERDUE,
        ),
        NO_PAGE_YET,
    ),
}

ACCOUNT_LETTERS = {
    letter.name: letter
    for letter in [
        Letter("email_confirmation", account_letters.confirmation, facts=("email_address",)),
        Letter("email_confirmation_signup", account_letters.confirmation, facts=("email_address",)),
        Letter("password_reset_key", account_letters.password_reset),
        Letter("unknown_account", account_letters.unknown_account),
        Letter("account_already_exists", account_letters.already_exists),
        Letter("password_changed", account_letters.password_notice),
        Letter("password_set", account_letters.password_notice),
        Letter("password_reset", account_letters.password_notice),
        Letter("email_changed", account_letters.address_notice),
        Letter("email_confirm", account_letters.address_notice),
        Letter("email_deleted", account_letters.address_notice),
        Letter("totp_activated", account_letters.factor_notice),
        Letter("totp_deactivated", account_letters.factor_notice),
        Letter("webauthn_added", account_letters.factor_notice),
        Letter("webauthn_removed", account_letters.factor_notice),
        Letter("recovery_codes_generated", account_letters.factor_notice),
    ]
}

BY_NAME = ACCOUNT_LETTERS | {letter.name: letter for letters in LETTERS.values() for letter in letters}
