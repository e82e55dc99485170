"""Who works on what people send; nobody on what they opened themselves."""

import rules

from ..actors.models import Post
from ..actors.rules import holds
from ..ideas.coauthor_queries import is_coauthor_in


@rules.predicate
def opened_it(actor, case):
    """The case is the actor's own."""
    return case is not None and case.owner_id == actor.pk


@rules.predicate
def is_coauthor_of_its_idea(actor, case):
    """The case is that of an idea whose co-author the actor is."""
    return case is not None and is_coauthor_in(actor, case.pk)


OFFICE = holds(Post.MANAGER, Post.MODERATOR, Post.INTERN)

PERMISSIONS = {
    "participation.write_note": OFFICE & ~opened_it & ~is_coauthor_of_its_idea,
    "participation.edit_text_blocks": holds(Post.MANAGER, Post.MODERATOR),
}

for name, predicate in PERMISSIONS.items():
    rules.add_perm(name, predicate)
