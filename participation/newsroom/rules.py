"""Who tells what has come of ideas. An intern prepares; a moderator or a manager publishes."""

import rules

from ..actors.models import Post
from ..actors.rules import holds

PERMISSIONS = {
    "participation.prepare_outcomes": holds(Post.MANAGER, Post.MODERATOR, Post.INTERN),
    "participation.publish_outcomes": holds(Post.MANAGER, Post.MODERATOR),
    "participation.prepare_newsletter": holds(Post.MANAGER, Post.MODERATOR, Post.INTERN),
    "participation.send_newsletter": holds(Post.MANAGER, Post.MODERATOR),
}

for name, predicate in PERMISSIONS.items():
    rules.add_perm(name, predicate)
