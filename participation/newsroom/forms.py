"""What the office types about outcomes; shape and length only."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ..attachments.forms import LONGEST_ALT
from ..attachments.kinds import NotTaken, kind_of
from ..attachments.models import Attachment
from ..attachments.queries import files_of
from ..core.fields import LineField, LinesField
from .queries import ideas_named, ideas_told_of, out_of_sight

MOST = 2**31 - 1  # what the database takes as a number
MOST_IDEAS = 20
PICTURES = "image/jpeg,image/png,image/webp,image/gif"  # a telephone then sends its pictures as JPEG


class ReferencesField(LineField):
    """Numbers of public ideas, as people separate them; gives the ideas. Those ``staying`` need not be named."""

    staying = frozenset()

    def clean(self, value):
        """The ideas in the order in which they were named, each once."""
        names = list(dict.fromkeys(re.split(r"[\s,;]+", super().clean(value).upper()))) if value else []
        names = [name for name in names if name and name not in self.staying]
        if len(names) > MOST_IDEAS:
            raise ValidationError(_("Please name at most 20 ideas."))
        found = ideas_named(names)
        unknown = [name for name in names if name not in found]
        if unknown:
            words = {"unknown": ", ".join(unknown)}
            raise ValidationError(_("We know no public idea with this number: %(unknown)s.") % words)
        return [found[name] for name in names]


class OutcomeForm(forms.Form):
    """An outcome; ``version`` is the one the person started from."""

    version = forms.IntegerField(min_value=1, max_value=MOST, required=False, widget=forms.HiddenInput)
    title = LineField(
        label=_("Title"), max_length=120, help_text=_("What is there now? One short sentence."),
        error_messages={"required": _("Please give the outcome a title.")},
    )  # fmt: skip
    text = LinesField(
        label=_("Text"), max_length=12000, widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_(
            "The first sentence stands on the card, too. An empty line begins a paragraph, **two stars** make words "
            "stand out, and lines that begin with “- ” become a list."
        ),
        error_messages={"required": _("Please write what has come of it.")},
    )  # fmt: skip
    ideas = ReferencesField(
        label=_("Ideas it tells of"), max_length=300, required=False,
        help_text=_(
            "Their numbers, for example: 2026-0042, 2026-0017. Their authors and all who support or follow them are "
            "told."
        ),
    )  # fmt: skip
    picture = forms.FileField(
        label=_("Picture"), required=False, allow_empty_file=True,  # kind_of says it better
        help_text=_("JPEG, PNG, WebP or GIF, at most 25 MB, best in landscape format. Place and time are removed."),
        widget=forms.ClearableFileInput(attrs={"accept": PICTURES}),
    )  # fmt: skip
    alt = LineField(
        label=_("What can be seen in the picture?"), max_length=LONGEST_ALT, required=False,
        help_text=_("One sentence for people who cannot see the picture."),
    )  # fmt: skip
    drop = forms.BooleanField(label=_("Take the picture away"), required=False)

    def __init__(self, data=None, files=None, *, outcome=None, initial=None):
        super().__init__(data, files, initial=_words_of(outcome) if outcome else initial)
        self.present = files_of(outcome.folder_id).first() if outcome else None
        if outcome:
            self._let_stay({case.reference for case in out_of_sight(outcome)})
        if self.present:
            self.fields["picture"].label = _("Another picture")
            self.fields["alt"].initial = self.present.alt
        else:
            del self.fields["drop"]

    def _let_stay(self, references):
        """Say that the outcome goes on telling of ideas that not everybody may read now."""
        field = self.fields["ideas"]
        field.staying = references
        if references:
            words = ngettext(
                "One idea it tells of is not public at the moment and stays linked.",
                "%(number)s ideas it tells of are not public at the moment and stay linked.",
                len(references),
            ) % {"number": len(references)}
            field.help_text = f"{field.help_text} {words}"

    def clean_picture(self):
        """A picture that the portal takes."""
        upload = self.cleaned_data["picture"]
        if upload:
            try:
                kind = kind_of(upload)
            except NotTaken as refusal:
                raise ValidationError(str(refusal)) from refusal
            if kind != Attachment.Kind.PICTURE:
                raise ValidationError(_("This is no picture. Please choose a JPEG, PNG, WebP or GIF."))
        return upload

    def clean(self):
        """A picture is described."""
        shows = self.cleaned_data.get("picture") or (self.present and not self.cleaned_data.get("drop"))
        if shows and not self.cleaned_data.get("alt") and "alt" not in self.errors:
            self.add_error("alt", _("Please say in a few words what can be seen in the picture."))

    @property
    def words(self):
        """What the operations take."""
        typed = self.cleaned_data
        words = {name: typed[name] for name in ("title", "text", "alt")}
        words |= {"cases": [idea.case for idea in typed["ideas"]], "upload": typed["picture"] or None}
        return words | ({"drop": typed["drop"]} if self.present else {})

    @property
    def seen(self):
        """The version the person started from; 0, which no outcome has, where the form does not say."""
        return self.cleaned_data["version"] or 0

    def start_again_from(self, outcome):
        """After somebody else was faster: keep what was typed, name what differs, and build on what stands there."""
        self.data = {**self.data.dict(), "version": outcome.version}
        there, named = _words_of(outcome), _named(self.cleaned_data["ideas"])
        typed = {"title": self.cleaned_data["title"], "text": self.cleaned_data["text"], "ideas": named}
        self.differences = [(self.fields[name].label, there[name]) for name in typed if typed[name] != there[name]]


class CorrectionForm(OutcomeForm):
    """A correction of what is public, with a word for everybody."""

    note = LineField(
        label=_("What did you correct?"), max_length=500,
        help_text=_("One sentence. It stands below the text and in the letter to those who were told of the outcome."),
        error_messages={"required": _("Please say in a few words what you corrected.")},
    )  # fmt: skip

    @property
    def words(self):
        """What the operation takes."""
        return {**super().words, "note": self.cleaned_data["note"]}


class SeenForm(forms.Form):
    """Which version somebody saw when deciding."""

    version = forms.IntegerField(min_value=1, max_value=MOST, widget=forms.HiddenInput)


class ScheduleForm(SeenForm):
    """When an outcome is to be published."""

    publish_at = forms.DateTimeField(
        label=_("Publish on"), help_text=_("Day and time, as the clocks here show it."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages=dict.fromkeys(("required", "invalid"), _("Please choose a day and a time.")),
    )  # fmt: skip


class WithdrawForm(forms.Form):
    """Why an outcome is withdrawn."""

    reason = LineField(
        label=_("Why is it withdrawn?"), max_length=500,
        help_text=_("One sentence. It stands on the page of the outcome, for everybody."),
        error_messages={"required": _("Please say in a few words why it is withdrawn.")},
    )  # fmt: skip


def _words_of(outcome):
    named = _named(ideas_told_of(outcome))
    return {"title": outcome.title, "text": outcome.text, "version": outcome.version, "ideas": named}


def _named(ideas):
    return ", ".join(sorted(idea.reference for idea in ideas))
