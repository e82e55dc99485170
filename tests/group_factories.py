"""Working groups and memberships for tests, made directly."""

from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from participation.core.clock import now, today
from participation.core.markup import rendered
from participation.discussion.models import Comment
from participation.events.kinds import CaseKind
from participation.groups.lift_models import Lift, Ride
from participation.groups.meeting_models import Meeting
from participation.groups.models import TIME_TO_ANSWER, Group, Membership
from participation.groups.notes_models import MeetingNotes
from participation.groups.poll_models import DateOption, DatePoll
from participation.groups.states import PUBLIC, GroupState, MembershipState, Role
from participation.groups.task_models import Task
from participation.groups.thread_models import Thread
from participation.promises.models import Promise
from tests.factories import ActorFactory, CaseFactory, FieldOfActionFactory

ENDED = (MembershipState.REFUSED, MembershipState.WITHDRAWN, MembershipState.EXPIRED, MembershipState.LEFT,
         MembershipState.REMOVED)  # fmt: skip
JOINED = (MembershipState.MEMBER, MembershipState.LEFT, MembershipState.REMOVED)


class GroupFactory(DjangoModelFactory):
    """A working group in any ``state``; ``coordinator=…`` (an actor) coordinates it, None: nobody does.

    A proposed one has a promise.
    """

    class Meta:
        model = Group
        skip_postgeneration_save = True

    state = GroupState.ACTIVE
    title = factory.Sequence("Arbeitsgruppe Mobilität {}".format)
    slug = factory.Sequence("arbeitsgruppe-mobilitaet-{}".format)
    question = "Wie kommen Menschen abends ohne eigenes Auto von Ort zu Ort?"
    expected = "Eine Empfehlung mit Kosten und Zeitplan."
    html = factory.LazyAttribute(lambda row: rendered(row.expected, links=True))
    field = factory.SubFactory(FieldOfActionFactory)
    whole_alliance = True
    proposer = factory.SubFactory(ActorFactory)
    created_at = factory.LazyFunction(now)
    updated_at = factory.SelfAttribute("created_at")
    decided_at = factory.LazyAttribute(lambda row: None if row.state == GroupState.PROPOSED else row.created_at)
    declined_because = factory.LazyAttribute(
        lambda row: "Eine andere Gruppe arbeitet daran." if row.state == GroupState.DECLINED else ""
    )
    starts_on = factory.LazyAttribute(lambda row: today() if row.state in PUBLIC else None)
    ends_on = factory.LazyAttribute(lambda row: row.starts_on and row.starts_on + timedelta(days=200))
    report_due_on = factory.LazyAttribute(lambda row: row.ends_on and row.ends_on + timedelta(days=30))
    closed_at = factory.LazyAttribute(lambda row: row.created_at if row.state == GroupState.CLOSED else None)
    report = factory.LazyAttribute(lambda row: "Wir empfehlen einen Rufbus." if row.closed_at else "")
    report_html = factory.LazyAttribute(lambda row: rendered(row.report, links=True) if row.report else "")
    case = factory.SubFactory(
        CaseFactory, kind=CaseKind.GROUP, title=factory.SelfAttribute("..title"),
        reference=factory.Sequence("G-1999-{:04d}".format),
        path=factory.LazyAttribute(lambda row: f"/arbeitsgruppen/{row.factory_parent.slug}/"),
        public=factory.LazyAttribute(lambda row: row.factory_parent.state in PUBLIC),
        owner=factory.SelfAttribute("..proposer"), opened_at=factory.SelfAttribute("..created_at"),
    )  # fmt: skip

    @factory.post_generation
    def promised(self, create, extracted, **_):
        if self.state == GroupState.PROPOSED:
            due_at = self.created_at + timedelta(days=14)
            Promise.objects.create(
                case=self.case, subject=Promise.Subject.GROUP, made_at=self.created_at, due_at=due_at
            )

    @factory.post_generation
    def coordinator(self, create, extracted, **_):
        if extracted:
            MembershipFactory(group=self, actor=extracted, role=Role.COORDINATOR)


class MembershipFactory(DjangoModelFactory):
    """Somebody in a group; ``state="requested"`` waits for an answer, ``state="invited"`` with ``email`` was asked."""

    class Meta:
        model = Membership

    group = factory.SubFactory(GroupFactory)
    state = MembershipState.MEMBER
    role = Role.MEMBER
    since = factory.LazyFunction(now)
    joined_at = factory.LazyAttribute(lambda row: row.since if row.state in JOINED else None)
    ended_at = factory.LazyAttribute(lambda row: row.since if row.state in ENDED else None)
    answer_by = factory.LazyAttribute(lambda row: row.since + TIME_TO_ANSWER if row.state == "requested" else None)
    reason = factory.LazyAttribute(lambda row: "Ich fahre jeden Tag Bus." if row.state == "requested" else "")
    email = factory.LazyAttribute(lambda row: "olga@allianz.example" if row.state == "invited" else "")
    invited_by = factory.LazyAttribute(lambda row: ActorFactory() if row.state == "invited" else None)

    @factory.lazy_attribute
    def actor(self):
        return None if self.state == MembershipState.INVITED else ActorFactory()


