"""Forms of the office for the region: they clean shape and length and know no rules."""

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..core.fields import CleanTextMixin, LineField, LinesField, WebAddress
from .models import Alliance, FieldOfAction, Municipality, Partner

TAKEN = _("There is already an entry with this name.")
_CLOSING_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.?")
_A_LEAP_YEAR = 2024


class EditForm(CleanTextMixin, forms.ModelForm):
    """A form for a row that counts its changes: it carries the version that the person started from."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version

    @property
    def seen(self):
        """The version the person started from; 0, which no row has, where the form does not say."""
        return self.cleaned_data.get("version") or 0

    @property
    def changes(self):
        """Field name → what the person wants it to be."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}

    def start_again_from(self, row):
        """After somebody else was faster: keep what was typed, name what differs, and build on the present state."""
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = row.version
        theirs = {name: getattr(row, name) for name in self.changes}
        self.differences = [
            (self.fields[name].label, theirs[name]) for name, mine in self.changes.items() if theirs[name] != mine
        ]


class AllianceForm(EditForm):
    """The profile of the alliance."""

    SECTIONS = [
        (_("Name"), ["name", "short_name", "slogan", "district", "expected_municipalities"]),
        (_("Office"), ["management_label", "office_label", "office_address", "email", "phone", "opening_hours"]),
        (_("What the alliance says about itself"), ["about", "network", "thanks"]),
        (_("Appearance"), ["accent"]),
        (_("Working days"), ["holiday_set", "closing_days"]),
        (_("Answers to ideas"), ["answer_days", "four_eyes"]),
        (
            _("For the legal texts"),
            ["responsible_body", "represented_by", "supervisory_authority", "data_protection_contact"],
        ),
    ]

    class Meta:
        model = Alliance
        fields = [
            "name", "short_name", "slogan", "district", "expected_municipalities",
            "management_label", "office_label", "office_address", "email", "phone", "opening_hours",
            "about", "network", "thanks", "accent", "holiday_set", "closing_days",
            "answer_days", "four_eyes",
            "responsible_body", "represented_by", "supervisory_authority", "data_protection_contact",
        ]  # fmt: skip
        widgets = {
            "accent": forms.TextInput(attrs={"type": "color"}),
            "email": forms.EmailInput(attrs={"autocomplete": "off"}),
            "office_address": forms.Textarea(attrs={"rows": 3}),
            "about": forms.Textarea(attrs={"rows": 8}),
            "network": forms.Textarea(attrs={"rows": 5}),
            "thanks": forms.Textarea(attrs={"rows": 4}),
            "responsible_body": forms.Textarea(attrs={"rows": 3}),
            "data_protection_contact": forms.Textarea(attrs={"rows": 3}),
        }

    def sections(self):
        """The fields in groups, as (title, bound fields)."""
        return [(title, [self[name] for name in names]) for title, names in self.SECTIONS]

    def clean_accent(self):
        """Colours are written small."""
        return self.cleaned_data["accent"].lower()

    def clean_closing_days(self):
        """Days of each year, written ``24.12., 31.12.``"""
        typed = re.split(r"[,;\s]+", self.cleaned_data["closing_days"])
        return ", ".join(_closing_day(text) for text in typed if text)


class LogoForm(forms.Form):
    """A picture and what it shows."""

    logo = forms.FileField(
        label=_("Picture"),
        help_text=_("PNG, JPEG or WebP, at most 2 MB. It is stored small and without hidden data."),
        error_messages={"required": _("Please choose a file."), "empty": _("This file is empty.")},
    )
    alt = LineField(
        label=_("What the logo shows"),
        max_length=120,
        help_text=_("Read out to people who do not see the picture, for instance: Logo of the alliance."),
    )


class MunicipalityForm(EditForm):
    """A member municipality."""

    website = WebAddress(label=_("Website"), required=False)

    class Meta:
        model = Municipality
        fields = ["name", "ags", "postcodes", "latitude", "longitude", "population", "address", "website", "about"]
        localized_fields = ["latitude", "longitude"]
        widgets = {"about": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "ags": _("Eight digits, for instance 09671113."),
            "postcodes": _("Several are separated by commas."),
            "latitude": _("In degrees north, for instance 50.0647. A point somewhere in the municipality is enough."),
            "longitude": _("In degrees east, for instance 9.2317."),
        }
        error_messages = {"name": {"unique": TAKEN}, "ags": {"unique": _("There is already an entry with this key.")}}

    def __init__(self, data=None, **kwargs):
        super().__init__(_with_tidy_postcodes(data), **kwargs)


class FieldForm(EditForm):
    """A field of action."""

    class Meta:
        model = FieldOfAction
        fields = ["name", "summary", "icon", "active"]
        help_texts = {"active": _("A field that is no longer in use is not offered; what is tagged with it stays.")}
        error_messages = {"name": {"unique": TAKEN}}


class PartnerForm(EditForm):
    """A partner organisation."""

    website = WebAddress(label=_("Website"), required=False)

    class Meta:
        model = Partner
        fields = ["name", "together", "website", "active"]
        widgets = {"together": forms.Textarea(attrs={"rows": 6})}
        error_messages = {"name": {"unique": TAKEN}}


class TextForm(forms.Form):
    """A new wording of a legal text."""

    text = LinesField(
        label=_("German text"), max_length=40_000, widget=forms.Textarea(attrs={"rows": 24, "lang": "de"})
    )
    text_en = LinesField(
        label=_("English text"),
        max_length=40_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 16, "lang": "en"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    def __init__(self, data=None, *, latest=None, **kwargs):
        initial = (
            {"text": latest.text, "text_en": latest.text_en, "version": latest.version} if latest else {"version": 0}
        )
        super().__init__(data, initial=initial, **kwargs)

    @property
    def seen(self):
        """The version the new wording started from."""
        return self.cleaned_data.get("version") or 0

    def start_again_from(self, latest):
        """After somebody else was faster: keep what was typed and build on the present version."""
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = latest.version


def _closing_day(text):
    match = _CLOSING_DAY.fullmatch(text)
    try:
        day = date(_A_LEAP_YEAR, int(match[2]), int(match[1])) if match else None
    except ValueError:
        day = None
    if day is None:
        problem = _("“%(text)s” is not a day of the year. Please write days like 24.12., separated by commas.")
        raise ValidationError(problem, params={"text": text[:40]})
    return f"{day.day}.{day.month}."


def _with_tidy_postcodes(data):
    """Blanks, semicolons and line breaks between postcodes mean commas."""
    if not data or "postcodes" not in data:
        return data
    tidy = data.copy()
    tidy["postcodes"] = ", ".join(part for part in re.split(r"[,;\s]+", data["postcodes"][:400]) if part)
    return tidy
