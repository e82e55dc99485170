"""What letters about co-authors say: the invitation to a bare address, and its answer to the author."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from participation.core.web import absolute
from participation.events.kinds import Kind
from participation.ideas.coauthor_models import CoAuthor
from participation.ideas.coauthor_queries import coauthors_path, invitation_path

from .event_letters import is_crowded
from .unwanted import Unwanted

# What happened → the subject of the letter, and what it says first.
ANSWERS = {
    Kind.COAUTHOR_ACCEPTED: (
        gettext_lazy("Your idea has a new co-author"),
        gettext_lazy("%(person)s is now a co-author of your idea “%(title)s”."),
    ),
    Kind.COAUTHOR_DECLINED: (
        gettext_lazy("Your invitation was declined"),
        gettext_lazy("Somebody whom you invited does not want to be co-author of your idea “%(title)s”."),
    ),
    Kind.COAUTHOR_LEFT: (
        gettext_lazy("A co-author has left your idea"),
        gettext_lazy("%(person)s is no longer a co-author of your idea “%(title)s”."),
    ),
}


def invitation(delivery):
    """For whoever is invited: who asks, for which idea, and until when. It does not repeat the text of the idea."""
    row = _row(delivery)
    idea = row.idea
    if not row.is_open:
        raise Unwanted(gettext_noop("the invitation can no longer be answered"))
    if idea.is_ended or idea.is_hidden:
        raise Unwanted(gettext_noop("nobody can join the idea any more"))
    if is_crowded(delivery):
        raise Unwanted(gettext_noop("its mailbox had three letters within the hour"))
    return {
        "idea": idea,
        "name": "",
        "person": row.invited_by.public_name,
        "until": row.until,
        "url": absolute(invitation_path(row)),
        "reason": _("You receive this letter because somebody typed this address in to invite you."),
    }


def answered(delivery):
    """For the author: somebody accepted, declined or left."""
    row = _row(delivery)
    idea = row.idea
    if idea.author_id != delivery.recipient_id:
        raise Unwanted(gettext_noop("the idea no longer belongs to the recipient"))
    headline, first = ANSWERS[delivery.event.kind]
    words = {"person": row.actor.public_name if row.actor else _("Somebody"), "title": str(idea)}
    return {
        "name": delivery.recipient.display_name,
        "headline": headline,
        "reference": idea.reference,
        "first": first % words,
        "url": absolute(coauthors_path(idea)),
        "reason": _("You receive this letter because you wrote this idea."),
    }


def _row(delivery):
    rows = CoAuthor.objects.select_related("idea__case", "actor", "invited_by")
    row = rows.filter(pk=delivery.event.facts["coauthor"]).first()
    if row is None:
        raise Unwanted(gettext_noop("the draft was thrown away"))
    return row
