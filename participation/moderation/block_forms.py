"""What the office types about a text block; shape and length only."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..core.fields import LineField, LinesField
from ..ideas.models import Review
from ..ideas.states import ANSWER_LEADS_TO, IdeaState
from .forms import MOST
from .models import TextBlock
from .placeholders import known

FIELDS = ("title", "purpose", "reason", "leads_to", "text")
WAYS = list(dict.fromkeys(state for states in ANSWER_LEADS_TO.values() for state in states))


class TextBlockForm(forms.Form):
    """A text block; ``version`` is the one the person started from."""

    version = forms.IntegerField(min_value=1, max_value=MOST, required=False, widget=forms.HiddenInput)
    title = LineField(
        label=_("Title"), max_length=100, help_text=_("Only the office reads it, in the list to choose from."),
        error_messages={"required": _("Please give it a title.")},
    )  # fmt: skip
    purpose = forms.ChoiceField(
        label=_("What for"), choices=[("", _("Please choose")), *TextBlock.Purpose.choices],
        error_messages={"required": _("Please choose what it is for.")},
    )  # fmt: skip
    reason = forms.ChoiceField(
        label=_("Only for this reason"), required=False, choices=[("", _("any reason")), *Review.Reason.choices],
        help_text=_("For “not publishing”: choosing the text block chooses the reason, too."),
    )  # fmt: skip
    leads_to = forms.ChoiceField(
        label=_("Only when the idea goes here"), required=False,
        choices=[("", _("wherever it goes")), *((state.value, state.label) for state in map(IdeaState, WAYS))],
        help_text=_("For “an official answer”: it is offered only where the idea can go there."),
    )  # fmt: skip
    text = LinesField(
        label=_("Text"), max_length=3000, widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Please write the text.")},
    )  # fmt: skip

    def __init__(self, data=None, *, block=None):
        super().__init__(data, initial={name: getattr(block, name) for name in (*FIELDS, "version")} if block else None)
        self.fields["text"].help_text = _("These placeholders are filled in: %(known)s.") % {"known": known()}

    @property
    def words(self):
        """Field name → what the person wants it to be."""
        return {name: self.cleaned_data[name] for name in FIELDS}

    def start_again_from(self, block):
        """After somebody else was faster: keep what was typed, name what differs, and build on what stands there."""
        self.data = {**self.data.dict(), "version": block.version}
        shown = {name: getattr(block, f"get_{name}_display", lambda name=name: getattr(block, name)) for name in FIELDS}
        self.differences = [
            (self.fields[name].label, shown[name]())
            for name, mine in self.words.items()
            if getattr(block, name) != mine
        ]
