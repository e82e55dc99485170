"""News of ideas that people follow: what fills digests and inboxes."""

import re
from datetime import UTC, datetime

from notifications import digests, sender
from notifications.models import Delivery
from participation.events.kinds import Kind
from participation.events.record import record
from participation.promises.operations import follow
from tests.factories import AnswerFactory, IdeaFactory
from tests.notifications.ideas import fan_out_all

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)  # a Monday
MORNING = datetime(2026, 11, 24, 6, 5, tzinfo=UTC)  # seven o'clock in Berlin, and five minutes
REFERENCE = re.compile(r"\b20\d\d-\d{4}\b")


def news(reference, *people, idea=None):
    """The office answers an idea that ``people`` follow, and its letters are written; return the idea."""
    idea = idea or IdeaFactory(title=f"Mitfahrbank {reference}", case__reference=reference, author=None)
    for person in people:
        follow(idea.case, person)
    answer = AnswerFactory(idea=idea, published=True)
    record(Kind.IDEA_ANSWERED, case=idea.case, answer=answer.pk)
    fan_out_all()
    return idea


def sweep():
    """What beat and worker do."""
    digests.gather_due()
    sender.send_due()


def row(person, reference):
    """The letter to ``person`` about the idea with this reference."""
    return Delivery.objects.get(recipient=person, event__case__reference=reference, letter="idea_news")


def told(mails, person):
    """The references that the mails to ``person`` speak of, mail by mail."""
    return [sorted(set(REFERENCE.findall(one.body))) for one in mails if one.to == [person.email]]
