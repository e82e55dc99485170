"""Which personal fields of attachments are kept, scrubbed and exported."""

from django.utils.translation import gettext_lazy as _

from ..core.personal import nameless, register
from .models import Attachment


def _without_name(field):
    return lambda row: nameless(getattr(row, field), row.owner.email, row.owner.display_name)


register(
    Attachment,
    rows=lambda actor: Attachment.objects.filter(owner_id=actor.pk).select_related("owner"),
    title=_("Files you attached"),
    scrub={"owner": None, "name": _without_name("name"), "alt": _without_name("alt")},
    keep=dict.fromkeys(
        (
            "id", "folder", "key", "kind", "position", "digest", "state", "problem", "attempts", "media_type", "size",
            "width", "height", "added_at", "hidden_at", "hidden_reason",
        ),
        _("What you attached to a submitted idea stays with it in the record; the files of a draft go with the draft."),
    ),
    export=("name", "alt", "kind", "size", "state", "added_at"),
)  # fmt: skip
