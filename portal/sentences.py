"""What every form says when something is missing or cannot be read: kind, and in the portal's own words.

Django's sentences speak of errors, and its German ones say “du”. These are set
once at the start, before any form exists; a form may still say it better.
"""

from django import forms
from django.core import validators
from django.utils.translation import gettext_lazy as _

CHOOSE = _("Please choose one of the entries.")
FIELDS = {
    forms.Field: {"required": _("Please fill this in.")},
    forms.EmailField: {"invalid": _("Please look at this e-mail address again; something is missing.")},
    forms.URLField: {"invalid": _("Please give a web address like https://www.example.org.")},
    forms.IntegerField: {"invalid": _("Please give a whole number.")},
    forms.FloatField: {"invalid": _("Please give a number.")},
    forms.DateField: {"invalid": _("Please give a day like 24.12.2026.")},
    forms.ChoiceField: {"invalid_choice": CHOOSE},
    forms.MultipleChoiceField: {"invalid_choice": CHOOSE, "invalid_list": CHOOSE},
    forms.ModelChoiceField: {"invalid_choice": CHOOSE},
    forms.ModelMultipleChoiceField: {"invalid_choice": CHOOSE, "invalid_pk_value": CHOOSE, "invalid_list": CHOOSE},
}  # fmt: skip
VALIDATORS = {
    validators.MinValueValidator: _("Please give %(limit_value)s or more."),
    validators.MaxValueValidator: _("Please give %(limit_value)s or less."),
    validators.MaxLengthValidator: _("Please use at most %(limit_value)d characters; these are %(show_value)d."),
    validators.ProhibitNullCharactersValidator: _(
        "There is a sign in this text that nobody sees. Please type it again."
    ),
}  # fmt: skip


def speak_kindly():
    """Replace Django's sentences by ours."""
    for field, sentences in FIELDS.items():
        field.default_error_messages = {**vars(field).get("default_error_messages", {}), **sentences}
    for validator, sentence in VALIDATORS.items():
        validator.message = sentence
