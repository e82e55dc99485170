"""What the office types about an idea; shape and length only."""

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from ..core.clock import today
from ..core.fields import LineField, LinesField
from ..core.text import clean_lines
from ..ideas.models import Answer, Review
from ..ideas.states import ANSWER_LEADS_TO, IdeaState
from .placeholders import filled
from .queries import deciders, with_promise

MOST = 2**31 - 1  # what the database takes as a number
LONGEST = timedelta(days=366)
FIRST_DAY = date(1990, 1, 1)


def seen(promise):
    """The moment of ``promise``, as the form that puts it off carries it along; nothing for no promise."""
    return promise.due_at.isoformat(timespec="seconds") if promise else ""


class DayField(forms.DateField):
    """A day, chosen in the browser's own calendar."""

    def __init__(self, **words):
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **words)


class ActForm(forms.Form):
    """One act on the page of a case; ``name`` keeps its ids apart from those of the others.

    ``saw`` names the hidden field with what the person saw when deciding.
    """

    name = ""
    saw = ""

    def __init__(self, data=None, *, idea, initial=None):
        super().__init__(data, auto_id=f"{self.name}_%s", initial=initial)
        self.idea = idea
        if self.saw:
            self.fields[self.saw].initial = self.seen_now()

    def seen_now(self):
        """What stands there now, as the hidden field says it."""
        return self.idea.version

    def look_again(self):
        """After a refusal: what was typed stays, and the next try is about what stands there now."""
        if self.saw:
            self.data = {**self.data.dict(), self.saw: self.seen_now()}

    @property
    def typed(self):
        """The words in it, for the page that can no longer show the form: (label, text)."""
        texts = [field for field in self.visible_fields() if isinstance(field.field, LineField)]
        return [(field.label, field.value()) for field in texts if field.value()]


class VersionedForm(ActForm):
    """A decision about one version of the text."""

    saw = "version"
    version = forms.IntegerField(min_value=1, max_value=MOST, widget=forms.HiddenInput)


class WritingForm(VersionedForm):
    """Words to the author, for which there may be ``blocks``: text blocks that fit; ``belongs`` is what they set."""

    writes = True
    blocks = ()
    belongs = ""
    in_public = False

    def unsent(self, block=None):
        """The form as it was typed and not sent yet, with ``block`` below the words; and the gaps that are left."""
        typed = {name: clean_lines(str(self[name].value() or "")) for name in self.fields}
        gaps = self._insert(block, typed) if block else []
        return self._again(typed), gaps

    def _insert(self, block, typed):
        words, gaps = filled(block.text, with_promise(self.idea), in_public=self.in_public)
        typed["text"] = "\n\n".join(part for part in (typed["text"], words) if part)
        if self.belongs:
            typed[self.belongs] = typed[self.belongs] or getattr(block, self.belongs)
        return gaps

    def _again(self, initial):
        return type(self)(idea=self.idea, initial=initial)


class GivingForm(ActForm):
    """Somebody else looks after the case from now on; ``holder`` is who did."""

    saw = "holder"
    holder = forms.IntegerField(min_value=1, max_value=MOST, required=False, widget=forms.HiddenInput)

    def seen_now(self):
        """Who has the case now; nothing for nobody."""
        return self.idea.moderator_id or ""


class TakeForm(GivingForm):
    """Take the case: a button."""

    name = "take"


