"""What the office types when two ideas become one; shape and length only."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..core.fields import LineField, LinesField
from .forms import MOST, VersionedForm


class TargetSearchForm(forms.Form):
    """Which ideas to choose from."""

    q = LineField(
        label=_("Reference or words"), required=False, max_length=100,
        help_text=_("For example “2026-0042” or “cycle path”."),
        widget=forms.TextInput(attrs={"type": "search"}),
    )  # fmt: skip


class MergeForm(VersionedForm):
    """The idea that is to stand for this one, and a word to the author. ``targets``: the ideas to choose from."""

    name = "merge"
    into = forms.ChoiceField(
        label=_("The idea that stays"), widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose the idea that stays."),
            "invalid_choice": _("We do not know this idea. Please choose one of the list."),
        },
    )  # fmt: skip
    text = LinesField(
        label=_("A word to the author"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, data=None, *, idea, targets):
        super().__init__(data, idea=idea)
        self.targets = {target.reference: target for target in targets}
        self.fields["into"].choices = [(name, _label(target)) for name, target in self.targets.items()]

    @property
    def target(self):
        """The chosen idea."""
        return self.targets[self.cleaned_data["into"]]


class UndoForm(forms.Form):
    """Which merger somebody saw when undoing it."""

    merger = forms.IntegerField(min_value=1, max_value=MOST)


def _label(idea):
    return f"{idea.reference} · {idea.title} ({idea.get_state_display()})"
