"""What letters about the life of working groups say: proposed, founded or not, at rest, prolonged, closed."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from participation.core.web import absolute
from participation.events.kinds import Kind
from participation.groups.models import Group, Membership, Prolongation
from participation.groups.queries import has_coordination, with_life_signs
from participation.groups.states import JOINABLE, GroupState
from participation.promises.models import Promise

from .unwanted import NO_LONGER, Unwanted

MOVED_ON = gettext_noop("the working group has moved on")

# What happened → the states in which it is still news, the subject of the letter, and what it says first.
NEWS = {
    Kind.GROUP_ACTIVE: (
        (GroupState.ACTIVE,),
        gettext_lazy("%(reference)s: the working group begins its work"),
        gettext_lazy("The working group has come together and begins its work."),
    ),
    Kind.GROUP_DORMANT: (
        (GroupState.DORMANT,),
        gettext_lazy("%(reference)s: the working group rests"),
        gettext_lazy("The working group rests for the time being. Nobody expects anything of it, and you stay in it."),
    ),
    Kind.GROUP_WOKE: (
        (GroupState.ACTIVE,),
        gettext_lazy("%(reference)s: the working group is at work again"),
        gettext_lazy("The working group has taken its work up again."),
    ),
    Kind.GROUP_REPORTING: (
        (GroupState.REPORTING,),
        gettext_lazy("%(reference)s: the closing report is being written"),
        gettext_lazy("The working group has come to the end of its work and writes its closing report."),
    ),
    Kind.GROUP_PROLONGED: (
        (GroupState.ACTIVE,),
        gettext_lazy("%(reference)s: the working group has more time"),
        gettext_lazy("The office has prolonged the working group, and it goes on with its work."),
    ),
    Kind.GROUP_CLOSED: (
        (GroupState.CLOSED,),
        gettext_lazy("%(reference)s: the closing report is here"),
        gettext_lazy(
            "The working group has published its closing report and has done its work. Thank you for taking part!"
        ),
    ),
    Kind.OFFICE_STEPPED_IN: (
        JOINABLE,
        gettext_lazy("%(reference)s: the office coordinates for the time being"),
        gettext_lazy("The office coordinates the working group until somebody of the group takes over."),
    ),
}


def receipt(delivery):
    """For whoever proposed the group: it has arrived, and until when the office answers."""
    group = _proposed(_of_proposer(delivery))
    return {**_for_proposer(delivery, group), "due_at": _promised(group)}


def to_decide(delivery):
    """For the office: what was proposed, and until when an answer is owed."""
    group = _proposed(group_of(delivery))
    words = {"person": named(group.proposer), "due_at": _promised(group)}
    return {**for_office(delivery, group), **words}


def founded(delivery):
    """For whoever proposed the group: it is founded, for how long, and what they can do now."""
    group = _of_proposer(delivery)
    return {**_for_proposer(delivery, group), "leads": leads(delivery.recipient_id, group)}


def declined(delivery):
    """For whoever proposed the group: why it is not founded."""
    return _for_proposer(delivery, _of_proposer(delivery))


def news(delivery):
    """For all members: what happened to the group, as long as it is so."""
    group, event = group_of(delivery), delivery.event
    states, headline, first = NEWS[event.kind]
    if group.state not in states:
        raise Unwanted(MOVED_ON)
    return {
        "group": group,
        "url": page_of(group),
        "headline": headline % {"reference": group.reference},
        "first": first,
        "prolongation": _prolongation(event, group),
        "person": _stepped_in(event),
    }


def why_members(deliveries):
    """Why each of the actors hears of the event, by number; who no longer belongs to the group is not in it."""
    event, people = deliveries[0].event, {row.recipient_id for row in deliveries}
    rows = Membership.objects.present().filter(group__case=event.case_id, actor__in=people)
    return dict.fromkeys(
        rows.values_list("actor_id", flat=True),
        _("You receive this letter because you belong to this working group."),
    )


def asked(delivery):
    """For whoever coordinates: is the group still at work?"""
    group = _silent(delivery)
    check_leads(delivery, group)
    return {**for_coordination(delivery, group, "group"), "since": group.stirred_at}


def silent(delivery):
    """For the office: a group gives no life sign, and since when."""
    group = _silent(delivery)
    return {**for_office(delivery, group), "since": group.stirred_at, "led": has_coordination(group)}


def group_of(delivery):
    """The group that the event is about, with its case and whoever proposed it."""
    return Group.objects.select_related("case", "proposer").get(case=delivery.event.case_id)


def about(delivery, group, page="group"):
    """What every letter to one person about ``group`` needs; it leads to the ``page`` of the group."""
    return {"group": group, "name": _name(delivery), "url": page_of(group, page)}


def for_office(delivery, group, page="office_group"):
    """The same for the office."""
    return {**about(delivery, group, page), "reason": because_of_office()}


def for_coordination(delivery, group, page="group_members"):
    """The same for whoever coordinates the group."""
    reason = _("You receive this letter because you coordinate this working group, or stand in for whoever does.")
    return {**about(delivery, group, page), "reason": reason}


def page_of(group, page="group"):
    """The full address of the ``page`` of ``group``."""
    return absolute(reverse(page, args=[group.slug]))


def because_of_office():
    """Why the office gets a letter."""
    return _("You receive this letter because you hold a post of the office.")


def leads(number, group):
    """Whether the actor with this number coordinates ``group`` now, or stands in for whoever does."""
    return Membership.objects.leading().filter(group=group, actor=number).exists()


def check_leads(delivery, group):
    """Raise Unwanted where the recipient no longer coordinates ``group``."""
    if not leads(delivery.recipient_id, group):
        raise Unwanted(gettext_noop("the recipient no longer coordinates the working group"))


def named(person):
    """How others are told the name; somebody whose account is gone has none."""
    return person.public_name if person else _("Somebody")


def _of_proposer(delivery):
    group = group_of(delivery)
    if group.proposer_id != delivery.recipient_id:
        raise Unwanted(NO_LONGER)
    return group


def _proposed(group):
    """The group, as long as the office has not decided."""
    if not group.is_proposed:
        raise Unwanted(gettext_noop("the office has decided about the working group"))
    return group


def _promised(group):
    """Until when the office answers, put off since or not."""
    return Promise.objects.filter(case=group.case_id).latest("made_at").due_at


def _for_proposer(delivery, group):
    reason = _("You receive this letter because you proposed this working group.")
    return {**about(delivery, group), "reason": reason}


def _prolongation(event, group):
    """How the group was prolonged, as long as that day holds; None for other news."""
    if event.kind != Kind.GROUP_PROLONGED:
        return None
    row = Prolongation.objects.get(pk=event.facts["prolongation"])
    if row.ends_on != group.ends_on:
        raise Unwanted(MOVED_ON)
    return row


def _stepped_in(event):
    """Who coordinates for the office, as long as they do; "" for other news."""
    if event.kind != Kind.OFFICE_STEPPED_IN:
        return ""
    row = Membership.objects.leading().filter(pk=event.facts["membership"]).select_related("actor").first()
    if row is None:
        raise Unwanted(gettext_noop("the office no longer coordinates the working group"))
    return row.actor.public_name


def _silent(delivery):
    """The group with ``stirred_at``, as long as it is active, was asked for a life sign and gave none."""
    groups = with_life_signs(Group.objects.filter(case=delivery.event.case_id, state=GroupState.ACTIVE))
    group = groups.exclude(asked_at=None).select_related("case").first()
    if group is None or group.stirred_at > group.asked_at:
        raise Unwanted(gettext_noop("the working group has given a life sign"))
    return group


def _name(delivery):
    return delivery.recipient.display_name if delivery.recipient else ""
