"""Samples of letters about working groups and about belonging to them."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from participation.core.clock import today
from participation.core.web import absolute
from participation.events.kinds import Kind
from participation.groups.models import Group, Membership, Prolongation
from participation.groups.queries import invitation_path
from participation.groups.states import GroupState, MembershipState, Role

from ..group_letters import NEWS, because_of_office
from ..member_letters import ANSWERS, because_of_membership
from .cast import NOBODY, YEAR, case, in_days, other, reader

SLUG = "mitfahrbaenke"


def received():
    """A proposal has arrived."""
    return {**_for_proposer(a_group(GroupState.PROPOSED)), "due_at": in_days(14)}


def to_decide():
    """A proposal waits for the office."""
    return {**_for_office(a_group(GroupState.PROPOSED)), "person": other().display_name, "due_at": in_days(14)}


def founded():
    """A proposed group is founded, and whoever proposed it coordinates it."""
    return {**_for_proposer(a_group(GroupState.CONSTITUTED)), "leads": True}


def declined():
    """A proposed group is not founded."""
    words = _("The building yards look for these places already. We gladly bring you together with them.")
    return _for_proposer(a_group(GroupState.DECLINED, declined_because=words))


def news():
    """A group is prolonged."""
    group = a_group(GroupState.ACTIVE)
    headline, first = NEWS[Kind.GROUP_PROLONGED][1:]
    words = _("Two municipal councils talk about the places in spring only.")
    return {
        **about(group, because_of_membership()),
        "headline": headline % {"reference": group.reference},
        "first": first,
        "prolongation": Prolongation(ends_on=group.ends_on, report_due_on=group.report_due_on, reason=words),
        "person": "",
    }


def asked():
    """Is the group still at work?"""
    return {**_for_coordination(a_group(GroupState.ACTIVE), "group"), "since": in_days(-60)}


def silent():
    """A group gives no life sign."""
    group = a_group(GroupState.ACTIVE, asked_at=in_days(-14))
    return {**_for_office(group), "since": in_days(-74), "led": True}


def requested():
    """A request to join has arrived."""
    return {**_asked_for(MembershipState.REQUESTED), "led": True}


def request_to_decide():
    """A request to join waits for the coordination."""
    row = _row(MembershipState.REQUESTED)
    return {**_for_coordination(row.group), "row": row, "person": other().display_name}


def request_overdue():
    """A request to join waits for the office."""
    row = _row(MembershipState.REQUESTED, answer_by=in_days(-1))
    return {**_for_office(row.group, "group_members"), "row": row, "person": other().display_name, "led": True}


def accepted():
    """A request to join is accepted."""
    return _belonging(MembershipState.MEMBER)


def refused():
    """A request to join is refused."""
    words = _("We are twelve people by now, and that is as many as fit around our table.")
    return _asked_for(MembershipState.REFUSED, refused_because=words)


def invited():
    """Somebody asks for a member."""
    row = _row(MembershipState.INVITED)
    return {
        "group": row.group,
        "row": row,
        "name": "",
        "person": other().display_name,
        "url": absolute(invitation_path(row)),
        "reason": _("You receive this letter because somebody typed this address in to invite you."),
    }


def joined():
    """Somebody has joined."""
    group = a_group(GroupState.ACTIVE)
    headline, first = ANSWERS[Kind.MEMBER_JOINED]
    words = {"person": other().display_name, "title": group.title}
    return {**_for_coordination(group), "headline": headline, "first": first % words}


def removed():
    """Somebody no longer belongs to the group."""
    words = _("You moved away and told us that you can no longer come.")
    row = _row(MembershipState.REMOVED, refused_because=words)
    reason = _("You receive this letter because you belonged to this working group.")
    return {**about(row.group, reason), "row": row}


def role():
    """Somebody has another role."""
    return _belonging(MembershipState.MEMBER, role=Role.DEPUTY)


def a_group(state, **fields):
    title = _("Places for ride-sharing benches")
    return Group(
        pk=NOBODY, case=case(f"G-{YEAR}-0003", title=title), slug=SLUG, title=title, state=state,
        question=_("Where in the villages is a bench seen and used best?"),
        starts_on=today(), ends_on=today() + timedelta(days=180), report_due_on=today() + timedelta(days=210), **fields,
    )  # fmt: skip


def _row(state, **fields):
    words = _("I drive this way each morning and would gladly take somebody along.")
    given = {"group": a_group(GroupState.ACTIVE), "reason": words, "since": in_days(0), "answer_by": in_days(7)}
    return Membership(pk=NOBODY, state=state, **{**given, **fields})


def about(group, reason, page="group"):
    return {"group": group, "name": reader(), "url": absolute(reverse(page, args=[SLUG])), "reason": reason}


def _for_proposer(group):
    return about(group, _("You receive this letter because you proposed this working group."))


def _for_office(group, page="office_group"):
    return about(group, because_of_office(), page)


def _for_coordination(group, page="group_members"):
    reason = _("You receive this letter because you coordinate this working group, or stand in for whoever does.")
    return about(group, reason, page)


def _asked_for(state, **fields):
    row = _row(state, **fields)
    return {**about(row.group, _("You receive this letter because you asked to join this working group.")), "row": row}


def _belonging(state, **fields):
    row = _row(state, **fields)
    return {**about(row.group, because_of_membership()), "row": row}


SAMPLES = {
    "group_received": received,
    "group_to_decide": to_decide,
    "group_founded": founded,
    "group_declined": declined,
    "group_news": news,
    "group_asked": asked,
    "group_silent": silent,
    "membership_received": requested,
    "membership_to_decide": request_to_decide,
    "membership_overdue": request_overdue,
    "membership_accepted": accepted,
    "membership_refused": refused,
    "member_invited": invited,
    "member_news": joined,
    "member_removed": removed,
    "member_got_role": role,
}
