"""What people say about themselves, and what the office fills in; shape and length only."""

from datetime import date

from allauth.account.forms import ReauthenticateForm
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from ..core.clock import today
from ..core.fields import CleanTextMixin, LineField, RowsField, has_letters, no_addresses
from ..region.queries import fields_of_action, municipalities
from .models import Actor, Post
from .queries import actor_by_email

DAYS = [MinValueValidator(date(1990, 1, 1)), MaxValueValidator(date(2100, 12, 31))]


class ProfileForm(CleanTextMixin, forms.ModelForm):
    """What an actor says about themselves."""

    interests = RowsField(
        queryset=None,
        required=False,
        label=_("interests"),
        help_text=_("Which fields of action do you want to hear about?"),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Actor
        fields = (
            "display_name", "municipality", "organisation", "interests", "skills", "offers", "visible_to", "language",
        )  # fmt: skip
        widgets = {
            "skills": forms.Textarea(attrs={"rows": 3}),
            "offers": forms.Textarea(attrs={"rows": 3}),
            "visible_to": forms.RadioSelect,
            "language": forms.RadioSelect,
        }
        help_texts = {
            "display_name": _("Your real name or another one; this is how others see you."),
            "municipality": _("Where you live. Nobody checks this; it is shown as self-declared."),
            "organisation": _("If you also speak for one. Leave it empty otherwise."),
            "skills": _("For instance: carpentry, bookkeeping, first aid, playing the accordion."),
            "offers": _("For instance: a trailer, a meeting room, two hours a week."),
            "language": _("The language in which we write to you."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = municipalities()
        self.fields["municipality"].empty_label = _("Not given")
        self.fields["interests"].queryset = fields_of_action()
        if not self.fields["interests"].queryset.exists():
            del self.fields["interests"]
        self.order_fields(self._meta.fields)
        self.fields["display_name"].validators.append(has_letters)
        for name in ("display_name", "organisation", "skills", "offers"):
            self.fields[name].validators.append(no_addresses)


class EraseForm(ReauthenticateForm):
    """The password once more, and a tick: nobody deletes an account by accident."""

    understood = forms.BooleanField(
        label=_("I want to delete my account. I know that this cannot be undone."),
        error_messages={"required": _("Please tick this box if you really want to delete your account.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Your password")
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs.pop("placeholder", None)


class FilterForm(forms.Form):
    """Which part of the register of actors."""

    gemeinde = forms.ModelChoiceField(
        queryset=None, to_field_name="slug", required=False, label=_("Municipality"), empty_label=_("All")
    )
    feld = forms.ModelChoiceField(
        queryset=None, to_field_name="slug", required=False, label=_("Field of action"), empty_label=_("All")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["gemeinde"].queryset = municipalities()
        if "feld" in self.fields:
            self.fields["feld"].queryset = fields_of_action()


class SearchForm(FilterForm):
    """What the office looks for among the actors."""

    feld = None
    q = LineField(label=_("Words"), required=False, max_length=100)
    field_order = ("q", "gemeinde")


class AppointForm(forms.Form):
    """Who gets which post, from when until when."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The address with which the person registered here."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    post = forms.ChoiceField(label=_("Post"), choices=[("", _("Please choose")), *Post.choices])
    municipality = forms.ModelChoiceField(
        queryset=None, required=False, label=_("Municipality"), help_text=_("Needed for mayors."), empty_label="–"
    )
    since = forms.DateField(
        label=_("First day"), initial=today, validators=DAYS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    until = forms.DateField(
        label=_("Last day"), required=False, validators=DAYS, help_text=_("Leave it empty until it is known."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = municipalities()

    def clean_email(self):
        """The address, if somebody with a confirmed account has it; the person is then in ``actor``."""
        email = self.cleaned_data["email"]
        self.actor = actor_by_email(email)
        if self.actor is None:
            raise forms.ValidationError(
                _("Nobody with a confirmed account has this address. Please ask the person to register first.")
            )
        return email

    def clean(self):
        """A mayor has a municipality; the last day is not before the first."""
        cleaned = super().clean()
        if cleaned.get("post") == Post.MAYOR and not cleaned.get("municipality"):
            self.add_error("municipality", _("Please say of which municipality."))
        if cleaned.get("since") and cleaned.get("until") and cleaned["until"] < cleaned["since"]:
            self.add_error("until", _("The last day lies before the first. Please look again."))
        return cleaned
