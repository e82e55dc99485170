"""What people type about barriers; shape and length only."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ..core.fields import LineField, LinesField
from ..core.stamped import StampedForm, local


class ReportForm(StampedForm):
    """A barrier somebody met."""

    page = LineField(
        label=_("Which page is it about?"),
        help_text=_("Its address or its name. Leave it empty if it concerns the whole portal."),
        max_length=300,
        required=False,
    )
    text = LinesField(
        label=_("What did not work?"),
        help_text=_(
            "For instance: “I cannot reach the button with the keyboard.” "
            "Please do not write about your health; we do not need it."
        ),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Please write in a few words what did not work.")},
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("Only if you would like the answer by e-mail."),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_page(self):
        """An address of this portal is kept as its path."""
        return local(self.cleaned_data["page"], settings.SITE_URL)

    @property
    def submission(self):
        """Names what was sent, see ``Stamp.submission``."""
        return self.submission_of("page", "text", "email")


class AnswerForm(forms.Form):
    """The office's answer."""

    answer = LinesField(
        label=_("Your answer"),
        help_text=_("What you did, or why it cannot be done, and how to get there in the meantime."),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Please write an answer.")},
    )
