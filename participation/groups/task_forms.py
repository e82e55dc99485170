"""What people type about tasks; shape and length only."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..core.fields import LineField, LinesField
from .forms import DAY, SeenForm
from .meeting_forms import near


class TaskForm(SeenForm):
    """A task."""

    title = LineField(
        label=_("What is to be done?"), max_length=160,
        error_messages={"required": _("Please say in a few words what is to be done.")},
    )  # fmt: skip
    assignee = forms.ModelChoiceField(
        label=_("Who does it?"), queryset=None, required=False, empty_label=_("nobody yet"),
        error_messages={
            "invalid_choice": _("This person does not belong to the group any more. Please choose somebody else.")
        },
    )  # fmt: skip
    due_on = forms.DateField(
        label=_("Until when?"),
        help_text=_("Three days before, and once it is overdue, we remind whoever does it."),
        **DAY,
    )
    words = LinesField(
        label=_("In more words"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )  # fmt: skip

    def __init__(self, data=None, *, doers, task=None, **kwargs):
        if task:
            kwargs["initial"] = {name: getattr(task, name) for name in ("title", "words", "due_on", "version")}
            kwargs["initial"]["assignee"] = task.assignee_id
        super().__init__(data, **kwargs)
        self.fields["assignee"].queryset = doers
        self.fields["assignee"].label_from_instance = lambda actor: actor.public_name

    def clean_due_on(self):
        """A day that people can plan for."""
        return near(self.cleaned_data["due_on"])

    @property
    def words_typed(self):
        """What was typed, as the operations take it."""
        return {name: self.cleaned_data[name] for name in ("title", "due_on", "words", "assignee")}

    def start_again_from(self, task):
        """After somebody else was faster: keep what was typed and build on what stands there."""
        self.data = self.data.copy()
        self.data["version"] = task.version
