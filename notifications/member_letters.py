"""What letters about belonging to a working group say: asked for, invited, joined, left, removed, another role."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from participation.core.web import absolute
from participation.events.kinds import Kind
from participation.groups.models import Membership
from participation.groups.queries import has_coordination, invitation_path

from .event_letters import is_crowded
from .group_letters import about, check_leads, for_coordination, for_office, named
from .unwanted import NO_LONGER, Unwanted

ENDED = gettext_noop("the membership has ended")

# What happened → the subject of the letter, and what it says first.
ANSWERS = {
    Kind.MEMBER_JOINED: (
        gettext_lazy("somebody has joined the working group"),
        gettext_lazy("%(person)s belongs to the working group “%(title)s” now."),
    ),
    Kind.MEMBER_DECLINED: (
        gettext_lazy("an invitation was declined"),
        gettext_lazy("Somebody who was invited does not want to belong to the working group “%(title)s”."),
    ),
    Kind.MEMBER_LEFT: (
        gettext_lazy("somebody has left the working group"),
        gettext_lazy("%(person)s no longer belongs to the working group “%(title)s”."),
    ),
    Kind.MEMBERSHIP_WITHDRAWN: (
        gettext_lazy("a request to join was withdrawn"),
        gettext_lazy("%(person)s no longer asks to join the working group “%(title)s”. You need not answer."),
    ),
}


def receipt(delivery):
    """For whoever asked to join: it has arrived, who answers and until when."""
    row = _waiting(_own(delivery))
    reason = _("You receive this letter because you asked to join this working group.")
    return {**_about(delivery, row, reason), "led": has_coordination(row.group)}


def to_decide(delivery):
    """For whoever coordinates: who asks to join and why, and until when an answer is due."""
    row = _waiting(_row(delivery))
    check_leads(delivery, row.group)
    return {**for_coordination(delivery, row.group), "row": row, "person": named(row.actor)}


def overdue(delivery):
    """For the office: the coordination did not answer, or there is none, so the office decides."""
    row = _waiting(_row(delivery))
    led = has_coordination(row.group)
    if led and not row.is_late:
        raise Unwanted(gettext_noop("somebody coordinates the working group again and answers"))
    words = {"row": row, "person": named(row.actor), "led": led}
    return {**for_office(delivery, row.group, "group_members"), **words}


def accepted(delivery):
    """For whoever asked to join: they belong to the group."""
    row = _own(delivery)
    if not row.is_member:
        raise Unwanted(ENDED)
    return _about(delivery, row, because_of_membership())


def refused(delivery):
    """For whoever asked to join: why not; without a reason the group has done its work."""
    return _about(delivery, _own(delivery), _("You receive this letter because you asked to join this working group."))


def invitation(delivery):
    """For whoever is invited: who asks, to which group, as what, and until when."""
    row = _row(delivery)
    if not row.can_be_accepted:
        raise Unwanted(gettext_noop("the invitation can no longer be answered"))
    if is_crowded(delivery):
        raise Unwanted(gettext_noop("its mailbox had three letters within the hour"))
    return {
        "group": row.group,
        "row": row,
        "name": "",
        "person": row.invited_by.public_name,
        "url": absolute(invitation_path(row)),
        "reason": _("You receive this letter because somebody typed this address in to invite you."),
    }


def news(delivery):
    """For whoever coordinates: somebody joined, declined, left or asks no more."""
    row = _row(delivery)
    check_leads(delivery, row.group)
    if delivery.event.kind == Kind.MEMBER_JOINED and not _belongs(row):
        raise Unwanted(ENDED)
    headline, first = ANSWERS[delivery.event.kind]
    words = {"person": named(row.actor), "title": row.group.title}
    return {**for_coordination(delivery, row.group), "headline": headline, "first": first % words}


def removed(delivery):
    """For whoever was removed: why."""
    reason = _("You receive this letter because you belonged to this working group.")
    return _about(delivery, _own(delivery), reason)


def role(delivery):
    """For whoever got another role: which, as long as they have it."""
    row = _own(delivery)
    if not row.is_member:
        raise Unwanted(ENDED)
    if row.role != delivery.event.facts["to"]:
        raise Unwanted(gettext_noop("the role has changed again"))
    return _about(delivery, row, because_of_membership())


def because_of_membership():
    """Why a member gets a letter of their own."""
    return _("You receive this letter because you belong to this working group.")


def _about(delivery, row, reason):
    return {**about(delivery, row.group), "row": row, "reason": reason}


def _row(delivery):
    rows = Membership.objects.select_related("group__case", "actor", "invited_by")
    return rows.get(pk=delivery.event.facts["membership"])


def _own(delivery):
    row = _row(delivery)
    if row.actor_id != delivery.recipient_id:
        raise Unwanted(NO_LONGER)
    return row


def _waiting(row):
    """The request, as long as somebody waits for an answer."""
    if not (row.is_requested and _is_there(row)):
        raise Unwanted(gettext_noop("nobody waits for an answer to the request any more"))
    return row


def _belongs(row):
    return row.is_member and _is_there(row)


def _is_there(row):
    return bool(row.actor and row.actor.is_active)
