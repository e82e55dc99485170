"""The form by which an author invites somebody."""

from django import forms
from django.utils.translation import gettext_lazy as _


class InviteForm(forms.Form):
    """The address of whoever is asked to be co-author."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("We send a letter with a link there. We forget the address once the invitation is answered."),
        error_messages={
            "required": _("Please type the address of the person you want to invite."),
            "invalid": _("Please look at this address again; we cannot write to it."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
