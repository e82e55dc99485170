"""Which personal fields of comments are kept, scrubbed and exported."""

from django.utils.translation import gettext_lazy as _

from ..core.personal import nameless, register
from .models import Comment


def _without_name(field):
    return lambda row: nameless(getattr(row, field), row.author.email, row.author.display_name)


register(
    Comment,
    rows=lambda actor: Comment.objects.filter(author_id=actor.pk).select_related("author"),
    title=_("Comments you wrote"),
    scrub={"author": None, "text": _without_name("text"), "html": _without_name("html")},
    keep=dict.fromkeys(
        (
            "id", "case", "parent", "in_office", "version", "posted_at", "edited_at", "removed_at", "hidden_at",
            "hidden_reason",
        ),
        _("So that replies stay understandable, your words stay, by “former actor”, unless you remove them before."),
    ),
    export=("case__reference", "text", "posted_at", "edited_at", "removed_at"),
)  # fmt: skip