class HandOverForm(GivingForm):
    """Whom to hand the case to."""

    name = "hand_over"
    to = forms.ModelChoiceField(queryset=None, label=_("To whom"), empty_label=_("Please choose"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = deciders(self.idea)
        # After a double click the person already has it, and still is the right choice.
        self.fields["to"].queryset = rows if self.is_bound else rows.exclude(pk=self.idea.moderator_id or 0)

    def clean(self):
        """Somebody else than before."""
        words = super().clean()
        if words.get("to") and words["to"].pk == words.get("holder"):
            self.add_error("to", _("This person already looks after the case."))
        return words


class NoteForm(ActForm):
    """An internal word."""

    name = "note"
    text = LinesField(
        label=_("Internal note"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only the office reads it."),
        error_messages={"required": _("Please write what should be noted.")},
    )  # fmt: skip


class ExtendForm(ActForm):
    """Until when the promise is put off, and why."""

    name = "extend"
    saw = "promised"
    promised = LineField(max_length=40, required=False, widget=forms.HiddenInput)
    until = DayField(label=_("New day"))
    reason = LineField(
        label=_("Public reason"), max_length=300, help_text=_("Everybody who can see the case reads it."),
        error_messages={"required": _("Please say why it takes longer.")},
    )  # fmt: skip

    def seen_now(self):
        """The promised moment in force."""
        return seen(self.idea.promise)

    def clean_until(self):
        """A day within a year."""
        until = self.cleaned_data["until"]
        if until > today() + LONGEST:
            raise forms.ValidationError(_("Please choose a day within a year."))
        return max(until, FIRST_DAY)


class PublishForm(WritingForm):
    """Publish, with a word to the author if there is one."""

    name = "publish"
    text = LinesField(
        label=_("A word to the author"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 3})
    )


class AskForm(WritingForm):
    """A question back."""

    name = "ask"
    text = LinesField(
        label=_("Your question"), max_length=3000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("The author reads it in a letter and has 60 days to answer."),
        error_messages={"required": _("Please write what you would like to know.")},
    )  # fmt: skip


class DeclineForm(WritingForm):
    """A reason of the list, and words."""

    name = "decline"
    belongs = "reason"
    reason = forms.ChoiceField(label=_("Reason"), choices=[("", _("Please choose")), *Review.Reason.choices])
    text = LinesField(
        label=_("Your words to the author"), max_length=3000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Say what the reason means here, and what the author can do."),
        error_messages={"required": _("Please explain the decision in your own words.")},
    )  # fmt: skip


class AnswerForm(WritingForm):
    """An official answer and where the idea goes with it; ``answer`` is the draft that is changed.

    ``reference`` leads back to the idea when somebody else has thrown the draft away meanwhile.
    """

    name = "answer"
    belongs = "leads_to"
    in_public = True
    reference = LineField(max_length=20, required=False, widget=forms.HiddenInput)
    text = LinesField(
        label=_("Public answer"), max_length=5000, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("It will stand on the page of the idea. Paragraphs, **bold**, lists and links are possible."),
        error_messages={"required": _("Please write an answer.")},
    )  # fmt: skip
    leads_to = forms.ChoiceField(label=_("Where the idea goes"), required=False)
    body = forms.ChoiceField(
        label=_("Who decided"), required=False, choices=[("", _("nobody yet")), *Answer.Body.choices],
        help_text=_("Needed for “adopted”, “not adopted” and “deferred”."),
    )  # fmt: skip
    decided_on = DayField(label=_("Decided on"), required=False)

    def __init__(self, data=None, *, idea, answer=None, initial=None):
        self.answer = answer
        super().__init__(data, idea=idea, initial=initial)
        self.fields["reference"].initial = idea.reference
        ways = [(state.value, state.label) for state in ANSWER_LEADS_TO.get(idea.state, ())]
        self.fields["leads_to"].choices = [("", _("It stays “%(state)s”.") % {"state": _stays(idea)}), *ways]
        if answer:
            for field in ("text", "leads_to", "body", "decided_on"):
                self.fields[field].initial = getattr(answer, field)

    def seen_now(self):
        """The draft's version; a new answer has none to compare with."""
        return self.answer.version if self.answer else 1

    def _again(self, initial):
        return type(self)(idea=self.idea, answer=self.answer, initial=initial)

    def clean_decided_on(self):
        """A day of our time."""
        day = self.cleaned_data["decided_on"]
        if day and not FIRST_DAY <= day <= today():
            raise forms.ValidationError(_("Please enter a day in the past, today at the latest."))
        return day

    @property
    def words(self):
        """What the operations take."""
        return {name: self.cleaned_data[name] for name in ("leads_to", "body", "decided_on")}


def _stays(idea):
    return IdeaState(idea.state).label


class SeenAnswerForm(forms.Form):
    """Which version of a draft somebody saw when publishing it."""

    version = forms.IntegerField(min_value=1, max_value=MOST)
