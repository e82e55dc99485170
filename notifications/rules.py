"""Who may look into the outbox, and who may send a letter again."""

import rules

from participation.actors.models import Post
from participation.actors.queries import second_factor_missing
from participation.actors.rules import holds
from participation.core.authority import miss_second_factor


@rules.predicate
def operates(actor):
    """The actor looks after the portal itself, with the second factor that this needs."""
    if not actor.is_superuser:
        return False
    return miss_second_factor() if second_factor_missing(actor) else True


PERMISSIONS = {
    "notifications.watch_outbox": operates | holds(Post.MANAGER),
    "notifications.send_again": holds(Post.MANAGER, Post.MODERATOR),
    "notifications.read_addresses": holds(Post.MANAGER, Post.MODERATOR),
}

for name, predicate in PERMISSIONS.items():
    rules.add_perm(name, predicate)
