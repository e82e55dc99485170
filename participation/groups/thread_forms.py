"""What people type in the room of a group; shape and length only."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..core.fields import LineField, LinesField
from ..core.hiding import Reason
from .forms import MOST

LONGEST = 2000


def _words(rows):
    return {
        "max_length": LONGEST,
        "widget": forms.Textarea(attrs={"rows": rows}),
        "error_messages": {"required": _("Please write something first.")},
    }


class PostForm(forms.Form):
    """Something said in a thread."""

    text = LinesField(
        label=_("Your post"), help_text=_("At most 2,000 characters. With @ and a name you call a member."), **_words(5)
    )

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("auto_id", "post_%s")
        super().__init__(*args, **kwargs)


class ThreadForm(PostForm):
    """A new thread."""

    title = LineField(
        label=_("What is it about?"), max_length=120, help_text=_("A question or a few words."),
        error_messages={"required": _("Please say in a few words what it is about.")},
    )  # fmt: skip
    field_order = ("title", "text")


class EditPostForm(PostForm):
    """Other words for a post that is still fresh; carries the version of those that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST)

    def see(self, version):
        """Let the next try be about ``version``, which the page shows now."""
        self.data = self.data.copy()
        self.data["version"] = version


class HideForm(forms.Form):
    """Why a post is hidden; carries the version that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST)
    reason = forms.ChoiceField(
        label=_("What is wrong with it?"), choices=[("", _("Please choose")), *Reason.choices],
        error_messages={"required": _("Please choose what is wrong with it.")},
    )  # fmt: skip
    words = LinesField(
        label=_("Please explain it in your own words"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Whoever wrote the post reads this."),
        error_messages={"required": _("Please write in a few words what is wrong with it.")},
    )  # fmt: skip
