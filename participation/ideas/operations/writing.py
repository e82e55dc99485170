"""The author's side: drafts, submission, correction, withdrawal."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ...core.authority import require
from ...core.clock import now
from ...core.errors import Outdated, Refusal
from ...core.markup import rendered
from ...events.cases import close_case, open_case, reopen_case, retitle_case
from ...events.kinds import CaseKind, Kind
from ...events.record import record
from ...promises.models import Promise
from ...promises.operations import make_promise, release
from ...region.queries import the_alliance
from ...region.surroundings import TooFarAway, is_near
from ..models import Idea, IdeaVersion
from ..queries import has_published
from ..states import LIFECYCLE, IdeaState

WORDS = ("title", "text", "field", "whole_alliance", "place", "latitude", "longitude")


class Incomplete(Refusal):
    """Something that a submission needs is missing."""

    message = _("A title, a text and a field of action are needed before you can submit your idea. Nothing is lost.")


class AppealUsed(Refusal):
    """A declined idea can be sent again once."""

    message = _("A declined idea can be sent again once, and that has happened. Please write a new one.")


@transaction.atomic
def start_draft(*, by, municipalities=(), **words):
    """Keep the first words of an idea; only ``by`` knows of it. ``words``: see ``WORDS``."""
    require(by, "participation.write_idea")
    moment = now()
    idea = Idea.objects.create(
        author=by, created_at=moment, updated_at=moment, moved_at=moment, **_cleaned(words, by)
    )  # fmt: skip
    idea.municipalities.set(municipalities)
    return idea


@transaction.atomic
def change_draft(idea, *, version, by, municipalities=(), **words):
    """Keep further words of a draft. Raises Outdated where another tab saved it meanwhile, or it was submitted."""
    require(by, "participation.edit_idea", idea)
    changes = {**_cleaned(words, by), "version": version + 1, "updated_at": now()}
    if not Idea.objects.filter(pk=idea.pk, state=IdeaState.DRAFT, version=version).update(**changes):
        raise Outdated
    idea.refresh_from_db()
    idea.municipalities.set(municipalities)
    return idea


@transaction.atomic
def discard_idea_draft(idea, *, by):
    """Throw a draft away, whole. Raises Outdated where it was submitted meanwhile."""
    require(by, "participation.edit_idea", idea)
    idea.municipalities.clear()
    if not Idea.objects.filter(pk=idea.pk, state=IdeaState.DRAFT).delete()[0]:
        raise Outdated


@transaction.atomic
def submit_idea(idea, *, by):
    """Hand the draft in: it gets its reference, and the office promises an answer. Raises Incomplete, Outdated."""
    require(by, "participation.submit_idea", idea)
    if not (idea.title and idea.text and idea.field_id):
        raise Incomplete
    case = open_case(CaseKind.IDEA, title=idea.title, path=reverse("ideas") + "{reference}/", owner=by)
    moment = now()
    LIFECYCLE.advance(
        idea, IdeaState.SUBMITTED, case=case, version=1, submitted_at=moment, moved_at=moment,
        guard={"version": idea.version},
    )  # fmt: skip
    _keep_version(idea)
    make_promise(case, Promise.Subject.ANSWER, the_alliance().answer_days)
    record(Kind.IDEA_SUBMITTED, by=by, case=case, idea=idea.pk)
    return idea


@transaction.atomic
def resubmit_idea(idea, *, version, corrected, by, municipalities=(), **words):
    """Send a returned or declined idea again, saying what was corrected; the office answers in half the time.

    Raises AppealUsed, Incomplete, Outdated.
    """
    require(by, "participation.submit_idea", idea)
    cleaned = _cleaned(words, by)
    if not (cleaned.get("title") and cleaned.get("text") and cleaned.get("field") and corrected):
        raise Incomplete
    if idea.is_declined and not idea.may_appeal:
        raise AppealUsed
    was_declined = idea.is_declined
    LIFECYCLE.advance(
        idea, IdeaState.SUBMITTED, guard={"version": version}, version=version + 1, reply_by=None, warned_at=None,
        moved_at=now(), appeals=idea.appeals + was_declined, **cleaned,
    )  # fmt: skip
    idea.municipalities.set(municipalities)
    _keep_version(idea, corrected=corrected)
    retitle_case(idea.case, idea.title)
    if was_declined:
        reopen_case(idea.case)
    make_promise(idea.case, Promise.Subject.SECOND_ANSWER, -(-the_alliance().answer_days // 2))
    record(Kind.IDEA_RESUBMITTED, by=by, case=idea.case, idea=idea.pk, version=idea.version)
    return idea


@transaction.atomic
def withdraw_idea(idea, *, by):
    """Take one's idea back. What was promised ends uncounted; a public trail stays. Raises WrongState, Outdated."""
    require(by, "participation.withdraw_idea", idea)
    LIFECYCLE.advance(idea, IdeaState.WITHDRAWN, reply_by=None, moved_at=now())
    release(idea.case)
    close_case(idea.case)
    record(Kind.IDEA_WITHDRAWN, by=by, case=idea.case, idea=idea.pk)
    return idea


def _cleaned(words, author):
    """The ``words`` that an idea has, with the HTML of its text. Raises TooFarAway."""
    changes = {name: words[name] for name in WORDS if name in words}
    if changes.get("latitude") is not None and not is_near(changes["latitude"], changes["longitude"]):
        raise TooFarAway
    if "text" in changes:
        changes["html"] = rendered(changes["text"], links=has_published(author))
    return changes


def _keep_version(idea, corrected=""):
    IdeaVersion.objects.create(
        idea=idea, number=idea.version, title=idea.title, text=idea.text, corrected=corrected, at=now()
    )


def purge_ownerless_drafts():
    """Remove what is left of drafts whose author deleted the account; returns how many."""
    drafts = Idea.objects.filter(state=IdeaState.DRAFT, author=None)
    Idea.municipalities.through.objects.filter(idea__in=drafts).delete()
    return drafts.delete()[0]
