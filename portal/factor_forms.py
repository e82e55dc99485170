"""allauth's forms for second factors in our words; what no browser would send is refused, not stumbled over."""

import json

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from participation.core.fields import LineField

from .account_forms import Plain

NONSENSE = (KeyError, ValueError, TypeError, AttributeError, OverflowError)
CODE = _("Number or recovery code")
NAME = _("Name of the passkey")


class Credential(forms.JSONField):
    """What a browser says for a passkey: an object of moderate size."""

    widget = forms.HiddenInput

    def to_python(self, value):
        """Refuse what is too long or too deep for any passkey."""
        if value and len(value) > 50_000:
            raise self.refusal()
        try:
            credential = super().to_python(value)
        except RecursionError:
            raise self.refusal() from None
        if credential is not None and not (isinstance(credential, dict) and _is_plain(credential)):
            raise self.refusal()
        return credential

    def prepare_value(self, value):
        """A passkey's answer counts once: it is never written back into a page."""
        return ""

    @staticmethod
    def refusal():
        """The sentence for every kind of nonsense."""
        return ValidationError(_("The passkey could not be read. Please try again."))


def _is_plain(value):
    """Whether every database and every page can hold ``value``: no NUL, no lone surrogates."""
    text = json.dumps(value, ensure_ascii=False)
    return r"\u0000" not in text and text == text.encode("utf-8", "replace").decode("utf-8")


class Sturdy(Plain):
    """A form with a passkey, which answers nonsense with a sentence."""

    labels = {"name": NAME, "passwordless": _("Sign in with this passkey alone, without a password")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["credential"] = Credential()
        if "passwordless" in self.fields:
            self.fields["passwordless"].help_text = _("Your device then asks for your fingerprint, your face or a PIN.")


class Asking(Sturdy):
    """A form that checks a passkey."""

    def clean_credential(self):
        """The passkey's row."""
        try:
            return super().clean_credential()
        except NONSENSE:
            raise get_adapter().validation_error("incorrect_code") from None


class AuthenticateForm(Plain, base.AuthenticateForm):
    """The number of the app, when signing in."""

    labels = {"code": CODE}


class ReauthenticateForm(Plain, base.ReauthenticateForm):
    """The number of the app, once more."""

    labels = {"code": CODE}


class ActivateTOTPForm(Plain, totp.ActivateTOTPForm):
    """The first number of a new app."""

    labels = {"code": _("Number in the app")}


class AuthenticateWebAuthnForm(Asking, webauthn.AuthenticateWebAuthnForm):
    """A passkey as second factor."""


class ReauthenticateWebAuthnForm(Asking, webauthn.ReauthenticateWebAuthnForm):
    """A passkey, once more."""


class LoginWebAuthnForm(Asking, webauthn.LoginWebAuthnForm):
    """A passkey alone."""


class AddWebAuthnForm(Sturdy, webauthn.AddWebAuthnForm):
    """A new passkey."""

    name = LineField(required=False, max_length=60)

    def clean(self):
        """The passkey, checked."""
        try:
            return super().clean()
        except NONSENSE:
            raise get_adapter().validation_error("incorrect_code") from None


class EditWebAuthnForm(Plain, webauthn.EditWebAuthnForm):
    """Another name for a passkey."""

    labels = {"name": NAME}
    name = LineField(max_length=60)
