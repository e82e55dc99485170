"""Questions about attachments."""

from .models import MOST, Attachment, Folder
from .states import FileState


def files_of(folder_id):
    """What lies in the folder (None: nothing), in its order."""
    if folder_id is None:
        return Attachment.objects.none()
    return Attachment.objects.filter(folder_id=folder_id).order_by("position")


def ready_files(folder_id):
    """What can be handed out of the folder, in its order."""
    return files_of(folder_id).filter(state=FileState.READY)


def next_waiting():
    """What a worker does next: what has cost no worker its life first, then the oldest. None: nothing waits."""
    return Attachment.objects.filter(state=FileState.WAITING).order_by("attempts", "pk").first()


def free_place(folder_id):
    """The first free position in the folder, or None where it is full."""
    taken = set(files_of(folder_id).values_list("position", flat=True))
    return next((place for place in range(1, MOST + 1) if place not in taken), None)


def ownerless_folders():
    """Folders to which nothing points any more, whatever kind of thing has folders."""
    rows = Folder.objects.all()
    for owner in Folder._meta.get_fields(include_hidden=True):
        if owner.one_to_one and owner.auto_created:
            named = owner.related_model._base_manager.filter(**{f"{owner.field.name}__isnull": False})
            rows = rows.exclude(pk__in=named.values(owner.field.name))
    return rows
