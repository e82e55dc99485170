"""What people type about the newsletter, and how the office puts an issue together; shape and length only."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..core.fields import LineField, LinesField
from ..core.stamped import StampedForm
from .forms import MOST, SeenForm
from .wordings import ASKING

LAST_PLACE = 99
PLACE = pgettext_lazy("in an order", "Place")


class SubscribeForm(StampedForm):
    """Ask for the newsletter: an address is enough."""

    email = forms.EmailField(
        label=_("Your e-mail address"), max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Please give your e-mail address.")},
    )  # fmt: skip
    field_order = ("email",)


def sign_up(form=None):
    """What ``newsroom/_sign_up.html`` needs."""
    return {"form": form or SubscribeForm(auto_id="newsletter_%s"), "wording": ASKING}


class IssueForm(forms.Form):
    """An issue: its words, and for each thing there is to tell whether and where it stands."""

    version = forms.IntegerField(min_value=1, max_value=MOST, widget=forms.HiddenInput)
    subject = LineField(
        label=_("Subject"), max_length=70, help_text=_("What stands in the list of the mailbox. At most 70 letters."),
        error_messages={"required": _("Please give this issue a subject.")},
    )  # fmt: skip
    intro = LinesField(
        label=_("A few words to begin with"), max_length=3000, required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip

    def __init__(self, data=None, *, issue, chosen, others):
        words = {name: getattr(issue, name) for name in ("version", "subject", "intro")}
        super().__init__(data, initial=words)
        self.things = [*chosen, *others]
        for place, item in enumerate(self.things, start=1):
            self.fields[f"take_{item.key}"] = forms.BooleanField(
                label=item.title, required=False, initial=item in chosen
            )
            self.fields[f"place_{item.key}"] = forms.IntegerField(
                label=PLACE, required=False, initial=place, min_value=1, max_value=LAST_PLACE,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )  # fmt: skip

    @property
    def rows(self):
        """Each thing with the fields that choose and place it, for the template."""
        return [(item, self[f"take_{item.key}"], self[f"place_{item.key}"]) for item in self.things]

    @property
    def keys(self):
        """What was chosen, in the order of the places; what has none stands last."""
        taken = [item for item in self.things if self.cleaned_data[f"take_{item.key}"]]
        return [item.key for item in sorted(taken, key=self._place)]

    @property
    def words(self):
        """What the operation takes."""
        return {"subject": self.cleaned_data["subject"], "intro": self.cleaned_data["intro"], "keys": self.keys}

    def _place(self, item):
        return self.cleaned_data[f"place_{item.key}"] or LAST_PLACE + 1


class SeenIssueForm(SeenForm):
    """Which version of an issue somebody saw when sending it."""
