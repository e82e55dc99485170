"""An example of each event about merged ideas, with its rows."""

from participation.core.clock import now
from participation.events.kinds import Kind
from participation.ideas.models import Merger
from participation.promises.models import Follow
from tests.factories import EventFactory, IdeaFactory, ReviewFactory

KINDS = {Kind.IDEA_MERGED: "merged", Kind.IDEA_UNMERGED: "submitted"}


def a_merger_event(kind, actor):
    """An event of ``kind`` whose letters all concern ``actor``."""
    source = IdeaFactory(author=actor, state=KINDS[kind], title="Mitfahrbank")
    review = ReviewFactory(idea=source, outcome="merged", text="Beides will Bänke.")
    undone_at = now() if kind == Kind.IDEA_UNMERGED else None
    merger = Merger.objects.create(
        source=source, target=IdeaFactory(), former_state="submitted", at=now(), undone_at=undone_at
    )  # fmt: skip
    Follow.objects.create(case=source.case, actor=actor, since=now())
    return EventFactory(kind=kind, case=source.case, facts={"merger": merger.pk, "review": review.pk})
