"""What people report, what the office writes about it, and objections; shape and length only."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ..core.fields import LineField, LinesField
from ..core.hiding import Reason
from ..core.stamped import StampedForm, local

MOST = 2**31 - 1  # what the database takes as a number
CHOICES = [("", _("Please choose")), *Reason.choices]


def _lines(label, *, rows=5, **words):
    return LinesField(label=label, max_length=3000, widget=forms.Textarea(attrs={"rows": rows}), **words)


class PageField(LineField):
    """The address of something on this portal, kept as its path."""

    def __init__(self, **words):
        help_text = _("The address of the idea, the comment, the picture or the profile.")
        super().__init__(label=_("Which page is it about?"), help_text=help_text, max_length=300, **words)

    def to_python(self, value):
        """The path of an address of this portal; anything else as it is."""
        return local(super().to_python(value), settings.SITE_URL)


class ReportForm(StampedForm):
    """What is out of place; ``signed_in``: name and address are known."""

    page = PageField()
    reason = forms.ChoiceField(label=_("What is wrong with it?"), choices=CHOICES)
    text = _lines(
        _("Please explain it in your own words"), help_text=_("For instance which sentence, and whom it concerns."),
        error_messages={"required": _("Please write in a few words what is wrong with it.")},
    )  # fmt: skip
    name = LineField(
        label=_("Your name"), max_length=120, required=False,
        help_text=_("The law asks for it, except in reports of the sexual abuse of children. Only the office sees it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("Your e-mail address"), max_length=254, required=False,
        help_text=_("We write to you that your report has arrived, and what becomes of it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    good_faith = forms.BooleanField(
        label=_("I am convinced that what I report is true and complete."),
        error_messages={"required": _("Please tick this box: the law asks for it.")},
    )

    def __init__(self, *args, signed_in, **kwargs):
        super().__init__(*args, **kwargs)
        if signed_in:
            del self.fields["name"], self.fields["email"]

    @property
    def words(self):
        """What the operation takes."""
        names = ("reason", "page", "name", "email")
        return {name: self.cleaned_data[name] for name in names if name in self.fields}

    @property
    def submission(self):
        """Names what was sent, see ``Stamp.submission``."""
        return self.submission_of("page", "reason", "text")


class ObjectionForm(forms.Form):
    """Why somebody does not agree."""

    text = _lines(
        _("Why do you not agree?"), rows=8,
        help_text=_("Somebody else of the office reads it, not the person who decided first."),
        error_messages={"required": _("Please write in a few words why you do not agree.")},
    )  # fmt: skip


class StatementForm(forms.Form):
    """The statement of reasons, which the person concerned reads."""

    reason = forms.ChoiceField(label=_("Reason"), choices=CHOICES)
    facts = _lines(
        _("The facts"), help_text=_("What exactly is out of place, and why. Its author reads it."),
        error_messages={"required": _("Please write what exactly is out of place.")},
    )  # fmt: skip
    rule = LineField(
        label=_("The rule that was broken"), max_length=300, required=False,
        help_text=_("The law or the sentence of the terms of use. Empty, the usual one for the reason is named."),
    )  # fmt: skip

    @property
    def words(self):
        """What the operations take."""
        return self.cleaned_data


class BlockForm(StatementForm):
    """Why an account is blocked."""


class HideForm(StatementForm):
    """What is hidden and why; ``version`` is that of the words that were read."""

    page = PageField()
    version = forms.IntegerField(min_value=1, max_value=MOST, required=False, widget=forms.HiddenInput)
    field_order = ("page", "reason", "facts", "rule")


class LiftForm(forms.Form):
    """Why a decision is taken back without an objection."""

    because = _lines(
        _("Why do you take it back?"), help_text=_("The person concerned reads it."),
        error_messages={"required": _("Please say in a few words why you take it back.")},
    )  # fmt: skip


class UpholdForm(StatementForm):
    """Agree with a report; without ``needs_statement`` nothing is left to hide."""

    text = _lines(
        _("A word to whoever reported it"), rows=3, required=False,
        help_text=_("The letter says that you agree and that it can no longer be read by everybody."),
    )  # fmt: skip
    version = forms.IntegerField(min_value=1, max_value=MOST, required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, report, needs_statement):
        super().__init__(data, auto_id="uphold_%s")
        self.fields["reason"].initial = report.reason
        self.fields["version"].initial = getattr(report.thing, "version", None)
        if not needs_statement:
            for name in ("reason", "facts", "rule", "version"):
                del self.fields[name]

    @property
    def words(self):
        """What the operation takes."""
        return {"reason": "", "facts": "", **self.cleaned_data}


class DecisionForm(forms.Form):
    """The words of a decision; ``name`` keeps its ids apart from those of the others on the page."""

    text = _lines(
        _("Your words"), help_text=_("They stand in the letter."),
        error_messages={"required": _("Please explain the decision in your own words.")},
    )  # fmt: skip

    def __init__(self, data=None, *, name):
        super().__init__(data, auto_id=f"{name}_%s")

    @property
    def words(self):
        """What the operations take."""
        return self.cleaned_data
