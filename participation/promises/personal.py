"""Which personal fields of promises and follows are kept, scrubbed and exported."""

from django.utils.translation import gettext_lazy as _

from ..core.personal import register
from .models import Extension, Follow

register(
    Follow,
    rows=lambda actor: Follow.objects.filter(actor=actor),
    title=_("What you follow"),
    delete=True,
    export=("case__reference", "since"),
)
register(
    Extension,
    rows=lambda actor: Extension.objects.filter(by_id=actor.pk),
    title=_("Promises you put off in your post"),
    scrub={"by": None},
    keep=dict.fromkeys(
        ("id", "promise", "former_due_at", "due_at", "reason", "at"),
        _("The reason was given to everybody; it no longer names you."),
    ),
    export=("promise__case__reference", "due_at", "reason", "at"),
)
