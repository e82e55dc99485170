"""What people choose about letters; shape only."""

from functools import cache
from zoneinfo import available_timezones

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from .models import Preference
from .states import Rhythm

EMAIL, INBOX = Preference.Channel.EMAIL, Preference.Channel.INBOX


@cache
def zones():
    """The time zones of the world by the names that people know (“Europe/Berlin”), for a choice."""
    names = (name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/")))
    return [(name, name.replace("_", " ")) for name in sorted(names)]


class ChoicesForm(forms.Form):
    """How somebody hears of each of ``topics``, when digests come, and until when there is a pause."""

    hour = forms.TypedChoiceField(
        label=_("Hour"), coerce=int, choices=[(hour, _("%(hour)d:00") % {"hour": hour}) for hour in range(24)]
    )
    weekday = forms.TypedChoiceField(
        label=_("Weekday"), coerce=int, choices=list(WEEKDAYS.items()), help_text=_("For what comes once a week.")
    )
    zone = forms.ChoiceField(label=_("Time zone"), choices=zones)
    paused_until = forms.DateField(
        label=_("Last day of the pause"),
        help_text=_("Leave it empty for no pause. Afterwards you get everything together, nothing is lost."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data=None, *, topics, chosen, habits):
        """``chosen`` as ``preferences.chosen_by`` gives it; ``habits``: the values of the other fields."""
        self.topics = topics
        initial = {name_of(*key): value != Rhythm.OFF if key[1] == INBOX else value for key, value in chosen.items()}
        super().__init__(data, initial={**initial, **habits})
        for topic in topics:
            self.fields[name_of(topic, EMAIL)] = forms.ChoiceField(
                label=_("By e-mail"), choices=Rhythm.choices, widget=forms.RadioSelect
            )
            self.fields[name_of(topic, INBOX)] = forms.BooleanField(
                label=_("Also as a message in the portal"), required=False
            )

    @property
    def rows(self):
        """Each topic with its two fields."""
        return [(topic, self[name_of(topic, EMAIL)], self[name_of(topic, INBOX)]) for topic in self.topics]

    @property
    def chosen(self):
        """What was chosen, as ``preferences.arrange`` takes it."""
        found = {}
        for topic in self.topics:
            found[topic, EMAIL] = Rhythm(self.cleaned_data[name_of(topic, EMAIL)])
            found[topic, INBOX] = Rhythm.AT_ONCE if self.cleaned_data[name_of(topic, INBOX)] else Rhythm.OFF
        return found

    @property
    def habits(self):
        """When digests come, and the pause."""
        return {name: self.cleaned_data[name] for name in ("hour", "weekday", "zone", "paused_until")}


def name_of(topic, channel):
    """The name of the field for a topic and a channel."""
    return f"{topic}_{channel}"
