"""The small alliance with ``amount`` rows of each thing that a page lists, and talks of many comments."""

from datetime import timedelta

from notifications.mailboxes import remember_refusal
from notifications.models import InboxItem, Intake, Resending
from notifications.preferences import mute
from participation.accessibility.queries import RECEIPT as BARRIER_RECEIPT
from participation.actors.models import Actor
from participation.core.clock import now, today
from participation.core.hiding import hide
from participation.core.models import PendingDraft
from participation.discussion.models import Comment
from participation.events.kinds import Kind
from participation.groups.meeting_models import Attendance, MeetingReply
from participation.groups.models import Prolongation
from participation.groups.operations.calendar_keys import make_calendar_key
from participation.groups.poll_models import DateVote
from participation.groups.queries import INVITATION as MEMBERSHIP
from participation.ideas.coauthor_queries import INVITATION
from participation.ideas.models import IdeaVersion
from participation.ideas.operations.merging import merge_idea
from participation.ideas.search import index
from participation.ideas.states import IdeaState
from participation.newsroom.models import OutcomeVersion
from participation.newsroom.newsletter_queries import CONFIRM, END
from participation.region.models import LegalText
from participation.reports.queries import RECEIPT, STATEMENT
from tests.coauthor_factories import CoAuthorFactory
from tests.factories import (
    ActorFactory,
    AnswerFactory,
    AppointmentFactory,
    BarrierReportFactory,
    CommentFactory,
    EventFactory,
    FieldOfActionFactory,
    FollowFactory,
    IdeaFactory,
    LegalTextFactory,
    MunicipalityFactory,
    NoteFactory,
    PartnerFactory,
    SupportFactory,
    TextBlockFactory,
)
from tests.files import AttachmentFactory, FolderFactory
from tests.group_factories import (
    GroupFactory,
    LiftFactory,
    MeetingFactory,
    MembershipFactory,
    NotesFactory,
    PollFactory,
    RideFactory,
    TaskFactory,
    ThreadFactory,
)
from tests.letter_factories import DeliveryFactory, InboxItemFactory
from tests.newsroom_factories import IssueFactory, OutcomeFactory, SubscriptionFactory
from tests.report_factories import ObjectionFactory, ReportFactory, StatementFactory

from .world import World

LONG_AGO = now() - timedelta(days=300)


