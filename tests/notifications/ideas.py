"""Events about ideas: an example of each with its rows, the operations in short, and the letters they bring."""

import re
from datetime import UTC, datetime, timedelta

from notifications import fanout
from notifications.models import Delivery
from notifications.states import State
from participation.core.clock import now, today
from participation.discussion.models import Comment
from participation.events.kinds import CaseKind, Kind
from participation.ideas.models import Answer, Idea, Review
from participation.ideas.operations.answering import draft_answer, publish_answer
from participation.ideas.operations.reviewing import decline_idea, publish_idea, return_idea
from participation.ideas.operations.writing import resubmit_idea, submit_idea
from participation.promises.models import Extension, Follow, Promise
from tests.factories import CaseFactory, EventFactory, IdeaFactory
from tests.letters import deliver_all
from tests.notifications import coauthors, mergers

SITE = "http://127.0.0.1:8000"
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

STATES = {
    Kind.IDEA_SUBMITTED: "submitted",
    Kind.IDEA_RESUBMITTED: "submitted",
    Kind.IDEA_RETURNED: "returned",
    Kind.IDEA_WARNED: "returned",
    Kind.IDEA_DECLINED: "declined",
    Kind.PROMISE_EXTENDED: "submitted",
    Kind.PROMISES_OVERDUE: "submitted",
    Kind.PROMISES_DUE: "submitted",
}
DUE_IN = {Kind.PROMISES_OVERDUE: -1, Kind.PROMISES_DUE: 1}  # days


def an_idea_event(kind, actor):
    """An event of ``kind`` whose letters all concern ``actor``."""
    if kind in mergers.KINDS:
        return mergers.a_merger_event(kind, actor)
    if kind in coauthors.STATES:
        return coauthors.a_coauthor_event(kind, actor)
    moment, state = now(), STATES.get(kind, "published")
    case = CaseFactory(reference="2026-0042", kind=CaseKind.IDEA, owner=actor, title="Mitfahrbank")
    idea = Idea.objects.create(
        case=case, author=actor, moderator=actor, title="Mitfahrbank", text="Eine Bank.", state=state,
        reply_by=today() if state == "returned" else None, warned_at=moment if kind == Kind.IDEA_WARNED else None,
        created_at=moment, updated_at=moment, submitted_at=moment, moved_at=moment,
        published_at=moment if state == "published" else None,
    )  # fmt: skip
    late = moment + timedelta(days=DUE_IN.get(kind, 9))
    promise = Promise.objects.create(
        case=case, subject="answer", made_at=moment - timedelta(days=9), due_at=late
    )  # fmt: skip
    Follow.objects.create(case=case, actor=actor, since=moment)
    outcome = state if state in Review.Outcome.values else "published"
    review = Review.objects.create(
        idea=idea, outcome=outcome, reason="unclear" if outcome == "declined" else "", text="Wo genau?", version=1,
        at=moment,
    )  # fmt: skip
    answer = Answer.objects.create(
        idea=idea, text="Ja.", html="<p>Ja.</p>", leads_to="adopted", body="council", decided_on=today(),
        state="published", drafted_at=moment, published_at=moment,
    )  # fmt: skip
    extension = Extension.objects.create(
        promise=promise, former_due_at=late - timedelta(days=1), due_at=late, reason="Urlaub", at=moment
    )
    parent = Comment.objects.create(case=case, author=actor, text="Gut.", posted_at=moment)
    comment = Comment.objects.create(
        case=case, author=actor, parent=parent, text="Stimmt.", html="<p>Stimmt.</p>", posted_at=moment
    )
    facts = {
        "idea": idea.pk, "review": review.pk, "answer": answer.pk, "extension": extension.pk, "version": 1,
        "comment": comment.pk, "to": actor.pk, "overdue": False,
    }  # fmt: skip
    return EventFactory(kind=kind, case=None if kind in DUE_IN else case, facts=facts)


def letters():
    """Which letters were written, each with its reader, or with the reason why it did not leave."""
    deliver_all()
    rows = Delivery.objects.select_related("recipient")
    return sorted((row.letter, row.recipient.display_name if row.state == State.SENT else row.reason) for row in rows)


def fan_out_all():
    """Write the letters of all events, and send none."""
    for event_id in list(fanout.open_intakes().values_list("event_id", flat=True)):
        fanout.fan_out(event_id)


def mail(reader, letter):
    """Subject, text and HTML of the reader's last letter of that name, with plain blanks in its dates."""
    deliver_all()
    row = Delivery.objects.filter(letter=letter, recipient=reader).latest("pk")
    sent = next(one for one in deliver_all() if one.extra_headers["Message-ID"] == row.message_id)
    text, html = (re.sub("\xa0|&nbsp;", " ", words) for words in (sent.body, sent.alternatives[0][0]))
    return sent.subject, text, html


def submit(by, **fields):
    """Submit a new idea."""
    return submit_idea(IdeaFactory(state="draft", author=by, **fields), by=by)


def correct(idea):
    """Send a returned or declined idea again, in its author's name."""
    idea.refresh_from_db()
    words = {"title": idea.title, "text": "Am Rathaus.", "field": idea.field}
    resubmit_idea(idea, version=idea.version, corrected="Den Ort ergänzt.", by=idea.author, **words)


def publish(idea, by, **words):
    """Publish a submitted idea."""
    publish_idea(idea, version=idea.version, by=by, **words)


def ask_back(idea, by):
    """Return a submitted idea with a question."""
    return_idea(idea, version=idea.version, question="Wo genau?", by=by)


def decline(idea, by):
    """Decline a submitted idea."""
    decline_idea(idea, version=idea.version, reason=Review.Reason.NOT_HERE, text="Das ist Sache des Bundes.", by=by)


def answer(idea, by, leads_to="", **decided):
    """Publish an official answer."""
    row = draft_answer(idea, "So *geht* es weiter.", by=by, leads_to=leads_to, **decided)
    publish_answer(row, version=row.version, by=by)
