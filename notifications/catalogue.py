"""All letters on one page: who is told what, when, and how urgently.

``LETTERS`` says which events make letters, ``silent.SILENT`` why the others
make none; every kind stands in exactly one of them. ``ACCOUNT_LETTERS`` are those
that allauth asks for, under allauth's names. Each letter has three templates:
``letters/<name>.subject.txt``, ``.txt`` and ``.html``.
"""

from collections.abc import Callable
from dataclasses import dataclass

from participation.events.kinds import Kind

from . import (
    account_letters,
    audiences,
    coauthor_letters,
    event_letters,
    group_audiences,
    group_letters,
    idea_letters,
    member_letters,
    merge_letters,
    news_audiences,
    newsletter_letters,
    office_letters,
    outcome_letters,
    report_letters,
    talk_letters,
)
from .states import Urgency
from .topics import Topic


@dataclass(frozen=True)
class Letter:
    """One letter.

    ``context(delivery)`` gives what its templates say, made at the moment of
    sending. ``audience(event)`` gives who gets it, as recipients or as a Crowd;
    ``allowed(actor)`` is asked again before it leaves. A letter without a
    ``topic`` is owed: the answer to what somebody did or must know, which nobody
    can turn off. (The digest has the name of all digests instead.) ``facts``
    names what the row of an account letter holds. With ``inbox`` it lies in the
    portal's inbox as well.

    A circular goes to many: it is rendered once per event and language.
    ``readers(deliveries)`` then says by the recipients' numbers why each gets
    it, and leaves out whom it no longer concerns; ``context`` knows nobody.
    """

    name: str
    context: Callable
    audience: Callable | None = None
    urgency: Urgency = Urgency.ACCOUNT
    allowed: Callable = lambda actor: True
    topic: Topic | str | None = None
    facts: tuple = ()
    readers: Callable | None = None
    inbox: bool = True

    @property
    def is_owed(self):
        """Whether nobody can turn it off or pause it."""
        return self.topic is None


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

GROUP_NEWS = [
    Letter(
        "group_news", group_letters.news, group_audiences.members, Urgency.FOLLOWED,
        topic=Topic.MY_GROUPS, readers=group_letters.why_members,
    ),
]  # fmt: skip

MEMBER_NEWS = [
    Letter("member_news", member_letters.news, group_audiences.coordination, Urgency.OWN_CASE, topic=Topic.MY_GROUPS),
]

REQUEST_FOR_OFFICE = Letter(
    "membership_overdue", member_letters.overdue, group_audiences.request_office, Urgency.OFFICE,
    allowed=audiences.is_office, topic=Topic.OFFICE_NEW,
)  # fmt: skip

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

MENTIONED = Letter(
    "mentioned", talk_letters.mentioned, group_audiences.mentioned, Urgency.OWN_CASE, topic=Topic.MY_GROUPS
)

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
    Kind.GROUP_PROPOSED: [
        Letter("group_received", group_letters.receipt, group_audiences.proposer, Urgency.OWN_CASE),
        Letter(
            "group_to_decide", group_letters.to_decide, group_audiences.group_office, Urgency.OFFICE,
            allowed=audiences.is_office, topic=Topic.OFFICE_NEW,
        ),
    ],
    Kind.GROUP_CONSTITUTED: [
        Letter("group_founded", group_letters.founded, group_audiences.proposer, Urgency.OWN_CASE),
    ],
    Kind.GROUP_DECLINED: [
        Letter("group_declined", group_letters.declined, group_audiences.proposer, Urgency.OWN_CASE),
    ],
    Kind.GROUP_ACTIVE: GROUP_NEWS,
    Kind.GROUP_DORMANT: GROUP_NEWS,
    Kind.GROUP_WOKE: GROUP_NEWS,
    Kind.GROUP_REPORTING: GROUP_NEWS,
    Kind.GROUP_PROLONGED: GROUP_NEWS,
    Kind.GROUP_CLOSED: GROUP_NEWS,
    Kind.OFFICE_STEPPED_IN: GROUP_NEWS,
    Kind.GROUP_ASKED: [
        Letter(
            "group_asked", group_letters.asked, group_audiences.coordination, Urgency.OWN_CASE, topic=Topic.MY_GROUPS
        ),
    ],
    Kind.GROUP_SILENT: [
        Letter(
            "group_silent", group_letters.silent, audiences.office, Urgency.OFFICE,
            allowed=audiences.is_office, topic=Topic.OFFICE_NEW,
        ),
    ],
    Kind.MEMBERSHIP_REQUESTED: [
        Letter("membership_received", member_letters.receipt, group_audiences.requester, Urgency.OWN_CASE),
        Letter(
            "membership_to_decide", member_letters.to_decide, group_audiences.coordination, Urgency.OWN_CASE,
            topic=Topic.MY_GROUPS,
        ),
        REQUEST_FOR_OFFICE,
    ],
    Kind.REQUEST_OVERDUE: [REQUEST_FOR_OFFICE],
    Kind.MEMBERSHIP_ACCEPTED: [
        Letter("membership_accepted", member_letters.accepted, group_audiences.requester, Urgency.OWN_CASE),
    ],
    Kind.MEMBERSHIP_REFUSED: [
        Letter("membership_refused", member_letters.refused, group_audiences.requester, Urgency.OWN_CASE),
    ],
    Kind.MEMBER_INVITED: [
        Letter("member_invited", member_letters.invitation, group_audiences.invited, Urgency.OWN_CASE),
    ],
    Kind.MEMBER_JOINED: MEMBER_NEWS,
    Kind.MEMBER_DECLINED: MEMBER_NEWS,
    Kind.MEMBER_LEFT: MEMBER_NEWS,
    Kind.MEMBERSHIP_WITHDRAWN: MEMBER_NEWS,
    Kind.POST_WRITTEN: [
        MENTIONED,
        Letter(
            "post_written", talk_letters.written, group_audiences.talkers, Urgency.FOLLOWED,
            topic=Topic.GROUP_TALK, readers=group_letters.why_members,
        ),
    ],
    Kind.POST_CHANGED: [MENTIONED],
    Kind.POST_HIDDEN: [Letter("post_hidden", talk_letters.hidden, group_audiences.writer, Urgency.OWN_CASE)],
    Kind.POST_SHOWN_AGAIN: [Letter("post_shown_again", talk_letters.shown, group_audiences.writer, Urgency.OWN_CASE)],
    Kind.MEMBER_REMOVED: [
        Letter("member_removed", member_letters.removed, group_audiences.former_member, Urgency.OWN_CASE),
    ],
    Kind.MEMBER_GOT_ROLE: [
        Letter("member_got_role", member_letters.role, group_audiences.member, Urgency.OWN_CASE),
    ],
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
