"""allauth's forms in our words: one password field, no placeholders, consent, and no puzzle."""

from allauth.account import forms as theirs
from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.actors.models import Actor
from participation.core.clock import now
from participation.core.fields import LineField, has_letters, no_addresses
from participation.core.stamps import new_stamp, read_stamp
from participation.core.web import safe_next
from participation.region.queries import municipalities

from .accounts import NEXT

A_DAY = 24 * 3600
TEN_SIGNS = gettext_lazy("At least ten characters. Three or four words are easy to remember.")
EMAIL = gettext_lazy("E-mail address")
PASSWORD = gettext_lazy("Password")
NEW_PASSWORD = gettext_lazy("New password")


class Plain:
    """Labels instead of placeholders."""

    labels = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)


class SignupForm(Plain, theirs.SignupForm):
    """Who registers, with which consent; too fast or twice is noticed without a puzzle."""

    labels = {"email": EMAIL, "password1": PASSWORD}
    display_name = LineField(
        label=gettext_lazy("Display name"),
        help_text=gettext_lazy("Your real name or another one; this is how others see you."),
        max_length=60,
        validators=[has_letters, no_addresses],
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    municipality = forms.ModelChoiceField(
        queryset=None,
        required=False,
        label=gettext_lazy("Home municipality"),
        help_text=gettext_lazy("Where you live. Nobody checks this; it is shown as self-declared."),
        empty_label=gettext_lazy("Not given"),
    )
    of_age = forms.BooleanField(
        help_text=gettext_lazy("Reading is open to everybody, at any age and without an account."),
        error_messages={
            "required": gettext_lazy("You need to be old enough for an account. Reading is open to everybody.")
        },
    )
    terms = forms.BooleanField(
        error_messages={"required": gettext_lazy("Taking part needs your agreement to the terms of use.")}
    )
    stamp = forms.CharField(widget=forms.HiddenInput, required=False)
    field_order = ("email", "password1", "display_name", "municipality", "of_age", "terms")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        fields = self.fields
        fields["password1"].help_text = TEN_SIGNS
        fields["municipality"].queryset = municipalities()
        fields["of_age"].label = _("I am at least %(age)d years old.") % {"age": settings.MINIMUM_AGE}
        fields["terms"].label = format_html(
            _('I have read the <a href="{url}">terms of use</a> and agree to them.'), url=reverse("terms")
        )
        fields["stamp"].initial = new_stamp
        trap = fields[settings.ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD]
        trap.label = _("Please leave this field empty")
        trap.widget = forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})

    @property
    def trap(self):
        """The field that only robots fill in."""
        return self[settings.ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD]

    def clean_stamp(self):
        """When the page was opened: neither a moment ago nor the day before yesterday."""
        stamp = read_stamp(self.cleaned_data["stamp"])
        if stamp is None or now().timestamp() - stamp.opened_at > A_DAY:
            self.data = self.data.copy()
            self.data["stamp"] = new_stamp()
            raise forms.ValidationError(_("This page was open for very long. Please send it once more."))
        if stamp.is_hasty:
            raise forms.ValidationError(_("That was very fast. Please look at it once more and send it again."))
        return stamp

    def try_save(self, request):
        """Register, or pretend to: a known address, a robot and a double click get the same answer."""
        if self._is_repeated():
            return self._pretend(request)
        if address := safe_next(request, default=""):
            request.session[NEXT] = address
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])  # the same work as for a new account
            return super().try_save(request)
        try:
            return super().try_save(request)
        except IntegrityError:  # somebody registered this address a moment ago, perhaps by the same double click
            if self._is_repeated():
                return self._pretend(request)
            self.account_already_exists = True
            return super().try_save(request)

    @property
    def registration(self):
        """Names this opening of the page together with the address typed."""
        return self.cleaned_data["stamp"].submission(self.cleaned_data["email"])

    def _is_repeated(self):
        return Actor.objects.filter(registration=self.registration).exists()

    def _pretend(self, request):
        make_password(self.cleaned_data["password1"])  # as much work as the first time
        return None, get_adapter().respond_email_verification_sent(request, None)

    @transaction.atomic
    def save(self, request):
        """The account, its consents and its address, or nothing."""
        return super().save(request)


class LoginForm(Plain, theirs.LoginForm):
    """Signing in."""

    labels = {"login": EMAIL, "password": PASSWORD, "remember": gettext_lazy("Stay signed in on this device")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ReauthenticateForm(Plain, theirs.ReauthenticateForm):
    """The password once more."""

    labels = {"password": PASSWORD}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class ResetPasswordForm(Plain, theirs.ResetPasswordForm):
    """Where the link to a new password shall go."""

    labels = {"email": EMAIL}

    def save(self, request, **kwargs):
        """One letter, whether there is an account or not; the key is made when it is composed."""
        email = self.cleaned_data["email"]
        for actor in self.users:
            get_adapter().send_password_reset_mail(actor, email, {})
        if not self.users:
            get_adapter().send_mail("unknown_account", email, {})
        return email


class NewPasswordForm(Plain, theirs.ResetPasswordKeyForm):
    """A new password, behind the link of a letter."""

    labels = {"password1": NEW_PASSWORD}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = TEN_SIGNS

    def save(self):
        """Store the password. Whoever has the letter reads the mailbox, so the address is confirmed, too."""
        super().save()
        for address in self.user.emailaddress_set.filter(email=self.user.email, verified=False):
            adapter = get_adapter()
            adapter.confirm_email(adapter.request, address)


class ChangePasswordForm(Plain, theirs.ChangePasswordForm):
    """Another password."""

    labels = {"oldpassword": gettext_lazy("Present password"), "password1": NEW_PASSWORD}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].help_text = TEN_SIGNS


class SetPasswordForm(Plain, theirs.SetPasswordForm):
    """A first password, for accounts that never had one."""

    labels = {"password1": NEW_PASSWORD}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = TEN_SIGNS


class ChangeAddressForm(Plain, theirs.AddEmailForm):
    """Another e-mail address."""

    labels = {"email": gettext_lazy("New e-mail address")}
