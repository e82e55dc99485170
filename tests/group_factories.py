"""Working groups and memberships for tests, made directly."""

from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from participation.core.clock import now, today
from participation.core.markup import rendered
from participation.discussion.models import Comment
from participation.events.kinds import CaseKind
from participation.groups.models import TIME_TO_ANSWER, Group, Membership
from participation.groups.states import PUBLIC, GroupState, MembershipState, Role
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
