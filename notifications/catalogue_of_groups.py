"""The part of the catalogue that is about working groups: which of their events make letters."""

from participation.events.kinds import Kind

from . import (
    audiences,
    group_audiences,
    group_letters,
    lift_letters,
    meeting_letters,
    member_letters,
    poll_letters,
    talk_letters,
    task_letters,
)
from .letter import Letter
from .states import Urgency
from .topics import Topic

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

MEETING = [
    Letter(
        "meeting_news", meeting_letters.news, group_audiences.meeting_circle, Urgency.OWN_CASE,
        topic=Topic.MY_GROUPS, readers=meeting_letters.why_in_circle,
    ),
]  # fmt: skip

POLL = [
    Letter(
        "poll_news", poll_letters.news, group_audiences.poll_members, Urgency.OWN_CASE,
        topic=Topic.MY_GROUPS, readers=poll_letters.why_asked,
    ),
]  # fmt: skip

TASK = [
    Letter("task", task_letters.task, group_audiences.task_people, Urgency.OWN_CASE, topic=Topic.MY_GROUPS),
]

MENTIONED = Letter(
    "mentioned", talk_letters.mentioned, group_audiences.mentioned, Urgency.OWN_CASE, topic=Topic.MY_GROUPS
)

OF_GROUPS = {
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
    Kind.MEETING_PLANNED: MEETING,
    Kind.MEETING_CHANGED: MEETING,
    Kind.MEETING_CANCELLED: MEETING,
    Kind.MEETING_SOON: MEETING,
    Kind.POLL_OPENED: POLL,
    Kind.POLL_CLOSING: POLL,
    Kind.POLL_DROPPED: POLL,
    Kind.POLL_DUE: [
        Letter("poll_due", poll_letters.due, group_audiences.coordination, Urgency.OWN_CASE, topic=Topic.MY_GROUPS),
    ],
    Kind.TASK_GIVEN: TASK,
    Kind.TASK_CHANGED: TASK,
    Kind.TASK_NEAR: TASK,
    Kind.TASK_OVERDUE: TASK,
    Kind.RIDE_ASKED: [
        Letter(
            "ride_asked", lift_letters.asked, group_audiences.other_of_ride, Urgency.OWN_CASE, topic=Topic.MY_GROUPS
        ),
    ],
    Kind.RIDE_AGREED: [
        Letter(
            "ride_agreed", lift_letters.agreed, group_audiences.other_of_ride, Urgency.OWN_CASE, topic=Topic.MY_GROUPS
        ),
    ],
    Kind.RIDE_ENDED: [
        Letter(
            "ride_ended", lift_letters.ended, group_audiences.other_of_ride, Urgency.OWN_CASE, topic=Topic.MY_GROUPS
        ),
    ],
    Kind.NOTES_APPROVED: [
        Letter(
            "notes_approved", meeting_letters.notes, group_audiences.members, Urgency.FOLLOWED,
            topic=Topic.MY_GROUPS, readers=group_letters.why_members,
        ),
    ],
    Kind.MEMBER_REMOVED: [
        Letter("member_removed", member_letters.removed, group_audiences.former_member, Urgency.OWN_CASE),
    ],
    Kind.MEMBER_GOT_ROLE: [
        Letter("member_got_role", member_letters.role, group_audiences.member, Urgency.OWN_CASE),
    ],
}  # fmt: skip
