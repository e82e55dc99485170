"""Which personal fields of working groups are kept, scrubbed and exported."""

from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _

from ..core.personal import nameless, register
from .models import Group, Membership, Prolongation
from .thread_models import Hiding, Visit

PUBLIC_RECORD = _("What the group was asked to do and what came of it stays in the public record, without your name.")
OFFICE_RECORD = _("What the office decided stays in the record; it no longer names you.")
BELONGED = _("That the group had a member stays in the record, by “former actor”.")


def _unless_theirs(field):
    """What replaces the person in ``field``: nobody, unless it is another person than the one who leaves."""
    return lambda row: None if getattr(row, field) == row.whose else getattr(row, field)


def _memberships(actor):
    """Where ``actor`` belongs or belonged, whom they invited or decided about, and invitations to their address."""
    theirs = Q(actor_id=actor.pk) | Q(invited_by_id=actor.pk) | Q(decided_by_id=actor.pk)
    if actor.confirmed_at:
        theirs |= ~Q(email="") & Q(email__iexact=actor.email)
    return Membership.objects.filter(theirs).annotate(whose=Value(actor.pk)).select_related("actor")


def _own_words(field):
    """Words about somebody who leaves are gone with them; those about others stay."""
    return lambda row: "" if row.actor_id == row.whose else getattr(row, field)


def _groups(actor):
    theirs = Q(proposer_id=actor.pk) | Q(decided_by_id=actor.pk)
    return Group.objects.filter(theirs).annotate(whose=Value(actor.pk)).select_related("proposer")


def _without_name(field):
    def words(row):
        text = getattr(row, field)
        if row.proposer_id != row.whose:
            return text
        return nameless(text, row.proposer.email, row.proposer.display_name)

    return words


register(
    Group,
    rows=_groups,
    title=_("Working groups you proposed or decided about"),
    scrub={
        "proposer": _unless_theirs("proposer_id"),
        "decided_by": _unless_theirs("decided_by_id"),
        **{name: _without_name(name) for name in ("title", "question", "expected", "html", "looking_for")},
    },
    keep=dict.fromkeys(
        (
            "id", "case", "slug", "field", "whole_alliance", "starts_on", "ends_on", "report_due_on", "way_in", "state",
            "version", "offers_to_coordinate", "decided_at", "declined_because", "asked_at", "told_at", "report",
            "report_html", "closed_at", "created_at", "updated_at",
        ),
        PUBLIC_RECORD,
    ),
    export=("case__reference", "title", "question", "expected", "looking_for", "state", "created_at"),
)  # fmt: skip
register(
    Membership,
    rows=_memberships,
    title=_("Working groups you belong to, and invitations"),
    scrub={
        "email": "",
        "actor": _unless_theirs("actor_id"),
        "invited_by": _unless_theirs("invited_by_id"),
        "decided_by": _unless_theirs("decided_by_id"),
        "reason": _own_words("reason"),
        "refused_because": _own_words("refused_because"),
    },
    keep=dict.fromkeys(
        ("id", "group", "role", "interim", "shown", "state", "since", "answer_by", "told_at", "joined_at", "ended_at"),
        BELONGED,
    ),
    export=("group__case__reference", "role", "state", "reason", "refused_because", "since", "joined_at", "ended_at"),
)
register(
    Prolongation,
    rows=lambda actor: Prolongation.objects.filter(by_id=actor.pk),
    title=_("Working groups you prolonged in your post"),
    scrub={"by": None},
    keep=dict.fromkeys(("id", "group", "former_ends_on", "ends_on", "report_due_on", "reason", "at"), OFFICE_RECORD),
    export=("group__case__reference", "ends_on", "reason", "at"),
)
register(
    Visit,
    rows=lambda actor: Visit.objects.filter(actor_id=actor.pk),
    title=_("Until when you have read talks in working groups"),
    delete=True,
    export=("thread__title", "at"),
)
register(
    Hiding,
    rows=lambda actor: Hiding.objects.filter(Q(by_id=actor.pk) | Q(ended_by_id=actor.pk)).annotate(
        whose=Value(actor.pk)
    ),
    title=_("Posts in working groups that you hid or showed again"),
    scrub={"by": _unless_theirs("by_id"), "ended_by": _unless_theirs("ended_by_id")},
    keep=dict.fromkeys(("id", "post", "at", "reason", "words", "ended_at"), OFFICE_RECORD),
    export=("at", "reason", "words", "ended_at"),
)
