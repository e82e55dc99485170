"""Words that only some may read, and a walk over all pages as everybody: each is found where it may be, and only there.

Each secret is two words: one is asked for in searches, the other must not come back.
"""

from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from participation.attachments import shelf
from participation.attachments.models import Attachment
from participation.core.clock import now, today
from participation.core.hiding import hide
from participation.discussion.models import Comment
from participation.discussion.operations import withdraw_comment
from participation.events.kinds import Kind
from participation.groups.meeting_models import Attendance, Meeting, MeetingReply
from participation.groups.models import Group
from participation.groups.poll_models import DatePoll
from participation.groups.task_models import Task
from participation.groups.thread_models import Thread
from participation.groups.thread_queries import posts_of
from participation.ideas.models import Idea
from participation.ideas.search import index
from participation.ideas.states import IdeaState
from participation.newsroom.models import Outcome
from participation.newsroom.newsletter_models import Issue, Subscription
from participation.newsroom.newsletter_queries import confirm_path, end_path
from tests.factories import ActorFactory, CommentFactory, EventFactory, IdeaFactory, NoteFactory, as_
from tests.files import AttachmentFactory
from tests.group_factories import (
    GroupFactory,
    LiftFactory,
    MeetingFactory,
    MembershipFactory,
    NotesFactory,
    PollFactory,
    PostFactory,
    TaskFactory,
    ThreadFactory,
)
from tests.letter_factories import DeliveryFactory
from tests.newsroom_factories import IssueFactory, OutcomeFactory, SubscriptionFactory

from .world import ROLES

OFFICE = {"intern", "moderator", "manager"}
# Secret → who may find it besides its owner.
ALLOWED = {
    "draft": set(),
    "submitted": OFFICE,
    "returned": OFFICE,
    "declined": OFFICE,
    "withdrawn": OFFICE,
    "note": OFFICE,
    "hiddencomment": {"moderator", "manager"},
    "removedcomment": set(),
    "attachment": OFFICE,
    "profileforoffice": {"moderator", "manager"},
    "outcomedraft": OFFICE,
    "outcomescheduled": OFFICE,
    "outcomewithdrawn": OFFICE,
    "outcomepicture": OFFICE,
    "issuedraft": OFFICE,
    "subscriptionaddress": set(),
    "letteraddress": {"moderator", "manager"},
    "groupproposal": OFFICE,
    "groupdeclined": OFFICE,
    "groupreport": {"moderator", "manager"},
    "grouprequest": {"moderator", "manager"},
    "groupmember": OFFICE,
    "groupaddress": {"moderator", "manager"},
    "grouptalk": OFFICE,
    "grouppost": OFFICE,
    "grouphidden": {"moderator", "manager"},
    "meetingtitle": OFFICE,
    "meetingplace": OFFICE,
    "meetingagenda": OFFICE,
    "meetinglink": OFFICE,
    "meetingcancelled": OFFICE,
    "meetingcomer": OFFICE,
    "meetingnotes": OFFICE,
    "meetingapproved": OFFICE,
    "task": OFFICE,
    "taskwords": OFFICE,
    "datepoll": OFFICE,
    "datepolldropped": OFFICE,
    "liftorigin": set(),
    "liftcontact": set(),
}
NEWS = {
    "outcomedraft", "outcomescheduled", "outcomewithdrawn", "outcomepicture", "issuedraft", "subscriptionaddress",
}  # fmt: skip
GROUP_ROOM = {
    "groupreport", "grouprequest", "groupmember", "groupaddress", "grouptalk", "grouppost", "grouphidden",
    "meetingtitle", "meetingplace", "meetingagenda", "meetinglink", "meetingcancelled", "meetingcomer",
    "meetingnotes", "meetingapproved", "liftorigin", "liftcontact", "datepoll", "task", "taskwords",
    "datepolldropped",
}  # fmt: skip
OWNERLESS = {"note", "removedcomment", "letteraddress", *NEWS, *GROUP_ROOM}  # not even the owner of the case finds it
NEVER = ("/konto/logout/", "/admin/", "/sprache/")
ECHOES = ("/konto/login/?", "/barriere-melden/?", "/melden/?", "/static/")  # repeat where one comes from
OF_AN_IDEA = (
    "idea", "idea_versions", "correct_idea", "trail", "trail_code", "office_idea", "comment_idea", "case_letters",
    "api:idea-detail", "api:idea-trail",
)  # fmt: skip
OF_A_GROUP = (
    "group", "join_group", "leave_group", "group_members", "describe_group", "group_stand", "group_report",
    "office_group", "edit_mandate", "group_room", "new_thread", "group_meetings", "plan_meeting",
    "group_tasks", "new_task",
)  # fmt: skip
OF_A_MEETING = (
    "meeting",
    "meeting_ics",
    "change_meeting",
    "cancel_meeting",
    "meeting_attendance",
    "meeting_notes",
    "write_notes",
    "meeting_lifts",
)
OF_A_POLL = ("date_poll", "choose_date", "drop_poll")
OF_A_COMMENT = ("edit_comment", "remove_comment", "api:comment-detail")
SEARCHES = (
    ("ideas", "q"), ("similar_ideas", "title"), ("office_actors", "q"), ("actors", "q"), ("api:idea-list", "q"),
)  # fmt: skip
# The lists of the read interface.
LISTS = ("idea", "comment", "outcome", "municipality", "field-of-action", "partner", "legal-text")
MOST = 1600  # pages of a walk; more would be an endless one


