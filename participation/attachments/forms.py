"""The part of a form that attaches files; shape only. Shown by ``components/files.html``."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..core.fields import LineField
from .kinds import NotTaken, kind_of
from .models import MOST
from .queries import files_of

ACCEPTED = "image/jpeg,image/png,image/webp,image/gif,application/pdf"  # a telephone then sends its pictures as JPEG
LONGEST_ALT = 300
ALT = {
    "label": _("What can be seen in the picture?"),
    "max_length": LONGEST_ALT,
    "error_messages": {"required": _("Please say in a few words what can be seen in the picture.")},
}


class FilesForm(forms.Form):
    """One file more, and what can be seen in those that are there.

    ``folder_id`` names what is there (None: nothing). With ``complete`` each
    picture must be described. ``FilesForm(request.POST, request.FILES, …)`` takes a
    file; a form that inherits from this one shows what was said about it.
    """

    file = forms.FileField(
        label=_("Picture or document"),
        help_text=_("JPEG, PNG, WebP, GIF or PDF, at most 25 MB. Place and time of the picture are removed."),
        required=False,
        allow_empty_file=True,  # kind_of says it better
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )
    file_alt = LineField(
        **ALT,
        help_text=_("One sentence for people who cannot see the picture. A document needs none."),
        required=False,
    )

    def __init__(self, *args, folder_id=None, complete=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.attachments = list(files_of(folder_id))
        for name in ("file", "file_alt"):
            self.fields[name] = self.fields.pop(name)  # below the fields of a form that inherits
        for row in self.described:
            self.fields[alt_field(row.key)] = LineField(**ALT, required=complete, initial=row.alt)

    def clean_file(self):
        """A file that the portal takes; its kind is ``kind`` afterwards."""
        upload = self.cleaned_data["file"]
        if upload:
            try:
                self.kind = kind_of(upload)
            except NotTaken as refusal:
                raise ValidationError(str(refusal)) from refusal
        return upload

    @property
    def described(self):
        """The pictures that are there."""
        return [row for row in self.attachments if row.is_picture and not row.problem]

    @property
    def descriptions(self):
        """Attachment → what was typed about it, where that is something new; a page may not have known it yet."""
        shown = [row for row in self.described if alt_field(row.key) in self.data]
        typed = {row: self.cleaned_data.get(alt_field(row.key)) for row in shown}
        return {row: alt for row, alt in typed.items() if alt is not None and alt != row.alt}

    @property
    def entries(self):
        """Each attachment with the field that describes it, or None, for the template."""
        names = {row.key: alt_field(row.key) for row in self.described}
        return [(row, self[names[row.key]] if row.key in names else None) for row in self.attachments]

    @property
    def has_room(self):
        """Whether one more may be attached."""
        return len(self.attachments) < MOST

    def named(self, key):
        """The attachment with this key, or None."""
        return next((row for row in self.attachments if row.key == key), None)


def alt_field(key):
    """The name of the field that describes an attachment."""
    return f"alt_{key}"
