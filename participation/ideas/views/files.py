"""Files of ideas: handed out to those who may read the idea, and taken with the words of its form."""

from dataclasses import dataclass, field

from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ...attachments.forms import FilesForm, alt_field
from ...attachments.kinds import TooLarge
from ...attachments.queries import files_of
from ...attachments.serving import handed_out
from ...attachments.states import FileState
from ...core.errors import Refusal
from ...core.limits import within_limit
from ..models import Idea
from ..operations.files import NotWithAuthor, attach_file, describe_files, remove_file
from ..queries import files_for

FILES_AN_HOUR = 40
AN_HOUR = 3600


@require_safe
def attachment(request, key, name):
    """A picture or document of an idea that this person may read; ``name`` is for the reader of the address."""
    return handed_out(request, get_object_or_404(files_for(request.user), key=key, state=FileState.READY))


@dataclass
class Sent:
    """What a form brought, once its files are dealt with: the idea, the data without them, and what to tell."""

    idea: Idea | None
    data: QueryDict
    sentences: list = field(default_factory=list)

    def tell(self, form, *, alone=False):
        """Put the sentences into ``form``, beside the field for a file; with ``alone`` it is told nothing else."""
        if alone:
            form.errors.clear()
        for sentence in self.sentences:
            form.add_error("file", sentence)


def deal_with_files(request, idea, begin):
    """Attach, describe and remove what the form of ``request`` says.

    A browser cannot choose a file again by itself, so a file is kept even where
    other entries need another look. ``begin()`` gives a draft for the file of an
    idea that nobody has kept yet, or raises a Refusal.
    """
    sent = Sent(idea, request.POST.copy())
    form = FilesForm(request.POST, request.FILES, folder_id=idea.folder_id if idea else None)
    form.is_valid()
    try:
        if idea:
            _change(request, idea, form)
        _attach(request, sent, form, begin)
    except NotWithAuthor:
        pass  # the form is refused as a whole, or it is the second click of two
    except Refusal as refusal:
        sent.sentences.append(str(refusal))
    if sent.idea:
        _describe_as_before(sent)
    return sent


def _change(request, idea, form):
    if form.descriptions:
        describe_files(idea, form.descriptions, by=request.user)
    if doomed := form.named(request.POST.get("remove", "")):
        remove_file(idea, doomed, by=request.user)


def _describe_as_before(sent):
    """The page that sent the form may not have known a file yet: the first of two clicks attached it."""
    for row in files_of(sent.idea.folder_id):
        sent.data.setdefault(alt_field(row.key), row.alt)


def _attach(request, sent, form, begin):
    upload = form.cleaned_data.get("file")
    if not upload:
        sent.sentences += form.errors.get("file", [])
        _say_what_is_missing(request, sent)
        return
    if not within_limit("attachment", str(request.user.pk), most=FILES_AN_HOUR, seconds=AN_HOUR):
        raise Refusal(_("You attached many files within an hour. Please come back later for this one."))
    if sent.idea is None:
        sent.idea = begin()
        sent.data["version"] = sent.idea.version
    alt = form.cleaned_data.get("file_alt", "")
    attach_file(sent.idea, upload, kind=form.kind, alt=alt, by=request.user)
    sent.data["file_alt"] = ""


def _say_what_is_missing(request, sent):
    if getattr(request, "files_left_out", False):
        sent.sentences.append(str(TooLarge()))
    elif request.POST.get("action") == "attach" and not sent.sentences:
        sent.sentences.append(_("Please choose a file first."))