class Links(HTMLParser):
    """The addresses a page leads to."""

    def __init__(self, page):
        super().__init__()
        self.found = set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name in {"href", "src"} and value:
                self.found.add(value)


@pytest.fixture
def owner(world):
    """A citizen who wrote all secrets; the last one stands in the profile."""
    return ActorFactory(email="owner@allianz.example", display_name="Owner", skills=secret("profileforoffice"),
                        visible_to="office")  # fmt: skip


def secret(name):
    return f"suche{name} geheim{name}"


@pytest.fixture
def secrets(world, owner):
    """Make each secret."""
    fields = {"author": owner, "field": world.field}
    for state in ("draft", "submitted", "returned", "declined", "withdrawn"):
        IdeaFactory(state=state, title=secret(state), text=secret(state), place=secret(state), **fields)
    waiting = IdeaFactory(state=IdeaState.SUBMITTED, **fields)
    NoteFactory(case=waiting.case, text=secret("note"))
    row = AttachmentFactory(alt=secret("attachment"))
    shelf.ready(row.key).write_bytes(secret("attachment").encode())
    type(waiting).objects.filter(pk=waiting.pk).update(folder=row.folder)
    public = IdeaFactory(**fields)
    index(public)
    for name, state in (
        ("outcomedraft", "draft"),
        ("outcomescheduled", "scheduled"),
        ("outcomewithdrawn", "withdrawn"),
    ):
        OutcomeFactory(state=state, title=secret(name), text=secret(name), ideas=[public])
    row = AttachmentFactory(alt=secret("outcomepicture"))
    shelf.ready(row.key).write_bytes(secret("outcomepicture").encode())
    OutcomeFactory(state="draft", folder=row.folder, ideas=[public])
    IssueFactory(subject=secret("issuedraft"), intro=secret("issuedraft"))
    for state in ("asked", "confirmed", "ended"):
        SubscriptionFactory(
            email=f"{secret('subscriptionaddress').replace(' ', '.')}.{state}@post.example", state=state
        )
    _secrets_of_groups(world, owner)
    invited = EventFactory(kind=Kind.COAUTHOR_INVITED, case=public.case)
    address = "geheimletteraddress@post.example"
    DeliveryFactory(letter="coauthor_invited", event=invited, recipient=None, address=address)
    for name in ("hiddencomment", "removedcomment"):
        words = secret(name)
        comment = CommentFactory(case=public.case, author=owner, text=words, html=f"<p>{words}</p>")
        if name == "hiddencomment":
            hide(comment, "rude")
        else:
            withdraw_comment(comment, by=owner)


def _secrets_of_groups(world, owner):
    """What only the proposer, the room of a group or its coordination may read."""
    for name, state in (("groupproposal", "proposed"), ("groupdeclined", "declined")):
        words = secret(name)
        GroupFactory(state=state, proposer=owner, title=words, question=words, expected=words, field=world.field)
    group = GroupFactory(state="reporting", report=secret("groupreport"), field=world.field, coordinator=world.other)
    MembershipFactory(group=group, actor=ActorFactory(display_name=secret("groupmember")))
    MembershipFactory(group=group, state="requested", reason=secret("grouprequest"))
    MembershipFactory(group=group, state="invited", email="geheimgroupaddress@post.example")
    thread = ThreadFactory(group=group, title=secret("grouptalk"))
    PostFactory(thread=thread, text=secret("grouppost"))
    PostFactory(thread=thread, text=secret("grouphidden"), hidden_at=now(), hidden_reason="rude")
    _secrets_of_meetings(group)


def _secrets_of_meetings(group):
    """What members alone know of a meeting, and who comes to one of which everybody knows."""
    words = {name: secret(f"meeting{name}") for name in ("title", "place", "agenda")}
    link = f"https://treffen.example/{secret('meetinglink')}"
    MeetingFactory(group=group, html=words["agenda"], link=link, **words)
    MeetingFactory(group=group, state="cancelled", cancelled_because=secret("meetingcancelled"))
    comer = ActorFactory(display_name=secret("meetingcomer"))
    for state in ("planned", "held"):
        meeting = MeetingFactory(group=group, public=True, state=state)
        MeetingReply.objects.create(meeting=meeting, actor=comer, answer="yes", at=now())
        Attendance.objects.create(meeting=meeting, actor=comer)
        LiftFactory(meeting=meeting, actor=comer, origin=secret("liftorigin"), contact=secret("liftcontact"))
    PollFactory(group=group, title=secret("datepoll"))
    TaskFactory(group=group, title=secret("task"), words=secret("taskwords"))
    TaskFactory(group=group, title=secret("task"), due_on=today() - timedelta(days=9))
    PollFactory(group=group, state="dropped", dropped_because=secret("datepolldropped"))
    for name, state in (("meetingnotes", "draft"), ("meetingapproved", "approved")):
        NotesFactory(meeting__group=group, meeting__public=True, text=secret(name), state=state)


