"""Two ideas that ask for the same become one; for fourteen days the office can undo it, with all that came along."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...actors.queries import role_of
from ...core.authority import require
from ...core.clock import now
from ...core.errors import Outdated, Refusal
from ...discussion.operations import carry_talk, give_talk_back
from ...events.cases import close_case, link_cases, reopen_case, unlink_cases
from ...events.kinds import Kind
from ...events.models import CaseLink
from ...events.record import record
from ...promises.operations import carry_follows, fulfil, reopen, take_follows_back
from ..coauthor_models import CoAuthor
from ..models import Idea, Merger, Review, Support
from ..queries import standing_for
from ..states import LIFECYCLE, IdeaState

LINK = CaseLink.Kind.MERGED_INTO


class IntoItself(Refusal):
    """An idea is one with itself already."""

    message = gettext_lazy("An idea cannot be merged with itself. Please choose another one.")


class NotPublic(Refusal):
    """Nobody could read what the author is sent to."""

    message = gettext_lazy("Please choose an idea that everybody can read. This one is not public.")


class MergedItself(Refusal):
    """The chosen idea is no longer there by itself; this keeps mergers from running in a circle."""

    message = gettext_lazy("The chosen idea was merged with another one itself. Nothing was changed.")


class NoLongerUndone(Refusal):
    """The fourteen days are over."""

    message = gettext_lazy("Merging two ideas can be undone for 14 days. They are over, so nothing was changed.")


@transaction.atomic
def merge_idea(idea, into, *, version, by, text=""):
    """Let the public idea ``into`` stand for ``idea`` from now on, with a word to the author if there is one.

    Supporters, followers and comments come along, and its authors follow.
    Returns the Merger. Raises IntoItself, NotPublic, MergedItself, WrongState,
    and Outdated where ``version`` is no longer the text of ``idea``.
    """
    require(by, "participation.merge_idea", idea)
    require(by, "participation.take_idea", into)
    _hold(idea, into)
    _check(idea, into)
    moment, former = now(), idea.state
    LIFECYCLE.advance(idea, IdeaState.MERGED, guard={"version": version}, moved_at=moment)
    close_case(idea.case)
    link_cases(idea.case, into.case, LINK)
    carried = _carry(idea, into)
    merger = Merger.objects.create(
        source=idea, target=into, former_state=former, carried=carried, at=moment, by=by
    )  # fmt: skip
    review = Review.objects.create(
        idea=idea, outcome=Review.Outcome.MERGED, text=text, version=version, by=by, at=moment
    )  # fmt: skip
    if former == IdeaState.SUBMITTED:
        fulfil(idea.case)
    _record(Kind.IDEA_MERGED, idea, merger, by=by, review=review.pk)
    _record(Kind.IDEA_TOOK_IN, into, merger, by=by)
    return merger


@transaction.atomic
def undo_merge(merger, *, by):
    """Let a merged idea stand on its own again, in the state it had; what came along goes back with it.

    What was promised is open again, due when it was. Raises NoLongerUndone after 14 days, MergedItself where the
    other idea was merged since, Outdated where it is undone already.
    """
    idea, into = merger.source, merger.target
    require(by, "participation.merge_idea", idea)
    require(by, "participation.take_idea", into)
    _hold(idea, into)
    if not merger.can_be_undone:
        raise NoLongerUndone
    if Merger.objects.in_force().filter(source=into).exists():
        raise MergedItself(_("The other idea was merged itself since. Please undo that first."))
    if not Merger.objects.in_force().filter(pk=merger.pk).update(undone_at=now(), undone_by=by):
        raise Outdated
    LIFECYCLE.advance(idea, IdeaState(merger.former_state), moved_at=now())
    reopen_case(idea.case)
    unlink_cases(idea.case, into.case, LINK)
    _give_back(merger.carried, idea, into)
    if idea.is_in_review:
        reopen(idea.case)
    _record(Kind.IDEA_UNMERGED, idea, merger, by=by)
    _record(Kind.IDEA_GAVE_BACK, into, merger, by=by)


def _hold(*ideas):
    """Hold the rows until this transaction ends, always in the same order: nobody waits in a circle."""
    for pk in sorted(idea.pk for idea in ideas):
        Idea.objects.filter(pk=pk).update(version=F("version"))


def _check(idea, into):
    """Refuse what cannot take in ``idea``, as the database has it now."""
    if idea.pk == into.pk:
        raise IntoItself
    stands = standing_for(into.reference)
    if stands:
        words = _("The chosen idea was merged itself. Please choose the one that stands for it: %(reference)s.")
        raise MergedItself(words % {"reference": stands.reference})
    if not Idea.objects.public().filter(pk=into.pk).exists():
        raise NotPublic


def _carry(idea, into):
    """Bring supporters, followers and comments to ``into``; return what came, for the way back."""
    supports = _carry_supports(idea, into)
    along = [idea.author_id, *_coauthors(idea)]
    follows = carry_follows(idea.case, into.case, besides=into.author_id, along=along)
    return {"supports": supports, "follows": follows, "comments": carry_talk(idea.case, into.case)}


def _carry_supports(idea, into):
    """Whoever supports ``idea`` supports ``into`` as well, each once, but not its authors; return the new numbers."""
    there = set(Support.objects.filter(idea=into).values_list("actor_id", flat=True)) - {None}
    there |= {into.author_id or 0, *_coauthors(into)}
    found = Support.objects.filter(idea=idea).order_by("pk").values_list("actor_id", "at")
    rows = [Support(idea=into, actor_id=actor, at=at) for actor, at in found if actor not in there]
    made = Support.objects.bulk_create(rows)
    _count(into, len(made))
    return [row.pk for row in made]


def _coauthors(idea):
    return set(CoAuthor.objects.accepted().filter(idea=idea).values_list("actor_id", flat=True)) - {None}


def _give_back(carried, idea, into):
    gone, _each = Support.objects.filter(pk__in=carried["supports"], idea=into).delete()
    _count(into, -gone)
    take_follows_back(carried["follows"])
    give_talk_back(carried["comments"], idea.case)


def _count(idea, by_how_many):
    Idea.objects.filter(pk=idea.pk).update(support_count=F("support_count") + by_how_many)


def _record(kind, idea, merger, *, by, **facts):
    record(kind, by=by, case=idea.case, role=role_of(by), idea=idea.pk, merger=merger.pk, **facts)
