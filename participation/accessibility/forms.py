"""What people type about barriers; shape and length only."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ..core.fields import LineField, LinesField
from ..core.stamps import new_stamp, read_stamp


class ReportForm(forms.Form):
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
    website = forms.CharField(
        label=_("Please leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    stamp = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stamp"].initial = new_stamp()

    def clean_page(self):
        """An address of this portal is kept as its path."""
        page = self.cleaned_data["page"]
        return page.removeprefix(settings.SITE_URL) if page.startswith(f"{settings.SITE_URL}/") else page

    def clean_website(self):
        """Nobody sees this field; what fills it in is a robot, or a browser that meant well."""
        if self.cleaned_data["website"]:
            self.add_error(None, _("A hidden field was filled in, as robots do. Please send the form again."))
        return ""

    def clean_stamp(self):
        """The stamp we gave out."""
        stamp = read_stamp(self.cleaned_data["stamp"])
        if stamp is None:
            raise forms.ValidationError(_("This page was incomplete. Please send the form again."))
        return stamp

    def clean(self):
        """What is complete must not be faster than a person can type."""
        if not self.errors and self.cleaned_data["stamp"].is_hasty:
            self.add_error(None, _("That was very fast. Please look at your text once more and send it again."))

    def again(self):
        """Make the next try possible: what a person cannot see or mend is set right."""
        self.data = self.data.copy()
        self.data["website"] = ""
        if read_stamp(self.data.get("stamp", "")) is None:
            self.data["stamp"] = new_stamp()

    @property
    def submission(self):
        """Names what was sent, see ``Stamp.submission``."""
        cleaned = self.cleaned_data
        return cleaned["stamp"].submission(cleaned["page"], cleaned["text"], cleaned["email"])


class AnswerForm(forms.Form):
    """The office's answer."""

    answer = LinesField(
        label=_("Your answer"),
        help_text=_("What you did, or why it cannot be done, and how to get there in the meantime."),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Please write an answer.")},
    )
