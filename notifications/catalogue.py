"""All letters: who is told what, when, and how urgently; those about working groups in ``catalogue_of_groups``.

``LETTERS`` says which events make letters, ``silent.SILENT`` why the others
make none; every kind stands in exactly one of them. ``ACCOUNT_LETTERS`` are those
that allauth asks for, under allauth's names. Each letter has three templates:
``letters/<name>.subject.txt``, ``.txt`` and ``.html``.
"""

from participation.events.kinds import Kind

from . import (
    account_letters,
    audiences,
    coauthor_letters,
    event_letters,
    idea_letters,
    merge_letters,
    news_audiences,
    newsletter_letters,
    office_letters,
    outcome_letters,
    report_letters,
)
from .catalogue_of_groups import OF_GROUPS
from .letter import Letter
from .states import Urgency
from .topics import Topic

IDEA_ANSWER = [
    Letter("idea_answered", idea_letters.answer, audiences.idea_authors, Urgency.OWN_CASE),
    Letter(
        "idea_news",
        idea_letters.news,
        audiences.idea_friends,
        Urgency.FOLLOWED,
        topic=Topic.FOLLOWED,
        readers=audiences.why_friends,
    ),
]

COAUTHOR_ANSWER = [
    Letter(
        "coauthor_answered",
        coauthor_letters.answered,
        audiences.inviting_author,
        Urgency.OWN_CASE,
        topic=Topic.MY_CASES,
    ),
]

OUTCOME = [
    Letter(
        "outcome_published", outcome_letters.published, news_audiences.outcome_authors, Urgency.OWN_CASE,
        topic=Topic.MY_CASES,
    ),
    Letter(
        "outcome_news", outcome_letters.news, news_audiences.outcome_friends, Urgency.FOLLOWED,
        topic=Topic.FOLLOWED, readers=outcome_letters.why_friends,
    ),
]  # fmt: skip

HIDDEN = [Letter("content_hidden", report_letters.statement, audiences.addressee, Urgency.OWN_CASE)]
LIFTED = [Letter("decision_lifted", report_letters.lifted, audiences.addressee_without_objection, Urgency.OWN_CASE)]

