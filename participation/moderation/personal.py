"""Which personal fields of internal notes are kept, scrubbed and exported."""

from django.utils.translation import gettext_lazy as _

from ..core.personal import register
from .models import Note

register(
    Note,
    rows=lambda actor: Note.objects.filter(author_id=actor.pk),
    title=_("Internal notes you wrote in your post"),
    scrub={"author": None},
    keep=dict.fromkeys(("id", "case", "text", "at"), _("The office needs its files; they no longer name you.")),
    export=("case__reference", "text", "at"),
)
