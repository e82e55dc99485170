"""Who may put off a promise."""

import rules

from ..actors.models import Post
from ..actors.rules import holds


@rules.predicate
def waits_for_it(actor, promise):
    """The actor opened the case and waits for this answer."""
    return promise is not None and promise.case.owner_id == actor.pk


PERMISSIONS = {"participation.extend_promise": holds(Post.MANAGER, Post.MODERATOR) & ~waits_for_it}

for name, predicate in PERMISSIONS.items():
    rules.add_perm(name, predicate)
