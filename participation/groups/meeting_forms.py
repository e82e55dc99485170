"""What people type about meetings; shape and length only."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from ..core.clock import moments_of, today
from ..core.fields import LineField, LinesField, RowsField, WebAddress
from .forms import DAY, MOST, SeenForm
from .lift_models import Lift
from .meeting_models import MeetingReply

FARTHEST = timedelta(days=3 * 365)
MOST_GUESTS, MOST_OTHERS, MOST_SEATS = 9, 2000, 8
HOUR = {
    "widget": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    "error_messages": dict.fromkeys(("required", "invalid"), _("Please type a time like 19:00.")),
}
WORDS = ("title", "place", "link", "agenda", "public")


def near(day):
    """``day``, if people can plan for it."""
    if abs(day - today()) > FARTHEST:
        raise ValidationError(_("Please choose a day within the next three years."))
    return day


def moments_in(form, suffix=""):
    """The two moments that ``day``, ``starts`` and ``ends`` of ``form`` mean, or None for each that they do not; what
    cannot be is said beside its field.
    """
    begin, end = (_moment(form, f"day{suffix}", f"{name}{suffix}") for name in ("starts", "ends"))
    if begin and end and end <= begin:
        form.add_error(f"ends{suffix}", _("The end lies before the beginning. Please look at both times again."))
    return begin, end


def _moment(form, day, name):
    """The moment on that day, or None with a word about it: clocks skip an hour in spring and repeat one in autumn."""
    day, hour = form.cleaned_data.get(day), form.cleaned_data.get(name)
    if day is None or hour is None:
        return None
    moments = moments_of(day, hour)
    if not moments:
        form.add_error(name, _("Clocks skip this hour in that night. Please choose another time."))
    if len(moments) > 1:
        form.add_error(name, _("There are two such hours in that night. Please choose another time."))
    return moments[0] if len(moments) == 1 else None


class HoursForm(SeenForm):
    """A day, and from when to when."""

    day = forms.DateField(label=_("Day"), **DAY)
    starts = forms.TimeField(label=_("From"), **HOUR)
    ends = forms.TimeField(label=_("Until"), **HOUR)

    def clean_day(self):
        """A day that people can plan for."""
        return near(self.cleaned_data["day"])

    def clean(self):
        """The two moments, one after the other."""
        typed = super().clean()
        typed["starts_at"], typed["ends_at"] = moments_in(self)
        return typed


class MeetingForm(HoursForm):
    """A meeting."""

    title = LineField(
        label=_("What is it about?"), max_length=120, help_text=_("For instance: places for the benches."),
        error_messages={"required": _("Please say in a few words what the meeting is about.")},
    )  # fmt: skip
    place = LineField(
        label=_("Place"), max_length=200, required=False, help_text=_("For instance: town hall Krombach, first floor."),
    )  # fmt: skip
    link = WebAddress(
        label=_("Link"), max_length=500, required=False, help_text=_("For those who take part from home."),
    )  # fmt: skip
    agenda = LinesField(
        label=_("Agenda"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("A line that begins with “- ” becomes an item of a list."),
    )  # fmt: skip
    public = forms.BooleanField(
        label=_("Everybody may read of it and come"), required=False,
        help_text=_("It then stands in the public calendar. Otherwise members and the office alone know of it."),
    )  # fmt: skip
    field_order = ("title", "day", "starts", "ends", "place", "link", "agenda", "public")

    def __init__(self, data=None, *, meeting=None, **kwargs):
        if meeting:
            kwargs["initial"] = _words_of(meeting)
        super().__init__(data, **kwargs)

    def clean(self):
        """It is somewhere."""
        typed = super().clean()
        if not (typed.get("place") or typed.get("link") or {"place", "link"} & set(self.errors)):
            self.add_error("place", _("Please say where the meeting is: a place, a link, or both."))
        return typed

    @property
    def words(self):
        """What was typed, as the operations take it."""
        return {name: self.cleaned_data[name] for name in (*WORDS, "starts_at", "ends_at")}

    def start_again_from(self, meeting):
        """After somebody else was faster: keep what was typed and build on what stands there."""
        self.data = self.data.copy()
        self.data["version"] = meeting.version


class ReplyForm(forms.Form):
    """Whether one comes."""

    answer = forms.ChoiceField(
        label=_("Will you come?"), choices=MeetingReply.Answer.choices, widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Please say whether you come.")),
    )  # fmt: skip
    guests = forms.IntegerField(
        label=_("How many others do you bring along?"), min_value=0, max_value=MOST_GUESTS, required=False, initial=0,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Please type a number from 0 to 9; for more write to the group.")
        ),
    )  # fmt: skip

    def __init__(self, data=None, *, reply=None, **kwargs):
        if reply:
            kwargs["initial"] = {"answer": reply.answer, "guests": reply.guests}
        kwargs.setdefault("auto_id", "reply_%s")
        super().__init__(data, **kwargs)

    @property
    def words(self):
        """What the operation takes; whoever stays away brings nobody."""
        answer = self.cleaned_data["answer"]
        comes = answer != MeetingReply.Answer.NO
        return {"answer": answer, "guests": (self.cleaned_data["guests"] or 0) if comes else 0}


class LiftForm(forms.Form):
    """Free seats on the way to a meeting, or the need of one."""

    kind = forms.ChoiceField(
        label=_("How do you get there?"), choices=Lift.Kind.choices, widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Please choose one of the two.")),
    )  # fmt: skip
    seats = forms.IntegerField(
        label=_("How many free seats do you have?"), min_value=1, max_value=MOST_SEATS, required=False,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _("Please type a number from 1 to 8.")),
    )  # fmt: skip
    origin = LineField(
        label=_("From where?"), max_length=80,
        help_text=_("A village is enough, for instance: Wiesen. All members of the group see it."),
        error_messages={"required": _("Please say from where, for instance: Wiesen.")},
    )  # fmt: skip
    contact = LineField(
        label=_("Where and how to reach you"), max_length=200, required=False,
        help_text=_("Street and telephone, for instance. Nobody sees it but those with whom you agreed on a lift."),
    )  # fmt: skip

    def __init__(self, data=None, *, lift=None, **kwargs):
        if lift:
            kwargs["initial"] = {name: getattr(lift, name) for name in ("kind", "origin", "contact")}
            kwargs["initial"]["seats"] = lift.seats or None
        super().__init__(data, **kwargs)

    def clean(self):
        """Whoever offers seats says how many."""
        typed = super().clean()
        if typed.get("kind") == Lift.Kind.OFFERED and not typed.get("seats") and "seats" not in self.errors:
            self.add_error("seats", _("Please type a number from 1 to 8."))
        return typed

    @property
    def words(self):
        """What the operation takes."""
        typed = self.cleaned_data
        return {**typed, "seats": typed["seats"] if typed["kind"] == Lift.Kind.OFFERED else 0}


class CancelForm(SeenForm):
    """Why a meeting does not take place."""

    because = LineField(
        label=_("Reason"), max_length=500, help_text=_("All whom the meeting concerns read it."),
        error_messages={"required": _("Please give a reason in a few words.")},
    )  # fmt: skip


class AttendanceForm(forms.Form):
    """Who was there."""

    present = RowsField(
        label=_("Who was there?"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(
            ("invalid_choice", "invalid_pk_value"),
            _("One of these people neither belongs to the group nor wanted to come. Please choose again."),
        ),
    )  # fmt: skip
    others = forms.IntegerField(
        label=_("How many others were there?"), min_value=0, max_value=MOST_OTHERS, required=False, initial=0,
        help_text=_("Guests without an account, for instance."),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Please type a number from 0 to 2,000.")
        ),
    )  # fmt: skip

    def __init__(self, data=None, *, candidates, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["present"].queryset = candidates
        self.fields["present"].label_from_instance = lambda actor: actor.public_name

    @property
    def words(self):
        """What the operation takes."""
        return {"present": list(self.cleaned_data["present"]), "others": self.cleaned_data["others"] or 0}


class NotesForm(SeenForm):
    """The notes of a meeting."""

    version = forms.IntegerField(min_value=0, max_value=MOST, widget=forms.HiddenInput, required=False)
    text = LinesField(
        label=_("Notes"), max_length=30000, required=False, widget=forms.Textarea(attrs={"rows": 20}),
        help_text=_(
            "What was talked about, what was agreed, and who does what until when. **Two stars** make words stand out; "
            "a line that begins with “- ” becomes an item of a list."
        ),
    )  # fmt: skip

    def start_again_from(self, notes):
        """After somebody else was faster: keep what was typed and build on what stands there."""
        self.data = self.data.copy()
        self.data["version"] = notes.version


def _words_of(meeting):
    starts, ends = localtime(meeting.starts_at), localtime(meeting.ends_at)
    hours = {"day": starts.date(), "starts": starts.time(), "ends": ends.time(), "version": meeting.version}
    return {**{name: getattr(meeting, name) for name in WORDS}, **hours}
