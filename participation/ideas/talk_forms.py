"""What people type when they talk about an idea; shape and length only."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..core.fields import LinesField

LARGEST = 2**31 - 1


class WordsForm(forms.Form):
    """The words of a comment."""

    text = LinesField(
        label=_("Your comment"),
        help_text=_("At most 2,000 characters. Everybody can read it."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Please write something first.")},
    )


class CommentForm(WordsForm):
    """A new comment; who works in the office may write it as such (``speaks_for_office``)."""

    in_office = forms.BooleanField(
        label=_("Write as the office"),
        help_text=_("The comment then carries the name of the office instead of yours."),
        required=False,
    )

    def __init__(self, *args, speaks_for_office=False, **kwargs):
        kwargs.setdefault("auto_id", "comment_%s")
        super().__init__(*args, **kwargs)
        if not speaks_for_office:
            del self.fields["in_office"]

    @property
    def as_office(self):
        """Whether it was ticked, by somebody to whom that was offered."""
        return self.cleaned_data.get("in_office", False)


class EditForm(WordsForm):
    """Other words for a comment that is still fresh; carries the version of those that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=LARGEST)

    def see(self, version):
        """Let the next try be about ``version``, which the page shows now."""
        self.data = self.data.copy()
        self.data["version"] = version