class PostFactory(DjangoModelFactory):
    """Something said in the room of ``group``; with ``thread`` as a reply there."""

    class Meta:
        model = Comment

    class Params:
        group = factory.SubFactory(GroupFactory)
        thread = None

    case = factory.LazyAttribute(lambda row: (row.thread.group if row.thread else row.group).case)
    parent = factory.LazyAttribute(lambda row: row.thread.opening if row.thread else None)
    author = factory.SubFactory(ActorFactory)
    text = "Am Rathaus ist abends Licht."
    html = factory.LazyAttribute(lambda row: rendered(row.text, links=True))
    posted_at = factory.LazyFunction(now)


class ThreadFactory(DjangoModelFactory):
    """A talk in the room of ``group``, begun by ``author``."""

    class Meta:
        model = Thread

    class Params:
        author = factory.SubFactory(ActorFactory)
        text = "Wo hält man besser an?"

    group = factory.SubFactory(GroupFactory)
    opening = factory.LazyAttribute(lambda row: PostFactory(group=row.group, author=row.author, text=row.text))
    title = factory.Sequence("Rathaus oder Kirche {}?".format)
    last_at = factory.LazyAttribute(lambda row: row.opening.posted_at)


class MeetingFactory(DjangoModelFactory):
    """A meeting of ``group``, planned for ten days ahead; ``state="held"`` lies ten days back."""

    class Meta:
        model = Meeting

    class Params:
        days = factory.LazyAttribute(lambda row: -10 if row.state == "held" else 10)

    group = factory.SubFactory(GroupFactory)
    title = factory.Sequence("Standorte der Bänke {}".format)
    state = "planned"
    starts_at = factory.LazyAttribute(lambda row: now() + timedelta(days=row.days))
    ends_at = factory.LazyAttribute(lambda row: row.starts_at + timedelta(hours=2))
    place = "Rathaus Krombach, 1. Stock"
    agenda = "- Standorte\n- Kosten"
    html = factory.LazyAttribute(lambda row: rendered(row.agenda, links=True))
    held_at = factory.LazyAttribute(lambda row: row.ends_at if row.state == "held" else None)
    cancelled_because = factory.LazyAttribute(lambda row: "Der Saal ist gesperrt." if row.state == "cancelled" else "")
    created_at = factory.LazyAttribute(lambda row: row.starts_at - timedelta(days=20))
    updated_at = factory.SelfAttribute("created_at")


class NotesFactory(DjangoModelFactory):
    """The notes of a meeting that was held; ``writer=…`` has the pen."""

    class Meta:
        model = MeetingNotes

    meeting = factory.SubFactory(MeetingFactory, state="held")
    text = "Vereinbart: am Rathaus."
    html = factory.LazyAttribute(lambda row: rendered(row.text, links=True))
    version = 1
    state = "draft"
    touched_at = factory.LazyAttribute(lambda row: now() if row.writer else None)
    writer = None
    approved_at = factory.LazyAttribute(lambda row: now() if row.state != "draft" else None)
    published_at = factory.LazyAttribute(lambda row: now() if row.state == "published" else None)
    updated_at = factory.LazyFunction(now)


class LiftFactory(DjangoModelFactory):
    """Somebody has a free seat on the way to a meeting; ``kind="needed"``: needs one."""

    class Meta:
        model = Lift

    meeting = factory.SubFactory(MeetingFactory)
    actor = factory.SubFactory(ActorFactory)
    kind = "offered"
    seats = factory.LazyAttribute(lambda row: 1 if row.kind == "offered" else 0)
    origin = "Krombach"
    at = factory.LazyFunction(now)


class RideFactory(DjangoModelFactory):
    """``rider`` asks ``driver``; both said how they get to the meeting."""

    class Meta:
        model = Ride

    meeting = factory.SubFactory(MeetingFactory)
    driver = factory.LazyAttribute(lambda row: LiftFactory(meeting=row.meeting).actor)
    rider = factory.LazyAttribute(lambda row: LiftFactory(meeting=row.meeting, kind="needed").actor)
    asked_by = factory.SelfAttribute("rider")
    asked_at = factory.LazyFunction(now)


class PollFactory(DjangoModelFactory):
    """The search for a date of ``group`` with two times; ``state="decided"`` has a meeting."""

    class Meta:
        model = DatePoll
        skip_postgeneration_save = True

    group = factory.SubFactory(GroupFactory)
    title = factory.Sequence("Wann über Standorte {}?".format)
    place = "Rathaus Krombach"
    state = "open"
    closes_on = factory.LazyFunction(lambda: today() + timedelta(days=5))
    meeting = factory.LazyAttribute(lambda row: MeetingFactory(group=row.group) if row.state == "decided" else None)
    dropped_because = factory.LazyAttribute(lambda row: "Wir telefonieren." if row.state == "dropped" else "")
    created_at = factory.LazyFunction(lambda: now() - timedelta(hours=1))
    updated_at = factory.SelfAttribute("created_at")

    @factory.post_generation
    def times(self, create, extracted, **_):
        for days in (10, 11):
            begin = now() + timedelta(days=days)
            DateOption.objects.create(poll=self, starts_at=begin, ends_at=begin + timedelta(hours=2))


class TaskFactory(DjangoModelFactory):
    """Something that ``assignee`` (None: nobody yet) is to do within a week."""

    class Meta:
        model = Task

    group = factory.SubFactory(GroupFactory)
    title = factory.Sequence("Bauhof fragen {}".format)
    due_on = factory.LazyFunction(lambda: today() + timedelta(days=7))
    state = "open"
    ended_at = factory.LazyAttribute(lambda row: None if row.state == "open" else now())
    created_at = factory.LazyFunction(lambda: now() - timedelta(days=20))
    updated_at = factory.SelfAttribute("created_at")
