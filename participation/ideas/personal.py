"""Which personal fields of ideas are kept, scrubbed and exported. Drafts go; what was submitted stays, nameless."""

from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _

from ..core.personal import nameless, register
from ..events.models import Case
from .coauthor_models import CoAuthor
from .models import Answer, Idea, IdeaVersion, Merger, Review, Support
from .search import index_again

PUBLIC_RECORD = _("What you proposed and what became of it stays in the public record, by “former actor”.")
OFFICE_RECORD = _("What the office decided stays in the record; it no longer names you.")


def _without_name(field, person):
    def words(row):
        owner = person(row)
        return nameless(getattr(row, field), owner.email, owner.display_name)

    return words


def _of_idea(field):
    """The words of a submitted idea without its author's name; nothing of a draft."""
    name_free = _without_name(field, lambda row: row.author)
    return lambda row: "" if row.is_draft else name_free(row)


def _point_of_idea(field):
    """Where a submitted idea is about; nothing of a draft."""
    return lambda row: None if row.is_draft else getattr(row, field)


# Versions first: they find their person through the idea.
register(
    IdeaVersion,
    rows=lambda actor: IdeaVersion.objects.filter(idea__author_id=actor.pk).select_related("idea__author"),
    title=_("Versions of your ideas"),
    scrub={
        name: _without_name(name, lambda row: row.idea.author) for name in ("title", "text", "corrected")
    },
    keep=dict.fromkeys(("id", "idea", "number", "at"), PUBLIC_RECORD),
    export=("idea__case__reference", "number", "title", "text", "corrected", "at"),
)  # fmt: skip
register(
    Idea,
    rows=lambda actor: Idea.objects.filter(author_id=actor.pk).select_related("author"),
    title=_("Your ideas"),
    scrubbed=index_again,
    scrub={
        "author": None,
        **{name: _of_idea(name) for name in ("title", "text", "html", "place")},
        **{name: _point_of_idea(name) for name in ("latitude", "longitude")},
    },
    keep=dict.fromkeys(
        (
            "id", "case", "field", "whole_alliance", "folder", "state", "version", "moderator", "reply_by", "warned_at",
            "appeals", "support_count", "created_at", "updated_at", "submitted_at", "published_at", "moved_at",
            "hidden_at", "hidden_reason",
        ),
        PUBLIC_RECORD,
    ),
    export=(
        "case__reference", "title", "text", "field__name", "whole_alliance", "place", "latitude", "longitude", "state",
        "created_at", "submitted_at", "published_at",
    ),
)  # fmt: skip
register(
    Case,
    rows=lambda actor: Case.objects.filter(owner_id=actor.pk).select_related("owner"),
    title=_("Your cases"),
    scrub={"owner": None, "title": _without_name("title", lambda row: row.owner)},
    keep=dict.fromkeys(("id", "reference", "kind", "path", "public", "opened_at", "closed_at"), PUBLIC_RECORD),
    export=("reference", "kind", "title", "opened_at", "closed_at"),
)
register(
    Support,
    rows=lambda actor: Support.objects.filter(actor_id=actor.pk),
    title=_("Ideas you support"),
    scrub={"actor": None},
    keep=dict.fromkeys(("id", "idea", "at"), _("Your support stays counted, without your name.")),
    export=("idea__case__reference", "at"),
)


def _coauthorships(actor):
    """Invitations ``actor`` wrote, those to their proven address, and where they are or were co-author."""
    theirs = Q(actor_id=actor.pk) | Q(invited_by_id=actor.pk)
    if actor.confirmed_at:
        theirs |= ~Q(email="") & Q(email__iexact=actor.email)
    return CoAuthor.objects.filter(theirs).annotate(whose=Value(actor.pk))


def _unless_theirs(field):
    """What replaces the person in ``field``: nobody, unless it is another person than the one who leaves."""
    return lambda row: None if getattr(row, field) == row.whose else getattr(row, field)


register(
    CoAuthor,
    rows=_coauthorships,
    title=_("Invitations and ideas of which you are a co-author"),
    scrub={"email": "", "actor": _unless_theirs("actor_id"), "invited_by": _unless_theirs("invited_by_id")},
    keep=dict.fromkeys(
        ("id", "idea", "state", "invited_at", "answered_at"),
        _("That an idea has a co-author stays in the public record, by “former actor”."),
    ),
    export=("idea__case__reference", "email", "state", "invited_at", "answered_at"),
)
register(
    Review,
    rows=lambda actor: Review.objects.filter(by_id=actor.pk),
    title=_("What you decided about ideas in your post"),
    scrub={"by": None},
    keep=dict.fromkeys(("id", "idea", "outcome", "reason", "text", "version", "at"), OFFICE_RECORD),
    export=("idea__case__reference", "outcome", "reason", "text", "at"),
)
register(
    Merger,
    rows=lambda actor: Merger.objects.filter(Q(by_id=actor.pk) | Q(undone_by_id=actor.pk)),
    title=_("Ideas you merged or separated in your post"),
    scrub={"by": None, "undone_by": None},
    keep=dict.fromkeys(("id", "source", "target", "former_state", "carried", "at", "undone_at"), OFFICE_RECORD),
    export=("source__case__reference", "target__case__reference", "at", "undone_at"),
)
register(
    Answer,
    rows=lambda actor: Answer.objects.filter(Q(drafted_by_id=actor.pk) | Q(published_by_id=actor.pk)),
    title=_("Official answers you wrote in your post"),
    scrub={
        "drafted_by": None,
        "published_by": None,
    },
    keep=dict.fromkeys(
        (
            "id", "idea", "text", "html", "leads_to", "body", "decided_on", "state", "version", "drafted_at",
            "published_at",
        ),
        OFFICE_RECORD,
    ),
    export=("idea__case__reference", "text", "leads_to", "body", "decided_on", "published_at"),
)  # fmt: skip
