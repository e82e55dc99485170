"""The picture of an outcome: one, described, made harmless by a worker."""

from django.utils.translation import gettext_lazy as _

from ...attachments import operations as attachments
from ...attachments.models import Attachment
from ...attachments.queries import files_of
from ...core.errors import Refusal
from ..models import Outcome


class NotDescribed(Refusal):
    """A picture without words shows nothing to people who cannot see it."""

    message = _("Please say in a few words what can be seen in the picture.")


def keep(upload, alt):
    """Write ``upload`` (None: none) down, before any transaction, for ``put``. Raises NotDescribed, NoRoom."""
    if upload and not alt:
        raise NotDescribed
    return (attachments.store(upload), upload.name, upload.size) if upload else None


def put(outcome, kept, *, alt, drop, owner):
    """Let ``outcome`` have the picture ``kept``, or with ``drop`` none; else ``alt`` describes the one it has.

    Raises NotDescribed.
    """
    present = list(files_of(outcome.folder_id))
    if kept or drop:
        for row in present:
            attachments.remove_file(row)
    if kept:
        stored, name, size = kept
        words = {"kind": Attachment.Kind.PICTURE, "name": name, "size": size, "owner": owner, "alt": alt}
        attachments.add_file(_folder_of(outcome), stored, **words)
    elif present and not drop:
        _describe(present[0], alt)


def _describe(picture, alt):
    if not alt:
        raise NotDescribed
    if alt != picture.alt:
        attachments.describe_file(picture, alt)


def _folder_of(outcome):
    if outcome.folder is None:
        outcome.folder = attachments.new_folder()
        Outcome.objects.filter(pk=outcome.pk).update(folder=outcome.folder)
    return outcome.folder
