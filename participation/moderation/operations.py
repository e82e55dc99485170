"""What the office writes down for itself: notes, and answers that nobody else sees yet."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F

from ..core.authority import require
from ..core.clock import now
from ..events.models import Case
from ..ideas.models import Answer
from ..ideas.operations.answering import draft_answer
from ..ideas.states import AnswerState
from .models import Note

DOUBLE_CLICK = timedelta(minutes=1)


@transaction.atomic
def write_note(case, text, *, by):
    """Keep an internal word about ``case``; only the office reads it.

    The same words twice within a minute are one note, which is returned.
    """
    require(by, "participation.write_note", case)
    _wait_for_the_first_click(case)
    known = Note.objects.filter(case=case, author=by, text=text, at__gt=now() - DOUBLE_CLICK).first()
    return known or Note.objects.create(case=case, author=by, text=text, at=now())


@transaction.atomic
def prepare_answer(idea, text, *, by, **words):
    """Draft an official answer, see ``draft_answer``; the same one twice within a minute is one, which is returned."""
    require(by, "participation.draft_answer", idea)
    _wait_for_the_first_click(idea.case)
    drafts = Answer.objects.filter(idea=idea, state=AnswerState.DRAFT, drafted_by=by)
    known = drafts.filter(text=text, drafted_at__gt=now() - DOUBLE_CLICK, **words).first()
    return known or draft_answer(idea, text, by=by, **words)


def _wait_for_the_first_click(case):
    """Hold the row of ``case`` until this transaction ends: the second of two clicks sees what the first did."""
    Case.objects.filter(pk=case.pk).update(title=F("title"))
