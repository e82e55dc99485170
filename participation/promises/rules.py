"""Who may put off a promise."""

import rules

from ..actors.models import Post
from ..actors.rules import holds

PERMISSIONS = {"participation.extend_promise": holds(Post.MANAGER, Post.MODERATOR)}

for name, predicate in PERMISSIONS.items():
    rules.add_perm(name, predicate)