class Crowd(World):
    """The alliance; ``idea`` is the one that everything happened to, ``comments`` how often it was talked about.

    Rows are written by many people: a page that asks for each of them shows.
    """

    def __init__(self, amount, comments):
        super().__init__()
        self.amount = amount
        self.citizen = self.people["actor"]
        self.folk = [ActorFactory(visible_to="public", skills="Backen", offers="Hof") for _ in range(amount)]
        self._region()
        self._ideas()
        self._everything_about_one(comments)
        self._together()
        self._groups(comments)
        self._office()
        self._letters()

    def times(self, make, **fields):
        """Make one row for each of the folk: ``make(person, number)``."""
        return [make(person, number, **fields) for number, person in enumerate(self.folk)]

    def _region(self):
        self.times(lambda person, number: MunicipalityFactory(name=f"Ort {number}", slug=f"ort-{number}"))
        self.times(lambda person, number: PartnerFactory())
        self.times(lambda person, number: FieldOfActionFactory())
        self.times(lambda person, number: LegalTextFactory(kind=LegalText.Kind.TERMS, version=number + 2))
        self.times(lambda person, number: AppointmentFactory(actor=person, post="mayor"))
        self.times(lambda person, number: self._former_post(number))

    def _former_post(self, number):
        began = today() - timedelta(days=30 * (number + 1))
        AppointmentFactory(actor=self.citizen, post="spokesperson", since=began, until=began + timedelta(days=10))

    def _ideas(self):
        self.public = self.times(self._idea)
        self.own = self.times(lambda person, number: self._idea(self.citizen, number, state=IdeaState.SUBMITTED))
        self.times(lambda person, number: self._idea(self.citizen, number, state=IdeaState.RETURNED))
        self.drafts = self.times(lambda person, number: self._idea(self.citizen, number, state=IdeaState.DRAFT))
        self.submitted = self.times(
            lambda person, number: self._idea(person, number, state=IdeaState.SUBMITTED, moderator=self.other)
        )
        self.times(
            lambda person, number: PendingDraft.objects.create(
                actor=self.citizen, path="/meine/profil/", fields={"skills": ["x"]}, created_at=now()
            )
        )

    def _idea(self, author, number, **fields):
        row = IdeaFactory(author=author, title=f"Mitfahrbank am Ort {number}", whole_alliance=False, **fields)
        row.municipalities.add(self.municipality)
        index(row)
        return row

    def _everything_about_one(self, comments):
        folder = FolderFactory()
        for place in range(1, min(self.amount, 5) + 1):
            AttachmentFactory(folder=folder, position=place)
        self.idea = self._idea(self.folk[0], 0, folder=folder, version=self.amount)
        later = {"idea": self.idea, "title": "Bank", "text": "Eine Bank.", "at": now()}
        IdeaVersion.objects.filter(idea=self.idea).delete()
        self.times(lambda person, number: IdeaVersion.objects.create(number=number + 1, **later))
        self.times(lambda person, number: AnswerFactory(idea=self.idea, published=True, drafted_by=person))
        self.times(lambda person, number: SupportFactory(idea=self.idea, actor=person))
        self.times(lambda person, number: FollowFactory(case=self.idea.case, actor=person))
        self.times(lambda person, number: NoteFactory(case=self.idea.case, author=person))
        self.times(lambda person, number: EventFactory(kind=Kind.IDEA_TOOK_IN, case=self.idea.case, by=person))
        self.times(lambda person, number: merge_idea(self._idea(person, number), self.idea, version=1, by=self.other))
        self.idea.refresh_from_db()
        self._talk(comments)

    def _together(self):
        """Co-authors of the idea, of each idea of the citizen's, and the citizen of those of others."""
        for idea in (self.idea, *self.own):
            for person in self.folk[:2]:
                CoAuthorFactory(idea=idea, state="accepted", actor=person)
            CoAuthorFactory(idea=idea, email="paul@post.example")
        self.shared = self.times(lambda person, number: self._idea(person, number, state=IdeaState.DRAFT))
        for idea in self.shared:
            CoAuthorFactory(idea=idea, state="accepted", actor=self.citizen)
        self.invitations = [CoAuthorFactory(idea=idea, email=self.citizen.email) for idea in self.public]

    def _groups(self, posts):
        """One group that everybody belongs to, asks to join and is invited to; the citizen coordinates it."""
        words = {"field": self.field, "looking_for": "Fahrer", "whole_alliance": False}
        self.groups = self.times(lambda person, number: GroupFactory(coordinator=person, **words))
        for group in self.groups:
            group.municipalities.add(self.municipality)
            MembershipFactory(group=group, actor=self.citizen)
            MembershipFactory(group=GroupFactory(**words), state="invited", email=self.citizen.email)
        self.times(lambda person, number: GroupFactory(state="proposed", proposer=person, **words))
        self.group = GroupFactory(coordinator=self.citizen, **words)
        self.member = self.times(lambda person, number: MembershipFactory(group=self.group, actor=person, shown=True))[
            0
        ]
        self.times(lambda person, number: MembershipFactory(group=self.group, state="requested"))
        self.times(
            lambda person, number: MembershipFactory(group=self.group, state="invited", email=f"x{number}@post.example")
        )
        later = {"reason": "Es dauert.", "at": now(), "former_ends_on": self.group.starts_on}
        self.times(
            lambda person, number: Prolongation.objects.create(
                group=self.group, ends_on=self.group.ends_on, report_due_on=self.group.report_due_on, by=person, **later
            )
        )
        self.times(lambda person, number: ThreadFactory(group=self.group, author=person))
        self.thread = ThreadFactory(group=self.group)
        Comment.objects.bulk_create(
            Comment(
                case=self.group.case, author=self.folk[number % self.amount], text="x", html="<p>x</p>",
                posted_at=now(), parent=self.thread.opening,
            )
            for number in range(posts)
        )  # fmt: skip
        self.meeting = MeetingFactory(group=self.group, public=True)
        self.held = MeetingFactory(group=self.group, state="held", public=True)
        for person in self.folk:
            MeetingReply.objects.create(meeting=self.meeting, actor=person, answer="yes", at=now())
            Attendance.objects.create(meeting=self.held, actor=person)
        self.times(lambda person, number: MeetingFactory(group=self.group, planned_by=person, public=True))
        self.times(lambda person, number: MeetingFactory(group=self.groups[number], public=True))
        self.times(lambda person, number: MeetingFactory(group=self.groups[number], state="held", public=True))
        self.times(lambda person, number: TaskFactory(group=self.group, assignee=person, thread=self.thread))
        self.times(lambda person, number: TaskFactory(group=self.group, assignee=person, meeting=self.held))
        self.times(lambda person, number: TaskFactory(group=self.groups[number], assignee=self.citizen))
        self.times(lambda person, number: TaskFactory(group=self.group, state="done", ended_by=person))
        self.times(lambda person, number: TaskFactory(group=self.groups[number], due_on=today() - timedelta(days=9)))
        self.task = TaskFactory(group=self.group, assignee=self.citizen)
        self.poll = PollFactory(group=self.group)
        self.times(lambda person, number: PollFactory(group=self.group, asked_by=person))
        for option in self.poll.options.all():
            for person in self.folk:
                DateVote.objects.create(option=option, actor=person, answer="yes", at=now())
        LiftFactory(meeting=self.meeting, actor=self.citizen, seats=8)
        for person in self.folk:
            LiftFactory(meeting=self.meeting, actor=person, kind="needed")
            RideFactory(meeting=self.meeting, driver=self.citizen, rider=person)
        self.notes = NotesFactory(meeting=self.held, state="published")
        self.draft = NotesFactory(meeting__group=self.group, writer=self.citizen)
        self.times(lambda person, number: NotesFactory(meeting__group=self.group, state="published"))
        for group in self.groups:
            make_calendar_key(by=self.citizen, group=group)
        self.calendar = make_calendar_key(by=self.citizen)
        self.reporting = GroupFactory(state="reporting", coordinator=self.citizen, **words)

    def _talk(self, comments):
        """Comments by many people, every second one a reply."""
        if not comments:
            return
        first = [CommentFactory(case=self.idea.case, author=person) for person in self.folk]
        Comment.objects.bulk_create(
            Comment(
                case=self.idea.case, author=self.folk[number % self.amount], text="x", html="<p>x</p>", posted_at=now(),
                parent=first[number % self.amount] if number % 2 else None,
            )
            for number in range(comments - len(first))
        )  # fmt: skip

    def _office(self):
        self.comment = CommentFactory(case=self.public[0].case, author=self.citizen)
        self.answer = AnswerFactory(idea=self.public[0], drafted_by=self.other)
        self.times(lambda person, number: TextBlockFactory(title=f"Baustein {number}"))
        self.barriers = self.times(lambda person, number: BarrierReportFactory())
        self.times(lambda person, number: BarrierReportFactory(answered=True))
        self.reports = self.times(self._report)
        self.objections = self.times(self._objection)
        self.times(lambda person, number: ReportFactory(thing=person))
        self.times(lambda person, number: ReportFactory(thing=self.idea))
        self.outcomes = self.times(self._outcome)
        self.outcome = OutcomeFactory(author=self.other, ideas=self.public, version=self.amount)
        for number in range(1, self.amount):
            words = {"title": "Bank", "text": f"Die {number}.", "note": "Gezählt.", "at": now()}
            OutcomeVersion.objects.create(outcome=self.outcome, number=number + 1, by=self.folk[number], **words)
        self._newsletter()
        self.times(lambda person, number: ActorFactory(confirmed=False))
        self.times(lambda person, number: EventFactory(kind=Kind.PARTNER_CHANGED, by=person, at=now() - timedelta(1)))

    def _newsletter(self):
        self.readers = self.times(lambda person, number: SubscriptionFactory())
        self.asked = self.times(lambda person, number: SubscriptionFactory(state="asked"))
        answers = [AnswerFactory(idea=idea, published=True) for idea in self.public]
        told = {"outcomes": self.outcomes, "answers": answers}
        self.times(lambda person, number: IssueFactory(state="sent", sent_at=LONG_AGO))
        self.issue = IssueFactory(state="sent", sent_at=LONG_AGO, **told)
        self.draft_issue = IssueFactory(**told)

    def _outcome(self, person, number):
        return OutcomeFactory(author=person, folder=AttachmentFactory().folder, ideas=[self.idea])

    def _report(self, person, number):
        return ReportFactory(thing=CommentFactory(case=self.public[number].case, author=person), reporter=person)

    def _objection(self, person, number):
        """Something of the citizen's was hidden, by somebody; the citizen objects."""
        row = self._idea(self.citizen, number)
        hide(row, "rude")
        self.statement = StatementFactory(thing=row, by=person)
        return ObjectionFactory(statement=self.statement)

    def _letters(self):
        """Messages for everybody, about ideas public and hidden; what the citizen hears nothing of."""
        for person in (self.citizen, self.people["moderator"], self.people["manager"]):
            self.times(lambda _, number, person=person: self._messages(person, number))
        self.times(lambda person, number: mute(self.citizen, self.public[number].case))
        remember_refusal(self.citizen.email, "refused: 550")
        self._sent()

    def _messages(self, person, number):
        for idea in (self.public[number], self.submitted[number]):
            InboxItemFactory(recipient=person, case=idea.case)
        InboxItemFactory(recipient=person, case=self.public[number].case, letter="idea_to_review")

    def _sent(self):
        """Letters about the idea that went every way, some of them twice; fan-outs that were given up."""
        event = EventFactory(kind=Kind.IDEA_ANSWERED, case=self.idea.case)
        sent = {"state": "sent", "finished_at": now(), "urgency": 3}
        letters = self.times(
            lambda person, number: DeliveryFactory(letter="idea_news", event=event, recipient=person, **sent)
        )
        for letter in letters:
            InboxItem.objects.create(
                recipient=letter.recipient, event=event, case=event.case, letter=letter.letter, created_at=now()
            )
            Resending.objects.create(
                delivery=letter, by=self.other, at=now(), former_state="failed", former_reason="refused: 550 5.2.2",
                former_finished_at=now(),
            )  # fmt: skip
        self.times(lambda person, number: DeliveryFactory(recipient=person))
        Intake.objects.update(failed_at=now(), attempts=5)

    @property
    def tokens(self):
        """Signed addresses: of a barrier report, a report, a statement of reasons, an invitation, and subscriptions."""
        return {
            "asked": CONFIRM.sign(self.asked[0].pk),
            "reader": END.sign(self.readers[0].pk),
            "barrier": BARRIER_RECEIPT.sign(self.barriers[0].pk),
            "report": RECEIPT.sign(self.reports[0].pk),
            "statement": STATEMENT.sign(self.statement.pk),
            "invitation": INVITATION.sign(self.invitations[0].pk),
            "membership": MEMBERSHIP.sign(self.group.memberships.filter(state="invited")[0].pk),
        }

    @property
    def somebody(self):
        """One of the folk."""
        return Actor.objects.get(pk=self.folk[0].pk)
