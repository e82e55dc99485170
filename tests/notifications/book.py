"""A due letter of any name in the letterbook, each with all that it talks about."""

from allauth.account.models import EmailAddress

from notifications import catalogue
from notifications.states import Rhythm, State, Urgency
from notifications.stopping import DIGEST
from participation.actors.models import Appointment
from participation.events.kinds import Kind
from tests.factories import ActorFactory, BarrierReportFactory, CaseFactory, EventFactory
from tests.letter_factories import DeliveryFactory
from tests.notifications.groups import GROUP_LETTERS, a_group_event
from tests.notifications.ideas import an_idea_event
from tests.notifications.newsroom import NEWSLETTER, OUTCOME, READER, a_news_event
from tests.notifications.reports import REPORT_LETTERS, a_report_event

EVENT_LETTERS = {letter.name: kind for kind, letters in catalogue.LETTERS.items() for letter in letters}


def a_delivery(name, language="de", **fields):
    """A due letter of any name, with all that it talks about."""
    actor = fields.pop("recipient", None) or ActorFactory(
        email="ada@post.example",
        display_name="Ada",
        posts=["manager" if name == "promises_overdue" else "moderator"],
        confirmed="confirmation" not in name,
        language=language,
    )
    if name == DIGEST:
        return a_digest(actor, language)
    event, facts = None, {}
    if name in REPORT_LETTERS:
        event = a_report_event(name, actor)
    elif name in GROUP_LETTERS:
        event = a_group_event(name, actor)
    elif name in EVENT_LETTERS:
        event = an_event(EVENT_LETTERS[name], actor)
        if name in {"newsletter", "newsletter_confirmation"}:
            fields.setdefault("address", READER)
        if name == "newsletter":
            actor = None
    elif name.startswith("email_confirmation"):
        facts = {"email_address": EmailAddress.objects.get(user=actor).pk}
    return DeliveryFactory(letter=name, recipient=actor, language=language, event=event, facts=facts, **fields)


def a_digest(actor, language="de"):
    """A digest of two letters about two ideas, and one about none."""
    row = DeliveryFactory(letter=DIGEST, recipient=actor, language=language, urgency=Urgency.DIGEST)
    for letter in ("idea_news", "idea_unmerged_news"):
        event = an_event(EVENT_LETTERS[letter], actor)
        DeliveryFactory(
            letter=letter, recipient=actor, language=language, event=event, bundle=row, state=State.BUNDLED,
            rhythm=Rhythm.DAILY,
        )  # fmt: skip
    return row


def an_event(kind, actor):
    """An event of ``kind`` whose letters all concern ``actor``."""
    if kind in {Kind.BARRIER_REPORTED, Kind.BARRIER_ANSWERED}:
        case = CaseFactory(reference="B-2026-0007")
        report = BarrierReportFactory(case=case, reporter=actor, answered=kind == Kind.BARRIER_ANSWERED)
        return EventFactory(kind=kind, case=case, facts={"report": report.pk})
    if kind in OUTCOME | NEWSLETTER:
        return a_news_event(kind, actor)
    if kind not in {Kind.APPOINTMENT_MADE, Kind.APPOINTMENT_ENDED}:
        return an_idea_event(kind, actor)
    return EventFactory(kind=kind, facts={"appointment": Appointment.objects.get(actor=actor).pk})
