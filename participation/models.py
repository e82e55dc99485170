"""The tables of all slices, gathered for Django; imported by nobody else."""

from .accessibility.models import BarrierReport
from .actors.models import Actor, Appointment, Consent
from .attachments.models import Attachment, Folder
from .core.models import PendingDraft
from .discussion.models import Comment
from .events.models import Case, CaseLink, Event, ReferenceCounter
from .groups.lift_models import Lift, Ride
from .groups.meeting_models import Attendance, CalendarKey, Meeting, MeetingReply
from .groups.models import Group, Membership, Prolongation
from .groups.notes_models import MeetingNotes
from .groups.poll_models import DateOption, DatePoll, DateVote
from .groups.task_models import Task
from .groups.thread_models import Hiding, Thread, Visit
from .ideas.coauthor_models import CoAuthor
from .ideas.models import Answer, Idea, IdeaVersion, Merger, Review, Support
from .moderation.models import Note, TextBlock
from .newsroom.models import Outcome, OutcomeVersion
from .newsroom.newsletter_models import Issue, IssueItem, NewsletterConsent, Subscription
from .promises.models import Extension, Follow, Promise
from .region.models import Alliance, FieldOfAction, LegalText, Municipality, Partner
from .reports.models import Objection, Report, Statement

__all__ = [
    "Actor",
    "Alliance",
    "Answer",
    "Appointment",
    "Attachment",
    "Attendance",
    "BarrierReport",
    "CalendarKey",
    "Case",
    "CaseLink",
    "CoAuthor",
    "Comment",
    "Consent",
    "DateOption",
    "DatePoll",
    "DateVote",
    "Event",
    "Extension",
    "FieldOfAction",
    "Folder",
    "Follow",
    "Group",
    "Hiding",
    "Idea",
    "IdeaVersion",
    "Issue",
    "IssueItem",
    "LegalText",
    "Lift",
    "Meeting",
    "MeetingNotes",
    "MeetingReply",
    "Membership",
    "Merger",
    "Municipality",
    "NewsletterConsent",
    "Note",
    "Objection",
    "Outcome",
    "OutcomeVersion",
    "Partner",
    "PendingDraft",
    "Prolongation",
    "Promise",
    "ReferenceCounter",
    "Report",
    "Review",
    "Ride",
    "Statement",
    "Subscription",
    "Support",
    "Task",
    "TextBlock",
    "Thread",
    "Visit",
]
