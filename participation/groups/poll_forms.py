"""What people type about the search for a date; shape and length only."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..core.clock import today
from ..core.fields import LineField
from .forms import DAY
from .meeting_forms import HOUR, MeetingForm, moments_in, near
from .poll_models import DateVote

TIMES, AT_LEAST = 6, 2
TIME_TO_ANSWER = timedelta(days=60)


class PollForm(forms.Form):
    """Up to six times among which the members choose."""

    title = MeetingForm.base_fields["title"]
    place = MeetingForm.base_fields["place"]
    link = MeetingForm.base_fields["link"]
    closes_on = forms.DateField(
        label=_("Answers until"), help_text=_("The end of this day. The day before we remind those who forgot."), **DAY
    )

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        for number in range(1, TIMES + 1):
            needed = number <= AT_LEAST
            self.fields[f"day{number}"] = forms.DateField(label=_("Day"), required=needed, **DAY)
            self.fields[f"starts{number}"] = forms.TimeField(label=_("From"), required=needed, **HOUR)
            self.fields[f"ends{number}"] = forms.TimeField(label=_("Until"), required=needed, **HOUR)

    @property
    def rows(self):
        """The bound fields of each time, and whether it is needed."""
        for number in range(1, TIMES + 1):
            yield {"number": number, "fields": [self[f"{name}{number}"] for name in ("day", "starts", "ends")]}

    @property
    def plain(self):
        """The bound fields that are about all times."""
        return [self[name] for name in ("title", "place", "link", "closes_on")]

    def clean_closes_on(self):
        """A day that people remember."""
        day = self.cleaned_data["closes_on"]
        if not today() <= day <= today() + TIME_TO_ANSWER:
            raise ValidationError(_("Please choose a day within the next sixty days."))
        return day

    def clean(self):
        """It is somewhere, each time is whole, and none stands twice."""
        typed = super().clean()
        if not (typed.get("place") or typed.get("link") or {"place", "link"} & set(self.errors)):
            self.add_error("place", _("Please say where the meeting is: a place, a link, or both."))
        typed["times"] = [times for number in range(1, TIMES + 1) if (times := self._time(number))]
        return typed

    def _time(self, number):
        """The two moments of a time, or None with a word about what is missing or cannot be."""
        names = [f"{name}{number}" for name in ("day", "starts", "ends")]
        typed = [self.cleaned_data.get(name) for name in names]
        if typed == [None, None, None]:
            return None
        for name, value in zip(names, typed, strict=True):
            if value is None and name not in self.errors:
                self.add_error(name, _("Please fill in the day and both times, or leave all three empty."))
        if typed[0] is not None:
            try:
                near(typed[0])
            except ValidationError as refusal:
                self.add_error(names[0], refusal)
                return None
        begin, end = moments_in(self, str(number))
        return (begin, end) if begin and end and end > begin else None

    @property
    def words(self):
        """What was typed, as the operation takes it."""
        return {name: self.cleaned_data[name] for name in ("title", "place", "link", "closes_on", "times")}


class AnswerPollForm(forms.Form):
    """How each of the ``options`` suits one."""

    def __init__(self, data=None, *, options, answers=None, **kwargs):
        super().__init__(data, **kwargs)
        self.options = list(options)
        for option in self.options:
            self.fields[name_of(option)] = forms.ChoiceField(
                choices=DateVote.Answer.choices, widget=forms.RadioSelect, initial=(answers or {}).get(option.pk),
                error_messages=dict.fromkeys(("required", "invalid_choice"), _("Please say how this time suits you.")),
            )  # fmt: skip

    def label_with(self, label):
        """Let ``label(option)`` name each field."""
        for option in self.options:
            self.fields[name_of(option)].label = label(option)

    @property
    def answers(self):
        """Option → answer."""
        return {option: self.cleaned_data[name_of(option)] for option in self.options}


class ChooseForm(forms.Form):
    """Which time it is."""

    option = forms.ChoiceField(
        label=_("Which time shall it be?"), widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Please choose one of the times.")),
    )  # fmt: skip
    agenda = MeetingForm.base_fields["agenda"]
    public = MeetingForm.base_fields["public"]

    def __init__(self, data=None, *, choices, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["option"].choices = choices


class DropPollForm(forms.Form):
    """Why no date is sought any more."""

    because = LineField(
        label=_("Reason"), max_length=500, help_text=_("The members of the group read it."),
        error_messages={"required": _("Please give a reason in a few words.")},
    )  # fmt: skip


def name_of(option):
    """The name of the field for ``option``."""
    return f"time{option.pk}"
