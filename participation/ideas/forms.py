"""What citizens type about their ideas; shape and length only."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..attachments.forms import FilesForm
from ..core.fields import LineField, LinesField, RowsField
from ..core.stamps import new_stamp, read_stamp
from ..region.models import FieldOfAction
from ..region.queries import municipalities
from .point_forms import POINT, PointForm, initial_point

SHORTEST_TITLE = 5
WORDS = ("title", "text", "field", "whole_alliance", "place", "municipalities")


class IdeaForm(FilesForm, PointForm):
    """An idea. A draft may lack anything; with ``complete`` all that a submission needs is asked for."""

    title = LineField(
        label=_("Title"),
        help_text=_("What should change? One short sentence is enough."),
        max_length=120,
        required=False,
    )
    text = LinesField(
        label=_("Description"),
        help_text=_(
            "Where is the problem today? What do you propose? Who would gain by it? An empty line begins a paragraph, "
            "**two stars** make words stand out, and lines that begin with “- ” become a list."
        ),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    field = forms.ModelChoiceField(
        label=_("Field of action"),
        help_text=_("Under which subject should others find your idea? If you are not sure, take the nearest one."),
        queryset=FieldOfAction.objects.none(),
        empty_label=_("Please choose"),
        required=False,
        error_messages={"invalid_choice": _("This field of action is no longer offered. Please choose another one.")},
    )
    municipalities = RowsField(
        label=_("Municipalities it is about"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(
            ("invalid_choice", "invalid_pk_value"),
            _("One of these municipalities is no longer part of the alliance. Please choose again."),
        ),
    )
    whole_alliance = forms.BooleanField(label=_("It is about the whole alliance"), required=False)
    place = LineField(
        label=_("Place"), help_text=_("For instance: bus stop at the church."), max_length=160, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)
    stamp = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, idea=None, complete=False, **kwargs):
        known = {"initial": _words_of(idea), "folder_id": idea.folder_id} if idea else {}
        super().__init__(data, complete=complete, **known, **kwargs)
        self.complete = complete
        present = Q(pk=idea.field_id) if idea else Q(pk=None)
        offered = FieldOfAction.objects.filter(Q(active=True) | present)
        self.fields["field"].queryset = offered.order_by("position", "name")
        self.fields["municipalities"].queryset = municipalities()
        self.fields["stamp"].initial = new_stamp()

    def clean(self):
        """What a submission needs, where one is meant."""
        super().clean()
        if self.complete:
            for name, sentence in _missing(self.cleaned_data):
                if name not in self.errors:
                    self.add_error(name, sentence)

    @property
    def words(self):
        """What was typed, as the operations take it."""
        return {name: self.cleaned_data[name] for name in (*WORDS, *(POINT if self.has_point else ()))}

    @property
    def seen(self):
        """The version the person started from; 0, which no idea has, where the form does not say."""
        return self.cleaned_data.get("version") or 0

    @property
    def submission(self):
        """Names what was sent from this opening of the page, see ``Stamp.submission``; None without a stamp."""
        stamp = read_stamp(self.cleaned_data.get("stamp", ""))
        return stamp and stamp.submission(*map(str, self._plain_words()))

    def _plain_words(self):
        for name, value in self.words.items():
            yield sorted(row.pk for row in value) if name == "municipalities" else value

    def again(self, idea=None):
        """Make the next try possible: keep what was typed, with a new stamp and on the present version of ``idea``."""
        self.data = self.data.copy()
        self.data["stamp"] = new_stamp()
        if idea:
            self.data["version"] = idea.version


class CorrectionForm(IdeaForm):
    """An idea that is sent again, with a word on what was changed."""

    corrected = LineField(
        label=_("What I changed"),
        help_text=_("One sentence for the office and, later, for everybody who reads the versions."),
        max_length=500,
        error_messages={"required": _("Please write in a few words what you changed.")},
    )


def _missing(typed):
    if len(typed.get("title") or "") < SHORTEST_TITLE:
        yield "title", _("Please give your idea a title of at least five letters.")
    if not typed.get("text"):
        yield "text", _("Please describe your idea in a few sentences.")
    if not typed.get("field"):
        yield "field", _("Please choose a field of action.")
    some, whole = bool(typed.get("municipalities")), bool(typed.get("whole_alliance"))
    if not (some or whole):
        yield "municipalities", _("Please choose at least one municipality, or the whole alliance.")
    if some and whole:
        yield "municipalities", _("Please choose either single municipalities or the whole alliance.")


def _words_of(idea):
    plain = {name: getattr(idea, name) for name in ("title", "text", "whole_alliance", "place", "version")}
    chosen = list(idea.municipalities.values_list("pk", flat=True))
    return {**plain, **initial_point(idea), "field": idea.field_id, "municipalities": chosen}
