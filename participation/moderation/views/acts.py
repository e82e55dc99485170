"""What the office does with an idea: one row an act, from its form to what is said when it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ...core.authority import may
from ...core.clock import today
from ...core.errors import Outdated
from ...ideas.models import Review
from ...ideas.operations.reviewing import decline_idea, hand_over_idea, publish_idea, return_idea, take_idea
from ...ideas.queries import last_review
from ...ideas.states import LIFECYCLE, IdeaState
from ...promises.calendar import end_of
from ...promises.operations import extend as extend_promise
from ...promises.queries import extensions_of
from ..forms import AskForm, DeclineForm, ExtendForm, HandOverForm, NoteForm, PublishForm, TakeForm, seen
from ..operations import write_note

DECIDE = "decide"


def _never(idea, words, by):
    return False


@dataclass(frozen=True)
class Act:
    """One thing the office does with an idea.

    ``permission`` is asked about ``subject(idea)``; ``possible(idea)`` says whether things stand so that it can be
    done. ``run`` calls the operation. ``stands(idea, words, by)`` says whether that is done already and by this very
    person: a double click. ``place`` on the page is DECIDE, ``note``, ``promise`` or ``holder``; ``key`` opens it.
    """

    form: type
    path: str
    url: str
    place: str
    key: str
    permission: str
    possible: Callable
    run: Callable
    title: str
    submit: str
    said: str
    subject: Callable = lambda idea: idea
    stands: Callable = _never

    @property
    def name(self):
        """What it is called in the program."""
        return self.form.name


def offered(actor, idea):
    """The acts that ``actor`` may do now with ``idea``; each permission is asked once."""
    possible = [act for act in ACTS.values() if act.possible(idea)]
    subjects = {act.permission: act.subject for act in possible}
    granted = {permission for permission, subject in subjects.items() if may(actor, permission, subject(idea))}
    return [act for act in possible if act.permission in granted]


def _goes_on(idea):
    return not idea.is_ended


def _may_become(state):
    return lambda idea: LIFECYCLE.may_follow(idea.state, state)


def _may_be_declined(idea):
    return idea.is_in_review or bool(idea.is_returned and idea.warned_at and idea.reply_by < today())


def _is_promised(idea):
    return bool(idea.promise and idea.promise.is_open)


def _take(idea, words, *, by):
    idea.moderator_id = words["holder"]  # whom the person saw: the guard of the operation
    take_idea(idea, by=by)


def _hand_over(idea, words, *, by):
    idea.moderator_id = words["holder"]
    hand_over_idea(idea, to=words["to"], by=by)


def _extend(idea, words, *, by):
    if not idea.promise or seen(idea.promise) != words["promised"]:
        raise Outdated
    extend_promise(idea.promise, words["until"], reason=words["reason"], by=by)


def _is_extended(idea, words, by):
    last = idea.promise and extensions_of(idea.promise).last()
    return bool(last) and (last.by_id, last.due_at, last.reason) == (by.pk, end_of(words["until"]), words["reason"])


def _is_reviewed(outcome):
    def stands(idea, words, by):
        last = last_review(idea)
        wanted = (by.pk, outcome, words["version"], words["text"])
        return bool(last) and (last.by_id, last.outcome, last.version, last.text) == wanted

    return stands


# fmt: off
ROWS = [
    Act(
        form=PublishForm, path="veroeffentlichen", url="publish_idea", place=DECIDE,
        permission="participation.review_idea", possible=_may_become(IdeaState.PUBLISHED),
        run=lambda idea, words, by: publish_idea(idea, version=words["version"], text=words["text"], by=by),
        stands=_is_reviewed(Review.Outcome.PUBLISHED),
        title=_("Publish"), submit=_("Publish this idea"), key=pgettext_lazy("key for: publish", "P"),
        said=_("The idea is public now. The author is told."),
    ),
    Act(
        form=AskForm, path="rueckfrage", url="return_idea", place=DECIDE,
        permission="participation.review_idea", possible=_may_become(IdeaState.RETURNED),
        run=lambda idea, words, by: return_idea(idea, version=words["version"], question=words["text"], by=by),
        stands=_is_reviewed(Review.Outcome.RETURNED),
        title=_("Ask the author something"), submit=_("Send the question"), key=pgettext_lazy("key for: ask", "Q"),
        said=_("Your question is on its way to the author."),
    ),
    Act(
        form=DeclineForm, path="ablehnen", url="decline_idea", place=DECIDE,
        permission="participation.review_idea", possible=_may_be_declined,
        run=lambda idea, words, by: decline_idea(idea, by=by, **words),
        stands=_is_reviewed(Review.Outcome.DECLINED),
        title=_("Do not publish"), submit=_("Do not publish and tell the author"),
        key=pgettext_lazy("key for: do not publish", "X"),
        said=_("The idea is not published. The author is told why and how to send it again."),
    ),
    Act(
        form=NoteForm, path="notiz", url="note_idea", place="note",
        permission="participation.write_note", subject=attrgetter("case"), possible=lambda idea: True,
        run=lambda idea, words, by: write_note(idea.case, words["text"], by=by),
        title=_("Write a note"), submit=_("Keep the note"), key=pgettext_lazy("key for: note", "N"),
        said=_("The note is kept."),
    ),
    Act(
        form=ExtendForm, path="zusage", url="extend_promise", place="promise",
        permission="participation.extend_promise", subject=attrgetter("promise"), possible=_is_promised,
        run=_extend, stands=_is_extended,
        title=_("Put the promise off"), submit=_("Put it off and tell the author"),
        key=pgettext_lazy("key for: put the promise off", "E"),
        said=_("The promise is put off. The author is told why."),
    ),
    Act(
        form=TakeForm, path="uebernehmen", url="take_idea", place="holder",
        permission="participation.take_idea", possible=_goes_on,
        run=_take, stands=lambda idea, words, by: idea.moderator_id == by.pk,
        title=pgettext_lazy("case", "Take it"), submit=_("Take this case"), key=pgettext_lazy("key for: take", "T"),
        said=_("You look after this case now."),
    ),
    Act(
        form=HandOverForm, path="uebergeben", url="hand_over_idea", place="holder",
        permission="participation.take_idea", possible=_goes_on,
        run=_hand_over, stands=lambda idea, words, by: idea.moderator_id == words["to"].pk,
        title=_("Hand it over"), submit=_("Hand over"), key=pgettext_lazy("key for: hand over", "H"),
        said=_("The case is handed over."),
    ),
]
# fmt: on
ACTS = {act.name: act for act in ROWS}
