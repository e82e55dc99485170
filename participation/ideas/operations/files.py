"""Pictures and documents of an idea: its author may change them while the idea is in their hands."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ...attachments import operations as attachments
from ...core.authority import require
from ...core.clock import now
from ...core.errors import WrongState
from ..models import Idea
from ..states import IdeaState

WITH_AUTHOR = Q(state__in=(IdeaState.DRAFT, IdeaState.RETURNED)) | Q(state=IdeaState.DECLINED, appeals=0)


class NotWithAuthor(WrongState):
    """The office has it, or it is public."""

    message = _("The files of an idea cannot be changed once it is handed in. Please look again.")


def attach_file(idea, upload, *, kind, by, alt=""):
    """Attach ``upload`` of the known ``kind``; a worker makes it harmless. Raises NotWithAuthor, Full, NoRoom."""
    require(by, "participation.edit_idea", idea)
    stored = attachments.store(upload)
    with transaction.atomic():
        _hold(idea)
        return attachments.add_file(
            _folder_of(idea), stored, kind=kind, name=upload.name, size=upload.size, owner=by, alt=alt
        )


@transaction.atomic
def describe_files(idea, words, *, by):
    """Say what can be seen in pictures: ``words`` maps attachments of ``idea`` to texts. Raises NotWithAuthor."""
    require(by, "participation.edit_idea", idea)
    _hold(idea)
    for attachment, alt in words.items():
        attachments.describe_file(attachment, alt)


@transaction.atomic
def remove_file(idea, attachment, *, by):
    """Take an attachment of ``idea`` away. Raises NotWithAuthor."""
    require(by, "participation.edit_idea", idea)
    _hold(idea)
    attachments.remove_file(attachment)


def _hold(idea):
    """Nobody hands the idea in meanwhile, and two uploads come one after the other."""
    if not Idea.objects.filter(WITH_AUTHOR, pk=idea.pk).update(updated_at=now()):
        raise NotWithAuthor


def _folder_of(idea):
    idea.refresh_from_db(fields=["folder"])
    if idea.folder is None:
        idea.folder = attachments.new_folder()
        Idea.objects.filter(pk=idea.pk).update(folder=idea.folder)
    return idea.folder
