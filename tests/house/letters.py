"""Letters, messages and what people choose about them, for the rows of the permission table."""

from notifications.mailboxes import remember_refusal
from notifications.models import Intake
from notifications.preferences import mute
from notifications.stopping import Stop, key_of
from notifications.topics import Topic
from participation.core.clock import now
from participation.events.kinds import Kind
from tests.factories import ActorFactory, EventFactory, IdeaFactory, ReviewFactory
from tests.letter_factories import DeliveryFactory, InboxItemFactory
from tests.report_factories import ReportFactory


def muted_case(world, owner):
    """An idea that nobody but its author and the office may read, and of which the owner wants to hear nothing."""
    row = IdeaFactory(state="submitted", author=ActorFactory(), field=world.field)
    mute(owner or world.other, row.case)
    return {"reference": row.reference}


def refusing_mailbox(world, owner):
    remember_refusal((owner or world.other).email, "refused: 550")
    return {}


def message(world, owner):
    return {"pk": InboxItemFactory(recipient=owner or world.other).pk}


def messages(world, owner):
    message(world, owner)
    return {}


def key_in_a_letter(world, owner):
    return {"key": key_of(Stop(world.other.pk, Topic.FOLLOWED))}


def letter_that_was_sent(world, owner):
    row = IdeaFactory(author=world.other, field=world.field)
    event = EventFactory(kind=Kind.IDEA_PUBLISHED, case=row.case, facts={"review": ReviewFactory(idea=row).pk})
    fields = {"state": "sent", "finished_at": now()}
    return {"pk": DeliveryFactory(letter="idea_published", event=event, recipient=world.other, **fields).pk}


def letter_about_ones_own(world, owner):
    row = ReportFactory(thing=IdeaFactory(author=owner or world.other, field=world.field))
    event = EventFactory(kind=Kind.REPORT_RECEIVED, case=row.case, facts={"report": row.pk})
    fields = {"state": "sent", "finished_at": now(), "address": "rita@post.example"}
    return {"pk": DeliveryFactory(letter="report_received", event=event, recipient=None, **fields).pk}


def fan_out_that_was_given_up(world, owner):
    event = EventFactory(kind=Kind.IDEA_PUBLISHED, case=IdeaFactory(author=world.other, field=world.field).case)
    return {"pk": Intake.objects.create(event=event, not_before=now(), failed_at=now(), attempts=5).pk}


# Each is a function of (world, owner) that gives the arguments of the address, and may make rows.
LETTERS = {
    "letter that was sent": letter_that_was_sent,
    "letter about one's own": letter_about_ones_own,
    "fan-out that was given up": fan_out_that_was_given_up,
    "muted case": muted_case,
    "refusing mailbox": refusing_mailbox,
    "message": message,
    "messages": messages,
    "key in a letter": key_in_a_letter,
    "forged key in a letter": lambda world, owner: {"key": key_in_a_letter(world, owner)["key"][:-1] + "!"},
}
