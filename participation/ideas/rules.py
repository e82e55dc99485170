"""Who may do what with ideas. Nobody judges their own idea, and no refusal is judged twice by the same person."""

import rules

from ..actors.models import Post
from ..actors.rules import holds
from ..core.memo import once
from ..region.queries import the_alliance
from .models import Merger, Review


@rules.predicate
def is_confirmed(actor):
    """The actor has confirmed the address."""
    return actor.confirmed_at is not None


@rules.predicate
def is_author(actor, idea):
    """The actor wrote the idea."""
    return idea is not None and idea.author_id == actor.pk


@rules.predicate
def proposed_the_same(actor, idea):
    """The actor's own idea was merged with it, which can only happen to what is public."""
    if idea is None or idea.published_at is None:
        return False
    mergers = Merger.objects.in_force().filter(target=idea, source__author_id=actor.pk)
    return once(("proposed the same", actor.pk, idea.pk), mergers.exists)


@rules.predicate
def has_declined_it(actor, idea):
    """The actor declined the idea before; after the author's correction another person decides."""
    # All of them: a page that has them already is not asked again, and there are never many.
    declined = (Review.Outcome.DECLINED, actor.pk)
    return idea is not None and any((review.outcome, review.by_id) == declined for review in idea.reviews.all())


@rules.predicate
def wrote_this_draft_alone(actor, answer):
    """The alliance wants a second pair of eyes, and these are the first."""
    return answer is not None and answer.drafted_by_id == actor.pk and the_alliance().four_eyes


@rules.predicate
def is_author_of_its_idea(actor, answer):
    """The answer is to the actor's own idea."""
    return answer is not None and (answer.idea.author_id == actor.pk or proposed_the_same(actor, answer.idea))


MODERATORS = holds(Post.MANAGER, Post.MODERATOR)
OFFICE = holds(Post.MANAGER, Post.MODERATOR, Post.INTERN)

PERMISSIONS = {
    "participation.write_idea": is_confirmed,
    "participation.edit_idea": is_author,
    "participation.submit_idea": is_author & is_confirmed,
    "participation.withdraw_idea": is_author,
    "participation.support_idea": is_confirmed & ~is_author,
    "participation.comment_idea": is_confirmed,
    "participation.view_all_ideas": OFFICE,
    "participation.moderate_content": MODERATORS,
    "participation.take_idea": MODERATORS & ~is_author & ~proposed_the_same,
    "participation.review_idea": MODERATORS & ~is_author & ~has_declined_it,
    "participation.merge_idea": MODERATORS & ~is_author & ~has_declined_it,
    "participation.draft_answer": OFFICE & ~is_author & ~proposed_the_same,
    "participation.publish_answer": MODERATORS & ~is_author_of_its_idea & ~wrote_this_draft_alone,
}

for name, predicate in PERMISSIONS.items():
    rules.add_perm(name, predicate)