def guesses():
    """The addresses that somebody could try without a link."""
    for idea in Idea.objects.select_related("case"):
        yield reverse("edit_draft", args=[idea.pk])
        if idea.reference:
            for name in OF_AN_IDEA:
                yield reverse(name, args=[idea.reference])
    for comment in Comment.objects.all():
        yield from (reverse(name, args=[comment.pk]) for name in OF_A_COMMENT)
    for file in Attachment.objects.all():
        yield from (file.get_absolute_url(), reverse("outcome_picture", args=[file.key, file.name]))
    for outcome in Outcome.objects.all():
        yield from (reverse(name, args=[outcome.pk]) for name in ("office_outcome", "edit_outcome", "discard_outcome"))
        if outcome.slug:
            yield from (outcome.get_absolute_url(), reverse("api:outcome-detail", args=[outcome.slug]))

    for group in Group.objects.all():
        yield from (reverse(name, args=[group.slug]) for name in OF_A_GROUP)
        yield reverse("trail", args=[group.reference])
        yield from (reverse("group_member", args=[group.slug, row.pk]) for row in group.memberships.all())
    for thread in Thread.objects.select_related("group"):
        address = [thread.group.slug, thread.pk]
        yield reverse("thread", args=address)
        for post in posts_of(thread):
            yield from (reverse(name, args=[*address, post.pk]) for name in ("edit_post", "remove_post", "hide_post"))
    for meeting in Meeting.objects.select_related("group"):
        yield from (reverse(name, args=[meeting.group.slug, meeting.pk]) for name in OF_A_MEETING)
    for task in Task.objects.select_related("group"):
        yield task.get_absolute_url()
    for poll in DatePoll.objects.select_related("group"):
        yield from (reverse(name, args=[poll.group.slug, poll.pk]) for name in OF_A_POLL)
    for issue in Issue.objects.all():
        yield from (reverse(name, args=[issue.pk]) for name in ("edit_issue", "preview_issue", "issue_letter"))
    for row in Subscription.objects.all():
        yield from (confirm_path(row), end_path(row))


def crawl(client):
    """Everything that ``client`` reaches by links, searches and guesses: address → headers and body."""
    waiting = {
        "/",
        "/meine/",
        "/geschaeftsstelle/",
        "/ideen/",
        "/akteure/",
        "/api/v1/",
        "/ergebnisse/",
        "/newsletter/",
        "/arbeitsgruppen/",
        "/termine/",
        "/termine/kalender.ics",
        "/termine/atom.xml",
        "/geschaeftsstelle/akteure/",
    }
    waiting |= {reverse(f"api:{name}-list") for name in LISTS} | {reverse("api_schema")}
    waiting |= set(guesses())
    for name in ALLOWED:
        for path, parameter in SEARCHES:
            waiting.add(f"{reverse(path)}?{parameter}=suche{name}")
    seen = {}
    while waiting and len(seen) < MOST:
        address = waiting.pop()
        answer = client.get(address)
        body = b"".join(answer).decode("utf-8", "replace")
        seen[address] = f"{answer.headers}\n{body}"
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            waiting |= {it for it in map(local, Links(body).found) if it and it not in seen}
        if answer.status_code in {301, 302} and (target := local(answer.headers["Location"])) not in seen:
            waiting.add(target)
    assert len(seen) < MOST, "the walk has no end"
    return seen


def local(address):
    """``address`` without its fragment if it stays in the portal and is worth a visit, else nothing."""
    parts = urlsplit(address)
    plain = parts._replace(fragment="").geturl()
    return (
        ""
        if parts.netloc or parts.scheme or not parts.path.startswith("/") or plain.startswith(NEVER + ECHOES)
        else plain
    )


@pytest.mark.parametrize("role", [*ROLES, "owner"])
def test_each_secret_is_found_only_by_those_who_may(role, world, owner, secrets):
    person = owner if role == "owner" else world.people[role]
    pages = crawl(as_(person) if person else Client())

    found = {name for name in ALLOWED for page in pages.values() if f"geheim{name}" in page}
    allowed = {name for name, roles in ALLOWED.items() if role in roles or (role == "owner" and name not in OWNERLESS)}
    assert {
        name: [address for address, page in pages.items() if f"geheim{name}" in page] for name in found - allowed
    } == {}
    assert allowed - found == set()
    assert len(pages) > 30


def test_programs_read_the_same_whoever_sends_them(world, owner, secrets):
    addresses = [it for it in [*guesses(), *map(reverse, (f"api:{name}-list" for name in LISTS))] if "/api/" in it]

    for person in (owner, world.people["manager"]):
        assert {it: as_(person).get(it).content for it in addresses} == {
            it: Client().get(it).content for it in addresses
        }
    assert len(addresses) > 15