LETTERS = {
    Kind.BARRIER_REPORTED: [
        Letter("barrier_received", event_letters.barrier_receipt, audiences.barrier_reporter, Urgency.OWN_CASE),
        Letter(
            "barrier_to_answer", event_letters.barrier_to_answer, audiences.office, Urgency.OFFICE,
            allowed=audiences.is_office, topic=Topic.OFFICE_NEW,
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
    Kind.IDEA_SUBMITTED: [
        Letter("idea_received", idea_letters.receipt, audiences.idea_authors, Urgency.OWN_CASE),
        Letter(
            "idea_to_review", idea_letters.to_review, audiences.idea_office, Urgency.OFFICE,
            allowed=audiences.is_office, topic=Topic.OFFICE_NEW,
        ),
    ],
    Kind.IDEA_RESUBMITTED: [
        Letter("idea_received_again", idea_letters.receipt, audiences.idea_authors, Urgency.OWN_CASE),
        Letter(
            "idea_to_review_again", idea_letters.to_review, audiences.idea_office, Urgency.OFFICE,
            allowed=audiences.is_office, topic=Topic.OFFICE_NEW,
        ),
    ],
    Kind.IDEA_RETURNED: [
        Letter("idea_returned", idea_letters.question, audiences.idea_authors, Urgency.OWN_CASE),
    ],
    Kind.IDEA_WARNED: [
        Letter("idea_warned", idea_letters.last_reminder, audiences.idea_author, Urgency.OWN_CASE),
    ],
    Kind.IDEA_PUBLISHED: [
        Letter("idea_published", idea_letters.published, audiences.idea_authors, Urgency.OWN_CASE),
    ],
    Kind.IDEA_DECLINED: [
        Letter("idea_declined", idea_letters.declined, audiences.idea_authors, Urgency.OWN_CASE),
    ],
    Kind.IDEA_MERGED: [
        Letter("idea_merged", merge_letters.merged, audiences.idea_authors, Urgency.OWN_CASE),
        Letter(
            "idea_merged_news", merge_letters.merged_news, audiences.idea_friends, Urgency.FOLLOWED,
            topic=Topic.FOLLOWED, readers=audiences.why_friends,
        ),
    ],
    Kind.IDEA_UNMERGED: [
        Letter("idea_unmerged", merge_letters.unmerged, audiences.idea_authors, Urgency.OWN_CASE),
        Letter(
            "idea_unmerged_news", merge_letters.unmerged_news, audiences.idea_friends, Urgency.FOLLOWED,
            topic=Topic.FOLLOWED, readers=audiences.why_friends,
        ),
    ],
    Kind.IDEA_ANSWERED: IDEA_ANSWER,
    Kind.IDEA_CONSIDERED: IDEA_ANSWER,
    Kind.IDEA_DEFERRED: IDEA_ANSWER,
    Kind.IDEA_ADOPTED: IDEA_ANSWER,
    Kind.IDEA_NOT_ADOPTED: IDEA_ANSWER,
    Kind.IDEA_IN_PROGRESS: IDEA_ANSWER,
    Kind.IDEA_REALISED: IDEA_ANSWER,
    Kind.IDEA_NOT_REALISED: IDEA_ANSWER,
    Kind.COAUTHOR_INVITED: [
        Letter("coauthor_invited", coauthor_letters.invitation, audiences.invited, Urgency.OWN_CASE),
    ],
    Kind.COAUTHOR_ACCEPTED: COAUTHOR_ANSWER,
    Kind.COAUTHOR_DECLINED: COAUTHOR_ANSWER,
    Kind.COAUTHOR_LEFT: COAUTHOR_ANSWER,
    Kind.CASE_HANDED_OVER: [
        Letter(
            "idea_handed_over", idea_letters.handed_over, audiences.new_moderator, Urgency.OFFICE,
            allowed=audiences.is_office, topic=Topic.OFFICE_NEW,
        ),
    ],
    Kind.COMMENT_WRITTEN: [
        Letter("comment_replied", idea_letters.reply, audiences.replied_to, Urgency.FOLLOWED, topic=Topic.COMMENTS),
        Letter(
            "idea_commented", idea_letters.comment, audiences.commented_author, Urgency.FOLLOWED, topic=Topic.COMMENTS
        ),
    ],
    Kind.PROMISE_EXTENDED: [
        Letter("promise_extended", idea_letters.extension, audiences.idea_authors, Urgency.OWN_CASE),
        Letter("report_delayed", report_letters.extension, audiences.reporter_or_objector, Urgency.OWN_CASE),
    ],
    Kind.REPORT_RECEIVED: [
        Letter("report_received", report_letters.receipt, audiences.reporter, Urgency.OWN_CASE),
        Letter(
            "report_to_decide", report_letters.to_decide, audiences.report_office, Urgency.OFFICE,
            allowed=audiences.is_office, topic=Topic.OFFICE_NEW,
        ),
    ],
    Kind.REPORT_UPHELD: [Letter("report_upheld", report_letters.outcome, audiences.reporter, Urgency.OWN_CASE)],
    Kind.REPORT_REJECTED: [Letter("report_rejected", report_letters.outcome, audiences.reporter, Urgency.OWN_CASE)],
    Kind.IDEA_HIDDEN: HIDDEN,
    Kind.COMMENT_HIDDEN: HIDDEN,
    Kind.ATTACHMENT_HIDDEN: HIDDEN,
    Kind.PROFILE_HIDDEN: HIDDEN,
    Kind.IDEA_SHOWN_AGAIN: LIFTED,
    Kind.COMMENT_SHOWN_AGAIN: LIFTED,
    Kind.ATTACHMENT_SHOWN_AGAIN: LIFTED,
    Kind.PROFILE_SHOWN_AGAIN: LIFTED,
    Kind.ACTOR_UNBLOCKED: LIFTED,
    Kind.ACTOR_BLOCKED: [Letter("account_blocked", report_letters.statement, audiences.addressee, Urgency.OWN_CASE)],
    Kind.OBJECTION_RECEIVED: [
        Letter("objection_received", report_letters.objection_receipt, audiences.objector, Urgency.OWN_CASE),
        Letter(
            "objection_to_decide", report_letters.objection_to_decide, audiences.objection_office, Urgency.OFFICE,
            allowed=audiences.is_office, topic=Topic.OFFICE_NEW,
        ),
    ],
    Kind.OBJECTION_UPHELD: [
        Letter("objection_upheld", report_letters.objection_outcome, audiences.objector, Urgency.OWN_CASE),
    ],
    Kind.OBJECTION_REJECTED: [
        Letter("objection_rejected", report_letters.objection_outcome, audiences.objector, Urgency.OWN_CASE),
    ],
    Kind.OUTCOME_OFFERED: [
        Letter(
            "outcome_to_release", office_letters.to_release, news_audiences.release_office, Urgency.OFFICE,
            allowed=audiences.is_office, topic=Topic.OFFICE_NEW,
        ),
    ],
    Kind.OUTCOME_PUBLISHED: OUTCOME,
    Kind.OUTCOME_CORRECTED: [
        Letter(
            "outcome_corrected", outcome_letters.corrected, news_audiences.corrected_authors, Urgency.OWN_CASE,
            topic=Topic.MY_CASES,
        ),
        Letter(
            "outcome_corrected_news", outcome_letters.corrected_news, news_audiences.corrected_friends,
            Urgency.FOLLOWED, topic=Topic.FOLLOWED, readers=outcome_letters.why_friends,
        ),
        *OUTCOME,
    ],
    Kind.OUTCOME_UNLINKED: [
        Letter(
            "outcome_taken_back", outcome_letters.taken_back, audiences.idea_authors, Urgency.OWN_CASE,
            topic=Topic.MY_CASES,
        ),
        Letter(
            "outcome_taken_back_news", outcome_letters.taken_back_news, audiences.idea_friends, Urgency.FOLLOWED,
            topic=Topic.FOLLOWED, readers=audiences.why_friends,
        ),
    ],
    Kind.NEWSLETTER_ASKED: [
        Letter("newsletter_confirmation", newsletter_letters.confirmation, news_audiences.newsletter_asker),
    ],
    Kind.NEWSLETTER_TRIED: [
        Letter("newsletter_test", newsletter_letters.trial, news_audiences.newsletter_trier, inbox=False),
    ],
    Kind.NEWSLETTER_SENT: [
        Letter(
            "newsletter", newsletter_letters.issue, news_audiences.newsletter_readers, Urgency.DIGEST,
            topic=Topic.NEWSLETTER, readers=newsletter_letters.still_wanted,
        ),
    ],
    Kind.PROMISES_OVERDUE: [
        Letter(
            "promises_overdue", office_letters.overdue, audiences.managers, Urgency.OFFICE,
            allowed=audiences.is_manager, topic=Topic.OFFICE_DAY,
        ),
    ],
    Kind.PROMISES_DUE: [
        Letter(
            "promises_due", office_letters.due, audiences.office_of_the_day, Urgency.OFFICE,
            allowed=audiences.is_office, topic=Topic.OFFICE_DAY,
        ),
    ],
    **OF_GROUPS,
}  # fmt: skip

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
