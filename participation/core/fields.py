"""Form fields for text that people type: one for a line, one for many lines, and the glue for model forms.

Both clean with ``core.text``; what is too long is refused with a sentence, never cut.
"""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .text import clean_line, clean_lines

TOO_LONG = _("Please use at most %(limit_value)d characters; these are %(show_value)d.")

ADDRESS = re.compile(
    r"https?:|www\.|\S@\S+\.\w|"
    r"\b[\w-]{2,}\.(at|bayern|biz|ch|click|club|cn|com|de|eu|info|io|link|live|net|online|org|pro|ru|shop|site|store|top|xyz)\b",
    re.IGNORECASE,
)


def no_addresses(text):
    """A validator: no web address and no e-mail address, which only senders of advertising leave in a profile."""
    if ADDRESS.search(text):
        raise ValidationError(
            _("Please leave out web addresses and e-mail addresses; the office can reach you anyway.")
        )


def has_letters(text):
    """A validator: something that can be read out."""
    if not any(sign.isalnum() for sign in text):
        raise ValidationError(_("Please use at least one letter."))


class LineField(forms.CharField):
    """Text on one line."""

    default_error_messages = {"max_length": TOO_LONG}
    cleaned_by = staticmethod(clean_line)

    def to_python(self, value):
        """Return the cleaned text; what is hopelessly long is left to the validator as it is."""
        text = super().to_python(value)
        if self.max_length and len(text) > 4 * self.max_length:
            return text
        return self.cleaned_by(text)


class LinesField(LineField):
    """Text of several lines; the browser is not told the limit, because it would cut off what is pasted."""

    widget = forms.Textarea
    cleaned_by = staticmethod(clean_lines)

    def widget_attrs(self, widget):
        """As usual, without ``maxlength``."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class WebAddress(forms.URLField):
    """A web address that starts with http or https; without a scheme https is meant."""

    default_error_messages = {"invalid": _("Please give a web address like https://www.example.org.")}

    def __init__(self, **words):
        super().__init__(assume_scheme="https", **words)
        self.validators[0].schemes = ["http", "https"]

    def to_python(self, value):
        """The address without signs that hide what it says."""
        return super().to_python(clean_line(value or ""))


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows of a table; a number that no row can have is unknown, not a fault of the database."""

    def _check_values(self, value):
        for key in value if isinstance(value, (list, tuple)) else ():
            if len(str(key)) > 18:
                raise ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": key}
                )
        return super()._check_values(value)


class CleanTextMixin:
    """For forms and model forms: plain text fields become ``LineField`` or ``LinesField`` by their widget."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if type(field) is forms.CharField and not isinstance(field.widget, forms.PasswordInput):
                _convert(field)


def _convert(field):
    """Turn a plain text field into ours, in place: label, widget, limits and validators stay."""
    field.__class__ = LinesField if isinstance(field.widget, forms.Textarea) else LineField
    if isinstance(field, LinesField):
        field.widget.attrs.pop("maxlength", None)
    field.error_messages = {**field.error_messages, "max_length": TOO_LONG}
