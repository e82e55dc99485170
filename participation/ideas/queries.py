"""Questions about ideas."""

from django.db.models import Q

from ..attachments.models import Attachment
from ..core.authority import may
from .coauthor_models import CoAuthor
from .models import Idea, Merger
from .states import PUBLIC, AnswerState


def ideas_for(actor):
    """The ideas ``actor`` may read, each with its case, field of action and author."""
    in_office = may(actor, "participation.view_all_ideas")
    rows = Idea.objects.visible_to(actor, in_office=in_office)
    return rows.select_related("case", "field", "author")


def files_for(actor):
    """The files of ideas that ``actor`` may read; what the office hid only its owner and the office."""
    files = Attachment.objects.filter(folder__in=ideas_for(actor).values("folder"))
    if may(actor, "participation.view_all_ideas"):
        return files
    seen = Q(hidden_at=None)
    return files.filter(seen | Q(owner_id=actor.pk) if actor.is_authenticated else seen)


def written_by(actor):
    """All ideas of ``actor``, without their texts: the last submitted first, and the last touched of the drafts."""
    rows = Idea.objects.by(actor).select_related("case", "field").defer("text", "html")
    return rows.order_by("-submitted_at", "-updated_at", "-pk")


def has_published(actor):
    """Whether an idea of ``actor`` was ever published; before that, links in their texts are plain text."""
    return Idea.objects.by(actor).filter(published_at__isnull=False).exists()


def last_review(idea):
    """What the office decided last about ``idea``, or None."""
    return idea.reviews.order_by("-at", "-pk").first()


def public_answers(idea):
    """The official answers to ``idea``, the oldest first."""
    return idea.answers.filter(state=AnswerState.PUBLISHED).order_by("published_at", "pk")


def answer_drafts(idea):
    """The answers to ``idea`` that are not yet published, the oldest first."""
    return idea.answers.filter(state=AnswerState.DRAFT).select_related("drafted_by").order_by("drafted_at", "pk")


def recent_ideas(number, *, states=PUBLIC):
    """The ``number`` public ideas in ``states`` that moved last, each with its case and field of action."""
    rows = Idea.objects.public().filter(state__in=states).select_related("case", "field")
    return rows.order_by("-moved_at", "-pk")[:number]


def merger_of(idea):
    """How ``idea`` became one with another, or None where it stands on its own."""
    rows = Merger.objects.in_force().select_related("source__case", "target__case")
    return rows.filter(source=idea).first()


def mergers_into(idea):
    """The mergers by which ``idea`` took in others, the first one first, each with its source and author."""
    rows = Merger.objects.in_force().filter(target=idea)
    return rows.select_related("source__case", "source__author").order_by("at", "pk")


def mergers_of(actor):
    """The mergers in force of ideas that ``actor`` wrote, alone or with others."""
    theirs = Q(source__author_id=actor.pk) | Q(source__in=CoAuthor.objects.of(actor).values("idea_id"))
    return Merger.objects.in_force().filter(theirs)


def standing_for(reference):
    """The idea that now stands for the one with this reference, at the end of all mergers; None if it was not merged.

    Ends, since nothing is merged into what was merged itself.
    """
    found = None
    rows = Merger.objects.in_force().select_related("target__case")
    merger = rows.filter(source__case__reference=reference).first()
    while merger:
        found = merger.target
        merger = rows.filter(source=found).first()
    return found
