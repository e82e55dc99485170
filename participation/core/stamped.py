"""A form for everybody, also without an account: no puzzle, but a stamp and a field that only robots fill in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .stamps import new_stamp, read_stamp


class StampedForm(forms.Form):
    """Refuses robots, and knows a form that was sent twice."""

    website = forms.CharField(
        label=_("Please leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    stamp = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stamp"].initial = new_stamp()

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

    def submission_of(self, *names):
        """Names what was sent in the fields ``names``, see ``Stamp.submission``."""
        return self.cleaned_data["stamp"].submission(*(str(self.cleaned_data[name]) for name in names))


def local(page, site):
    """An address below ``site`` as its path; others as they are."""
    return page.removeprefix(site) if page.startswith(f"{site}/") else page
