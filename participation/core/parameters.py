"""What a program may ask of a list: filters whose values are checked, and refusals that name the parameter."""

import re
from datetime import UTC, datetime, timedelta, timezone

from django import forms
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters.rest_framework import DjangoFilterBackend, Filter, FilterSet
from drf_spectacular.utils import extend_schema_field
from rest_framework.exceptions import APIException

from .text import clean_line

LONGEST_NAME = 40  # characters of an unknown parameter that are repeated
LONGEST_WORDS = 100  # as the search on the page
_MOMENT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[Tt](\d\d):(\d\d):(\d\d)(\.\d{1,9})?([Zz]|[+-]([01]\d|2[0-3]):([0-5]\d)))?", re.ASCII
)
EARLIEST, LATEST = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)


class BadParameter(APIException):
    """A parameter that means nothing here; the answer names it and says what would."""

    status_code = 400

    def __init__(self, name, words):
        name = clean_line(name)[:LONGEST_NAME]
        sentence = _("Please look at the parameter “%(name)s”: %(words)s") % {"name": name, "words": words}
        super().__init__({"detail": sentence, "parameter": name})


def check(query, known):
    """Raise BadParameter where ``query`` holds what nobody asked for; ``known``: name → whether it may be repeated."""
    for name, values in query.lists():
        if name not in known:
            raise BadParameter(name, _known_names(known))
        if len(values) > 1 and not known[name]:
            raise BadParameter(name, _("it can be given only once."))


def _known_names(known):
    if not known:
        return _("this address takes no parameters.")
    return _("there is no such parameter here. There are: %(names)s.") % {"names": ", ".join(sorted(known))}


class CheckedFilters(DjangoFilterBackend):
    """Filters a list by its ``filterset_class``; a value that does not exist is refused."""

    def filter_queryset(self, request, queryset, view):
        """The rows that were asked for."""
        filterset = self.get_filterset(request, queryset, view)
        if filterset is None:
            return queryset
        for name, words in filterset.errors.items():
            raise BadParameter(name, " ".join(words))
        return filterset.qs


class Question(FilterSet):
    """The filters of one list; ``narrowed`` says which rows they leave."""

    def filter_queryset(self, queryset):
        """What is left of ``queryset``."""
        return self.narrowed(queryset, self.form.cleaned_data)

    @classmethod
    def names(cls):
        """Name of a filter → whether it may be given more than once."""
        return {name: isinstance(entry, AnyOf) for name, entry in cls.base_filters.items()}


class _AnyOfField(forms.Field):
    widget = forms.MultipleHiddenInput

    def __init__(self, *, known, **words):
        super().__init__(**words)
        self.known = known

    def clean(self, value):
        wanted = list(dict.fromkeys(value or ()))
        known = list(self.known(wanted)) if wanted else []
        if not set(wanted) <= set(known):
            raise forms.ValidationError(_no_such_value(known))
        return wanted


def _no_such_value(known):
    if not known:
        return _("there is no such value.")
    return _("there is no such value. There are: %(names)s.") % {"names": ", ".join(known)}


class AnyOf(Filter):
    """Values of which one must hold. May be given more than once.

    ``known(wanted)`` gives those that exist; where there are few all of them, for the refusal.
    """

    field_class = _AnyOfField


class _MomentField(forms.Field):
    def clean(self, value):
        if value is None:
            return None
        try:
            return moment_of(value)
        except ValueError:
            raise forms.ValidationError(
                _("please give a moment like 2026-11-03T10:00:00Z or a day like 2026-11-03 (a + must be encoded).")
            ) from None


class Since(Filter):
    """A moment from which on rows count; a day begins at midnight in the region."""

    field_class = _MomentField


class _WordsField(forms.CharField):
    def __init__(self, **words):
        super().__init__(max_length=LONGEST_WORDS, **words)
        self.error_messages["max_length"] = gettext_lazy("at most 100 characters are searched for.")

    def clean(self, value):
        return clean_line(super().clean(value))


class Words(Filter):
    """Words to search for, cleaned as on the page."""

    field_class = _WordsField


def moment_of(text):
    """The moment that ``text`` names as RFC 3339 has it, or the beginning of a day. Raises ValueError."""
    found = _MOMENT.fullmatch(text)
    if not found:
        raise ValueError("This is no moment.")
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    zone = _zone(found) if found[8] else get_default_timezone()
    moment = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone)  # 60 is a leap second
    try:
        return max(moment.astimezone(UTC), EARLIEST) + timedelta(seconds=float(found[7] or 0))
    except OverflowError:
        return EARLIEST if year == 1 else LATEST


def _zone(found):
    if found[8] in "Zz":
        return UTC
    offset = timedelta(hours=int(found[9]), minutes=int(found[10]))
    return timezone(-offset if found[8][0] == "-" else offset)


def described(entry, text, **schema):
    """The filter ``entry`` with its words and its ``schema`` for the description of the interface."""
    items = {"type": "string", **schema}
    whole = {"type": "array", "items": items} if isinstance(entry, AnyOf) else items
    return extend_schema_field({**whole, "description": text})(entry)


def since(text):
    """A filter by the moment that ``text`` describes."""
    moment = {"oneOf": [{"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}]}
    entry = Since()
    return extend_schema_field({**moment, "description": text})(entry)


def words(text):
    """The filter ``q``."""
    return described(Words(), text, maxLength=LONGEST_WORDS, pattern=r"^[^\u0000]*$", example="Radweg")
