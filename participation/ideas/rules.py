"""Who may do what with ideas. Nobody judges their own idea, and no refusal is judged twice by the same person."""

import rules

from ..actors.models import Post
from ..actors.rules import holds
from ..core.memo import once
from ..promises import rules as promises_rules
from ..region.queries import the_alliance
from . import coauthor_queries
from .models import Review
from .queries import mergers_of


@rules.predicate
def is_confirmed(actor):
    """The actor has confirmed the address."""
    return actor.confirmed_at is not None


@rules.predicate
def is_author(actor, idea):
    """The actor wrote the idea."""
    return idea is not None and idea.author_id == actor.pk


@rules.predicate
def is_coauthor(actor, idea):
    """The actor is co-author of the idea."""
    return idea is not None and coauthor_queries.is_coauthor(actor, idea)


wrote_it = is_author | is_coauthor


@rules.predicate
def proposed_the_same(actor, idea):
    """The actor's own idea was merged with it, which can only happen to what is public."""
    if idea is None or idea.published_at is None:
        return False
    return once(("proposed the same", actor.pk, idea.pk), mergers_of(actor).filter(target=idea).exists)


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
    return answer is not None and (wrote_it(actor, answer.idea) or proposed_the_same(actor, answer.idea))


@rules.predicate
def is_author_of_its_invitation(actor, row):
    """The invitation is to the actor's own idea."""
    return row is not None and row.idea.author_id == actor.pk


@rules.predicate
def is_its_coauthor(actor, row):
    """The row is the one by which the actor is co-author."""
    return row is not None and row.actor_id == actor.pk


@rules.predicate
def waits_as_coauthor(actor, promise):
    """The promise was made to the actor and others who wrote the idea together."""
    return promise is not None and coauthor_queries.is_coauthor_in(actor, promise.case_id)


MODERATORS = holds(Post.MANAGER, Post.MODERATOR)
OFFICE = holds(Post.MANAGER, Post.MODERATOR, Post.INTERN)

PERMISSIONS = {
    "participation.write_idea": is_confirmed,
    "participation.edit_idea": is_author,
    "participation.submit_idea": is_author & is_confirmed,
    "participation.withdraw_idea": is_author,
    "participation.support_idea": is_confirmed & ~wrote_it,
    "participation.invite_coauthor": is_author & is_confirmed,
    "participation.take_invitation_back": is_author_of_its_invitation,
    "participation.answer_invitation": is_confirmed & ~is_author_of_its_invitation,
    "participation.leave_idea": is_its_coauthor,
    "participation.comment_idea": is_confirmed,
    "participation.view_all_ideas": OFFICE,
    "participation.moderate_content": MODERATORS,
    "participation.take_idea": MODERATORS & ~wrote_it & ~proposed_the_same,
    "participation.review_idea": MODERATORS & ~wrote_it & ~has_declined_it,
    "participation.merge_idea": MODERATORS & ~wrote_it & ~has_declined_it,
    "participation.draft_answer": OFFICE & ~wrote_it & ~proposed_the_same,
    "participation.publish_answer": MODERATORS & ~is_author_of_its_idea & ~wrote_this_draft_alone,
}

for name, predicate in PERMISSIONS.items():
    rules.add_perm(name, predicate)

# The floor of promises knows no co-authors: here its rule learns of them.
EXTEND = "participation.extend_promise"
rules.set_perm(EXTEND, promises_rules.PERMISSIONS[EXTEND] & ~waits_as_coauthor)
