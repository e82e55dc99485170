"""Events about working groups: for each letter an example with its rows."""

from datetime import timedelta

from participation.core.clock import now
from participation.events.kinds import Kind
from participation.groups.models import Prolongation
from participation.groups.thread_models import Hiding
from tests.factories import ActorFactory, EventFactory
from tests.group_factories import (
    GroupFactory,
    LiftFactory,
    MeetingFactory,
    MembershipFactory,
    NotesFactory,
    PollFactory,
    PostFactory,
    RideFactory,
    TaskFactory,
    ThreadFactory,
)

GROUP_LETTERS = {
    "group_received": Kind.GROUP_PROPOSED,
    "group_to_decide": Kind.GROUP_PROPOSED,
    "group_founded": Kind.GROUP_CONSTITUTED,
    "group_declined": Kind.GROUP_DECLINED,
    "group_news": Kind.GROUP_PROLONGED,
    "group_asked": Kind.GROUP_ASKED,
    "group_silent": Kind.GROUP_SILENT,
    "membership_received": Kind.MEMBERSHIP_REQUESTED,
    "membership_to_decide": Kind.MEMBERSHIP_REQUESTED,
    "membership_overdue": Kind.REQUEST_OVERDUE,
    "membership_accepted": Kind.MEMBERSHIP_ACCEPTED,
    "membership_refused": Kind.MEMBERSHIP_REFUSED,
    "member_invited": Kind.MEMBER_INVITED,
    "member_news": Kind.MEMBER_JOINED,
    "member_removed": Kind.MEMBER_REMOVED,
    "member_got_role": Kind.MEMBER_GOT_ROLE,
    "post_written": Kind.POST_WRITTEN,
    "mentioned": Kind.POST_WRITTEN,
    "post_hidden": Kind.POST_HIDDEN,
    "post_shown_again": Kind.POST_SHOWN_AGAIN,
    "meeting_news": Kind.MEETING_PLANNED,
    "notes_approved": Kind.NOTES_APPROVED,
    "poll_news": Kind.POLL_OPENED,
    "poll_due": Kind.POLL_DUE,
    "task": Kind.TASK_NEAR,
    "ride_asked": Kind.RIDE_ASKED,
    "ride_agreed": Kind.RIDE_AGREED,
    "ride_ended": Kind.RIDE_ENDED,
}
GROUPS = {"group_received": "proposed", "group_to_decide": "proposed", "group_declined": "declined"}
MEMBERSHIPS = {  # of whoever the letter goes to, or in those of LED of somebody else
    "membership_received": "requested", "membership_to_decide": "requested", "membership_overdue": "requested",
    "membership_refused": "refused", "member_invited": "invited", "member_removed": "removed",
}  # fmt: skip
TALK = {"post_written", "mentioned", "post_hidden", "post_shown_again"}
MEETINGS = {"meeting_news": "planned", "notes_approved": "held"}
RIDES = {"ride_asked", "ride_agreed", "ride_ended"}
POLLS = {"poll_news", "poll_due"}
LED = {"group_asked", "membership_to_decide", "member_news", "poll_due"}


def a_group_event(letter, actor):
    """The event that brings ``letter`` to ``actor``."""
    group = GroupFactory(
        state=GROUPS.get(letter, "active"), title="Mitfahrbank", case__reference="G-2026-0003", proposer=actor,
        coordinator=actor if letter in LED else ActorFactory(), created_at=now() - timedelta(days=9), asked_at=now(),
    )  # fmt: skip
    if letter in TALK:
        return _a_post(letter, group, actor)
    if letter in POLLS:
        if letter == "poll_news":
            MembershipFactory(group=group, actor=actor, role="member", state="member")
        facts = {"poll": PollFactory(group=group, title="Standorte").pk}
        return EventFactory(kind=GROUP_LETTERS[letter], case=group.case, facts=facts)
    if letter == "task":
        MembershipFactory(group=group, actor=actor, role="member", state="member")
        facts = {"task": TaskFactory(group=group, assignee=actor, title="Bauhof fragen").pk}
        return EventFactory(kind=GROUP_LETTERS[letter], case=group.case, facts=facts)
    if letter in RIDES:
        return _a_ride(letter, group, actor)
    if letter in MEETINGS:
        MembershipFactory(group=group, actor=actor, role="member", state="member")
        meeting = MeetingFactory(group=group, title="Standorte", state=MEETINGS[letter])
        if letter == "notes_approved":
            NotesFactory(meeting=meeting, state="approved")
        facts = {"meeting": meeting.pk}
        return EventFactory(kind=GROUP_LETTERS[letter], case=group.case, facts=facts)
    facts = {"group": group.pk, "prolongation": _prolongation(group).pk if letter == "group_news" else 0}
    if letter == "group_news" or not letter.startswith("group"):
        facts["membership"] = _membership(letter, group, actor).pk
    return EventFactory(kind=GROUP_LETTERS[letter], case=group.case, facts={**facts, "to": "member"})


def _a_ride(letter, group, actor):
    """Somebody asks the actor, a member, to ride along; or agrees to what the actor asked."""
    MembershipFactory(group=group, actor=actor, role="member", state="member")
    driver = LiftFactory(meeting=MeetingFactory(group=group, title="Standorte"), actor=actor)
    agreed, ended = (now() if letter == name else None for name in ("ride_agreed", "ride_ended"))
    ride = RideFactory(meeting=driver.meeting, driver=actor, agreed_at=agreed, ended_at=ended)
    return EventFactory(kind=GROUP_LETTERS[letter], case=group.case, by=ride.rider, facts={"ride": ride.pk})


def _a_post(letter, group, actor):
    """Somebody else wrote, or what the actor wrote was hidden; the actor is a member."""
    MembershipFactory(group=group, actor=actor, role="member", state="member")
    thread = ThreadFactory(group=group, title="Rathaus oder Kirche?", author=ActorFactory(display_name="Toni"))
    hides = letter.startswith("post_") and letter != "post_written"
    post = PostFactory(thread=thread, author=actor if hides else ActorFactory(display_name="Kim"))
    facts = {"comment": post.pk, "mentioned": [actor.pk] if letter == "mentioned" else []}
    if hides:
        ended = now() if letter == "post_shown_again" else None
        row = Hiding.objects.create(
            post=post, at=now(), reason="private", words="Bitte ohne Nummer.", ended_at=ended
        )  # fmt: skip
        facts["hiding"] = row.pk
    return EventFactory(kind=GROUP_LETTERS[letter], case=group.case, facts=facts)


def _membership(letter, group, actor):
    state = MEMBERSHIPS.get(letter, "member")
    late = {"since": now() - timedelta(days=8)} if letter == "membership_overdue" else {}
    who = {"email": actor.email} if state == "invited" else {"actor": ActorFactory() if letter in LED else actor}
    because = {"refused_because": "Es sind schon zwölf."} if state in {"refused", "removed"} else {}
    return MembershipFactory(group=group, state=state, **who, **late, **because)


def _prolongation(group):
    return Prolongation.objects.create(
        group=group, former_ends_on=group.ends_on - timedelta(days=30), ends_on=group.ends_on,
        report_due_on=group.report_due_on, reason="Der Rat tagt erst im Mai.", at=now(),
    )  # fmt: skip
