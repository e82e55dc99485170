"""What people type about working groups; shape and length only."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..core.fields import LineField, LinesField, RowsField
from ..region.models import FieldOfAction
from ..region.queries import municipalities
from .models import Group
from .states import Role

SHORTEST_TITLE = 5
MOST = 2**31 - 1
DAY = {
    "widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    "error_messages": dict.fromkeys(("required", "invalid"), _("Please choose a day.")),
}
TIMES = ("starts_on", "ends_on", "report_due_on")


class SeenForm(forms.Form):
    """Which version somebody saw when deciding."""

    version = forms.IntegerField(min_value=1, max_value=MOST, widget=forms.HiddenInput, required=False)

    @property
    def seen(self):
        """The version the person saw; 0, which no group has, where the form does not say."""
        return self.cleaned_data.get("version") or 0


class ProposalForm(SeenForm):
    """What a group is to work on, in the words of whoever proposes it."""

    title = LineField(
        label=_("Name of the group"), max_length=120, min_length=SHORTEST_TITLE,
        help_text=_("For instance: Mobility without a car of one's own."),
        error_messages={
            "required": _("Please give the group a name."),
            "min_length": _("Please give the group a name of at least five letters."),
        },
    )  # fmt: skip
    question = LineField(
        label=_("Question"), max_length=300, help_text=_("What is the group to find out? One question is enough."),
        error_messages={"required": _("Please write down the question that the group works on.")},
    )  # fmt: skip
    expected = LinesField(
        label=_("Expected result"), max_length=3000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What lies on the table in the end? For instance a recommendation with costs and a timetable."),
        error_messages={"required": _("Please write in a few sentences what the group is to hand in.")},
    )  # fmt: skip
    field = forms.ModelChoiceField(
        label=_("Field of action"), queryset=FieldOfAction.objects.none(), empty_label=_("Please choose"),
        error_messages={
            "required": _("Please choose a field of action."),
            "invalid_choice": _("This field of action is no longer offered. Please choose another one."),
        },
    )  # fmt: skip
    municipalities = RowsField(
        label=_("Municipalities it is about"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(
            ("invalid_choice", "invalid_pk_value"),
            _("One of these municipalities is no longer part of the alliance. Please choose again."),
        ),
    )  # fmt: skip
    whole_alliance = forms.BooleanField(label=_("It is about the whole alliance"), required=False)
    way_in = forms.ChoiceField(
        label=_("Who may join"), choices=Group.WayIn.choices, initial=Group.WayIn.REQUEST, widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Please choose who may join.")),
    )  # fmt: skip
    looking_for = LineField(
        label=_("We look for"), max_length=300, required=False,
        help_text=_("Skills, or the voice of a village: “somebody from Wiesen who takes the bus each day”."),
    )  # fmt: skip
    offers_to_coordinate = forms.BooleanField(label=_("I would coordinate the group"), required=False)

    def __init__(self, data=None, *, group=None, **kwargs):
        if group:
            kwargs["initial"] = _words_of(group)
        super().__init__(data, **kwargs)
        present = Q(pk=group.field_id) if group else Q(pk=None)
        offered = FieldOfAction.objects.filter(Q(active=True) | present)
        self.fields["field"].queryset = offered.order_by("position", "name")
        self.fields["municipalities"].queryset = municipalities()

    def clean(self):
        """Single municipalities or the whole alliance."""
        typed = super().clean()
        some, whole = bool(typed.get("municipalities")), typed.get("whole_alliance")
        if "municipalities" not in self.errors and not (some or whole):
            self.add_error("municipalities", _("Please choose at least one municipality, or the whole alliance."))
        if some and whole:
            self.add_error("municipalities", _("Please choose either single municipalities or the whole alliance."))
        return typed

    @property
    def words(self):
        """What was typed, as the operations take it."""
        names = [name for name in ProposalForm.base_fields if name in self.fields and name != "version"]
        return {name: self.cleaned_data[name] for name in names}


class TimesForm(SeenForm):
    """For how long a group works."""

    starts_on = forms.DateField(label=_("First day"), **DAY)
    ends_on = forms.DateField(label=_("Last day"), **DAY)
    report_due_on = forms.DateField(label=_("Closing report due on"), **DAY)

    def clean(self):
        """One after the other."""
        typed = super().clean()
        first, last, report = (typed.get(name) for name in TIMES)
        if first and last and last < first:
            self.add_error("ends_on", _("The last day lies before the first one. Please look at both again."))
        elif last and report and report < last:
            self.add_error("report_due_on", _("The report is due before the work ends. Please choose a later day."))
        return typed

    @property
    def times(self):
        """The three days."""
        return {name: self.cleaned_data[name] for name in TIMES}


class FoundForm(TimesForm):
    """The office founds a group."""

    PROPOSER, EMAIL, LATER = "proposer", "email", "later"

    coordination = forms.ChoiceField(
        label=_("Who coordinates it"), widget=forms.RadioSelect,
        choices=[
            (PROPOSER, _("whoever proposed it and offered to")),
            (EMAIL, _("somebody whom I invite by e-mail")),
            (LATER, _("still open")),
        ],
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Please choose who coordinates the group.")),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail address of the coordination"), max_length=254, required=False,
        error_messages={"invalid": _("Please look at this address again; we cannot write to it.")},
    )  # fmt: skip

    def __init__(self, data=None, *, group, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["version"].initial = group.version
        if not (group.offers_to_coordinate and group.proposer_id):
            self.fields["coordination"].choices = self.fields["coordination"].choices[1:]

    def clean(self):
        """Whoever is invited has an address."""
        typed = super().clean()
        if typed.get("coordination") == self.EMAIL and not typed.get("email") and "email" not in self.errors:
            self.add_error("email", _("Please type the address of the person you want to invite."))
        return typed

    @property
    def words(self):
        """What the operation takes."""
        chosen = self.cleaned_data["coordination"]
        return {
            "version": self.seen,
            "times": self.times,
            "proposer_coordinates": chosen == self.PROPOSER,
            "coordinator_email": self.cleaned_data["email"] if chosen == self.EMAIL else "",
        }


class MandateForm(ProposalForm, TimesForm):
    """The office changes a mandate."""

    TIMES = TIMES
    offers_to_coordinate = None
    field_order = [*ProposalForm.base_fields, *TIMES]

    def __init__(self, data=None, *, group, **kwargs):
        super().__init__(data, group=group, **kwargs)
        if group.is_proposed:
            for name in TIMES:
                del self.fields[name]

    def clean(self):
        """Both."""
        typed = ProposalForm.clean(self)
        return TimesForm.clean(self) or typed

    def start_again_from(self, group):
        """After somebody else was faster: keep what was typed and build on what stands there."""
        self.data = self.data.copy()
        self.data["version"] = group.version


class ReasonForm(SeenForm):
    """A reason that somebody reads."""

    reason = LinesField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Please give a reason in a few words.")},
    )  # fmt: skip


class JoinForm(forms.Form):
    """Somebody wants to take part."""

    reason = LinesField(
        label=_("Why I want to take part"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A sentence or two for the coordination. Others do not see it."),
        error_messages={"required": _("Please give a reason in a few words.")},
    )  # fmt: skip
    observing = forms.BooleanField(
        label=_("I only want to observe: read and talk along, without a vote"), required=False
    )
    shown = forms.BooleanField(label=_("Everybody may see that I belong to this group"), required=False)

    def __init__(self, data=None, *, group, **kwargs):
        super().__init__(data, **kwargs)
        if group.is_open_to_all:
            del self.fields["reason"]

    @property
    def words(self):
        """What the operation takes."""
        return {name: self.cleaned_data[name] for name in self.fields}


class InviteForm(forms.Form):
    """Somebody is asked to take part."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254,
        help_text=_("We send a letter with a link there. We forget the address once the invitation is answered."),
        error_messages={
            "required": _("Please type the address of the person you want to invite."),
            "invalid": _("Please look at this address again; we cannot write to it."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    role = forms.ChoiceField(
        label=_("As"), choices=Role.choices, initial=Role.MEMBER,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Please choose a role.")),
    )  # fmt: skip


class RoleForm(forms.Form):
    """As what somebody belongs to the group."""

    role = forms.ChoiceField(
        label=_("Role"), choices=Role.choices,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Please choose a role.")),
    )  # fmt: skip


class DescribeForm(SeenForm):
    """Who may join, and whom the group looks for."""

    way_in = ProposalForm.base_fields["way_in"]
    looking_for = ProposalForm.base_fields["looking_for"]


class ReportForm(SeenForm):
    """The closing report."""

    report = LinesField(
        label=_("Closing report"), max_length=12000, widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("What was found out, what the group recommends, and what stays open. Everybody can read it."),
        error_messages={"required": _("Please write the report first.")},
    )  # fmt: skip


class ProlongForm(forms.Form):
    """A group goes on."""

    ends_on = forms.DateField(label=_("New last day"), **DAY)
    report_due_on = forms.DateField(label=_("Closing report due on"), **DAY)
    reason = LineField(
        label=_("Reason"), max_length=500, help_text=_("Everybody can read it."),
        error_messages={"required": _("Please give a reason in a few words.")},
    )  # fmt: skip


def _words_of(group):
    names = ("title", "question", "expected", "whole_alliance", "way_in", "looking_for", "version", *TIMES)
    chosen = list(group.municipalities.values_list("pk", flat=True))
    return {**{name: getattr(group, name) for name in names}, "field": group.field_id, "municipalities": chosen}
