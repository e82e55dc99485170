"""Which text blocks there are for what."""

from ..ideas.states import ANSWER_LEADS_TO
from .models import TextBlock

P = TextBlock.Purpose


def all_blocks():
    """All text blocks, by purpose, what they are meant for, and title."""
    return TextBlock.objects.order_by("purpose", "reason", "leads_to", "title", "pk")


def by_purpose():
    """Pairs (purpose in words, its text blocks), in the order of the choices."""
    rows = list(all_blocks())
    return [(label, [row for row in rows if row.purpose == value]) for value, label in P.choices]


def blocks_for(purposes, idea):
    """Purpose → the text blocks that fit ``idea`` as it stands; one question to the database, none without purposes."""
    wanted = set(purposes) & set(P.values)
    rows = all_blocks().filter(purpose__in=wanted) if wanted else ()
    ways = ("", *ANSWER_LEADS_TO.get(idea.state, ()))
    fitting = [row for row in rows if row.leads_to in ways]
    return {purpose: [row for row in fitting if row.purpose == purpose] for purpose in wanted}
