"""What the office writes down for itself: notes, text blocks, and answers that nobody else sees yet."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from ..core.authority import require
from ..core.clock import now
from ..core.errors import Outdated, Refusal
from ..events.models import Case
from ..ideas.models import Answer
from ..ideas.operations.answering import draft_answer
from ..ideas.states import AnswerState
from .models import Note, TextBlock
from .placeholders import known, unknown_in

DOUBLE_CLICK = timedelta(minutes=1)
EDIT_BLOCKS = "participation.edit_text_blocks"


class UnknownPlaceholder(Refusal):
    """Nothing could ever stand for it."""

    message = _("We do not know %(unknown)s. These placeholders can be used: %(known)s.")

    def __init__(self, text):
        super().__init__(self.message % {"unknown": ", ".join(unknown_in(text)), "known": known()})


class TitleTaken(Refusal):
    """Two text blocks for one purpose would look the same in the list."""

    message = _("There is already a text block with this title for this purpose. Please choose another title.")


class DoesNotBelong(Refusal):
    """A reason belongs to a text block for not publishing, a way of the idea to one for an answer."""

    message = _("A reason only fits “not publishing”, and where the idea goes only fits “an official answer”.")


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


@transaction.atomic
def add_text_block(*, by, **words):
    """Keep a new text block; the same one twice is one. Raises UnknownPlaceholder, DoesNotBelong, TitleTaken."""
    require(by, EDIT_BLOCKS)
    _check_block(**words)
    try:
        with transaction.atomic():
            return TextBlock.objects.create(**words)
    except IntegrityError as problem:
        known_block = TextBlock.objects.filter(**words).first()  # a double click
        if known_block is None:
            raise TitleTaken from problem
        return known_block


@transaction.atomic
def change_text_block(block, *, version, by, **words):
    """Change ``block``, of which the person saw ``version``; what stands there already changes nothing.

    Raises Outdated where somebody else changed or removed it, else as ``add_text_block``.
    """
    require(by, EDIT_BLOCKS)
    _check_block(**words)
    if TextBlock.objects.filter(pk=block.pk, **words).exists():
        return
    try:
        with transaction.atomic():
            rows = TextBlock.objects.filter(pk=block.pk, version=version).update(**words, version=F("version") + 1)
    except IntegrityError as problem:
        raise TitleTaken from problem
    if not rows:
        raise Outdated


@transaction.atomic
def remove_text_block(block, *, version, by):
    """Take ``block`` out of the list; words made with it stay. Raises Outdated where it was changed meanwhile."""
    require(by, EDIT_BLOCKS)
    rows = TextBlock.objects.filter(pk=block.pk)
    rows.filter(version=version).delete()
    if rows.exists():
        raise Outdated


def _check_block(*, text, purpose, reason, leads_to, **_title):
    if unknown_in(text):
        raise UnknownPlaceholder(text)
    is_elsewhere = (reason and purpose != TextBlock.Purpose.DECLINE) or (
        leads_to and purpose != TextBlock.Purpose.ANSWER
    )
    if is_elsewhere:
        raise DoesNotBelong


def _wait_for_the_first_click(case):
    """Hold the row of ``case`` until this transaction ends: the second of two clicks sees what the first did."""
    Case.objects.filter(pk=case.pk).update(title=F("title"))
