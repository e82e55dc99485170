"""The part of a form that takes a point on the map: two numbers, or both pasted at once. Gone where there is no map."""

import re
from decimal import Decimal

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ..core.fields import LineField
from ..region.surroundings import TooFarAway, is_near

POINT = ("latitude", "longitude")
METRE = Decimal("0.00001")  # degrees, more or less

NUMBER = r"([+-]?[0-9]{1,3}(?:[.,][0-9]{1,20})?)\s*°?"
ONE = re.compile(NUMBER)
BOTH = re.compile(rf"{NUMBER}(?:\s*[;,]\s*|\s+){NUMBER}")

LIMITS = {"latitude": 90, "longitude": 180}
NOT_A_NUMBER = {
    "latitude": _("Please write the latitude as a number like 49.97215."),
    "longitude": _("Please write the longitude as a number like 10.12345."),
}
NOT_ON_EARTH = {
    "latitude": _("A latitude lies between -90 and 90. Please look at the number again."),
    "longitude": _("A longitude lies between -180 and 180. Please look at the number again."),
}
OTHER_IS_MISSING = _("A point needs both numbers. Please give this one, too, or empty both fields.")


class PointForm(forms.Form):
    """A point on the map; its two fields are there only where the setting ``TILE_URL`` is."""

    latitude = LineField(
        label=_("Latitude"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    longitude = LineField(
        label=_("Longitude"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in POINT:
            field = self.fields.pop(name)
            if settings.TILE_URL:
                self.fields[name] = field  # below the fields of a form that inherits

    @property
    def has_point(self):
        """Whether it asks for a point."""
        return POINT[0] in self.fields

    def clean(self):
        """Two numbers of one point near the alliance, or two times None."""
        super().clean()
        if not self.has_point or any(name in self.errors for name in POINT):
            return
        typed = dict(zip(POINT, _apart(*(self.cleaned_data[name] for name in POINT)), strict=True))
        for name, text in typed.items():
            self._take(name, text)
        if any(name in self.errors for name in POINT):
            return
        self._both_or_none()

    def _take(self, name, text):
        match = ONE.fullmatch(text)
        number = Decimal(match[1].replace(",", ".")).quantize(METRE) if match else None
        if text and number is None:
            self.add_error(name, NOT_A_NUMBER[name])
        elif text and abs(number) > LIMITS[name]:
            self.add_error(name, NOT_ON_EARTH[name])
        else:
            self.cleaned_data[name] = number

    def _both_or_none(self):
        missing = [name for name in POINT if self.cleaned_data[name] is None]
        if len(missing) == 1:
            self.add_error(missing[0], OTHER_IS_MISSING)
        elif not missing and not is_near(*(self.cleaned_data[name] for name in POINT)):
            self.add_error("latitude", TooFarAway.message)


def initial_point(idea):
    """What the two fields show of ``idea`` at first."""
    return dict(zip(POINT, idea.point.split(", "), strict=True)) if idea.point else {}


def _apart(latitude, longitude):
    """The two texts; where both numbers were put into one field, each for itself."""
    latitude, longitude = (text.replace("\N{MINUS SIGN}", "-") for text in (latitude, longitude))
    if not (latitude and longitude):
        text = latitude or longitude
        both = None if ONE.fullmatch(text) else BOTH.fullmatch(text)
        if both:
            return both.groups()
    return latitude, longitude
