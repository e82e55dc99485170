"""What the office writes down for itself."""

from django.db import transaction

from ..core.authority import require
from ..core.clock import now
from .models import Note


@transaction.atomic
def write_note(case, text, *, by):
    """Keep an internal word about ``case``; only the office reads it."""
    require(by, "participation.write_note", case)
    return Note.objects.create(case=case, author=by, text=text, at=now())
