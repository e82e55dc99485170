"""Who works on what people send; nobody on what they opened themselves."""

import rules

from ..actors.models import Post
from ..actors.rules import holds


@rules.predicate
def opened_it(actor, case):
    """The case is the actor's own."""
    return case is not None and case.owner_id == actor.pk


PERMISSIONS = {
    "participation.write_note": holds(Post.MANAGER, Post.MODERATOR, Post.INTERN) & ~opened_it,
    "participation.edit_text_blocks": holds(Post.MANAGER, Post.MODERATOR),
}

for name, predicate in PERMISSIONS.items():
    rules.add_perm(name, predicate)
